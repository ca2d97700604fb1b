"""Whose deadline has passed: before it every grading is a practice try with inputs of its own, after it the grade."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.errors import UserError
from autograder.manifest import EXTENSIONS, Cohort
from autograder.roster import read_roster

__all__ = ["Passed", "date_beside", "doubtful_extensions", "passed"]


@dataclass(frozen=True)
class Passed:
    """For whom the deadline of an exercise has passed, at one moment."""

    class_: bool
    """For everybody who was given no other."""
    extended: frozenset[str] = frozenset()
    """Who was given another."""
    late: frozenset[str] = frozenset()
    """For which of these it has passed too."""

    def of(self, student: str) -> bool:
        """Return whether what `student` handed in is graded for the grade itself."""
        return student in self.late if student in self.extended else self.class_


def passed(cohort: Cohort, slug: str) -> Passed:
    """Return for whom the deadline has passed by now; without one every grading is for the grade."""
    now = dt.datetime.now(dt.UTC)

    def has_passed(student: str) -> bool:
        due = cohort.due(slug, student)
        return due is None or due <= now

    extended = frozenset(student for one, student in cohort.extensions if one == slug)
    return Passed(has_passed(""), extended, frozenset(filter(has_passed, extended)))


def date_beside(cohort: Cohort, slug: str, due: dt.datetime) -> str:
    """Return the sentence for staff on a due date (UTC, without a zone) that the gradebook has and cohort.toml not."""
    return (
        f"{slug}: the due date {cohort.local(due.replace(tzinfo=dt.UTC)):%Y-%m-%d %H:%M} stands in the gradebook "
        f"alone: late days are counted by it, practice does not end with it; write it into cohort.toml, or, if it is "
        f"not to count, take it out in the formgrader (Manage Assignments)"
    )


def doubtful_extensions(cohort: Cohort) -> list[str]:
    """Return a sentence for staff on each extension that gives nothing: of a misspelt id, or an early date."""
    return [*_unknown(cohort), *_earlier(cohort)]


def _earlier(cohort: Cohort) -> Iterator[str]:
    for (slug, student), own in sorted(cohort.extensions.items()):
        due = cohort.due(slug)
        if due is not None and cohort.aware(own) < due:
            others = f"{cohort.local(due):%Y-%m-%d %H:%M}"
            until = f"{cohort.local(own):%Y-%m-%d %H:%M}"
            yield f"{EXTENSIONS} gives {student} {slug} until {until}: everybody's deadline, {others}, counts"


def _unknown(cohort: Cohort) -> list[str]:
    if not cohort.extensions:  # as nearly always: the roster need not be read
        return []
    try:
        known = {student.id for student in read_roster(cohort)}
    except UserError:  # said where the roster is needed
        return []
    return [
        f"{EXTENSIONS} moves the deadline of {slug} for {student!r}, whom students.csv does not name"
        for slug, student in sorted(cohort.extensions)
        if student not in known
    ]
