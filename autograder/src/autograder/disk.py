"""Writing to a disk that may be full, read-only or pulled out: whole files, and one line that says what to do."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import UserError

__all__ = ["telling", "write_whole"]

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FORBIDDEN = {errno.EROFS, errno.EACCES, errno.EPERM}


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
    unfinished = path.with_name(f".{path.name}.writing")
    try:
        with unfinished.open("wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
