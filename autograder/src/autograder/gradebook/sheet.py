"""One exercise's rows of the gradebook, read by a handful of queries and written back by as few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, TableClause, and_, bindparam, func, insert, select, true, update
from sqlalchemy.orm import Session

from autograder.gradebook import tables
from autograder.gradebook.answers import read_answers, write_answers
from autograder.gradebook.cells import Cell, CommentRow, GradeRow
from autograder.manifest import Cohort

__all__ = ["Changes", "Sheet", "Submission", "read_sheet", "slugs_of", "write_sheet"]

MOST_NAMES = 500
"""Students that one query names; of more, all are read."""


@dataclass(frozen=True)
class Changes:
    """What of a submission is to be written: its own rows, and the cells whose grade or whose comment is."""

    own: bool
    grades: list[str]
    comments: list[str]


@dataclass
class Submission:
    """One student's submission: whatever is changed here, `write_sheet` writes."""

    student: str
    first_name: str = ""
    last_name: str = ""
    timestamp: dt.datetime | None = None
    """UTC, without a zone, as nbgrader keeps it."""
    extension: dt.timedelta | None = None
    penalty: float | None = None
    grades: dict[str, GradeRow] = field(default_factory=dict)
    """By the name of the cell."""
    comments: dict[str, CommentRow] = field(default_factory=dict)
    id: str = ""
    """The row in `submitted_assignment`; empty before it is written."""
    notebook_id: str = ""
    """The row in `submitted_notebook`; empty as well where somebody else entered the submission alone."""
    is_stranger: bool = False
    """Whether the gradebook has no such student yet."""
    _before: tuple[Any, ...] = ()

    @property
    def score(self) -> float:
        """Points before the late penalty."""
        return sum(grade.score for grade in self.grades.values())

    def seconds_late(self, due: dt.datetime | None) -> float:
        """Return how long after `due`, an extension included, it was handed in."""
        if self.timestamp is None or due is None:
            return 0.0
        return max(0.0, (self.timestamp - due - (self.extension or dt.timedelta())).total_seconds())

    def remember(self) -> None:
        """Take what stands here for what stands in the gradebook."""
        self._before = self._state()

    def changes(self) -> Changes:
        """Return what differs from what was remembered; everything where nothing was."""
        own, grades, comments = self._before or (None, {}, {})
        now_own, now_grades, now_comments = self._state()
        return Changes(
            own != now_own,
            [name for name, values in now_grades.items() if grades.get(name) != values],
            [name for name, values in now_comments.items() if comments.get(name) != values],
        )

    def _state(self) -> tuple[Any, ...]:
        return (
            (self.timestamp, self.extension, self.penalty),
            {name: (row.auto_score, row.needs_manual_grade, row.answer) for name, row in self.grades.items()},
            {name: (row.auto_comment,) for name, row in self.comments.items()},
        )


@dataclass
class Sheet:
    """One exercise of a cohort in the gradebook."""

    slug: str
    assignment_id: str
    notebook_id: str
    due: dt.datetime | None
    cells: dict[str, Cell]
    submissions: dict[str, Submission]
    """By student; only those that were asked for."""

    def settle(self, submission: Submission, cohort: Cohort) -> None:
        """Derive the late penalty of one of `submissions` from its points, its time and the student's own deadline."""
        more = cohort.extension(self.slug, submission.student, self.due)
        if more is not None:  # otherwise the gradebook keeps what a person may have entered there
            submission.extension = more or None
        score = submission.score
        late = cohort.late.penalty(score, submission.seconds_late(self.due)) if score > 0 else 0.0
        submission.penalty = min(score, late) or None


def slugs_of(session: Session) -> list[str]:
    """Return the slugs of all exercises in the gradebook."""
    return list(session.scalars(select(tables.assignment.c.name)))


def read_sheet(session: Session, slug: str, students: Iterable[str] | None = None) -> Sheet | None:
    """Return the exercise `slug` with the submissions of `students` (default: all); None where it is not released."""
    a, n = tables.assignment.c, tables.notebook.c
    query = select(a.id, n.id, a.duedate).join_from(tables.assignment, tables.notebook, n.assignment_id == a.id)
    found = session.execute(query.where(a.name == slug, n.name == slug)).one_or_none()
    if found is None:
        return None
    sheet = Sheet(slug, *found, cells=_cells(session, found[1]), submissions={})
    wanted = None if students is None else list(students)
    if wanted is None or len(wanted) > MOST_NAMES:
        _read_submissions(session, sheet, true())
    else:
        _read_submissions(session, sheet, tables.submitted_assignment.c.student_id.in_(wanted))
    for submission in sheet.submissions.values():
        submission.remember()
    return sheet


def write_sheet(session: Session, sheet: Sheet) -> None:
    """Write what was added or changed since `read_sheet`."""
    changed = [(one, one.changes()) for one in sheet.submissions.values()]
    moved = [one for one, changes in changed if changes.own and one.id]
    _insert_submissions(session, sheet)
    times = [{"key": one.id, "timestamp": one.timestamp, "extension": one.extension} for one in moved]
    _update(session, tables.submitted_assignment, times)
    penalties = [{"key": one.notebook_id, "late_submission_penalty": one.penalty} for one in moved]
    _update(session, tables.submitted_notebook, penalties)
    _write_grades(session, sheet, [(one, name) for one, changes in changed for name in changes.grades])
    _write_comments(session, sheet, [(one, name) for one, changes in changed for name in changes.comments])
    for submission in sheet.submissions.values():
        submission.remember()


