"""One grading of a cohort at a time: a lock that the kernel gives back however its holder ends."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import fcntl
import os
import socket
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path

import msgspec

from autograder.disk import telling
from autograder.errors import UserError
from autograder.manifest import Cohort

__all__ = ["LOCK", "WATCH", "grading_lock", "holder", "watching_lock"]

LOCK = ".grading.lock"
WATCH = ".watching.lock"
NO_LOCKS = {errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
"""What a file system without locks answers, such as NFS whose lock service is off."""

_held: ContextVar[frozenset[Path]] = ContextVar("held", default=frozenset())


class _Holder(msgspec.Struct, frozen=True):
    """Who grades, as the lock's file says it."""

    pid: int
    host: str
    command: str
    since: str


@contextlib.contextmanager
def grading_lock(cohort: Cohort) -> Iterator[None]:
    """Be the only one who grades `cohort`; inside a block that already holds the lock this does nothing more.

    Raises UserError, in one line, when somebody else grades: who, and since when; or when the cohort's folder cannot
    be written. The lock goes with the process, also when that is killed. Where the file system has no locks a file
    stands for it, which a killed process leaves behind: it is passed over when that process ran here and is gone.
    """
    folder = cohort.folder.resolve()
    if folder in _held.get():
        yield
        return
    with _alone(cohort, LOCK, "graded"):
        token = _held.set(_held.get() | {folder})
        try:
            yield
        finally:
            _held.reset(token)


@contextlib.contextmanager
def watching_lock(cohort: Cohort) -> Iterator[None]:
    """Be the only one who watches `cohort`, as `grading_lock` does it; between bursts of work others may grade."""
    with _alone(cohort, WATCH, "watched"):
        yield


def holder(cohort: Cohort, name: str = LOCK) -> str | None:
    """Return who holds the lock `name` of `cohort`, in words, or None; changes nothing and waits for nobody."""
    folder = cohort.folder.resolve()
    with contextlib.suppress(OSError), (folder / name).open("rb") as file:
        found = _read(file.fileno())
        if found is not None and _may_live(found):
            # only now: for this moment somebody who takes the lock would be refused
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return _words(found)
    with contextlib.suppress(OSError), (folder / f"{name}ed").open("rb") as file:
        found = _read(file.fileno())
        return _words(found) if found is not None and _may_live(found) else None
    return None


@contextlib.contextmanager
def _alone(cohort: Cohort, name: str, doing: str) -> Iterator[None]:
    folder = cohort.folder.resolve()
    with contextlib.ExitStack() as stack:
        with telling(f"the lock of cohort {cohort.name}", folder):
            descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        stack.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refusal(cohort, _read(descriptor), doing) from None
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            stack.enter_context(_file_for_lock(cohort, folder / f"{name}ed", doing))
        _say_who(descriptor)
        stack.callback(_say_nobody, descriptor)
        yield


@contextlib.contextmanager
def _file_for_lock(cohort: Cohort, path: Path, doing: str) -> Iterator[None]:
    """Hold the lock by a file that only one can make, which works over NFS as well."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        with path.open("rb") as file:
            found = _read(file.fileno())
        if found is None or _may_live(found):
            raise _refusal(cohort, found, doing, f"; if that one is gone, remove {path}") from None
        descriptor = os.open(path, os.O_RDWR | os.O_TRUNC | os.O_CLOEXEC)
    try:
        _say_who(descriptor)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _refusal(cohort: Cohort, found: _Holder | None, doing: str, more: str = "") -> UserError:
    who = "another process, which has only just begun" if found is None else _words(found)
    return UserError(f"cohort {cohort.name} is being {doing} by {who}: wait for it or end it first{more}")


def _words(holder: _Holder) -> str:
    elsewhere = "" if holder.host == socket.gethostname() else f" on {holder.host}"
    return f"process {holder.pid}{elsewhere} ({holder.command}) since {holder.since}"


def _read(descriptor: int) -> _Holder | None:
    try:
        return msgspec.json.decode(os.pread(descriptor, 1 << 16, 0), type=_Holder)
    except msgspec.DecodeError:
        return None


def _say_who(descriptor: int) -> None:
    program = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    program = "autograder" if program == "__main__.py" else program
    command = " ".join([program, *sys.argv[1:]]).split()
    since = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    text = msgspec.json.encode(_Holder(os.getpid(), socket.gethostname(), " ".join(command)[:400], since))
    with contextlib.suppress(OSError):  # a full disk: the lock itself needs no room
        os.pwrite(descriptor, text, 0)
        os.ftruncate(descriptor, len(text))


def _say_nobody(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)


def _may_live(found: _Holder) -> bool:
    if found.host != socket.gethostname():
        return True
    try:
        os.kill(found.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
