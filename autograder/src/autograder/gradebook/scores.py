"""Writing a batch of reports into the gradebook: one transaction, one writer, and nothing that a person entered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from autograder.disk import telling
from autograder.errors import GraderFault, UserError
from autograder.grade.arrivals import notebook_in
from autograder.grade.entry import Recorded
from autograder.grade.released import refuse_unless_known
from autograder.grade.report import PartReport, Report, Verdict
from autograder.grade.timestamps import doubts, read_timestamp, written_at
from autograder.gradebook import tables
from autograder.gradebook.answers import digest_of_answer
from autograder.gradebook.cells import CommentRow, GradeRow, above_its_worth
from autograder.gradebook.comments import automatic_comment, is_unanswered
from autograder.gradebook.database import ensure_gradebook, writing
from autograder.gradebook.files import StagedFiles
from autograder.gradebook.notebook import autograded_notebook
from autograder.gradebook.sealed import write_head
from autograder.gradebook.sheet import Sheet, Submission, read_sheet, slugs_of, write_sheet
from autograder.manifest import Cohort, Exercise
from autograder.roster import can_be_kept, cannot_be_kept
from autograder.stages import stage

__all__ = ["record", "settle_penalties"]


@stage("gradebook")
def record(cohort: Cohort, exercise: Exercise, reports: Iterable[Report]) -> Recorded:
    """Write scores, comments and late penalties of `reports` in one transaction, then their autograded notebooks.

    Scores and comments that a person entered stay; a written answer that changed after it was graded asks for a
    second look. Recording the same reports again changes nothing. Raises UserError when the exercise has not been
    released to the cohort or the gradebook could not be written; then nothing was changed.
    """
    ensure_gradebook(cohort)
    batch, notes = _with_usable_names(reports)
    students = [report.student for report in batch]
    with StagedFiles() as files:
        with writing(cohort) as session:
            sheet = _released(session, cohort, exercise, students)
            _enter_strangers(session, cohort, sheet, batch, notes)
            notes += _other_worth(cohort, sheet, exercise)
            for report in batch:
                if report.exercise != exercise.slug:
                    raise GraderFault(f"a report of {report.exercise} has no place among those of {exercise.slug}")
                submission = sheet.submissions[report.student]
                submission.timestamp = _timestamp(cohort, report, notes)
                _score(sheet, submission, report)
                notes += _above(sheet, submission)
                sheet.settle(submission, cohort)
                with telling(f"the autograded notebook of {report.student}", cohort.folder):
                    _stage_notebook(files, cohort, report, submission.timestamp)
            write_sheet(session, sheet)
            write_head(session, cohort)
            times = {one.student: (sheet.submissions[one.student].timestamp, _written(cohort, one)) for one in batch}
            notes += doubts(times, sheet.due)
        with telling("the autograded notebooks", cohort.folder):
            files.publish()
    return Recorded(students, notes)


def settle_penalties(cohort: Cohort, slug: str | None = None) -> None:
    """Derive the late penalties of `slug` (default: of all exercises) again.

    A manual grade or an extension changes what a share of the points is.
    """
    ensure_gradebook(cohort)
    with writing(cohort) as session:
        for one in slugs_of(session) if slug is None else [slug]:
            if (sheet := read_sheet(session, one)) is not None:
                for submission in sheet.submissions.values():
                    sheet.settle(submission, cohort)
                write_sheet(session, sheet)


def _with_usable_names(reports: Iterable[Report]) -> tuple[list[Report], list[str]]:
    """Part off those whose name no folder or database can hold: one such name must not cost the others anything."""
    batch, notes = [], []
    for report in reports:
        if can_be_kept(report.student):
            batch.append(report)
        else:
            notes.append(cannot_be_kept(report.student))
    return batch, notes


def _released(session: Session, cohort: Cohort, exercise: Exercise, students: list[str]) -> Sheet:
    sheet = read_sheet(session, exercise.slug, students)
    if sheet is None:
        what = f"{exercise.slug} has not been released to cohort {cohort.name}"
        raise UserError(f"{what}: run 'make release COHORT={cohort.name} EXERCISE={exercise.slug}' first")
    refuse_unless_known(cohort, exercise, {cell.name for cell in sheet.cells.values() if cell.grade_id})
    return sheet


def _enter_strangers(session: Session, cohort: Cohort, sheet: Sheet, batch: list[Report], notes: list[str]) -> None:
    """Give everybody of the batch a submission, those as well whom the roster does not name."""
    new = dict.fromkeys(report.student for report in batch if report.student not in sheet.submissions)
    known = set(session.scalars(select(tables.student.c.id))) if new else set()
    for student in new:
        if student not in known:
            notes.append(
                f"{student} is not in the roster: graded and entered under this id; `make export COHORT={cohort.name}` "
                f"reads students.csv"
            )
        sheet.submissions[student] = Submission(student, is_stranger=student not in known)


def _other_worth(cohort: Cohort, sheet: Sheet, exercise: Exercise) -> list[str]:
    release = f"`make release COHORT={cohort.name} EXERCISE={exercise.slug}`"
    other = {name: part.points for name, part in exercise.parts.items() if part.points != sheet.cells[name].max_score}
    return [
        f"{name} is worth {points:g}, and {sheet.cells[name].max_score:g} in the gradebook: {release} brings it in"
        for name, points in other.items()
    ]


def _above(sheet: Sheet, submission: Submission) -> list[str]:
    return [
        f"{submission.student}: {above_its_worth(name, grade, sheet.cells[name].max_score)}"
        for name, grade in submission.grades.items()
        if grade.is_above(sheet.cells[name].max_score)
    ]


def _timestamp(cohort: Cohort, report: Report, notes: list[str]) -> dt.datetime | None:
    path = _folder(cohort, report, "submitted") / "timestamp.txt"
    try:
        return read_timestamp(path, cohort.zone)
    except UserError as error:
        notes.append(f"{report.student} counts as handed in on time: {error}")
        return None


def _score(sheet: Sheet, submission: Submission, report: Report) -> None:
    """Set the scores and comments of every cell; what nbgrader knows and the report does not stays without."""
    answers = {cell.id: cell.source for cell in report.cells if cell.kind == "written"}
    verdicts = {finding.verdict for part in report.parts for finding in part.findings}
    unread = verdicts == {Verdict.INTERNAL_ERROR} and not report.cells  # nobody knows what was answered
    parts = {part.part: part for part in report.parts}
    for name, cell in sheet.cells.items():
        part, answer = parts.get(name), answers.get(name)
        unanswered = part is not None and part.written and not unread and is_unanswered(answer, cell.released)
        if cell.grade_id:
            grade = submission.grades.setdefault(name, GradeRow())
            if part is not None:
                _write_grade(grade, part, answer, unanswered=unanswered)
            grade.needs_manual_grade |= grade.is_above(cell.max_score)
        if cell.solution_id:
            comment = submission.comments.setdefault(name, CommentRow())
            if part is not None:
                comment.auto_comment = automatic_comment(part, unanswered=unanswered)


def _write_grade(grade: GradeRow, part: PartReport, answer: str | None, *, unanswered: bool) -> None:
    """Set the autograder's score; a person's score stays and is put before them again when its ground has changed."""
    score = (0.0 if unanswered else None) if part.written else part.points
    digest = digest_of_answer(answer or "") if part.written else ""
    changed = digest != grade.answer
    grade.answer = digest
    faulty = any(finding.verdict is Verdict.INTERNAL_ERROR for finding in part.findings)
    if grade.manual_score is None:
        grade.needs_manual_grade = faulty or score is None
    elif (part.written and changed) or (not part.written and grade.auto_score != score):
        grade.needs_manual_grade = True
    grade.auto_score = score


def _folder(cohort: Cohort, report: Report, step: str) -> Path:
    return cohort.nbgrader_course / step / report.student / report.exercise


def _written(cohort: Cohort, report: Report) -> dt.datetime | None:
    return written_at(notebook_in(_folder(cohort, report, "submitted"), report.exercise))


def _stage_notebook(files: StagedFiles, cohort: Cohort, report: Report, moment: dt.datetime | None) -> None:
    folder = _folder(cohort, report, "autograded")
    files.stage(folder / f"{report.exercise}.ipynb", autograded_notebook(report))
    if moment is not None:
        files.stage(folder / "timestamp.txt", f"{moment:%Y-%m-%d %H:%M:%S.%f} UTC\n")
