"""The warm processes of several exercises, and the slots that they share."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

from autograder.errors import GraderFault
from autograder.grade.batch import Pool
from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.grade.watched import Watched

__all__ = ["NOBODY", "Pools"]

KEPT_WARM = 3
"""Exercises kept warm at once; each takes about half a gigabyte."""
NOBODY = ""
"""Student of a job that only loads what the first real one would wait for."""


class Pools:
    """At most `slots` submissions at once, of whatever exercises; an exercise's processes start when it needs them."""

    def __init__(self, secret: bytes, slots: int, *, sandboxed: bool = True) -> None:
        self.slots = slots
        self._secret = secret
        self._sandboxed = sandboxed
        self._pools: dict[str, tuple[str, Pool]] = {}
        """By slug, with the content they were started for; the one that was needed last comes last."""
        self._retired: list[Pool] = []
        """Started for what an exercise was before: they end with their last job."""

    @property
    def free(self) -> int:
        """How many jobs can be given now."""
        return self.slots - sum(len(pool.busy) for pool in self._all)

    @property
    def sockets(self) -> list[socket.socket]:
        """What becomes readable when a job has ended."""
        return [one for pool in self._all for one in pool.sockets]

    def warm_up(self, watched: Watched, notebook: Path) -> None:
        """Start an exercise's processes and let each load checks and reference by grading `notebook` for nobody."""
        pool = self._pool(watched)
        while pool.free and self.free > 0:
            pool.give(Job(NOBODY, str(notebook), "warm-up", side_files=False), self._free_slot())

    def give(self, watched: Watched, job: Job) -> None:
        """Begin a job, only where `free` is not 0; raises GraderFault or SandboxUnavailable when that cannot be."""
        pool = self._pool(watched)
        try:
            pool.give(job, self._free_slot())
        except GraderFault:  # its processes ended: once more with new ones, and what is under way ends with the old
            del self._pools[watched.exercise.slug]
            self._retired.append(pool)
            self._pool(watched).give(job, self._free_slot())

    def take(self) -> Iterator[tuple[Job, Report]]:
        """Yield the jobs that have ended, those for nobody as well."""
        for pool in self._all:
            yield from pool.take(0)
        for pool in [pool for pool in self._retired if not pool.busy]:
            self._retired.remove(pool)
            pool.close()

    def close(self) -> None:
        """End everything; jobs under way end without a report."""
        for pool in self._all:
            pool.close()
        self._pools.clear()
        self._retired.clear()

    def _free_slot(self) -> int:
        """Return a slot where no exercise has a job: its cores and its user are then nobody else's."""
        busy = set().union(*(pool.busy_slots for pool in self._all))
        return next(slot for slot in range(self.slots) if slot not in busy)

    @property
    def _all(self) -> list[Pool]:
        return [*(pool for _, pool in self._pools.values()), *self._retired]

    def _pool(self, watched: Watched) -> Pool:
        slug = watched.exercise.slug
        content, pool = self._pools.pop(slug, ("", None))
        if pool is not None and content != watched.content:
            self._retired.append(pool)
            pool = None
        if pool is None:
            self._make_room()
            pool = Pool(watched.exercise, lambda: self._secret, slots=self.slots, sandboxed=self._sandboxed)
        self._pools[slug] = watched.content, pool
        return pool

    def _make_room(self) -> None:
        for slug in list(self._pools)[: max(0, len(self._pools) - KEPT_WARM + 1)]:
            self._retired.append(self._pools.pop(slug)[1])
