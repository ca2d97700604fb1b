"""Reading the gradebook: what stands there for each student, and who waits for a person."""

from __future__ import annotations

from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.gradebook.database import ensure_gradebook, reading
from autograder.gradebook.entry import Entry, PartEntry
from autograder.manifest import Cohort

__all__ = ["entries", "waiting"]


def entries(cohort: Cohort, slug: str) -> dict[str, Entry]:
    """Return the gradebook's entries for the exercise `slug`, by student id; students without one are absent."""
    ensure_gradebook(cohort)
    with reading(cohort) as session:
        found = [_entry(submitted) for submitted in _submitted(session, slug)]
    return {entry.student: entry for entry in sorted(found, key=lambda entry: entry.student)}


def waiting(cohort: Cohort, slug: str) -> list[str]:
    """Return the ids of students with a part that a person must grade or look at again."""
    return [student for student, entry in entries(cohort, slug).items() if entry.needs_manual_grade]


def _submitted(session: Session, slug: str) -> list[SubmittedNotebook]:
    query = (
        select(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id)
        .where(Assignment.name == slug)
    )
    return list(session.scalars(query))


def _entry(submitted: SubmittedNotebook) -> Entry:
    comments = {comment.name: comment.manual_comment or "" for comment in submitted.comments}
    parts = [
        PartEntry(
            part=grade.name,
            max_score=grade.cell.max_score,
            auto_score=grade.auto_score,
            manual_score=grade.manual_score,
            extra_credit=grade.extra_credit or 0.0,
            needs_manual_grade=grade.needs_manual_grade,
            comment=comments.get(grade.name, ""),
        )
        for grade in submitted.grades
    ]
    assignment = submitted.assignment
    return Entry(
        student=assignment.student.id,
        first_name=assignment.student.first_name or "",
        last_name=assignment.student.last_name or "",
        submitted=assignment.timestamp,
        seconds_late=float(assignment.total_seconds_late) if assignment.assignment.duedate else 0.0,
        penalty=submitted.late_submission_penalty or 0.0,
        parts={part.part: part for part in sorted(parts, key=lambda part: part.part)},
    )
