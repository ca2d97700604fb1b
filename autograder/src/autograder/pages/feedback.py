"""A student's own feedback: points, what each check found and where to read on, and their notebook as it ran."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache

from markupsafe import Markup

from autograder.grade.entry import Entry, PartEntry
from autograder.grade.report import Finding, PartReport, Report, Same, Verdict, by_check
from autograder.manifest import Cohort, Exercise
from autograder.pages.cells import notebook
from autograder.pages.checks import entry_in_checks, in_checks
from autograder.pages.looks import page, render

__all__ = ["render_feedback"]

MOST_FIRST = 3
"""Parts that the page names at its top; more would be a list of all that is wrong."""
GRADERS_FAULT = "The grader failed here, not your code. Your teachers have been told."


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
    as_above: bool = False
    """Whether a check above it failed for the same reason."""


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
    checks: tuple[Check, ...]
    answer: str = ""
    """What was written, where a person grades it."""

    @property
    def passed(self) -> list[Check]:
        """The checks that passed."""
        return [check for check in self.checks if check.verdict is Verdict.PASSED]

    @property
    def failed(self) -> list[Check]:
        """The checks that did not, the grader's own faults among them."""
        return [check for check in self.checks if check.verdict is not Verdict.PASSED]

    @property
    def first(self) -> Check | None:
        """The check to look at first: the first that the student can mend."""
        return next((check for check in self.failed if check.verdict is not Verdict.INTERNAL_ERROR), None)


def render_feedback(report: Report, exercise: Exercise, cohort: Cohort, entry: Entry | None = None) -> bytes:
    """Return the page: one HTML file without script or network. Without a gradebook entry the report alone counts.

    Nothing that is for staff is read: no check's name, no staff text, no staff flag.
    """
    if not exercise.points:
        report = in_checks(report)
        entry = entry and entry_in_checks(entry, report)
    anchors = frozenset(cell.id for cell in report.cells)
    answers = {cell.id: cell.source for cell in report.cells if cell.cell_type == "markdown" and cell.kind != "prose"}
    parts = [_part(part, entry, exercise.slug, anchors, answers.get(part.part, "")) for part in report.parts]
    titles = {part.part: part.title for part in report.parts}
    cells, pictures = notebook(report.cells, titles, entry.comments if entry else {})
    html = render(
        "feedback.html.j2",
        exercise=exercise,
        cohort=cohort,
        student=entry.name if entry else report.student,
        handed_in=_said(entry.submitted if entry else None, cohort),
        practice=report.purpose != "final",
        due=_said(cohort.due(exercise.slug, report.student), cohort),
        report=report,
        parts=parts,
        shown=Markup().join(map(_shown, parts)),
        first=_first(parts),
        score=entry.score if entry else report.points,
        total=entry.total if entry else report.points,
        penalty=min(entry.penalty, entry.score) if entry else 0.0,
        late=_lateness(entry.seconds_late) if entry else "",
        max_points=report.max_points,
        waiting=sum(part.max_points for part in parts if part.state == "waiting"),
        unit="point" if exercise.points else "check",
        flags=[flag.message for flag in report.flags if flag.audience == "student"],
        cells=cells,
    )
    return page(html, pictures)


@lru_cache(maxsize=1024)  # most students pass most parts, and look the same where they do
def _shown(part: Part) -> Markup:
    return render("part.html.j2", part=part)


def _first(parts: list[Part]) -> list[tuple[Part, Check]]:
    """Return the parts to look at first, those that cost most before the others, core before stretch."""
    failed = [(part, check) for part in parts if (check := part.first) and part.points < part.max_points]
    return sorted(failed, key=lambda one: (one[0].tier != "core", one[0].points - one[0].max_points))[:MOST_FIRST]


def _part(part: PartReport, entry: Entry | None, slug: str, anchors: frozenset[str], answer: str) -> Part:
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
        checks=_checks(part.findings, slug, anchors),
        answer=answer,
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


def _checks(findings: list[Finding], slug: str, anchors: frozenset[str]) -> tuple[Check, ...]:
    checks: list[Check] = []
    told: set[str] = set()
    for same in by_check(findings):
        check = _check(same, slug, anchors)
        if check.failed and check.reason:
            check = replace(check, as_above=check.reason in told)
            told.add(check.reason)
        checks.append(check)
    return tuple(checks)


def _check(same: Same, slug: str, anchors: frozenset[str]) -> Check:
    finding = same.finding
    faulty = finding.verdict is Verdict.INTERNAL_ERROR
    failed = bool(same.failed) and not faulty
    return Check(
        title=finding.title,
        verdict=finding.verdict,
        reason=GRADERS_FAULT if faulty else finding.reason,
        hint=finding.hint if failed else "",
        link=_link(finding.see, slug, anchors) if failed else None,
        inputs=same.inputs,
        failed=same.failed,
    )


def _link(see: str, slug: str, anchors: frozenset[str]) -> Link | None:
    kind, _, name = see.partition(":")
    if not name or kind not in {"cell", "slide"}:
        return None
    if kind == "slide":
        return Link(f"the slide “{name.replace('-', ' ')}”", f"slides/{slug}.html#{name}")
    return Link(f"the cell {name} in your notebook", f"#cell-{name}" if name in anchors else "")


def _said(moment: dt.datetime | None, cohort: Cohort) -> str:
    """Return a moment of UTC in the cohort's time."""
    if moment is None:
        return ""
    local = cohort.local(moment.replace(tzinfo=dt.UTC))
    return f"{local.day} {local:%B %Y, %H:%M}"


def _lateness(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 60:
        return f"{minutes} minutes"
    hours = minutes // 60
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days and {hours % 24} hours"
