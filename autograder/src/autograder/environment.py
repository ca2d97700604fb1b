"""What our processes need around them: programs on PATH, a browser, an OpenMP that survives a fork."""

from __future__ import annotations

import contextlib
import math
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

__all__ = ["chromium_path", "cores", "cores_to_run_on", "cpu_quota", "for_forks", "preload_path", "venv_bin_first"]

CGROUPS = Path("/sys/fs/cgroup")
OWN_CGROUPS = Path("/proc/self/cgroup")

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
    """Return how many cores this process may keep busy: those it may run on, or fewer where a quota says so."""
    quota = cpu_quota()
    there = cores_to_run_on()
    return there if quota is None else max(1, min(there, math.ceil(quota)))


def cores_to_run_on() -> int:
    """Return how many cores this process may run on, for however short a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cpu_quota() -> float | None:
    """Return how many cores' time the cgroups of this process give it (`docker run --cpus`), or None for no bound."""
    quotas = (_quota(folder) for folder in _cpu_groups())
    return min((quota for quota in quotas if quota is not None), default=None)


def _cpu_groups() -> Iterator[Path]:
    """Yield the groups that may bound this process's CPU time, in either version of cgroups, each with its ancestors.

    In a container the group's path may be the host's, of which only the top is to be seen.
    """
    lines = OWN_CGROUPS.read_text(encoding="utf-8").splitlines() if OWN_CGROUPS.exists() else []
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        mounts = (CGROUPS / "cpu", CGROUPS / controllers) if controllers else (CGROUPS, CGROUPS / "unified")
        own = PurePosixPath(path.lstrip("/"))
        groups = [PurePosixPath()] if ".." in own.parts else [own, *own.parents]
        yield from (mount / group for mount in mounts for group in groups)


def _quota(group: Path) -> float | None:
    """Return the quota of one group as a number of cores, or None where it has none."""
    with contextlib.suppress(OSError, ValueError, ZeroDivisionError):  # no such file, or the word "max"
        if (group / "cpu.max").exists():
            quota, period = map(int, (group / "cpu.max").read_text(encoding="ascii").split())
        else:
            files = ("cpu.cfs_quota_us", "cpu.cfs_period_us")
            quota, period = (int((group / name).read_text(encoding="ascii")) for name in files)
        return quota / period if quota > 0 else None  # -1 is no bound
    return None


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
