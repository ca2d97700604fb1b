"""Grade many submissions at once: one warm process, one examiner process a slot, and a coordinator with no secrets."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import msgspec

from autograder.grade.importer import Importer
from autograder.grade.job import Job
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.manifest import Exercise
from autograder.sandbox.frames import Channel, ProtocolError

__all__ = ["cores", "grade_batch"]


def cores() -> int:
    """Return how many submissions this machine can grade at once."""
    return max(1, len(os.sched_getaffinity(0)))


@dataclass
class _Examining:
    channel: Channel
    slot: int
    job: Job | None = None
    lost: bool = False


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
    slots = max(1, min(slots, len(waiting)))
    importer = Importer(slots, exercise.warm, sandboxed=sandboxed)
    examining: list[_Examining] = []
    try:
        examining += [_Examining(importer.examiner(exercise, secret(), slot), slot) for slot in range(slots)]
        for one in examining:
            _give(one, waiting)
        while any(one.job for one in examining):
            for one in _ready([one for one in examining if one.job]):
                yield _take(exercise, one)
                if one.lost:
                    one.channel, one.lost = importer.examiner(exercise, secret(), one.slot), False
                _give(one, waiting)
    finally:
        for one in examining:
            one.channel.close()
        importer.close()


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
        one.lost = True
        return _lost(exercise, one.job)


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
