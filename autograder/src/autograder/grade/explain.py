"""What happened to one part of one student: for staff who answer an appeal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import UserError
from autograder.grade.arrivals import notebook_in
from autograder.grade.keep import report_path
from autograder.grade.ledger import Line, read_ledger
from autograder.grade.report import CellResult, Finding, Flag, PartReport, Report, Verdict, read_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.text import plain_text
from autograder.grade.unit import content_of, submission_of, unit_of
from autograder.manifest import Cohort, Exercise

__all__ = ["explain", "explain_command", "missing"]

RULE = "-" * 80
ENGINE = Path(__file__).parent.parent


def explain(cohort: Cohort, exercise: Exercise, student: str, part: str) -> Iterator[str]:
    """Yield what an appeal is answered from; raises UserError on a wrong name.

    What was handed in and when it was graded, the student's code, each check with what it asks for and what was found
    (for staff: tracebacks included), how points follow, and the command that asks the same again and shows the inputs
    and answers themselves.
    """
    path = report_path(cohort, exercise.slug, student)
    if not path.is_file():
        raise UserError(_no_report(cohort, exercise.slug, student))
    report = read_report(path)
    found = next((one for one in report.parts if one.part == part), None)
    if found is None:
        raise UserError(f"{exercise.slug} has no part {part!r}; there are: {', '.join(exercise.parts)}")
    folder = cohort.handed_in(student, exercise.slug)
    yield f"{student} · {exercise.slug} · {found.title} ({part}): {found.points:g} of {found.max_points:g} points"
    yield from _graded(cohort, report)
    yield from _fresh(cohort, exercise, report, notebook_in(folder, exercise.slug))
    yield from _flags(report.flags)
    yield from _code(report.cells, part)
    if found.written:
        yield f"\nA written part: a person grades it, with {exercise.folder / 'rubric.md'}, in the formgrader."
        return
    yield from _findings(found)
    yield from _again(cohort, report, part, folder)


def explain_command(cohort: Cohort, slug: str, student: str, part: str) -> str:
    """Return what staff type to see what `explain` tells."""
    return shlex.join(["autograder", "explain", "--cohort", cohort.name, "--exercise", slug, student, part])


def _no_report(cohort: Cohort, slug: str, student: str) -> str:
    graded = sorted(path.stem for path in cohort.reports(slug).glob("*.json"))
    if not graded:
        return f"nobody has a report for {slug}: run `make grade COHORT={cohort.name}` first"
    some = ", ".join(graded[:8]) + (f" and {len(graded) - 8} more" if len(graded) > 8 else "")
    return f"{student} has no report for {slug}; graded are: {some}"


def _graded(cohort: Cohort, report: Report) -> Iterator[str]:
    lines = read_ledger(cohort.ledger, cohort_secret(cohort.folder))
    own = [line for line in lines if (line.exercise, line.student) == (report.exercise, report.student)]
    purpose = "for the grade" if report.purpose == "final" else f"as practice {report.purpose}, which is no grade"
    when = own[-1].time if own and own[-1].unit == report.unit else "at a time that the ledger does not know"
    yield f"graded {purpose}, {when}; the whole exercise {report.points:g} of {report.max_points:g} points"
    for line in own[:-1]:
        yield f"  before: {line.time}  {line.purpose}  {line.points:g} points{_because(line)}"


def _because(line: Line) -> str:
    return f"  ({line.why})" if line.why else ""


def _fresh(cohort: Cohort, exercise: Exercise, report: Report, notebook: Path) -> Iterator[str]:
    """Say whether what lies there now, asked what is asked now, is what the report is about."""
    digest = submission_of(notebook, report.student)
    if why := missing(notebook):
        yield f"note: {notebook} {why}: the report below is of what lay there"
    elif report.submission and digest != report.submission:
        yield "note: another notebook lies there now; the report is of the one before, the command asks the new one"
    elif not report.unit:
        again = shlex.join(["autograder", "grade", "--cohort", cohort.name, "--exercise", exercise.slug])
        yield f"note: the grader failed before it could ask anything: `{again}` grades it once more"
    elif report.unit != unit_of(content_of(exercise), digest, report.purpose, cohort_secret(cohort.folder)):
        regrade = shlex.join(["autograder", "regrade", "--cohort", cohort.name, "--exercise", exercise.slug])
        yield f"note: the checks have changed since: `{regrade} --student {report.student}` shows what would differ"


def missing(notebook: Path) -> str:
    """Return why a notebook is not there to be compared with its report; empty where it is."""
    try:
        notebook.lstat()
    except PermissionError:
        return "lies in a folder that may not be entered"
    except OSError:
        return "is gone"
    return ""


def _flags(flags: list[Flag]) -> Iterator[str]:
    for flag in flags:
        yield f"note for {flag.audience}: {plain_text(flag.message)}"


def _code(cells: list[CellResult], part: str) -> Iterator[str]:
    for cell in cells:
        if cell.id == part:
            end = "ran" if cell.verdict is Verdict.PASSED else f"ended as {cell.verdict}"
            yield f"\n{RULE}\nTheir cell, which {end}:"
            yield _indented(cell.source)
            for output in cell.outputs:
                if output.text:
                    yield f"  it showed:\n{_indented(output.text)}"


def _findings(part: PartReport) -> Iterator[str]:
    weight = sum(finding.weight for finding in part.findings)
    passed = [finding for finding in part.findings if finding.verdict is Verdict.PASSED]
    reached = sum(finding.weight for finding in passed)
    yield f"\n{RULE}\n{len(passed)} of {len(part.findings)} checks passed"
    yield f"points: {part.max_points:g} x {reached:g} / {weight:g} (weights of what passed / of all) = {part.points:g}"
    for finding in sorted(part.findings, key=lambda one: one.verdict is Verdict.PASSED):
        yield from _finding(finding)


def _finding(finding: Finding) -> Iterator[str]:
    yield f"\n{finding.verdict.upper()}  {finding.check}  (weight {finding.weight:g})"
    yield f"  asked: {finding.title}"
    if finding.verdict is Verdict.PASSED:
        return
    told = " ".join(word for word in (finding.reason, finding.hint, f"[{finding.see}]" if finding.see else "") if word)
    yield f"  told the student: {plain_text(told)}"
    if finding.staff.strip():
        yield f"  for staff:\n{_indented(_without_engine(finding.staff.strip()), 4)}"


def _again(cohort: Cohort, report: Report, part: str, folder: Path) -> Iterator[str]:
    notebook = notebook_in(folder, report.exercise)
    command = ["autograder", "grade", "--submission", str(notebook), "--exercise", report.exercise]
    command += ["--cohort", cohort.name, "--student", report.student, "--purpose", report.purpose, "--part", part]
    yield f"\n{RULE}\nAsk the same again: shows the hidden inputs, what came and what was expected (--pdb stops there):"
    yield f"  {shlex.join(command)} --verbose"


def _without_engine(trace: str) -> str:
    """Leave out of a traceback the frames that are not of the exercise: they say how we ask, not what."""
    kept, keeps = [], True
    for line in trace.splitlines():
        if line.startswith('  File "'):
            keeps = str(ENGINE) not in line
        elif not line.startswith("  "):
            keeps = True
        if keeps:
            kept.append(line)
    return "\n".join(kept)


def _indented(text: str, by: int = 2) -> str:
    return "\n".join(" " * by + line for line in plain_text(text).splitlines())