def _cells(session: Session, notebook_id: str) -> dict[str, Cell]:
    b, g, t, s = tables.base_cell.c, tables.grade_cells.c, tables.task_cells.c, tables.source_cell.c
    query = (
        select(b.name, b.id, b.type, func.coalesce(g.max_score, t.max_score, 0.0))
        .join_from(tables.base_cell, tables.grade_cells, g.id == b.id, isouter=True)
        .join(tables.task_cells, t.id == b.id, isouter=True)
        .where(b.notebook_id == notebook_id)
    )
    cells: dict[str, Cell] = {}
    for name, row, kind, points in session.execute(query):
        cell = cells.setdefault(name, Cell(name))
        if kind == "SolutionCell":
            cell.solution_id = row
        else:
            cell.grade_id, cell.max_score = row, points
    for name, source in session.execute(select(s.name, s.source).where(s.notebook_id == notebook_id)):
        if name in cells:
            cells[name].released = source or ""
    return cells


def _read_submissions(session: Session, sheet: Sheet, only: ColumnElement[bool]) -> None:
    sa, sn, st = tables.submitted_assignment.c, tables.submitted_notebook.c, tables.student.c
    names = st.first_name, st.last_name
    theirs = (
        select(sn.id, sa.id, sa.student_id, *names, sa.timestamp, sa.extension, sn.late_submission_penalty)
        .join_from(tables.submitted_assignment, tables.student, st.id == sa.student_id)
        .join(
            tables.submitted_notebook,
            and_(sn.assignment_id == sa.id, sn.notebook_id == sheet.notebook_id),
            isouter=True,
        )
        .where(sa.assignment_id == sheet.assignment_id, only)
    )
    rows: dict[str, Submission] = {}
    for notebook, own, student, first, last, timestamp, extension, penalty in session.execute(theirs):
        rows[notebook] = sheet.submissions[student] = Submission(
            student, first or "", last or "", timestamp, extension, penalty, id=own, notebook_id=notebook or ""
        )
    mine = theirs.with_only_columns(sn.id).scalar_subquery()
    g, c = tables.grade.c, tables.comment.c
    graded = {cell.grade_id: cell.name for cell in sheet.cells.values() if cell.grade_id}
    values = select(g.notebook_id, g.cell_id, g.id, g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade)
    for notebook, cell, *row in session.execute(values.where(g.notebook_id.in_(mine))):
        if cell in graded:
            rows[notebook].grades[graded[cell]] = GradeRow(*row)
    known = {row.id: row for one in rows.values() for row in one.grades.values()}
    for key, digest in read_answers(session, known.keys()).items():
        known[key].answer = digest
    said = {cell.solution_id: cell.name for cell in sheet.cells.values() if cell.solution_id}
    texts = select(c.notebook_id, c.cell_id, c.id, c.auto_comment, c.manual_comment)
    for notebook, cell, *row in session.execute(texts.where(c.notebook_id.in_(mine))):
        if cell in said:
            rows[notebook].comments[said[cell]] = CommentRow(*row)


def _insert_submissions(session: Session, sheet: Sheet) -> None:
    new = [one for one in sheet.submissions.values() if not one.id]
    without_notebook = [one for one in sheet.submissions.values() if not one.notebook_id]
    for one in without_notebook:
        one.id, one.notebook_id = one.id or uuid4().hex, uuid4().hex
    _insert(session, tables.student, [{"id": one.student} for one in new if one.is_stranger])
    handed_in = [
        {
            "id": one.id,
            "assignment_id": sheet.assignment_id,
            "student_id": one.student,
            "timestamp": one.timestamp,
            "extension": one.extension,
        }
        for one in new
    ]
    _insert(session, tables.submitted_assignment, handed_in)
    notebooks = [
        {
            "id": one.notebook_id,
            "assignment_id": one.id,
            "notebook_id": sheet.notebook_id,
            "flagged": False,
            "late_submission_penalty": one.penalty,
        }
        for one in without_notebook
    ]
    _insert(session, tables.submitted_notebook, notebooks)


def _write_grades(session: Session, sheet: Sheet, changed: list[tuple[Submission, str]]) -> None:
    new, known = [], []
    for one, name in changed:
        row = one.grades[name]
        values = {"auto_score": row.auto_score, "needs_manual_grade": row.needs_manual_grade}
        if row.id:
            known.append({"key": row.id, **values})
        else:
            row.id = uuid4().hex
            new.append({"id": row.id, "notebook_id": one.notebook_id, "cell_id": sheet.cells[name].grade_id, **values})
    _insert(session, tables.grade, new)
    _update(session, tables.grade, known)
    rows = [one.grades[name] for one, name in changed]
    write_answers(session, {row.id: row.answer for row in rows if row.answer})


def _write_comments(session: Session, sheet: Sheet, changed: list[tuple[Submission, str]]) -> None:
    new, known = [], []
    for one, name in changed:
        row = one.comments[name]
        if row.id:
            known.append({"key": row.id, "auto_comment": row.auto_comment})
        else:
            row.id = uuid4().hex
            place = {"notebook_id": one.notebook_id, "cell_id": sheet.cells[name].solution_id}
            new.append({"id": row.id, **place, "auto_comment": row.auto_comment})
    _insert(session, tables.comment, new)
    _update(session, tables.comment, known)


def _insert(session: Session, table: TableClause, rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _update(session: Session, table: TableClause, rows: list[dict[str, Any]]) -> None:
    """Set what each row names, where the id is its `key`."""
    if rows:
        values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "key"}
        session.execute(update(table).where(table.c.id == bindparam("key")).values(values), rows)
