"""Grade many submissions at once: one warm process, one examiner process a slot, and a coordinator with no secrets."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from autograder.grade.grader import Grader, Job
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.manifest import Exercise
from autograder.sandbox.frames import Channel, ProtocolError
from autograder.sandbox.warm import Warm, start_warm
from autograder.sandbox.worker import prepare, worker

__all__ = ["cores", "grade_batch"]

REPORT_BYTES = 1 << 30


def cores() -> int:
    """Return how many submissions this machine can grade at once."""
    return max(1, len(os.sched_getaffinity(0)))


@dataclass
class _Examining:
    channel: Channel
    pid: int
    slot: int
    job: Job | None = None


def grade_batch(
    exercise: Exercise,
    jobs: Iterable[Job],
    secret: Callable[[], bytes],
    *,
    slots: int = 1,
    sandboxed: bool = True,
) -> Iterator[Report]:
    """Yield a report for each job, as they come; raises SandboxUnavailable before the first where there is no sandbox.

    Args:
        exercise: what the submissions answer.
        jobs: the submissions.
        secret: opens the cohort's secret; called only after the warm process has been forked.
        slots: submissions graded at once.
        sandboxed: False runs plain processes, for the project's own submissions alone.
    """
    waiting = list(jobs)[::-1]
    prepare(exercise.warm)
    slots = max(1, min(slots, len(waiting)))
    warm = start_warm(slots, worker, sandboxed=sandboxed)
    examining: list[_Examining] = []
    try:
        for slot in range(slots):
            examining.append(_start(exercise, secret, warm, slot, examining))
        for one in examining:
            _give(one, waiting)
        while any(one.job for one in examining):
            for one in _ready([one for one in examining if one.job]):
                yield _take(exercise, one)
                if one.pid == 0:
                    _replace(one, _start(exercise, secret, warm, one.slot, examining))
                _give(one, waiting)
    finally:
        for one in examining:
            one.channel.close()
            if one.pid:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(one.pid, 0)
        warm.close()


def _start(
    exercise: Exercise, secret: Callable[[], bytes], warm: Warm, slot: int, others: list[_Examining]
) -> _Examining:
    ours, theirs = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            for channel in (Channel(ours), *(other.channel for other in others)):
                channel.close()  # else an examiner would never see that the coordinator has closed its end
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            _examine(Channel(theirs, limit=REPORT_BYTES), exercise, secret(), warm, slot)
            code = 0
        except BaseException:  # noqa: BLE001  (nothing may run on into the coordinator's code)
            traceback.print_exc()
        finally:
            os._exit(code)
    theirs.close()
    return _Examining(Channel(ours, limit=REPORT_BYTES), pid, slot)


def _examine(channel: Channel, exercise: Exercise, secret: bytes, warm: Warm, slot: int) -> None:
    with Grader(exercise, secret, warm, slot) as grader:
        while True:
            try:
                _, payload = channel.receive()
            except ProtocolError:
                return
            report = grader.grade(msgspec.msgpack.decode(payload, type=Job))
            channel.send(msgspec.msgpack.encode(report))


def _give(one: _Examining, waiting: list[Job]) -> None:
    one.job = waiting.pop() if waiting else None
    if one.job is not None:
        with contextlib.suppress(ProtocolError):
            one.channel.send(msgspec.msgpack.encode(one.job))


def _ready(busy: list[_Examining]) -> list[_Examining]:
    readable, _, _ = select.select([one.channel.socket for one in busy], [], [])
    return [one for one in busy if one.channel.socket in readable]


def _take(exercise: Exercise, one: _Examining) -> Report:
    assert one.job is not None  # noqa: S101  (only busy examiners are read)
    try:
        _, payload = one.channel.receive(600)
        return msgspec.msgpack.decode(payload, type=Report)
    except (ProtocolError, msgspec.DecodeError):
        one.channel.close()
        os.waitpid(one.pid, 0)
        one.pid = 0
        return _lost(exercise, one.job)


def _replace(one: _Examining, new: _Examining) -> None:
    one.channel, one.pid = new.channel, new.pid


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
