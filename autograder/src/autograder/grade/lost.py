"""The report of a submission on which the grader failed before any check could be asked."""

from __future__ import annotations

from pathlib import Path

from autograder.grade.collect import digest_of
from autograder.grade.job import Job
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.manifest import Exercise

__all__ = ["REASON", "lost"]

REASON = "The grader failed on this submission: staff have been told, and it counts nothing until it is graded."


def lost(exercise: Exercise, job: Job, staff: str) -> Report:
    """Return it: without a unit, no part has points, and an internal error in each tells staff what happened."""
    parts = [
        PartReport(name, part.title, part.tier, 0.0, part.points, [_fault(name, staff)], part.written)
        for name, part in exercise.parts.items()
    ]
    return Report(exercise.slug, job.student, "", job.purpose, parts, submission=digest_of(Path(job.notebook)))


def _fault(part: str, staff: str) -> Finding:
    return Finding("examiner", part, "Grading", 1.0, Verdict.INTERNAL_ERROR, REASON, staff=staff)
