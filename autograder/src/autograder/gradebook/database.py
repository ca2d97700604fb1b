"""Making, checking and opening the gradebook's database.

nbgrader asks the program `alembic` on PATH for the version of a new database; where it is not found the tables are
left without one, and every later command works on a broken database. So the database is made here, whole, and looked
at before each use.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.environment import venv_bin_first
from autograder.errors import GraderFault, UserError
from autograder.gradebook import tables as known
from autograder.manifest import Cohort

__all__ = ["ensure_gradebook", "one_writer", "reading", "writing"]

SECONDS_TO_WAIT_FOR_A_LOCK = 30


def ensure_gradebook(cohort: Cohort) -> None:
    """Make the cohort's gradebook when there is none; raises UserError when the one there is cannot be used."""
    venv_bin_first()
    with one_writer(cohort), _engine(cohort) as engine:
        try:
            tables = set(inspect(engine).get_table_names())
        except OperationalError as error:
            raise UserError(f"the gradebook {_shown(cohort)} cannot be opened: {error.orig}") from error
        except DatabaseError as error:
            advice = "move it away and run the release again, which makes a new one"
            raise UserError(f"the gradebook {_shown(cohort)} is not a database ({error.orig}): {advice}") from error
        if tables:
            _check(engine, tables, cohort)
        else:
            _make(cohort)


@contextmanager
def reading(cohort: Cohort) -> Iterator[Session]:
    """Open the gradebook for reading."""
    with _engine(cohort, begin="BEGIN") as engine, Session(engine) as session:
        yield session


@contextmanager
def writing(cohort: Cohort) -> Iterator[Session]:
    """Open the gradebook as its one writer: all that the block does is committed together, or nothing of it."""
    with one_writer(cohort), _engine(cohort) as engine:
        try:
            with Session(engine) as session, session.begin():
                yield session
        except OperationalError as error:
            raise GraderFault(
                f"the gradebook {_shown(cohort)} could not be written, nothing was changed: {error.orig}"
            ) from error


@contextmanager
def one_writer(cohort: Cohort) -> Iterator[None]:
    """Wait until no other process writes this cohort's gradebook, and keep them waiting."""
    with (cohort.folder / ".gradebook.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _engine(cohort: Cohort, url: str = "", *, begin: str = "BEGIN IMMEDIATE") -> Iterator[Engine]:
    try:
        address = make_url(url or cohort.database)
    except ArgumentError as error:
        raise UserError(f"cohort {cohort.name}: gradebook = {cohort.gradebook!r} is no SQLAlchemy URL") from error
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, connect_args={"timeout": SECONDS_TO_WAIT_FOR_A_LOCK})
        _make_transactions_whole(engine, begin)
    else:
        engine = create_engine(address)
    try:
        yield engine
    finally:
        engine.dispose()


def _make_transactions_whole(engine: Engine, begin: str) -> None:
    # Python's sqlite3 starts a transaction at the first INSERT only, so that what was read before could change.
    @event.listens_for(engine, "connect")
    def _leave_transactions_to_us(connection: Any, _record: object) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


def _make(cohort: Cohort) -> None:
    address = make_url(cohort.database)
    if address.get_backend_name() != "sqlite" or not address.database:
        _fill(cohort, cohort.database)
        return
    path = Path(address.database)
    unfinished = path.with_name(f".{path.name}.making")
    unfinished.unlink(missing_ok=True)
    _fill(cohort, f"sqlite:///{unfinished}")
    unfinished.replace(path)


def _fill(cohort: Cohort, url: str) -> None:
    from nbgrader.api import Base

    try:
        with _engine(cohort, url) as engine, engine.begin() as connection:
            Base.metadata.create_all(connection)
            connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
            connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": _newest_version()})
            connection.execute(text("INSERT INTO course (id) VALUES (:course)"), {"course": cohort.name})
    except SQLAlchemyError as error:
        raise UserError(f"the gradebook {_shown(cohort)} cannot be made: {error}") from error


def _check(engine: Engine, tables: set[str], cohort: Cohort) -> None:
    missing = sorted({table.name for table in known.ALL} - tables)
    if "alembic_version" not in tables or missing:
        lost = ", ".join(missing) or "alembic_version"
        raise UserError(
            f"the gradebook {_shown(cohort)} was only made halfway (no table {lost}): move it away and run the release "
            f"and the grading again; every score is derived again, manual grades must be entered again"
        )
    with engine.connect() as connection:
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version != _newest_version():
        raise UserError(
            f"the gradebook {_shown(cohort)} is of version {version}, this nbgrader needs {_newest_version()}: "
            f"copy it, then run 'nbgrader db upgrade' in {cohort.folder / 'course'}"
        )


@cache
def _newest_version() -> str:
    nbgrader = find_spec("nbgrader")  # finding it costs nothing, importing it 1.8 s
    assert nbgrader  # noqa: S101  (a dependency of ours)
    assert nbgrader.origin  # noqa: S101
    return str(ScriptDirectory(str(Path(nbgrader.origin).parent / "alembic")).get_current_head())


def _shown(cohort: Cohort) -> str:
    return make_url(cohort.database).render_as_string(hide_password=True)
