"""Grade many submissions at once: one warm process, one examiner process a slot, and a coordinator with no secrets."""

from __future__ import annotations

import contextlib
import select
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import msgspec

from autograder.errors import GraderFault
from autograder.grade.data import data_of
from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.lost import lost
from autograder.grade.report import Finding, Output, Report
from autograder.manifest import Exercise
from autograder.sandbox.frames import Channel, ProtocolError

__all__ = ["Pool", "grade_batch"]

FEW = 8
SHARED = {Output: 32_000_000, Finding: 16_000_000, str: 16_000_000}
"""Bytes of pictures, of findings and of texts of cells that are looked for in later reports."""
REPORT_SECONDS = 600.0
"""For the rest of a report whose first bytes have come."""
ENDED = "the examiner's process ended: it crashed, memory was short, or it had computed for longer than limits allow"


class _Known:
    """Holds once what most reports of a class have in common, since all of a batch stay in memory."""

    def __init__(self) -> None:
        self._known: dict[type, dict[Any, Any]] = {kind: {} for kind in SHARED}
        self._sizes = dict.fromkeys(SHARED, 0)

    def share(self, report: Report) -> None:
        """Put what an earlier report has as well in the place of this one's own."""
        for part in report.parts:
            part.findings[:] = map(self._once, part.findings)
        for place, cell in enumerate(report.cells):
            cell.outputs[:] = (self._once(output) if output.png else output for output in cell.outputs)
            report.cells[place] = msgspec.structs.replace(cell, source=self._once(cell.source))

    def _once(self, one: Any) -> Any:
        kind = type(one)
        known = self._known[kind]
        if one in known:
            return known[one]
        known[one] = one
        self._sizes[kind] += _bytes_of(one)
        while self._sizes[kind] > SHARED[kind]:  # the oldest goes: what a class has in common soon comes again
            self._sizes[kind] -= _bytes_of(known.pop(next(iter(known))))
        return one


def _bytes_of(one: Any) -> int:
    fields = msgspec.structs.astuple(one) if isinstance(one, msgspec.Struct) else (one,)
    return sum(map(sys.getsizeof, fields))


@dataclass
class _Examining:
    slot: int
    channel: Channel | None
    """None where the examiner was lost: the next job starts another."""
    job: Job | None = None


class Pool:
    """Warm processes that grade submissions of one exercise; a context manager that ends them.

    It outlives a batch: what was imported, collected and loaded serves every job until `close`.
    """

    def __init__(
        self,
        exercise: Exercise,
        secret: Callable[[], bytes],
        *,
        slots: int = 1,
        sandboxed: bool = True,
        many: bool = True,
    ) -> None:
        """Start the processes; raises SandboxUnavailable, and UserError where the exercise's data are not here.

        Args:
            exercise: what the submissions answer.
            secret: opens the cohort's secret; called only after the warm process has been forked.
            slots: submissions graded at once.
            sandboxed: False runs plain processes, for the project's own submissions alone.
            many: whether more than a few jobs will come.
        """
        self.exercise = exercise
        self._secret = secret
        self._importer = Importer(slots, exercise.warm, sandboxed=sandboxed, data=data_of(exercise), many=many)
        self._known = _Known()
        self._examining: list[_Examining] = []
        try:
            self._examining += [_Examining(slot, self._examiner(slot)) for slot in range(slots)]
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
    def busy_slots(self) -> set[int]:
        """Where they are."""
        return {one.slot for one in self._examining if one.job is not None}

    @property
    def sockets(self) -> list[socket.socket]:
        """What becomes readable when a job has ended."""
        return [one.channel.socket for one in self._examining if one.job is not None and one.channel is not None]

    def give(self, job: Job, slot: int | None = None) -> None:
        """Begin a job in a slot that is free (the first, if none is named).

        Raises GraderFault when the processes have ended.
        """
        one = next(one for one in self._examining if one.job is None and slot in (None, one.slot))
        if one.channel is None:
            one.channel = self._examiner(one.slot)
        one.job = job
        with contextlib.suppress(ProtocolError):  # of an examiner that was lost meanwhile `take` tells
            one.channel.send(msgspec.msgpack.encode(job))

    def take(self, timeout: float | None = None) -> Iterator[tuple[Job, Report]]:
        """Yield the jobs that have ended, waiting up to `timeout` seconds for the first (None: until one has).

        The report of a job whose examiner was lost has no unit, and an internal error in each part.
        """
        readable, _, _ = select.select(self.sockets, [], [], timeout)
        for one in self._examining:
            if one.job is not None and one.channel is not None and one.channel.socket in readable:
                job, one.job = one.job, None
                report = _received(one.channel)
                if report is None:
                    self._replace(one)
                if report is not None:
                    self._known.share(report)
                yield job, report or lost(self.exercise, job, ENDED)

    def _replace(self, one: _Examining) -> None:
        """Start another examiner in the place of a lost one, at once: it ends the submission that was left behind."""
        if one.channel is not None:
            one.channel.close()
        one.channel = None
        with contextlib.suppress(GraderFault):  # the next job tells
            one.channel = self._examiner(one.slot)

    def close(self) -> None:
        """End everything; jobs under way end without a report."""
        for one in self._examining:
            if one.channel is not None:
                one.channel.close()
        self._importer.close()

    def _examiner(self, slot: int) -> Channel:
        try:
            return self._importer.examiner(self.exercise, self._secret(), slot)
        except (ProtocolError, OSError):
            message = (
                f"the process that imports for {self.exercise.slug} has ended or cannot be reached (was memory short?)"
            )
            message = f"{message}: grade again"
            raise GraderFault(message) from None


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
    slots, many = max(1, min(slots, len(waiting))), len(waiting) > FEW
    with Pool(exercise, secret, slots=slots, sandboxed=sandboxed, many=many) as pool:
        while waiting or pool.busy:
            while waiting and pool.free:
                pool.give(waiting.pop())
            for _, report in pool.take():
                yield report
                if waiting:
                    pool.give(waiting.pop())


def _received(channel: Channel) -> Report | None:
    try:
        _, payload = channel.receive(REPORT_SECONDS)
        return msgspec.msgpack.decode(payload, type=Report)
    except (ProtocolError, msgspec.DecodeError):
        return None
