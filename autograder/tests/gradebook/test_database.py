"""The gradebook is made whole, looked at before use, and its faults are told in one sentence."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Engine, TableClause, event
from sqlalchemy.exc import OperationalError

from autograder.errors import UserError
from autograder.gradebook import ensure_gradebook, export_csv, prepare_course, tables
from autograder.manifest import Cohort, load_cohort


def newest_version() -> str:
    """Return what nbgrader itself says is its database's version."""
    from nbgrader.api import get_alembic_version

    return get_alembic_version()


def test_a_new_gradebook_is_whole_without_alembic_on_path(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first use makes tables and version, also where PATH does not hold this environment."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    ensure_gradebook(cohort)
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest_version(),)]


def test_making_it_twice_keeps_it(cohort: Cohort) -> None:
    """A gradebook that is there is left as it is."""
    ensure_gradebook(cohort)
    before = (cohort.folder / "gradebook.db").read_bytes()
    ensure_gradebook(cohort)
    assert (cohort.folder / "gradebook.db").read_bytes() == before


def test_a_gradebook_left_without_a_version_is_refused(cohort: Cohort) -> None:
    """What nbgrader leaves when it does not find alembic is not worked on."""
    ensure_gradebook(cohort)
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        database.execute("DROP TABLE alembic_version")
    with pytest.raises(UserError, match="only made halfway"):
        ensure_gradebook(cohort)


def test_a_gradebook_of_another_version_is_refused(cohort: Cohort) -> None:
    """An older database is named with the command that mends it."""
    ensure_gradebook(cohort)
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        database.execute("UPDATE alembic_version SET version_num = 'old'")
    with pytest.raises(UserError, match="nbgrader db upgrade"):
        ensure_gradebook(cohort)


def test_another_file_in_its_place_is_refused(cohort: Cohort) -> None:
    """A file that is no database is left alone."""
    (cohort.folder / "gradebook.db").write_text("not a database, but 40 characters or more", "utf-8")
    with pytest.raises(UserError, match="is not a database"):
        ensure_gradebook(cohort)


@pytest.mark.parametrize(
    ("url", "complaint"), [("nonsense", "no SQLAlchemy URL"), ("sqlite:////no/where/g.db", "cannot")]
)
def test_a_wrong_address_is_a_users_mistake(cohort: Cohort, url: str, complaint: str) -> None:
    """`gradebook = …` in cohort.toml that cannot work is named."""
    with pytest.raises(UserError, match=complaint):
        ensure_gradebook(msgspec.structs.replace(cohort, gradebook=url))


@pytest.mark.parametrize(
    "url", ["sqlite:///ws26.db", "sqlite+pysqlite:///here/ws26.db", "sqlite://", "sqlite:///:memory:"]
)
def test_a_file_without_a_fixed_place_is_refused(url: str, cohort: Cohort) -> None:
    """A relative path would be another gradebook in each folder that a command starts in: the whole one is shown."""
    path = cohort.folder / "cohort.toml"
    path.write_text(f'gradebook = "{url}"\n{path.read_text("utf-8")}', "utf-8")
    with pytest.raises(UserError, match=r"cohort\.toml: gradebook = .* is another file in each folder") as caught:
        load_cohort(cohort.folder)
    assert f"'sqlite:///{cohort.folder}/" in str(caught.value)


def test_a_file_with_a_fixed_place_is_taken(cohort: Cohort, tmp_path: Path) -> None:
    """A whole path is one file, wherever a command starts."""
    path = cohort.folder / "cohort.toml"
    path.write_text(f'gradebook = "sqlite:///{tmp_path}/ws26.db"\n{path.read_text("utf-8")}', "utf-8")
    ensure_gradebook(load_cohort(cohort.folder))
    assert (tmp_path / "ws26.db").is_file()


def test_a_servers_address_keeps_its_own_options(cohort: Cohort) -> None:
    """What the URL asks of the server is asked after our limit of waiting, so that it counts beside and before it."""
    pytest.importorskip("psycopg", reason="no PostgreSQL driver is installed: `pip install 'psycopg[binary]'`")
    asked: list[str] = []

    def refuse(_dialect: object, _record: object, _arguments: object, settings: dict[str, str]) -> None:
        asked.append(settings["options"])
        raise OperationalError("connect", {}, Exception("nobody listens"))

    url = "postgresql+psycopg://tutor@localhost/grades?options=-c%20search_path%3Dws26"
    event.listen(Engine, "do_connect", refuse)
    try:
        with pytest.raises(UserError):
            ensure_gradebook(msgspec.structs.replace(cohort, gradebook=url))
    finally:
        event.remove(Engine, "do_connect", refuse)
    assert asked == ["-c lock_timeout=30000 -c search_path=ws26"]


def test_another_address_holds_the_same(cohort: Cohort, tmp_path: Path) -> None:
    """The gradebook lies where cohort.toml says."""
    elsewhere = msgspec.structs.replace(cohort, gradebook=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    prepare_course(elsewhere)
    assert (tmp_path / "elsewhere.db").is_file()
    assert not (cohort.folder / "gradebook.db").exists()


def test_an_empty_course_exports_its_columns(cohort: Cohort, tmp_path: Path) -> None:
    """Before the first release the CSV has a head and no rows."""
    path = export_csv(cohort, tmp_path / "grades.csv")
    assert path.read_text("utf-8").startswith("assignment,duedate,timestamp,student_id,")


@pytest.mark.parametrize("ours", tables.ALL, ids=lambda table: table.name)
def test_our_tables_are_nbgraders(ours: TableClause) -> None:
    """Each column that we read or write is one of nbgrader's, of the same type; what we leave out may be empty."""
    from nbgrader.api import Base

    theirs = Base.metadata.tables[ours.name]
    kinds = {column.name: type(column.type) for column in theirs.columns}
    assert {column.name: kinds.get(column.name) for column in ours.columns} == {
        column.name: type(column.type) for column in ours.columns
    }


def test_rows_that_we_insert_are_whole() -> None:
    """No table into which we insert has a column without which a row is refused and that we do not give."""
    from nbgrader.api import Base

    written = (tables.student, tables.submitted_assignment, tables.submitted_notebook, tables.grade, tables.comment)
    needed = {
        (t.name, column.name) for t in written for column in Base.metadata.tables[t.name].columns if not column.nullable
    }
    assert needed <= {(t.name, column.name) for t in written for column in t.columns}
