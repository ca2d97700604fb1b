"""Writing a batch of reports into the gradebook: one transaction, one writer, and nothing that a person entered."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.api import (
    Student as StudentRow,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.errors import GraderFault, UserError
from autograder.grade.report import PartReport, Report, Verdict
from autograder.gradebook.comments import automatic_comment, is_unanswered
from autograder.gradebook.database import ensure_gradebook, writing
from autograder.gradebook.entry import Recorded
from autograder.gradebook.files import StagedFiles
from autograder.gradebook.notebook import autograded_notebook, defuse_markdown
from autograder.gradebook.roster import can_be_kept
from autograder.gradebook.timestamps import read_timestamp
from autograder.manifest import Cohort, Exercise, Late
from autograder.stages import stage

__all__ = ["record", "settle_penalties"]


@stage("gradebook")
def record(cohort: Cohort, exercise: Exercise, reports: Iterable[Report]) -> Recorded:
    """Write scores, comments and late penalties of `reports` in one transaction, then their autograded notebooks.

    Scores and comments that a person entered stay; a written answer that changed after it was graded asks for a
    second look. Recording the same reports again changes nothing. Raises UserError when the exercise has not been
    released to the cohort, GraderFault when the gradebook could not be written; then nothing was changed.
    """
    ensure_gradebook(cohort)
    batch, notes = _with_usable_names(reports)
    with StagedFiles() as files:
        with writing(cohort) as session:
            assignment, notebook = _released(session, cohort, exercise)
            for report in batch:
                if report.exercise != exercise.slug:
                    raise GraderFault(f"a report of {report.exercise} has no place among those of {exercise.slug}")
                submitted = _submission(session, assignment, notebook, report.student, notes)
                submitted.assignment.timestamp = _timestamp(cohort, report, notes)
                earlier = _last_autograded(cohort, report)
                _write_scores(session, submitted, report, earlier)
                _settle(submitted, cohort.late)
                _stage_notebook(files, cohort, report, submitted.assignment.timestamp)
            session.flush()
        files.publish()
    return Recorded([report.student for report in batch], notes)


def settle_penalties(cohort: Cohort) -> None:
    """Derive every late penalty again, since a manual grade or an extension changes what a share of the points is."""
    ensure_gradebook(cohort)
    with writing(cohort) as session:
        for submitted in session.scalars(select(SubmittedNotebook)):
            _settle(submitted, cohort.late)


def _with_usable_names(reports: Iterable[Report]) -> tuple[list[Report], list[str]]:
    """Part off those whose name no folder or database can hold: one such name must not cost the others anything."""
    batch, notes = [], []
    for report in reports:
        if can_be_kept(report.student):
            batch.append(report)
        else:
            notes.append(f"{report.student!a} cannot be entered under this name: rename the folder in submitted/")
    return batch, notes


def _released(session: Session, cohort: Cohort, exercise: Exercise) -> tuple[Assignment, Notebook]:
    query = select(Notebook).join(Assignment).where(Assignment.name == exercise.slug, Notebook.name == exercise.slug)
    notebook = session.scalars(query).one_or_none()
    if notebook is None:
        what = f"{exercise.slug} has not been released to cohort {cohort.name}"
        raise UserError(f"{what}: run 'make release COHORT={cohort.name}' first")
    unknown = sorted(set(exercise.parts) - {cell.name for cell in notebook.grade_cells})
    if unknown:
        raise UserError(
            f"{exercise.slug} has parts that the release of cohort {cohort.name} does not hold ({', '.join(unknown)}): "
            f"release it again"
        )
    return notebook.assignment, notebook


def _submission(
    session: Session, assignment: Assignment, notebook: Notebook, student: str, notes: list[str]
) -> SubmittedNotebook:
    query = (
        select(SubmittedNotebook)
        .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
        .where(SubmittedNotebook.notebook_id == notebook.id, SubmittedAssignment.student_id == student)
    )
    submitted = session.scalars(query).one_or_none()
    if submitted is not None:
        return submitted
    person = session.get(StudentRow, student)
    if person is None:
        notes.append(f"{student} is not in the roster: graded and entered under this id")
        person = StudentRow(id=student)
    submitted = SubmittedNotebook(
        notebook=notebook, assignment=SubmittedAssignment(assignment=assignment, student=person)
    )
    session.add(submitted)
    session.flush()
    return submitted


def _timestamp(cohort: Cohort, report: Report, notes: list[str]) -> dt.datetime | None:
    path = _folder(cohort, report, "submitted") / "timestamp.txt"
    try:
        return read_timestamp(path, cohort.zone)
    except UserError as error:
        notes.append(f"{report.student} counts as handed in on time: {error}")
        return None


def _write_scores(session: Session, submitted: SubmittedNotebook, report: Report, earlier: dict[str, str]) -> None:
    released = {cell.name: cell.source for cell in submitted.notebook.source_cells}
    answers = {cell.id: cell.source for cell in report.cells if cell.kind == "written"}
    parts = {part.part: part for part in report.parts}
    grades = {grade.cell_id: grade for grade in submitted.grades}
    comments = {comment.cell_id: comment for comment in submitted.comments}
    for cell in submitted.notebook.grade_cells:
        grade = grades.get(cell.id)
        if grade is None:
            grade = Grade(cell=cell, notebook=submitted, needs_manual_grade=True)
            session.add(grade)
        if cell.name in parts:
            part = parts[cell.name]
            answer = answers.get(part.part)
            unanswered = part.written and is_unanswered(answer, released.get(part.part))
            now = defuse_markdown(answer or "")
            _write_grade(grade, part, unanswered=unanswered, changed=earlier.get(part.part, now) != now)
    for cell in submitted.notebook.solution_cells:
        comment = comments.get(cell.id)
        if comment is None:
            comment = Comment(cell=cell, notebook=submitted)
            session.add(comment)
        if cell.name in parts:
            part = parts[cell.name]
            unanswered = part.written and is_unanswered(answers.get(part.part), released.get(part.part))
            comment.auto_comment = automatic_comment(part, unanswered=unanswered)


def _write_grade(grade: Grade, part: PartReport, *, unanswered: bool, changed: bool) -> None:
    """Set the autograder's score; a person's score stays and is put before them again when its ground has changed."""
    score = (0.0 if unanswered else None) if part.written else part.points
    faulty = any(finding.verdict is Verdict.INTERNAL_ERROR for finding in part.findings)
    if grade.manual_score is None:
        grade.needs_manual_grade = faulty or score is None
    elif (part.written and changed) or (not part.written and grade.auto_score != score):
        grade.needs_manual_grade = True
    grade.auto_score = score


def _settle(submitted: SubmittedNotebook, late: Late) -> None:
    score = sum(_score(grade) for grade in submitted.grades)
    seconds = submitted.assignment.total_seconds_late if submitted.assignment.assignment.duedate else 0.0
    penalty = min(score, late.penalty(score, seconds)) if score > 0 else 0.0
    submitted.late_submission_penalty = penalty or None


def _score(grade: Grade) -> float:
    reached = grade.auto_score if grade.manual_score is None else grade.manual_score
    return float((reached or 0.0) + (grade.extra_credit or 0.0))


def _folder(cohort: Cohort, report: Report, step: str) -> Path:
    return cohort.folder / "course" / step / report.student / report.exercise


def _last_autograded(cohort: Cohort, report: Report) -> dict[str, str]:
    """Return the answers of the autograded notebook that is about to be replaced, by grade_id."""
    path = _folder(cohort, report, "autograded") / f"{report.exercise}.ipynb"
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
    except (OSError, ValueError, KeyError):
        return {}
    return {cell["id"]: "".join(cell["source"]) for cell in cells}


def _stage_notebook(files: StagedFiles, cohort: Cohort, report: Report, moment: dt.datetime | None) -> None:
    folder = _folder(cohort, report, "autograded")
    files.stage(folder / f"{report.exercise}.ipynb", autograded_notebook(report))
    if moment is not None:
        files.stage(folder / "timestamp.txt", f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n")
