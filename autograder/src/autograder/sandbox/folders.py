"""Go down folders that somebody else may be changing meanwhile: each is entered from the one above it.

A path is followed part by part at every use, so that a folder in it may have become a link since the last one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from itertools import islice

__all__ = ["ENTERED", "below", "listed"]

ENTERED = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
"""How a folder is opened that need not be one which may be listed."""


@contextlib.contextmanager
def below(folder: int, parts: Iterable[str]) -> Iterator[int]:
    """Open what lies below an open folder, part by part, and follow no link on the way; raises OSError."""
    descriptor = os.dup(folder)
    try:
        for part in parts:
            inner = os.open(part, ENTERED | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def listed(folder: int, most: int) -> list[tuple[str, bool]]:
    """Return the first names in an open folder, sorted, and whether each is a folder itself; raises OSError."""
    descriptor = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=folder)
    try:
        with os.scandir(descriptor) as found:
            return sorted((one.name, one.is_dir(follow_symlinks=False)) for one in islice(found, most))
    finally:
        os.close(descriptor)
