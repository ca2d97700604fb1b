"""How a submission stands with its report: what `watch` grades and `status` counts."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from autograder.grade.arrivals import Arrival
from autograder.grade.collect import digest_of
from autograder.grade.keep import report_path
from autograder.grade.report import Verdict
from autograder.grade.unit import submission_of, unit_of
from autograder.manifest import Cohort

__all__ = ["Brief", "Standing", "brief_of", "standing_of"]


class Standing(StrEnum):
    """What is to be done about a submission, if anything."""

    WAITING = "waiting"
    """Not graded yet."""
    CHANGED = "changed since graded"
    """Handed in again after it was graded."""
    PRACTISED = "graded before the deadline"
    """Its report is a practice try's; the deadline has passed, so the grade is still to come."""
    FAULTY = "internal errors"
    """The grader failed at some of it: it counts nothing until it is graded again."""
    OTHER_CHECKS = "graded with other checks"
    """The exercise or the software has changed since; its points stay until somebody regrades."""
    GRADED = "graded"

    @property
    def due(self) -> bool:
        """Whether grading it is what everybody expects."""
        return self in {Standing.WAITING, Standing.CHANGED, Standing.PRACTISED}


class _Verdict(msgspec.Struct, frozen=True):
    verdict: Verdict
    check: str = ""


class _Part(msgspec.Struct, frozen=True):
    part: str
    findings: list[_Verdict] = []


class Brief(msgspec.Struct, frozen=True):
    """The little of a report that says how its submission stands; reading it takes a third of the time."""

    unit: str
    purpose: str
    parts: list[_Part]
    submission: str = ""
    cpu_seconds: float = 0.0
    overhead_seconds: float = 0.0

    @property
    def faults(self) -> list[tuple[str, str]]:
        """Part and check of each internal error."""
        return [
            (part.part, one.check)
            for part in self.parts
            for one in part.findings
            if one.verdict is Verdict.INTERNAL_ERROR
        ]


def brief_of(cohort: Cohort, slug: str, student: str) -> Brief | None:
    """Return the gist of a report; None where there is none, or only half of one."""
    try:
        return msgspec.json.decode(report_path(cohort, slug, student).read_bytes(), type=Brief)
    except (OSError, msgspec.DecodeError, ValueError):
        return None


def standing_of(arrival: Arrival, brief: Brief | None, content: str, secret: bytes, *, final: bool) -> Standing:
    """Return how a submission stands.

    Args:
        arrival: the submission.
        brief: the gist of its report.
        content: hash of what the exercise asks now.
        secret: the cohort's.
        final: whether its deadline has passed, so that a practice try is no grade.
    """
    if brief is None:
        return Standing.WAITING
    digest = submission_of(arrival.notebook, arrival.student)
    same = brief.unit == unit_of(content, digest, brief.purpose, secret)
    if not same:
        read = digest_of(arrival.notebook)
        if not read or read != brief.submission:  # what is refused unread has no digest by which to know it again
            return Standing.CHANGED
    if final and brief.purpose != "final":
        return Standing.PRACTISED
    if brief.faults:
        return Standing.FAULTY
    return Standing.GRADED if same else Standing.OTHER_CHECKS
