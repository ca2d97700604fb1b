"""One grading of a cohort at a time, however the one before ended."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grade.lock import LOCK, grading_lock
from autograder.manifest import Cohort

HOLD = """
import sys, time
from pathlib import Path
from autograder.grade.lock import grading_lock
from autograder.manifest import Cohort
with grading_lock(Cohort("Spring", name="spring", folder=Path(sys.argv[1]))):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def cohort(tmp_path: Path) -> Cohort:
    return Cohort("Spring", name="spring", folder=tmp_path)


def held_elsewhere(cohort: Cohort) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(cohort.folder)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    return process


def test_a_second_grader_is_told_who_holds_it_and_since_when(cohort: Cohort) -> None:
    """One line names process, command and time; SIGKILL gives the lock back at once."""
    with held_elsewhere(cohort) as other:
        with (
            pytest.raises(UserError, match=rf"process {other.pid} \(.+\) since \d{{4}}-") as refusal,
            grading_lock(cohort),
        ):
            pytest.fail("two hold the lock")
        assert "\n" not in str(refusal.value)
        other.send_signal(signal.SIGKILL)
        other.wait()
    with grading_lock(cohort):
        assert str(os.getpid()) in (cohort.folder / LOCK).read_text()
    assert (cohort.folder / LOCK).read_bytes() == b""


def test_whoever_holds_it_may_ask_again(cohort: Cohort) -> None:
    """A step inside a longer piece of work asks for the lock itself and gets it; leaving the step keeps it."""
    with grading_lock(cohort):
        with grading_lock(cohort):
            pass
        with (cohort.folder / LOCK).open() as file, pytest.raises(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_two_cohorts_do_not_wait_for_each_other(cohort: Cohort, tmp_path: Path) -> None:
    """A lock belongs to one cohort's folder."""
    other = Cohort("Autumn", name="autumn", folder=tmp_path / "autumn")
    other.folder.mkdir()
    with held_elsewhere(cohort) as process, grading_lock(other):
        process.kill()


def without_locks(_descriptor: int, _operation: int) -> None:
    raise OSError(errno.ENOLCK, "No locks available")


def test_a_file_system_without_locks(cohort: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands for the lock: of a process that lives it counts, of one that is gone it is passed over."""
    monkeypatch.setattr(fcntl, "flock", without_locks)
    file = cohort.folder / f"{LOCK}ed"
    with grading_lock(cohort):
        theirs = file.read_bytes()
    assert not file.exists()
    file.write_bytes(theirs)
    with pytest.raises(UserError, match=f"if that one is gone, remove {file}"), grading_lock(cohort):
        pytest.fail("two hold the lock")
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    file.write_bytes(theirs.replace(str(os.getpid()).encode(), str(gone.pid).encode()))
    with grading_lock(cohort):
        assert file.exists()
    assert not file.exists()


def test_a_folder_that_cannot_be_written(cohort: Cohort) -> None:
    """No lock can be made: one line says where and what to do."""
    missing = Cohort("Spring", name="spring", folder=cohort.folder / "gone")
    with pytest.raises(UserError, match="the lock of cohort spring"), grading_lock(missing):
        pytest.fail("held")
