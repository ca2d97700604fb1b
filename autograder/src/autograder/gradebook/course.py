"""A cohort's nbgrader course folder: its layout, its configuration, its assignments, dates and students."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Assignment, Course, Notebook
from nbgrader.api import Student as StudentRow
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select
from sqlalchemy.orm import Session
from traitlets.config import Config

from autograder.errors import CellsChanged, UserError
from autograder.grade.deadline import date_beside
from autograder.gradebook.configuration import configure
from autograder.gradebook.database import ensure_gradebook, one_writer, reading, writing
from autograder.manifest import Cohort
from autograder.roster import Student

__all__ = ["dates_beside", "generate_assignment", "prepare_course", "sync_dates", "sync_roster"]

Marks = set[tuple[str, str]]
"""Kind (one of nbgrader's tables of cells) and name of each cell."""
FOLDERS = ("source", "release", "submitted", "autograded", "feedback")

NBGRADER_CONFIG = '''"""nbgrader's settings for this course, written by the autograder."""

from pathlib import Path

from autograder.gradebook.configuration import configure

configure(get_config(), Path(__file__).resolve().parent)  # noqa: F821  (traitlets gives it to each file of settings)
'''


def prepare_course(cohort: Cohort) -> Path:
    """Make the cohort's course folder, its `nbgrader_config.py` and its gradebook; return the folder."""
    course = cohort.nbgrader_course
    for name in FOLDERS:
        (course / name).mkdir(parents=True, exist_ok=True)
    config = course / "nbgrader_config.py"
    if not config.exists() or config.read_text("utf-8") != NBGRADER_CONFIG:
        config.write_text(NBGRADER_CONFIG, "utf-8")
    ensure_gradebook(cohort)
    return course


def generate_assignment(cohort: Cohort, slug: str) -> Path:
    """Enter `course/source/SLUG` into the gradebook and write `course/release/SLUG`; return that folder.

    The notebook is released byte for byte as it lies in `source`. Raises UserError with nbgrader's own words when
    nbgrader refuses it, and CellsChanged where cells came, went or became others after students had been graded; then
    what was released before is left as it was.
    """
    course = prepare_course(cohort)
    source = course / "source" / slug / f"{slug}.ipynb"
    if not source.is_file():
        raise UserError(f"{source} is missing: release the exercise first, which writes it")
    _refuse_changes(cohort, slug, _marked(source))
    with one_writer(cohort), _api(cohort) as api, _kept(cohort.released(slug)):
        outcome = api.generate_assignment(slug)
        if not outcome["success"]:
            raise UserError(f"nbgrader did not take {source}: {_last_words(outcome)}")
    sync_dates(cohort)
    return cohort.released(slug)


def sync_dates(cohort: Cohort) -> None:
    """Write the due dates of `cohort.toml` into the gradebook (in UTC); what else has a date there keeps it."""
    with writing(cohort) as session:
        for row in session.scalars(select(Assignment)):
            due = cohort.due(row.name)
            if due is not None:
                row.duedate = due.replace(tzinfo=None)


def dates_beside(cohort: Cohort, slugs: Collection[str]) -> list[str]:
    """Return a sentence on each of the exercises `slugs` whose due date stands in the gradebook alone."""
    with reading(cohort) as session:
        rows = session.execute(select(Assignment.name, Assignment.duedate).order_by(Assignment.name)).all()
    alone = [(slug, due) for slug, due in rows if due and slug in slugs and cohort.due(slug) is None]
    return [date_beside(cohort, slug, due) for slug, due in alone]


def sync_roster(cohort: Cohort, students: Iterable[Student]) -> list[str]:
    """Enter or update `students`; nobody is removed. Return the ids in the gradebook that the roster does not hold."""
    ensure_gradebook(cohort)
    roster = {student.id: student for student in students}
    with writing(cohort) as session:
        _ensure_course(session, cohort)
        rows = {row.id: row for row in session.scalars(select(StudentRow))}
        for student in roster.values():
            row = rows.get(student.id)
            if row is None:
                row = StudentRow(id=student.id)
                session.add(row)
            row.first_name, row.last_name, row.email = student.first_name, student.last_name, student.email
    return sorted(set(rows) - set(roster))


def _ensure_course(session: Session, cohort: Cohort) -> None:
    if session.get(Course, cohort.name) is None:
        session.add(Course(id=cohort.name))


@contextmanager
def _api(cohort: Cohort) -> Iterator[NbGraderAPI]:
    config = Config()
    configure(config, cohort.nbgrader_course)
    api = NbGraderAPI(coursedir=CourseDirectory(config=config), config=config)
    level, propagates = api.log.level, api.log.propagate
    # What nbgrader logs comes back in its result; the terminal gets our sentence instead.
    api.log.setLevel(logging.ERROR)
    api.log.propagate = False
    try:
        yield api
    finally:
        api.log.setLevel(level)
        api.log.propagate = propagates


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """Put `folder` back as it was if the block fails: nbgrader deletes a release that it cannot make again."""
    with tempfile.TemporaryDirectory(prefix=".kept-", dir=folder.parent.parent) as place:
        before = Path(place) / folder.name
        if folder.is_dir():
            shutil.copytree(folder, before)
        try:
            yield
        except BaseException:
            if before.is_dir():
                shutil.rmtree(folder, ignore_errors=True)
                before.rename(folder)
            raise


def _marked(source: Path) -> Marks:
    """Return the cells that nbgrader keeps an eye on; its own test cells have no place in our notebooks."""
    marked: Marks = set()
    for cell in json.loads(source.read_text("utf-8"))["cells"]:
        marks = cell.get("metadata", {}).get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            raise UserError(
                f"{source}: the cell {marks.get('grade_id')!r} is a test cell; write a hidden check instead"
            )
        kinds = {kind for kind in ("grade", "solution", "task") if marks.get(kind)}
        if kinds or marks.get("locked"):
            marked |= {(kind, str(marks["grade_id"])) for kind in {*kinds, "source"}}
    return marked


def _refuse_changes(cohort: Cohort, slug: str, marked: Marks) -> None:
    """Say plainly what nbgrader would say by a traceback and the loss of the folder that was released before."""
    with reading(cohort) as session:
        query = select(Notebook).join(Assignment).where(Assignment.name == slug, Notebook.name == slug)
        notebook = session.scalars(query).one_or_none()
        known = marked
        if notebook and notebook.submissions:
            kinds = {
                "grade": notebook.grade_cells,
                "solution": notebook.solution_cells,
                "task": notebook.task_cells,
                "source": notebook.source_cells,
            }
            known = {(kind, cell.name) for kind, cells in kinds.items() for cell in cells}
    if changed := sorted({name for _, name in marked ^ known}):
        raise CellsChanged(
            f"{slug}: cohort {cohort.name} has grades already, so no cell of it can come, go or change its kind "
            f"({', '.join(changed)}): keep them as they were released, or release the new ones as an exercise with "
            f"another slug"
        )


def _last_words(outcome: dict[str, str]) -> str:
    lines = (outcome.get("log", "") + "\n" + outcome.get("error", "")).strip().splitlines()
    return lines[-1] if lines else "no reason was given"
