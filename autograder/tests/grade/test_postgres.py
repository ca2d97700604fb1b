"""The gradebook on a PostgreSQL server of its own: released, graded, verified and regraded as on SQLite."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from autograder.errors import UserError
from autograder.grade.regrade import regrade
from autograder.grade.verify import verify
from autograder.gradebook import database

SLUG = "01_numbers"
ZERO_SPREAD = "def spread(numbers):\n    return max(numbers) - min(numbers) if numbers else 0\n"
START_SECONDS = 30.0
pytestmark = pytest.mark.full


def program(name: str) -> str:
    found = shutil.which(name) or next(map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))), None)
    if found is None:
        pytest.skip("no PostgreSQL server is installed: `apt-get install postgresql` brings one")
    return found


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server that listens on a socket in a folder of its own, and nowhere else; yields the address of a database."""
    pytest.importorskip("psycopg", reason="no PostgreSQL driver is installed: `pip install 'psycopg[binary]'`")
    initdb, postgres = program("initdb"), program("postgres")
    folder = Path(tempfile.mkdtemp(prefix="t2p-pg-"))  # the path of a socket has room for 107 characters
    user, become = getpass.getuser(), []
    if os.geteuid() == 0:  # it refuses to run as root
        user = "postgres" if any(one.pw_name == "postgres" for one in pwd.getpwall()) else "nobody"
        owner = pwd.getpwnam(user)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        become = ["setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    data = str(folder / "data")
    subprocess.run(
        [*become, initdb, "-D", data, "-U", "tutor", "-A", "trust", "-N"], check=True, cwd=folder, capture_output=True
    )
    command = [*become, postgres, "-D", data, "-k", str(folder), "-c", "listen_addresses=", "-c", "fsync=off"]
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder) as process:
        until = time.monotonic() + START_SECONDS
        while not (folder / ".s.PGSQL.5432").exists():
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
        yield f"postgresql://tutor@/postgres?host={folder}"
        process.terminate()
    shutil.rmtree(folder)


def sql(address: str, statement: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    engine.dispose()


def test_a_term_on_postgresql(
    server: str, tmp_path: Path, new_course: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Release, grade, verify, tamper, mend a check, regrade: each does what it does on SQLite."""
    course = new_course(tmp_path / "tiny", f'gradebook = "{server}"\n')
    course.hand_in("ada", SLUG)
    course.hand_in("emil", SLUG, {"spread": ZERO_SPREAD})
    graded = course.grade(SLUG)
    assert {report.student: report.points for report in graded.reports} == {"ada": 5.0, "emil": 4.33}
    assert not (course.cohort.folder / "gradebook.db").exists()
    assert verify(course.cohort).differences == []
    assert "2 of 2 were graded before" in course.grade(SLUG).notes[0]

    sql(server, "update grade set auto_score = 3 where auto_score = 1.33")
    assert verify(course.cohort).differences == [f"{SLUG}: emil, spread: the gradebook says 3.0, the ledger 1.33"]
    course.grade(SLUG)
    assert verify(course.cohort).differences == []

    checks = course.repo.solutions / SLUG / "checks.py"
    mended = checks.read_text("utf-8").replace(
        "raises(ValueError, student.spread, [])", "matches(student.spread([]), 0)"
    )
    checks.write_text(mended, "utf-8")
    found = regrade(course.repo, course.cohort, SLUG, sandboxed=course.sandboxed)
    assert [(one.student, one.old, one.new) for one in found.differences] == [("ada", 2.0, 1.33), ("emil", 1.33, 2.0)]
    found.write()
    assert verify(course.cohort).differences == []

    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_A_LOCK", 0.3)
    engine = create_engine(server)
    with engine.begin() as other:
        other.execute(text("lock table grade in access exclusive mode"))
        with pytest.raises(UserError, match="is locked by another process"):
            verify(course.cohort)
    engine.dispose()
