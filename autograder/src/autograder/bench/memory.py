"""The memory of a process and all of its descendants over time, read from outside."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

__all__ = ["Memory", "Role"]

ROLES = {
    (): "coordinator",
    ("import",): "importer",
    ("import", "examiner"): "examiner",
    ("import", "warm"): "warm process",
    ("import", "warm", "inner"): "warm process",
}
PASSING = "submission and its forks"
RSS_SECONDS, PSS_SECONDS = 0.5, 5.0
"""Counting a process's share of what it shares walks its page tables, so it is done seldom."""
MIB = 1024


@dataclass(frozen=True)
class Role:
    """The memory of the processes of one role, in MiB."""

    name: str
    peak: float
    """The largest resident set that one of them ever had."""
    growth: float | None
    """By how much the median of the last quarter is above that of the first; None for processes that do not last."""
    processes: int
    """How many there were."""


@dataclass
class Memory:
    """Samples of a tree of processes; call it with the root's pid as often as you like."""

    samples: list[tuple[float, str, int, float]] = field(default_factory=list)
    """(seconds, role, pid, MiB of its resident set)."""
    together: list[tuple[float, float]] = field(default_factory=list)
    """(seconds, MiB of all processes together, what is shared counted once)."""
    _last: float = 0.0
    _last_pss: float = 0.0
    _roles: dict[int, str] = field(default_factory=dict)
    peaks: dict[int, float] = field(default_factory=dict)
    """MiB of the largest resident set of each process, as the kernel keeps it."""

    def __call__(self, root: int) -> None:
        """Take a sample where the last one is old enough."""
        now = time.monotonic()
        if now - self._last < RSS_SECONDS:
            return
        self._last = now
        pids = []
        for pid, role in _tree(root):
            if status := _status(pid):
                pids.append(pid)
                self._roles[pid] = role
                self.samples.append((now, role, pid, status.get("VmRSS", 0) / MIB))
                self.peaks[pid] = max(self.peaks.get(pid, 0.0), status.get("VmHWM", 0) / MIB)
        if now - self._last_pss >= PSS_SECONDS:
            self._last_pss = now
            self.together.append((now, sum(_pss(pid) for pid in pids)))

    def roles(self, since: float, until: float) -> list[Role]:
        """Return every role's peak, and its growth between two moments (monotonic seconds)."""
        by_role = defaultdict(set)
        for pid, role in self._roles.items():
            by_role[role].add(pid)
        return [
            Role(role, max(self.peaks[pid] for pid in pids), self._growth(role, since, until), len(pids))
            for role, pids in by_role.items()
        ]

    @property
    def peak_together(self) -> float:
        """MiB of all processes together at their largest."""
        return max((size for _, size in self.together), default=0.0)

    def _growth(self, role: str, since: float, until: float) -> float | None:
        if role == PASSING:
            return None
        quarter = (until - since) / 4
        first: dict[int, list[float]] = defaultdict(list)
        last: dict[int, list[float]] = defaultdict(list)
        for moment, name, pid, size in self.samples:
            if name == role and since <= moment <= since + quarter:
                first[pid].append(size)
            if name == role and until - quarter <= moment <= until:
                last[pid].append(size)
        both = first.keys() & last.keys()
        return max((median(last[pid]) - median(first[pid]) for pid in both), default=None)


def _tree(root: int) -> Iterator[tuple[int, str]]:
    """Yield (pid, role) of the process `root` and its descendants; roles follow from who started whom."""
    children = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            head, _, tail = stat.read_text().rpartition(")")
            children[int(tail.split()[1])].append(int(head.split()[0]))
    waiting: list[tuple[int, tuple[str, ...]]] = [(root, ())]
    while waiting:
        pid, place = waiting.pop()
        yield pid, ROLES.get(place, PASSING)
        for number, child in enumerate(sorted(children[pid])):
            if len(place) == 1:  # the importer forks the warm process before any examiner
                below = "warm" if number == 0 else "examiner"
            else:
                below = ("import", "", "inner")[len(place)] if len(place) < 3 else "deeper"
            waiting.append((child, (*place, below)))


def _status(pid: int) -> dict[str, int]:
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return {line.split(":")[0]: int(line.split()[1]) for line in lines if line.startswith(("VmRSS", "VmHWM"))}
    return {}


def _pss(pid: int) -> float:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / MIB
    return 0.0
