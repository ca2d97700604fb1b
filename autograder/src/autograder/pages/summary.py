"""The instructor's summary of one exercise: how the class did, which checks failed and why, what needs a person."""

from __future__ import annotations

import statistics
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from autograder.grade.entry import Entry
from autograder.grade.explain import explain_command
from autograder.grade.likeness import alike
from autograder.grade.report import Finding, Flag, Report, Verdict
from autograder.grade.shapes import same_shapes
from autograder.manifest import Cohort, Exercise
from autograder.pages.checks import entry_in_checks, in_checks
from autograder.pages.looks import page, render
from autograder.pages.reflections import read_reflection

__all__ = ["render_summary"]

BINS = 10
REASONS_SHOWN = 3


@dataclass(frozen=True)
class Bin:
    """One column of the histogram."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class PartRow:
    """One part over the whole class."""

    id: str
    title: str
    tier: str
    max_points: float
    mean: float
    full: int
    of: int
    waiting: int


@dataclass(frozen=True)
class CheckRow:
    """One check over the whole class."""

    name: str
    title: str
    part: str
    of: int
    failed: int
    verdicts: list[tuple[Verdict, int]]
    reasons: list[tuple[str, int]]


@dataclass(frozen=True)
class StudentRow:
    """One student's line."""

    id: str
    name: str
    total: float
    penalty: float
    waiting: bool
    faults: int
    flags: int
    address: str


@dataclass(frozen=True)
class Fault:
    """One check that the grader itself failed at."""

    student: str
    check: str
    staff: str
    command: str
    """What shows more of it."""


def render_summary(
    reports: list[Report], exercise: Exercise, cohort: Cohort, entries: Mapping[str, Entry] | None = None
) -> bytes:
    """Return the page for staff: one HTML file without script or network, sorted so that it is the same each time."""
    reports = sorted(reports, key=lambda report: report.student)
    book = dict(entries or {})
    if not exercise.points:
        reports = [in_checks(report) for report in reports]
        book = {one.student: entry_in_checks(book[one.student], one) for one in reports if one.student in book}
    highest = exercise.points or max((report.max_points for report in reports), default=0.0)
    totals = [_total(report, book) for report in reports]
    voices = [(report.student, read_reflection(report.cells)) for report in reports]
    minutes = sorted(voice.minutes for _, voice in voices if voice.minutes is not None)
    html = render(
        "summary.html.j2",
        exercise=exercise,
        cohort=cohort,
        count=len(reports),
        practice=sum(report.purpose != "final" for report in reports) if exercise.points else 0,
        totals=totals,
        median=statistics.median(totals) if totals else 0.0,
        mean=statistics.fmean(totals) if totals else 0.0,
        highest=highest,
        unit="points" if exercise.points else "checks",
        bins=_bins(totals, highest),
        parts=[_part_row(part, reports, book) for part in exercise.parts],
        checks=_check_rows(reports),
        faults=[fault for report in reports for fault in _faults(report, cohort)],
        flags=[(report.student, flag) for report in reports for flag in report.flags] + _alike(reports),
        students=[_student_row(report, book) for report in reports],
        minutes=minutes,
        median_minutes=statistics.median(minutes) if minutes else 0.0,
        muddiest=[(student, voice.muddiest) for student, voice in voices if voice.muddiest],
        cpu_seconds=statistics.median(report.cpu_seconds for report in reports) if reports else 0.0,
        overhead_seconds=statistics.median(report.overhead_seconds for report in reports) if reports else 0.0,
    )
    return page(html)


def _alike(reports: list[Report]) -> list[tuple[str, Flag]]:
    """Return what staff should know of code and weights that are, or nearly are, another's."""
    code = same_shapes({report.student: report.shapes for report in reports})
    found = [(one, f"{said}: a reason to look at both, and no more.") for one, said in code]
    weights = alike({report.student: report.weights for report in reports if report.weights})
    found += [(one, f"{said} (compared with {other}).") for one, other, said in weights]
    return [(one, Flag("staff", said)) for one, said in found]


def _total(report: Report, book: Mapping[str, Entry]) -> float:
    return book[report.student].total if report.student in book else report.points


def _bins(totals: list[float], highest: float) -> list[Bin]:
    width = highest / BINS if highest > 0 else 1.0
    counts = Counter(min(BINS - 1, int(total / width)) for total in totals)
    return [Bin(width * place, width * (place + 1), counts[place]) for place in range(BINS)]


def _part_row(name: str, reports: list[Report], book: Mapping[str, Entry]) -> PartRow:
    reached, waiting = [], 0
    title, tier, most = name, "core", 0.0
    for report in reports:
        for part in report.parts:
            if part.part == name:
                booked = book[report.student].parts.get(name) if report.student in book else None
                waits = booked.needs_manual_grade if booked else part.written
                waiting += waits
                title, tier, most = part.title, part.tier, part.max_points
                if not (waits and part.written):
                    reached.append(booked.score if booked else part.points)
    full = sum(points >= most for points in reached)
    return PartRow(name, title, tier, most, statistics.fmean(reached) if reached else 0.0, full, len(reached), waiting)


def _check_rows(reports: list[Report]) -> list[CheckRow]:
    """Return all checks in the order of the parts, those of one part by how many they failed."""
    found: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    order: list[str] = []
    for report in reports:
        for part in report.parts:
            if part.part not in order:
                order.append(part.part)
            for finding in part.findings:
                found[part.part, finding.check].append(finding)
    rows = [_check_row(part, check, findings) for (part, check), findings in found.items()]
    return sorted(rows, key=lambda row: (order.index(row.part), -row.failed, row.name))


def _check_row(part: str, check: str, findings: list[Finding]) -> CheckRow:
    verdicts = Counter(finding.verdict for finding in findings)
    reasons = Counter(
        finding.reason for finding in findings if finding.verdict is not Verdict.PASSED and finding.reason
    )
    return CheckRow(
        name=check,
        title=findings[0].title,
        part=part,
        of=len(findings),
        failed=len(findings) - verdicts[Verdict.PASSED],
        verdicts=[(verdict, verdicts[verdict]) for verdict in Verdict if verdicts[verdict]],
        reasons=sorted(reasons.items(), key=lambda item: (-item[1], item[0]))[:REASONS_SHOWN],
    )


def _faults(report: Report, cohort: Cohort) -> list[Fault]:
    student, slug = report.student, report.exercise
    return [
        Fault(student, finding.check, finding.staff, explain_command(cohort, slug, student, finding.part))
        for finding in report.internal_errors
    ]


def _student_row(report: Report, book: Mapping[str, Entry]) -> StudentRow:
    entry = book.get(report.student)
    waiting = entry.needs_manual_grade if entry else any(part.written for part in report.parts)
    return StudentRow(
        id=report.student,
        name=entry.name if entry else report.student,
        total=_total(report, book),
        penalty=entry.penalty if entry else 0.0,
        waiting=waiting,
        faults=len(report.internal_errors),
        flags=len(report.flags),
        address=f"../feedback/{_quoted(report.exercise)}/{_quoted(report.student)}.html",
    )


def _quoted(name: str) -> str:
    return quote(name, safe="", errors="replace")
