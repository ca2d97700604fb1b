"""A database that is locked, full, read-only, damaged or away: one line that says what to do, and nothing is lost."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from autograder.errors import UserError
from autograder.gradebook import database, entries, record
from autograder.manifest import Cohort, Exercise


@pytest.fixture
def recorded(released: Cohort, exercise: Exercise, samples: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Cohort:
    """A gradebook with one student; nobody waits long for a lock."""
    record(released, exercise, [samples.make_report("ada")])
    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_A_LOCK", 0.2)
    return released


@pytest.fixture
def enter(recorded: Cohort, exercise: Exercise, samples: ModuleType) -> Callable[[], object]:
    return lambda: record(recorded, exercise, [samples.make_report("carl")])


def refused(enter: Callable[[], object], words: str) -> None:
    with pytest.raises(UserError, match=words) as error:
        enter()
    assert "\n" not in str(error.value)
    assert error.value.exit_code == 2


def test_a_locked_database(recorded: Cohort, enter: Callable[[], object]) -> None:
    """Whoever else holds it is to be ended; then the same works."""
    other = sqlite3.connect(recorded.folder / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    refused(enter, "is locked by another process: end that one .+ run this again; nothing was changed")
    other.close()
    assert list(entries(recorded, "01_tensors")) == ["ada"]
    enter()
    assert list(entries(recorded, "01_tensors")) == ["ada", "carl"]


def test_a_writer_that_does_not_end(recorded: Cohort, enter: Callable[[], object]) -> None:
    """Our own lock is not waited for without end either."""
    with (recorded.folder / ".gradebook.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        refused(enter, "another process writes the gradebook of cohort demo and does not end")
    enter()


ZEROS = b"\x00" * 4096
DAMAGED: dict[str, Callable[[bytes], bytes]] = {
    "another file": lambda _data: b"not a database at all " * 400,
    "cut in half": lambda data: data[: len(data) // 2],
    "pages of zeros": lambda data: data[:8192] + ZEROS * 4 + data[8192 + 4 * 4096 :],
    "the last pages": lambda data: data[:-8192] + ZEROS * 2,
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_database(name: str, recorded: Cohort, enter: Callable[[], object]) -> None:
    """It is left as it is, with what to restore and what comes back by itself."""
    path = recorded.folder / "gradebook.db"
    path.write_bytes(DAMAGED[name](path.read_bytes()))
    before = path.read_bytes()
    refused(enter, "is damaged.+restore it from a backup, or move it away, release and grade again")
    assert path.read_bytes() == before


def test_an_older_nbgrader(recorded: Cohort, enter: Callable[[], object]) -> None:
    """The command that mends it is named."""
    with sqlite3.connect(recorded.folder / "gradebook.db") as connection:
        connection.execute("update alembic_version set version_num = '50a4d84c131a'")
    connection.close()
    refused(enter, "is of version 50a4d84c131a.+copy it, then run 'nbgrader db upgrade'")


def test_a_server_that_does_not_answer(recorded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """An address behind which there is nobody; no password is shown."""
    pytest.importorskip("psycopg", reason="no PostgreSQL driver is installed")
    away = msgspec.structs.replace(recorded, gradebook="postgresql://tutor:geheim@127.0.0.1:1/none")
    with pytest.raises(UserError, match="cannot be reached") as error:
        record(away, exercise, [samples.make_report("carl")])
    assert "geheim" not in str(error.value)


def test_a_driver_that_is_not_installed(recorded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """The package is named."""
    if find_spec("mysql") is not None:
        pytest.skip("that driver is installed here")
    away = msgspec.structs.replace(recorded, gradebook="mysql+mysqlconnector://127.0.0.1/none")
    with pytest.raises(UserError, match="needs a driver: run `pip install 'mysql'`"):
        record(away, exercise, [samples.make_report("carl")])


READ_ONLY = """
import sys
from pathlib import Path
from autograder.errors import AutograderError
from autograder.gradebook import ensure_gradebook
from autograder.gradebook.database import writing
from autograder.manifest import load_cohort
from sqlalchemy import text
try:
    with writing(load_cohort(Path(sys.argv[1]))) as session:
        session.execute(text("update course set id = 'other'"))
except AutograderError as error:
    print(error.exit_code, error)
"""


def test_a_database_that_may_only_be_read(recorded: Cohort) -> None:
    """The right that is missing is named; a mount of its own makes it so for every user, root too."""
    path = recorded.folder / "gradebook.db"
    bind = f'mount --bind {path} {path} && mount -o remount,bind,ro {path} && exec {sys.executable} -c "$0" "$1"'
    command = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", bind, READ_ONLY, str(recorded.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ, timeout=60)
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("no mount namespace can be had here")
    assert done.stdout.startswith("2 the gradebook")
    assert "cannot be written: give this user the right" in done.stdout
    assert done.stdout.count("\n") == 1


def test_a_folder_that_is_away(recorded: Cohort, enter: Callable[[], object], tmp_path: Path) -> None:
    """A disk that is not mounted."""
    recorded.folder.rename(tmp_path / "elsewhere")
    refused(enter, r"No such file or directory \(the lock of the gradebook\): look at the disk")
    (tmp_path / "elsewhere").rename(recorded.folder)
    enter()
