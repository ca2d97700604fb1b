"""What our processes need around them: programs on PATH, a browser, an OpenMP that survives a fork."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

__all__ = ["chromium_path", "cores", "for_forks", "preload_path", "venv_bin_first"]

CHROMIUM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)


def venv_bin_first() -> None:
    """Put this environment's `bin` first on PATH; every entry point calls it.

    nbgrader starts `alembic`, and we start `npm`, by name: without this the first database would be made half.
    """
    ours = str(Path(sys.prefix) / "bin")
    others = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder != ours]
    os.environ["PATH"] = os.pathsep.join([ours, *others])


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def for_forks() -> dict[str, str]:
    """Return the variables of an environment that makes forks safe and cheap.

    An OpenMP whose threads survive a fork and spend no CPU time on waiting, sets that have the same order in every run,
    and a heap in huge pages: a fork then copies fewer page tables.
    """
    library = preload_path()
    preload = {"LD_PRELOAD": str(library)} if library else {}
    return {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONHASHSEED": "0", "KMP_BLOCKTIME": "0", **preload}


def preload_path() -> Path | None:
    """Return the OpenMP runtime to give a grading process as LD_PRELOAD, or None where there is none.

    GNU's runtime, which torch brings, hangs in a fork once its threads have started; Intel's survives nested forks.
    None means: forks that check must call `torch.set_num_threads(1)` first.
    """
    library = Path(sys.prefix) / "lib" / "libiomp5.so"
    return library if sys.platform == "linux" and library.is_file() else None


def chromium_path() -> Path | None:
    """Return the browser that draws decks and pages: T2P_CHROMIUM, or the first that is installed, or None."""
    wanted = os.environ.get("T2P_CHROMIUM")
    found = (shutil.which(name) for name in ([wanted] if wanted else CHROMIUM_NAMES))
    return next((Path(path) for path in found if path), None)
