"""Reports in a terminal: one submission in full, a cohort in a table."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.errors import GraderFault
from autograder.grade.cohort import Graded
from autograder.grade.regrade import Regrade
from autograder.grade.report import CENT, Finding, PartReport, Report, Verdict, by_check
from autograder.grade.text import plain_text
from autograder.manifest import Cohort

__all__ = ["print_cohort", "print_regrade", "print_report"]

MARKS = {Verdict.PASSED: "[green]✓[/]", Verdict.INTERNAL_ERROR: "[magenta]![/]"}


def print_report(report: Report) -> int:
    """Print one report as its student would read it; return 3 when the grader failed somewhere, else 0."""
    console = Console(highlight=False)
    console.print(f"[bold]{report.exercise}[/]  {report.points:g} of {report.max_points:g} points")
    for flag in report.flags:
        console.print(f"  [yellow]note[/] {_shown(flag.message)}")
    for part in report.parts:
        console.print(f"\n[bold]{escape(part.title)}[/]  {_points(part)}")
        _print_checks(console, part.findings)
    for finding in report.internal_errors:
        console.print(f"\n[magenta]for staff[/] {escape(finding.check)}\n{_shown(finding.staff)}")
    return GraderFault.exit_code if report.internal_errors else 0


def print_cohort(cohort: Cohort, graded: Graded) -> int:
    """Print one line a student and where to look next; return 3 when the grader failed somewhere, else 0."""
    console = Console(highlight=False)
    table = Table(title=f"{graded.exercise.slug} · {cohort.title}", title_justify="left", box=None, pad_edge=False)
    table.add_column("student")
    table.add_column("points", justify="right")
    table.add_column("of", justify="right")
    table.add_column("what was found")
    for report in sorted(graded.reports, key=lambda one: one.student):
        table.add_row(_shown(report.student), f"{report.points:g}", f"{report.max_points:g}", _found(report))
    console.print(table)
    for note in graded.notes:
        console.print(f"[yellow]note[/] {_shown(note)}")
    faults = [finding for report in graded.reports for finding in report.internal_errors]
    if faults:
        console.print(
            f"[magenta]{len(faults)} internal errors:[/] these count nothing until graded again; see the summary"
        )
    if graded.summary is not None:
        console.print(f"Summary:  {graded.summary}\nFeedback: {cohort.folder / 'feedback' / graded.exercise.slug}/")
    sys.stdout.flush()
    return GraderFault.exit_code if faults else 0


def print_regrade(found: Regrade, console: Console | None = None) -> None:
    """Print what would differ, a line for each part of each student, and whom it helps or harms."""
    console = console or Console(highlight=False)
    table = Table(title=f"{found.exercise.slug} · {found.cohort.title}", title_justify="left", box=None, pad_edge=False)
    for name in ("student", "part", "old", "new", "why"):
        table.add_column(name, justify="right" if name in {"old", "new"} else "left")
    for one in found.differences:
        colour = "green" if one.new > one.old else "red"
        points = f"{one.old:g}", f"[{colour}]{one.new:g}[/]"
        table.add_row(_shown(one.student), escape(one.part), *points, one.why)
    if found.differences:
        console.print(table)
    console.print(_gains(found))
    for note in found.notes:
        console.print(f"[yellow]note[/] {_shown(note)}")


def _shown(text: str) -> str:
    """Return text that a submission may have a say in, as neither the terminal nor rich takes it for anything else."""
    return escape(plain_text(text))


def _print_checks(console: Console, findings: list[Finding]) -> None:
    """Print a check on several inputs once, as the first that did not pass, and a reason once."""
    told: set[str] = set()
    for finding, inputs, failed in by_check(findings):
        cases = f" [dim]({f'{failed} of ' if failed else ''}{inputs} inputs)[/]" if inputs > 1 else ""
        console.print(f"  {MARKS.get(finding.verdict, '[red]✗[/]')} {_shown(finding.title)}{cases}")
        if failed:
            reason = "as above" if finding.reason in told else finding.reason
            console.print(f"      {finding.verdict}: {_shown(reason)}")
            console.print(f"      [cyan]{_shown(finding.hint)}[/] [dim]({escape(finding.see)})[/]")
            told.add(finding.reason)


def _points(part: PartReport) -> str:
    if part.written:
        return f"[dim]graded by hand, up to {part.max_points:g}[/]"
    return f"{part.points:g} of {part.max_points:g}"


def _found(report: Report) -> str:
    failed = [f for part in report.parts for f in part.findings if f.verdict is not Verdict.PASSED]
    if not failed:
        return "[green]all checks passed[/]"
    counts: dict[Verdict, list[Finding]] = {}
    for finding in failed:
        counts.setdefault(finding.verdict, []).append(finding)
    return ", ".join(f"{len(findings)} {verdict.replace('_', ' ')}" for verdict, findings in counts.items())


def _gains(found: Regrade) -> str:
    change: dict[str, float] = {}
    for one in found.differences:
        change[one.student] = change.get(one.student, 0.0) + one.new - one.old
    gain, lose = sum(points > CENT for points in change.values()), sum(points < -CENT for points in change.values())
    if not found.redone:
        rest = "; an earlier grading was stopped before all was in the gradebook" if found.unfinished else ""
        return f"nothing has changed since {len(found.current)} were graded{rest}"
    again = f", run again: {', '.join(found.parts)}" if found.parts else ", nothing had to be run again"
    same = len(found.redone) - gain - lose
    return f"{len(found.redone)} touched: {gain} gain, {lose} lose, {same} keep their sum{again}"
