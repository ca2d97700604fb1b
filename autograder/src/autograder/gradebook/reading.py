"""Reading the gradebook: what stands there for each student, and who waits for a person."""

from __future__ import annotations

from autograder.grade.entry import Entry, PartEntry
from autograder.gradebook.database import ensure_gradebook, reading
from autograder.gradebook.sheet import Sheet, Submission, read_sheet
from autograder.manifest import Cohort

__all__ = ["entries", "waiting"]


def entries(cohort: Cohort, slug: str) -> dict[str, Entry]:
    """Return the gradebook's entries for the exercise `slug`, by student id; students without one are absent."""
    ensure_gradebook(cohort)
    with reading(cohort) as session:
        sheet = read_sheet(session, slug)
    if sheet is None:
        return {}
    graded = [submission for submission in sheet.submissions.values() if submission.notebook_id]
    return {one.student: _entry(sheet, one) for one in sorted(graded, key=lambda one: one.student)}


def waiting(cohort: Cohort, slug: str) -> list[str]:
    """Return the ids of students with a part that a person must grade or look at again."""
    return [student for student, entry in entries(cohort, slug).items() if entry.needs_manual_grade]


def _entry(sheet: Sheet, submission: Submission) -> Entry:
    comments = {name: comment.manual_comment or "" for name, comment in submission.comments.items()}
    parts = {
        name: PartEntry(
            part=name,
            max_score=sheet.cells[name].max_score,
            auto_score=grade.auto_score,
            manual_score=grade.manual_score,
            extra_credit=grade.extra_credit or 0.0,
            needs_manual_grade=grade.needs_manual_grade or grade.is_above(sheet.cells[name].max_score),
            comment=comments.get(name, ""),
        )
        for name, grade in sorted(submission.grades.items())
    }
    return Entry(
        student=submission.student,
        first_name=submission.first_name,
        last_name=submission.last_name,
        submitted=submission.timestamp,
        seconds_late=submission.seconds_late(sheet.due),
        penalty=submission.penalty or 0.0,
        parts=parts,
        comments={name: text for name, text in comments.items() if text and name not in parts},
    )
