"""Making, checking and opening the gradebook's database.

nbgrader asks the program `alembic` on PATH for the version of a new database; where it is not found the tables are
left without one, and every later command works on a broken database. So the database is made here, whole, and looked
at before each use.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO

from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from autograder.disk import telling
from autograder.environment import venv_bin_first
from autograder.errors import UserError
from autograder.grade.lock import NO_LOCKS
from autograder.gradebook import tables as known
from autograder.gradebook.troubles import explained
from autograder.manifest import Cohort

__all__ = ["ensure_gradebook", "one_writer", "reading", "writing"]

SECONDS_TO_WAIT_FOR_A_LOCK = 30.0


def ensure_gradebook(cohort: Cohort) -> None:
    """Make the cohort's gradebook when there is none; raises UserError when the one there is cannot be used."""
    venv_bin_first()
    with one_writer(cohort), _explaining(cohort), _engine(cohort) as engine:
        tables = set(inspect(engine).get_table_names())
        if tables:
            _check(engine, tables, cohort)
        else:
            _make(cohort)


@contextmanager
def reading(cohort: Cohort) -> Iterator[Session]:
    """Open the gradebook for reading; raises UserError where it cannot be read."""
    with _explaining(cohort), _engine(cohort, begin="BEGIN") as engine, Session(engine) as session:
        yield session


@contextmanager
def writing(cohort: Cohort) -> Iterator[Session]:
    """Open the gradebook as its one writer: all that the block does is committed together, or nothing of it.

    Raises UserError where it cannot be written; then nothing was changed.
    """
    with (
        one_writer(cohort),
        _explaining(cohort),
        _engine(cohort) as engine,
        Session(engine) as session,
        session.begin(),
    ):
        yield session


@contextmanager
def one_writer(cohort: Cohort) -> Iterator[None]:
    """Wait until no other process of ours writes this cohort's gradebook, and keep them waiting.

    Raises UserError where one does not come to its end. Without this lock, where the file system has none, the
    database's own still holds.
    """
    with telling("the lock of the gradebook", cohort.folder):
        lock = (cohort.folder / ".gradebook.lock").open("w")
    with lock:
        _wait_for(lock, cohort)
        yield


def _wait_for(lock: TextIO, cohort: Cohort) -> None:
    until = time.monotonic() + SECONDS_TO_WAIT_FOR_A_LOCK
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() < until:
                time.sleep(0.02)
                continue
            raise UserError(
                f"another process writes the gradebook of cohort {cohort.name} and does not end: end it and run this "
                f"again; what was graded is kept"
            ) from None
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
        return


@contextmanager
def _explaining(cohort: Cohort) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise explained(_shown(cohort), error) from error


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
        engine = _served(address, cohort)
    try:
        yield engine
    finally:
        engine.dispose()


def _served(address: URL, cohort: Cohort) -> Engine:
    arguments = {"options": _options(address)} if address.get_backend_name() == "postgresql" else {}
    try:
        return create_engine(address, connect_args=arguments)
    except ModuleNotFoundError as error:
        package = "psycopg[binary]" if error.name == "psycopg" else error.name
        raise UserError(f"the gradebook {_shown(cohort)} needs a driver: run `pip install '{package}'`") from error


def _options(address: URL) -> str:
    """Return the server's settings: ours first, since of two the server takes the last, and the URL's are wanted."""
    wait = f"-c lock_timeout={SECONDS_TO_WAIT_FOR_A_LOCK * 1000:.0f}"
    return " ".join([wait, *address.normalized_query.get("options", ())])


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

    with _engine(cohort, url) as engine, engine.begin() as connection:
        Base.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": _newest_version()})
        connection.execute(text("INSERT INTO course (id) VALUES (:course)"), {"course": cohort.name})


def _check(engine: Engine, tables: set[str], cohort: Cohort) -> None:
    missing = sorted({table.name for table in known.ALL} - tables)
    if "alembic_version" not in tables or missing:
        lost = ", ".join(missing) or "alembic_version"
        raise UserError(
            f"the gradebook {_shown(cohort)} was only made halfway (no table {lost}): move it away and run the release "
            f"and the grading again; every score is derived again, manual grades must be entered again"
        )
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar()
            if found != "ok":
                found = " ".join(str(found).split())
                raise UserError(
                    f"the gradebook {_shown(cohort)} is damaged ({found}): restore it from a backup, or move it away, "
                    f"release and grade again; every automatic score is derived again"
                )
        version = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if version != _newest_version():
        raise UserError(
            f"the gradebook {_shown(cohort)} is of version {version}, this nbgrader needs {_newest_version()}: "
            f"copy it, then run 'nbgrader db upgrade' in {cohort.nbgrader_course}"
        )


@cache
def _newest_version() -> str:
    nbgrader = find_spec("nbgrader")  # finding it costs nothing, importing it 1.8 s
    assert nbgrader  # noqa: S101  (a dependency of ours)
    assert nbgrader.origin  # noqa: S101  (a module that was imported has one)
    return str(ScriptDirectory(str(Path(nbgrader.origin).parent / "alembic")).get_current_head())


def _shown(cohort: Cohort) -> str:
    return make_url(cohort.database).render_as_string(hide_password=True)
