"""The class's scores as CSV: nbgrader's columns, quoted properly, with late penalties derived anew."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, SubmittedAssignment
from nbgrader.api import Student as StudentRow
from nbgrader.plugins import ExportPlugin
from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.gradebook.database import reading
from autograder.gradebook.files import write_whole
from autograder.gradebook.outstanding import unsettled
from autograder.gradebook.scores import settle_penalties
from autograder.manifest import Cohort, load_cohort

__all__ = ["RosterCsv", "export_csv"]

COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_csv(cohort: Cohort, path: Path, *, assignments: list[str] | None = None) -> Path:
    """Write one line a student and assignment to `path`, all assignments by default; who handed in nothing has 0."""
    settle_penalties(cohort)
    with reading(cohort) as session:
        return write_whole(path, _csv(session, assignments or [], []))


class RosterCsv(ExportPlugin):  # type: ignore[misc]
    """What `nbgrader export` writes in our courses."""

    def export(self, gradebook: Any) -> None:
        """Write the CSV to `--to`, `grades.csv` by default."""
        cohort = load_cohort(Path(self.config.CourseDirectory.root).parent)
        settle_penalties(cohort)
        wanted = [str(name) for name in self.assignment], [str(student) for student in self.student]
        path = write_whole(Path(self.to or "grades.csv"), _csv(gradebook.db, *wanted))
        for sentence in unsettled(cohort):
            self.log.warning("%s", sentence)
        self.log.info("Exported grades to %s", path)


def _csv(session: Session, assignments: list[str], students: list[str]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(session, assignments, students))
    return text.getvalue()


def _rows(session: Session, assignments: list[str], students: list[str]) -> Iterator[dict[str, object]]:
    people = session.scalars(select(StudentRow).order_by(StudentRow.last_name, StudentRow.first_name, StudentRow.id))
    roster = [person for person in people if not students or person.id in students]
    for assignment in session.scalars(select(Assignment).order_by(Assignment.duedate, Assignment.name)):
        if assignments and assignment.name not in assignments:
            continue
        handed_in = {submission.student_id: submission for submission in assignment.submissions}
        for person in roster:
            yield _row(assignment, person, handed_in.get(person.id))


def _row(assignment: Assignment, person: StudentRow, submission: SubmittedAssignment | None) -> dict[str, object]:
    raw = submission.score if submission else 0.0
    penalty = submission.late_submission_penalty if submission else 0.0
    return {
        "assignment": assignment.name,
        "duedate": assignment.duedate or "",
        "timestamp": (submission and submission.timestamp) or "",
        "student_id": _harmless(person.id),
        "last_name": _harmless(person.last_name),
        "first_name": _harmless(person.first_name),
        "email": _harmless(person.email),
        "raw_score": round(raw, 4),
        "late_submission_penalty": round(penalty, 4),
        "score": round(max(0.0, raw - penalty), 4),
        "max_score": assignment.max_score,
    }


def _harmless(text: str | None) -> str:
    """Keep a spreadsheet from reading a name as a formula."""
    return f"'{text}" if text and text.startswith(FORMULA_STARTS) else text or ""
