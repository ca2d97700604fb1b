"""Grade many submissions at once: one warm process, one examiner process a slot, and a coordinator with no secrets."""

from __future__ import annotations

import contextlib
import os
import select
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import msgspec

from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.manifest import Exercise
from autograder.sandbox.frames import Channel, ProtocolError

__all__ = ["Pool", "cores", "grade_batch"]

REPORT_SECONDS = 600.0
"""For the rest of a report whose first bytes have come."""


def cores() -> int:
    """Return how many submissions this machine can grade at once."""
    return max(1, len(os.sched_getaffinity(0)))


@dataclass
class _Examining:
    channel: Channel
    slot: int
    job: Job | None = None


class Pool:
    """Warm processes that grade submissions of one exercise; a context manager that ends them.

    It outlives a batch: what was imported, collected and loaded serves every job until `close`.
    """

    def __init__(
        self, exercise: Exercise, secret: Callable[[], bytes], *, slots: int = 1, sandboxed: bool = True
    ) -> None:
        """Start the processes; raises SandboxUnavailable.

        Args:
            exercise: what the submissions answer.
            secret: opens the cohort's secret; called only after the warm process has been forked.
            slots: submissions graded at once.
            sandboxed: False runs plain processes, for the project's own submissions alone.
        """
        self.exercise = exercise
        self._secret = secret
        self._importer = Importer(slots, exercise.warm, sandboxed=sandboxed)
        self._examining: list[_Examining] = []
        try:
            self._examining += [_Examining(self._examiner(slot), slot) for slot in range(slots)]
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def free(self) -> int:
        """How many jobs can be given now."""
        return sum(one.job is None for one in self._examining)

    @property
    def busy(self) -> list[Job]:
        """The jobs under way."""
        return [one.job for one in self._examining if one.job is not None]

    @property
    def sockets(self) -> list[socket.socket]:
        """What becomes readable when a job has ended."""
        return [one.channel.socket for one in self._examining if one.job is not None]

    def give(self, job: Job) -> None:
        """Begin a job; only where `free` is not 0."""
        one = next(one for one in self._examining if one.job is None)
        one.job = job
        with contextlib.suppress(ProtocolError):  # of a lost examiner `take` tells
            one.channel.send(msgspec.msgpack.encode(job))

    def take(self, timeout: float | None = None) -> Iterator[tuple[Job, Report]]:
        """Yield the jobs that have ended, waiting up to `timeout` seconds for the first (None: until one has)."""
        busy = [one for one in self._examining if one.job is not None]
        readable, _, _ = select.select([one.channel.socket for one in busy], [], [], timeout)
        for one in busy:
            if one.channel.socket in readable:
                yield self._taken(one)

    def close(self) -> None:
        """End everything; jobs under way end without a report."""
        for one in self._examining:
            one.channel.close()
        self._importer.close()

    def _examiner(self, slot: int) -> Channel:
        return self._importer.examiner(self.exercise, self._secret(), slot)

    def _taken(self, one: _Examining) -> tuple[Job, Report]:
        job, one.job = one.job, None
        assert job is not None  # noqa: S101  (only busy examiners are read)
        try:
            _, payload = one.channel.receive(REPORT_SECONDS)
            return job, msgspec.msgpack.decode(payload, type=Report)
        except (ProtocolError, msgspec.DecodeError):
            one.channel.close()
            one.channel = self._examiner(one.slot)
            return job, _lost(self.exercise, job)


def grade_batch(
    exercise: Exercise,
    jobs: Iterable[Job],
    secret: Callable[[], bytes],
    *,
    slots: int = 1,
    sandboxed: bool = True,
) -> Iterator[Report]:
    """Yield a report for each job, as they come, over a Pool of their own, whose arguments these are.

    Raises SandboxUnavailable before the first report where there is no sandbox.
    """
    waiting = list(jobs)[::-1]
    with Pool(exercise, secret, slots=max(1, min(slots, len(waiting))), sandboxed=sandboxed) as pool:
        while waiting or pool.busy:
            while waiting and pool.free:
                pool.give(waiting.pop())
            for _, report in pool.take():
                yield report
                if waiting:
                    pool.give(waiting.pop())


def _lost(exercise: Exercise, job: Job) -> Report:
    """Return the report of a submission whose examiner died: no part has points, and staff must look."""
    reason = "The grader failed on this submission: staff have been told, and it counts nothing until it is graded."
    staff = "the examiner's process ended"
    parts = [
        PartReport(name, part.title, part.tier, 0.0, part.points, [_fault(name, reason, staff)], part.written)
        for name, part in exercise.parts.items()
    ]
    return Report(exercise.slug, job.student, "", job.purpose, parts)


def _fault(part: str, reason: str, staff: str) -> Finding:
    return Finding("examiner", part, "Grading", 1.0, Verdict.INTERNAL_ERROR, reason, staff=staff)
