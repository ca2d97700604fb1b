"""The slots that exercises share: what cannot be started costs no job that is under way."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import GraderFault, SandboxUnavailable
from autograder.grade import batch, pools
from autograder.grade.batch import Pool
from autograder.grade.deadline import Passed
from autograder.grade.job import Job
from autograder.grade.pools import Pools
from autograder.grade.watched import Watched
from autograder.manifest import load_exercise

NUMBERS = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "01_numbers"
SLOTS = 2


class Processes:
    """In the place of a Pool: takes jobs until it is told that its importer has ended."""

    def __init__(self, *_: object, **__: object) -> None:
        """Start, unless there is no memory."""
        if self.short_of_memory:
            raise SandboxUnavailable("the sandbox cannot be made")
        self.busy: list[Job] = []
        self.busy_slots: set[int] = set()
        self.ended = self.closed = False

    short_of_memory = False

    def give(self, job: Job, slot: int) -> None:
        """Take a job."""
        if self.ended:
            raise GraderFault("the process that imports has ended")
        self.busy.append(job)
        self.busy_slots.add(slot)

    def take(self, _timeout: float) -> list[Any]:
        """Nothing has ended yet."""
        return []

    def close(self) -> None:
        """End."""
        self.closed = True


@pytest.fixture
def watched() -> Watched:
    return Watched(load_exercise(NUMBERS), {}, "content", Passed(class_=True), stamp=())


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Processes]:
    """What was started in the place of Pools."""
    started: list[Processes] = []

    def start(*_: object, **__: object) -> Processes:
        started.append(Processes())
        return started[-1]

    monkeypatch.setattr(pools, "Pool", start)
    return started


def test_what_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch, watched: Watched) -> None:
    """The error is the one of the sandbox, and once there is memory the same job can be given."""
    monkeypatch.setattr(pools, "Pool", Processes)
    shared = Pools(b"secret", SLOTS)
    monkeypatch.setattr(Processes, "short_of_memory", True)
    with pytest.raises(SandboxUnavailable, match="cannot be made"):
        shared.give(watched, Job("ada", "none.ipynb"))
    monkeypatch.setattr(Processes, "short_of_memory", False)
    shared.give(watched, Job("ada", "none.ipynb"))
    assert shared.free == SLOTS - 1


def test_jobs_under_way_outlive_their_importer(made: list[Processes], watched: Watched) -> None:
    """New processes are started for the next job; the old ones end with their last."""
    shared = Pools(b"secret", SLOTS)
    shared.give(watched, Job("ada", "none.ipynb"))
    made[0].ended = True
    shared.give(watched, Job("emil", "none.ipynb"))
    assert [len(one.busy) for one in made] == [1, 1]
    assert (shared.free, made[0].closed) == (0, False)
    assert [one.busy_slots for one in made] == [{0}, {1}], "cores and a user of its own for each"
    made[0].busy.clear()
    assert list(shared.take()) == []
    assert made[0].closed


def test_exercises_share_no_slot(made: list[Processes], watched: Watched) -> None:
    """A submission has a slot's cores and user to itself, whatever exercise the others hand in."""
    shared = Pools(b"secret", SLOTS)
    other = Watched(load_exercise(NUMBERS.with_name("02_words")), {}, "content", Passed(class_=True), stamp=())
    shared.give(watched, Job("ada", "none.ipynb"))
    shared.give(other, Job("emil", "none.ipynb"))
    assert [one.busy_slots for one in made] == [{0}, {1}]


def test_descriptors_that_cannot_be_sent_are_a_fault(monkeypatch: pytest.MonkeyPatch, watched: Watched) -> None:
    """Where a submission has as many under way as its user may have, staff are told and other exercises go on."""

    class Crowded:
        def __init__(self, *_: object, **__: object) -> None:
            """Start."""

        def examiner(self, *_: object) -> None:
            raise OSError(errno.ETOOMANYREFS, "Too many references: cannot splice")

        def close(self) -> None:
            """End."""

    monkeypatch.setattr(batch, "Importer", Crowded)
    with pytest.raises(GraderFault, match="cannot be reached"):
        Pool(watched.exercise, lambda: b"secret")
