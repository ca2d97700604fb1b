"""What the warm process forgets before it serves: the environment that the grader was started with.

A submission prints what it likes into its own feedback page, and the environment of a grading machine holds tokens.
"""

from __future__ import annotations

import ctypes
import itertools
import os
from pathlib import Path

__all__ = ["KEPT", "forget_environment"]

KEPT = ("PATH", "LANG", "LC_", "TZ", "OMP_", "KMP_", "MKL_", "OPENBLAS_", "PYTHONHASHSEED", "PYTHONDONTWRITEBYTECODE")
"""Beginnings of the names that stay."""
ENV_START, ENV_END = 47, 48
"""Places in /proc/self/stat, counted from the process's state."""


def forget_environment() -> None:
    """Keep KEPT alone: in `os.environ`, in the C library, and in the memory that the kernel put it into."""
    values = list(os.environ._data.items())  # type: ignore[attr-defined]  # noqa: SLF001  (the bytes themselves)
    kept = {name: os.environ[name] for name in map(os.fsdecode, dict(values)) if name.startswith(KEPT)}
    copies = _of_the_c_library()
    os.environ.clear()
    for text in (part for pair in values for part in pair if len(part) > 1):
        ctypes.memset(id(text) + bytes.__basicsize__ - 1, 0, len(text))
    for address, length in copies:
        ctypes.memset(address, 0, length)
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    start, end = int(fields[ENV_START]), int(fields[ENV_END])
    os.environ.update(kept)  # copied by the C library, so that nothing points into the first block any more
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)


def _of_the_c_library() -> list[tuple[int, int]]:
    """Return address and length of each `NAME=value` that the C library knows; it never frees them."""
    place = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    found: list[tuple[int, int]] = []
    for number in itertools.count():
        address = place[number]
        if not address:
            return found
        found.append((address, len(ctypes.string_at(address))))
    return found
