"""Rows of the gradebook that belong to no exercise of the course, though sums and exports count their points.

nbgrader sums over all notebooks of an assignment and exports all assignments. A release makes one notebook, named
like its assignment: points anywhere else came past the grader.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from autograder.gradebook import tables
from autograder.gradebook.sheet import Sheet

__all__ = ["Stray", "strays"]


@dataclass(frozen=True)
class Stray:
    """A row that no exercise explains."""

    sentence: str
    by_hand: bool = False
    """Whether it is a person's own: an assignment beside the course, what they entered there."""


def strays(session: Session, sheets: list[Sheet], exercises: Collection[str]) -> Iterator[Stray]:
    """Yield what belongs to none of `sheets`, which are those of the course's `exercises`."""
    yield from _assignments(session, {sheet.assignment_id for sheet in sheets}, exercises)
    yield from _notebooks(session, {sheet.notebook_id for sheet in sheets}, exercises)
    submissions = [submission for sheet in sheets for submission in sheet.submissions.values()]
    yield from _submitted(session, {submission.notebook_id for submission in submissions}, exercises)
    yield from _grades(session, {row.id for one in submissions for row in one.grades.values()}, exercises)


def _assignments(session: Session, known: set[str], exercises: Collection[str]) -> Iterator[Stray]:
    a = tables.assignment.c
    for key, name in session.execute(select(a.id, a.name).order_by(a.name, a.id)):
        if key in known:
            continue
        if name in exercises:
            yield Stray(f"{name}: the gradebook has no notebook of this name for it: release it again, EXERCISE={name}")
        else:
            yield Stray(f"{name}: an assignment that is no exercise of the course", by_hand=True)


def _notebooks(session: Session, known: set[str], exercises: Collection[str]) -> Iterator[Stray]:
    a, n, b, g, t = (
        table.c
        for table in (tables.assignment, tables.notebook, tables.base_cell, tables.grade_cells, tables.task_cells)
    )
    query = (
        select(n.id, n.name, a.name, func.sum(func.coalesce(g.max_score, t.max_score, 0.0)))
        .join_from(tables.notebook, tables.assignment, a.id == n.assignment_id, isouter=True)
        .join(tables.base_cell, b.notebook_id == n.id, isouter=True)
        .join(tables.grade_cells, g.id == b.id, isouter=True)
        .join(tables.task_cells, t.id == b.id, isouter=True)
        .group_by(n.id, n.name, a.name)
        .order_by(a.name, n.name, n.id)
    )
    for key, name, slug, points in session.execute(query):
        if key not in known and not _outside(slug, exercises):
            yield Stray(f"{_of(slug)}: a notebook {name} of {points or 0:g} points, which no release made")


def _submitted(session: Session, known: set[str], exercises: Collection[str]) -> Iterator[Stray]:
    a, n, sa, sn = (
        table.c
        for table in (tables.assignment, tables.notebook, tables.submitted_assignment, tables.submitted_notebook)
    )
    query = (
        select(sn.id, n.name, a.name, sa.student_id, sn.late_submission_penalty)
        .join_from(tables.submitted_notebook, tables.submitted_assignment, sa.id == sn.assignment_id, isouter=True)
        .join(tables.assignment, a.id == sa.assignment_id, isouter=True)
        .join(tables.notebook, n.id == sn.notebook_id, isouter=True)
        .order_by(a.name, sa.student_id, n.name, sn.id)
    )
    for key, name, slug, student, penalty in session.execute(query):
        if key in known:
            continue
        who = f"{_of(slug)}: {student or 'nobody'}"
        if not _outside(slug, exercises):
            less = f", with a late penalty of {penalty:g}," if penalty else ""
            yield Stray(f"{who} has a submission of notebook {name}{less} which is not that of the exercise")
        elif (penalty or 0.0) < 0:
            yield Stray(f"{who}, a late penalty of {penalty:g} in notebook {name} gives points")


def _grades(session: Session, known: set[str], exercises: Collection[str]) -> Iterator[Stray]:
    a, n, b, sa, sn, g = (
        table.c
        for table in (
            *(tables.assignment, tables.notebook, tables.base_cell),
            *(tables.submitted_assignment, tables.submitted_notebook, tables.grade),
        )
    )
    query = (
        select(g.id, a.name, sa.student_id, n.name, b.name, g.auto_score, g.manual_score, g.extra_credit)
        .join_from(tables.grade, tables.submitted_notebook, sn.id == g.notebook_id, isouter=True)
        .join(tables.submitted_assignment, sa.id == sn.assignment_id, isouter=True)
        .join(tables.assignment, a.id == sa.assignment_id, isouter=True)
        .join(tables.notebook, n.id == sn.notebook_id, isouter=True)
        .join(tables.base_cell, b.id == g.cell_id, isouter=True)
        .order_by(a.name, sa.student_id, n.name, b.name, g.id)
    )
    for key, slug, student, notebook, cell, auto, manual, extra in session.execute(query):
        if key in known:
            continue
        what = f"{_of(slug)}: {student or 'nobody'}, {cell} of notebook {notebook}"
        if not _outside(slug, exercises):
            points = (auto if manual is None else manual) or 0.0
            yield Stray(f"{what}: the gradebook says {points + (extra or 0.0):g}, the exercise has no such part")
            continue
        if auto:
            yield Stray(f"{what}: the gradebook says {auto:g} by the machine, the ledger has no grading")
        if manual is not None:
            yield Stray(f"{what}: {manual:g}", by_hand=True)
        if extra:
            yield Stray(f"{what}: extra credit {extra:g}", by_hand=True)


def _outside(slug: str | None, exercises: Collection[str]) -> bool:
    return slug is not None and slug not in exercises


def _of(slug: str | None) -> str:
    return slug or "of no assignment"
