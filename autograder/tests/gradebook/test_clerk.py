"""The watcher's clerk enters what counts now, whatever it was given and however long it had to wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import msgspec
import pytest

from autograder import gradebook
from autograder.grade.clerk import Clerk
from autograder.grade.keep import report_path
from autograder.grade.ledger import Ledger
from autograder.grade.report import Report, write_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.verify import verify
from autograder.gradebook import entries, record
from autograder.manifest import Cohort, Exercise

SLUG = "01_tensors"
PATIENCE = 60.0


@pytest.fixture
def clerk(released: Cohort) -> Iterator[Clerk]:
    clerk = Clerk(released, lambda _: None)
    yield clerk
    clerk.close(PATIENCE)


@pytest.fixture
def old(samples: ModuleType, released: Cohort) -> Report:
    """What the watcher found, with 5 points, and stored."""
    samples.hand_in(released, "carl")
    report: Report = samples.make_report("carl", unit="old")
    keep(released, report)
    return report


@pytest.fixture
def new(old: Report) -> Report:
    """What somebody else finds later: 1 point."""
    parts = [msgspec.structs.replace(part, points=0.0) if part.part == "mean_green" else part for part in old.parts]
    return msgspec.structs.replace(old, unit="new", parts=parts)


def keep(cohort: Cohort, report: Report) -> None:
    with Ledger(cohort.folder / "ledger.jsonl", cohort_secret(cohort.folder)) as ledger:
        ledger.append(report)
    write_report(report, report_path(cohort, SLUG, report.student))


def wait_for(clerk: Clerk) -> None:
    until = time.monotonic() + PATIENCE
    while not clerk.idle:
        assert time.monotonic() < until, clerk.trouble
        time.sleep(0.01)


def score(cohort: Cohort) -> float:
    return entries(cohort, SLUG)["carl"].score


def test_what_it_was_given_is_entered(clerk: Clerk, exercise: Exercise, old: Report) -> None:
    """Points and page are there when it is idle."""
    clerk.enter(exercise, old)
    wait_for(clerk)
    assert score(clerk.cohort) == 5.0
    assert (clerk.cohort.folder / "feedback" / SLUG / "carl.html").is_file()


def test_an_older_report_than_the_stored_one(clerk: Clerk, exercise: Exercise, old: Report, new: Report) -> None:
    """Somebody regraded while the clerk could not write: the regrade counts."""
    keep(clerk.cohort, new)
    record(clerk.cohort, exercise, [new])
    clerk.enter(exercise, old)
    wait_for(clerk)
    assert score(clerk.cohort) == 1.0
    assert verify(clerk.cohort).differences == []


def test_a_regrade_at_the_same_moment(
    clerk: Clerk, exercise: Exercise, old: Report, new: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody regrades between the clerk's look and its writing: the regrade counts all the same."""
    others: list[Callable[[], Any]] = [
        lambda: keep(clerk.cohort, new),
        lambda: record(clerk.cohort, exercise, [new]),
    ]

    def overtaken(*args: Any) -> Any:
        while others:
            others.pop(0)()
        return record(*args)

    monkeypatch.setattr(gradebook, "record", overtaken, raising=False)
    clerk.enter(exercise, old)
    wait_for(clerk)
    assert score(clerk.cohort) == 1.0
    assert verify(clerk.cohort).differences == []


def test_a_stored_report_that_is_damaged(clerk: Clerk, exercise: Exercise, old: Report) -> None:
    """What cannot be read takes nobody's place."""
    path = report_path(clerk.cohort, SLUG, "carl")
    path.write_bytes(path.read_bytes()[:100])
    record(clerk.cohort, exercise, [])
    clerk.enter(exercise, old)
    until = time.monotonic() + PATIENCE
    while "carl" not in entries(clerk.cohort, SLUG):
        assert time.monotonic() < until, clerk.trouble
        time.sleep(0.01)
    assert score(clerk.cohort) == 5.0
