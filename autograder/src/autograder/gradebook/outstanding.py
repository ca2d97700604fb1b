"""What of a cohort's points is not the grade yet, for whoever is about to hand them on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.errors import UserError
from autograder.grade.arrivals import Arrival, arrivals, overlooked
from autograder.grade.keep import report_path
from autograder.grade.report import read_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.standing import Standing, brief_of, standing_of
from autograder.grade.unit import content_of_report
from autograder.gradebook.database import reading
from autograder.gradebook.reading import entries
from autograder.gradebook.sheet import read_sheet
from autograder.manifest import Cohort

__all__ = ["unsettled"]


def unsettled(cohort: Cohort) -> list[str]:
    """Return a sentence on each exercise some of whose points are not the grade yet, and on what nobody looks at.

    An exercise without points has none.
    """
    slugs = _with_points(cohort)
    handed_in = list(arrivals(cohort, slugs).values())
    found = [(slug, _why(cohort, slug, [one for one in handed_in if one.slug == slug])) for slug in slugs]
    return [f"{slug} has points that are not the grade yet: {why}" for slug, why in found if why] + overlooked(cohort)


def _with_points(cohort: Cohort) -> list[str]:
    """Return what was released or graded, less what is known to be worth nothing."""
    folders = cohort.nbgrader_course / "release", cohort.folder / "reports"
    slugs = sorted({path.name for folder in folders for path in folder.glob("*/")})
    with reading(cohort) as session:
        sheets = {slug: read_sheet(session, slug, []) for slug in slugs}
    worth = {slug: sum(cell.max_score for cell in sheet.cells.values()) for slug, sheet in sheets.items() if sheet}
    return [slug for slug in slugs if worth.get(slug, 1.0)]


def _why(cohort: Cohort, slug: str, handed_in: list[Arrival]) -> str:
    standings, booked = _standings(cohort, handed_in), _booked(cohort, slug)
    found = (
        (standings[Standing.WAITING], "handed in, not graded (`make grade`)"),
        (standings[Standing.CHANGED], "handed in again since they were graded (`make grade`)"),
        (booked.practice, "of practice tries (`make grade` after the deadline grades them)"),
        (booked.faulty, "with internal errors (`autograder status` names them)"),
        (booked.by_hand, "with parts to be graded by hand (`make formgrader`)"),
    )
    return ", ".join(f"{count} {what}" for count, what in found if count)


def _standings(cohort: Cohort, handed_in: Iterable[Arrival]) -> Counter[Standing]:
    """Return how many submissions stand how with their reports, whatever became of the checks since."""
    # asking must not make one
    secret = cohort_secret(cohort.folder) if (cohort.folder / "secret").exists() else b""
    counts: Counter[Standing] = Counter()
    for one in handed_in:
        brief = brief_of(cohort, one.slug, one.student)
        unread = brief is not None and not brief.submission  # the unit alone says then what was refused
        content = _content_then(cohort, one) if unread else ""
        counts[standing_of(one, brief, content, secret, final=False)] += 1
    return counts


def _content_then(cohort: Cohort, one: Arrival) -> str:
    try:
        return content_of_report(read_report(report_path(cohort, one.slug, one.student)))
    except (OSError, UserError):
        return ""


@dataclass(frozen=True)
class _Booked:
    """How many students in the gradebook have points that are not final, by why."""

    practice: int = 0
    faulty: int = 0
    by_hand: int = 0


def _booked(cohort: Cohort, slug: str) -> _Booked:
    practice = faulty = by_hand = 0
    for student, entry in entries(cohort, slug).items():
        brief = brief_of(cohort, slug, student)
        if brief is None or not entry.max_score:
            continue
        failed = {part for part, _ in brief.faults}
        practice += brief.purpose != "final"
        faulty += bool(failed)
        by_hand += any(part.needs_manual_grade and part.part not in failed for part in entry.parts.values())
    return _Booked(practice, faulty, by_hand)
