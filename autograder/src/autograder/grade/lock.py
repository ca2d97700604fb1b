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

from autograder.errors import UserError
from autograder.grade.disk import telling
from autograder.manifest import Cohort

__all__ = ["LOCK", "grading_lock"]

LOCK = ".grading.lock"
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
    with contextlib.ExitStack() as stack:
        with telling(f"the lock of cohort {cohort.name}", folder):
            descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        stack.callback(os.close, descriptor)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _refusal(cohort, _read(descriptor)) from None
        except OSError as error:
            if error.errno not in NO_LOCKS:
                raise
            stack.enter_context(_file_for_lock(cohort, folder / f"{LOCK}ed"))
        _say_who(descriptor)
        stack.callback(_say_nobody, descriptor)
        token = _held.set(_held.get() | {folder})
        stack.callback(_held.reset, token)
        yield


@contextlib.contextmanager
def _file_for_lock(cohort: Cohort, path: Path) -> Iterator[None]:
    """Hold the lock by a file that only one can make, which works over NFS as well."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
    except FileExistsError:
        with path.open("rb") as file:
            holder = _read(file.fileno())
        if holder is None or holder.host != socket.gethostname() or _lives(holder.pid):
            raise _refusal(cohort, holder, f"; if that one is gone, remove {path}") from None
        descriptor = os.open(path, os.O_RDWR | os.O_TRUNC | os.O_CLOEXEC)
    try:
        _say_who(descriptor)
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(descriptor)


def _refusal(cohort: Cohort, holder: _Holder | None, more: str = "") -> UserError:
    who = "another process, which has only just begun" if holder is None else _words(holder)
    return UserError(f"cohort {cohort.name} is being graded by {who}: wait for it or end it first{more}")


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


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
