"""Make forks of the warm process cheap: fewer pages to copy, not less memory."""

from __future__ import annotations

import ctypes
from pathlib import Path

__all__ = ["huge_pages"]

HUGE = 2 << 20
MADV_HUGEPAGE, MADV_COLLAPSE = 14, 25


def huge_pages() -> int:
    """Put this process's private memory into huge pages, where the kernel can (6.1 and newer); return the bytes.

    Worth its 0.3 s where many forks follow: a fork copies one entry for 2 MiB instead of 512, and 12 ms of CPU for a
    fork of 330 MB and its end became 9.
    """
    advise = ctypes.CDLL(None, use_errno=True).madvise
    advise.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    done = 0
    for line in Path("/proc/self/maps").read_text().splitlines():
        span, rights, _, _, _, *name = line.split(maxsplit=5)
        if rights != "rw-p" or name not in ([], ["[heap]"]):
            continue
        low, high = (int(end, 16) for end in span.split("-"))
        low, high = -(-low // HUGE) * HUGE, high // HUGE * HUGE
        if high > low and advise(low, high - low, MADV_HUGEPAGE) == 0 and advise(low, high - low, MADV_COLLAPSE) == 0:
            done += high - low
    return done
