"""Writing to a disk that may be full, read-only or pulled out: whole files, and one line that says what to do."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import UserError

__all__ = ["link_or_copy", "sweep", "telling", "unfinished", "write_whole"]

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}
UNFINISHED = re.compile(r"\..+\.(\d+)\.writing", re.DOTALL)
LONGEST_SECONDS = 3600.0
"""Nobody writes one file for so long: the number is another process's by now."""


@contextlib.contextmanager
def telling(what: str, place: Path) -> Iterator[None]:
    """Turn a disk's refusal inside the block into a UserError that names `what` could not be written at `place`."""
    try:
        yield
    except OSError as error:
        raise disk_error(what, place, error) from error


def disk_error(what: str, place: Path, error: OSError) -> UserError:
    """Return what to tell a person about `error`, met while writing `what` at `place`."""
    kept = "what was graded so far is kept, and the same command goes on from there"
    if error.errno in FULL:
        return UserError(f"no room is left on the disk of {place} ({what}): free some and run this again; {kept}")
    if error.errno in FORBIDDEN:
        advice = "give this user the right to write there, or mount it writable, and run this again"
        return UserError(f"{place} cannot be written ({what}: {error.strerror}): {advice}; {kept}")
    return UserError(f"{place}: {error.strerror or error} ({what}): look at the disk, then run this again; {kept}")


def write_whole(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Write a file that is there whole or not at all; with `durable` it is on the disk before its name is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = unfinished(path)
    try:
        with beside.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise


def link_or_copy(source: Path, target: Path) -> None:
    """Give the file `source` the second name `target`, in place of what stands there; copy it where no link can be."""
    beside = unfinished(target)
    beside.unlink(missing_ok=True)
    try:
        beside.hardlink_to(source)
    except OSError:  # another file system, or one without links
        shutil.copyfile(source, beside)
    beside.replace(target)


def unfinished(path: Path) -> Path:
    """Return where `path` is written before it is renamed into its place: beside it, by a name that says by whom."""
    return path.with_name(f".{path.name}.{os.getpid()}.writing")


def sweep(folder: Path, pattern: str) -> None:
    """Remove what processes that are gone had not finished writing, in the folders below `folder` that fit."""
    for path in folder.glob(f"{pattern}/.*.writing"):
        made = UNFINISHED.fullmatch(path.name)
        with contextlib.suppress(FileNotFoundError):  # it was finished while we looked
            if made and (not _lives(int(made[1])) or time.time() - path.lstat().st_mtime > LONGEST_SECONDS):
                path.unlink()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
