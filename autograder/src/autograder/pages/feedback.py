"""A student's own feedback: points, what each check found and where to read on, and their notebook as it ran."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from zoneinfo import ZoneInfo

from autograder.grade.report import CellResult, Finding, PartReport, Report, Verdict
from autograder.gradebook.entry import Entry, PartEntry
from autograder.manifest import Cohort, Exercise
from autograder.pages.looks import render

__all__ = ["render_feedback"]

FROM_STUDENT = {"solution", "written", "free", "extra"}
HEADING = re.compile(r"^#{1,3}\s+(?P<text>.+?)\s*#*\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Link:
    """Where to read on; without an address it is words only."""

    text: str
    address: str = ""


@dataclass(frozen=True)
class Check:
    """One finding as its student may see it; findings of one check on several inputs are told as one."""

    title: str
    verdict: Verdict
    reason: str
    hint: str
    link: Link | None
    inputs: int = 1
    failed: int = 0
    """Of `inputs`, how many did not pass."""


@dataclass(frozen=True)
class Part:
    """One part with the points that count."""

    id: str
    title: str
    tier: str
    points: float
    max_points: float
    written: bool
    state: str
    """full, partial, none, waiting, unanswered."""
    by_hand: bool
    comment: str
    checks: list[Check]

    @property
    def passed(self) -> int:
        """How many checks passed."""
        return sum(check.verdict is Verdict.PASSED for check in self.checks)


def render_feedback(report: Report, exercise: Exercise, cohort: Cohort, entry: Entry | None = None) -> str:
    """Return the page: one HTML file without script or network. Without a gradebook entry the report alone counts.

    Nothing that is for staff is read: no check's name, no staff text, no staff flag.
    """
    anchors = {cell.id for cell in report.cells}
    parts = [_part(part, entry, exercise.slug, anchors) for part in report.parts]
    return render(
        "feedback.html.j2",
        title=exercise.title,
        exercise=exercise,
        cohort=cohort,
        student=entry.name if entry else report.student,
        handed_in=_local(entry, cohort.zone),
        report=report,
        parts=parts,
        score=entry.score if entry else report.points,
        total=entry.total if entry else report.points,
        penalty=min(entry.penalty, entry.score) if entry else 0.0,
        late=_lateness(entry.seconds_late) if entry else "",
        max_points=report.max_points,
        waiting=sum(part.max_points for part in parts if part.state == "waiting"),
        flags=[flag.message for flag in report.flags if flag.audience == "student"],
        sections=_sections(report.cells),
        titles={part.part: part.title for part in report.parts},
    )


def _part(part: PartReport, entry: Entry | None, slug: str, anchors: set[str]) -> Part:
    booked = entry.parts.get(part.part) if entry else None
    reached = booked.score if booked else part.points
    return Part(
        id=part.part,
        title=part.title,
        tier=part.tier,
        points=reached,
        max_points=part.max_points,
        written=part.written,
        state=_state(part, booked, reached),
        by_hand=bool(booked and booked.manual_score is not None),
        comment=booked.comment if booked else "",
        checks=[
            _check(list(same), slug, anchors)
            for _, same in groupby(part.findings, key=lambda one: (one.title, one.see))
        ],
    )


def _state(part: PartReport, booked: PartEntry | None, reached: float) -> str:
    if booked and booked.manual_score is not None:
        return _reached(reached, part.max_points)
    if part.written:
        return "unanswered" if booked and booked.auto_score is not None else "waiting"
    return _reached(reached, part.max_points)


def _reached(points: float, of: float) -> str:
    if points >= of:
        return "full"
    return "partial" if points > 0 else "none"


def _check(findings: list[Finding], slug: str, anchors: set[str]) -> Check:
    """Tell findings of the same title as the first of them that did not pass."""
    failures = [one for one in findings if one.verdict is not Verdict.PASSED]
    finding = failures[0] if failures else findings[0]
    faulty = finding.verdict is Verdict.INTERNAL_ERROR
    failed = finding.verdict is not Verdict.PASSED and not faulty
    return Check(
        title=finding.title,
        verdict=finding.verdict,
        reason="The grader failed here, not your code. Your teachers have been told." if faulty else finding.reason,
        hint=finding.hint if failed else "",
        link=_link(finding.see, slug, anchors) if failed else None,
        inputs=len(findings),
        failed=len(failures),
    )


def _link(see: str, slug: str, anchors: set[str]) -> Link | None:
    kind, _, name = see.partition(":")
    if not name or kind not in {"cell", "slide"}:
        return None
    if kind == "slide":
        return Link(f"the slide “{name.replace('-', ' ')}”", f"slides/{slug}.html#{name}")
    return Link(f"the cell {name} in your notebook", f"#cell-{name}" if name in anchors else "")


def _sections(cells: list[CellResult]) -> list[tuple[str, list[CellResult]]]:
    """Return the cells that hold work or results, below the headings of the text between them."""
    sections: list[tuple[str, list[CellResult]]] = [("", [])]
    for cell in cells:
        if cell.kind == "prose":
            if heading := HEADING.search(cell.source):
                sections.append((heading["text"], []))
        elif cell.kind in FROM_STUDENT or cell.kind == "example" or cell.outputs:
            sections[-1][1].append(cell)
    return [(heading, held) for heading, held in sections if held]


def _local(entry: Entry | None, zone: ZoneInfo) -> str:
    if entry is None or entry.submitted is None:
        return ""
    moment = entry.submitted.replace(tzinfo=ZoneInfo("UTC")).astimezone(zone)
    return f"{moment.day} {moment:%B %Y, %H:%M}"


def _lateness(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days and {hours % 24} hours"
