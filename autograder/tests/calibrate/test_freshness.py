"""The quick look at thresholds: a missing, an old and a harsh one are found; nothing is run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from autograder.calibrate.freshness import calibrated_on, lint_thresholds
from autograder.calibrate.record import NUMBERS, Calibration, Judged, write_calibration
from autograder.manifest import Repository
from autograder.prove.content import content_of

SLUG = "01_line"
FOUND = Judged(bound=0.09, runs=4, mean=0.03, spread=0.01, false_fail=0.002, missed=0, tail=0.002)


def judge(repo: Repository, judged: Judged = FOUND) -> None:
    """Leave the exercise as a calibration does that found `judged`."""
    folder = repo.solutions / SLUG
    path = folder / "exercise.toml"
    numbers = "".join(f"{name} = {getattr(judged, name)}\n" for name in NUMBERS)
    path.write_text(path.read_text("utf-8") + numbers, "utf-8")
    content = calibrated_on(repo, repo.exercise(SLUG))
    write_calibration(Calibration(SLUG, content=content, thresholds={"error": judged}), folder)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_calibrated(trained: Repository) -> None:
    """What calibration left is fresh, and nothing stands against it."""
    judge(trained)
    assert lint_thresholds(trained) == []


def test_never_calibrated(trained: Repository) -> None:
    """A threshold without numbers is named with the command that finds them."""
    assert lint_thresholds(trained) == [
        f"solutions/{SLUG}/exercise.toml: its thresholds were not calibrated: run `make calibrate EXERCISE={SLUG}`"
    ]


CHANGES: dict[str, tuple[str, str, str]] = {
    "the reference": ("notebook.py", "rate * 2 *", "rate * 1.9 *"),
    "a setup cell": ("notebook.py", "POINTS = 200", "POINTS = 190"),
    "an example, which trains": ("notebook.py", "range(STEPS)", "range(STEPS - 1)"),
    "the metric": ("checks.py", "(-1, 1, 500)", "(-2, 2, 500)"),
    "a helper of the metric": ("checks.py", "return line", "return 0 + line"),
    "threads": ("exercise.toml", "minutes = 10", "minutes = 10\nthreads = 2"),
}
KEPT: dict[str, tuple[str, str, str]] = {
    "prose": ("notebook.py", "Fitted by small steps", "Fitted by steps"),
    "a comment": ("notebook.py", "# of the data", "# of all data"),
    "a docstring": ("notebook.py", "Return slope · inputs", "Return the slope · inputs"),
    "another check": ("checks.py", "size=7", "size=8"),
    "a title": ("exercise.toml", "One step down", "A step down"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_calibration_rests_on(trained: Repository, change: str) -> None:
    """What decides the values makes their calibration old."""
    judge(trained)
    name, old, new = CHANGES[change]
    edit(trained.solutions / SLUG / name, old, new)
    (line,) = lint_thresholds(trained)
    assert "have changed since the calibration" in line


@pytest.mark.parametrize("change", KEPT)
def test_what_it_does_not_rest_on(trained: Repository, change: str) -> None:
    """Twenty runs are not asked for again because of a comma."""
    judge(trained)
    name, old, new = KEPT[change]
    edit(trained.solutions / SLUG / name, old, new)
    assert lint_thresholds(trained) == []


def test_bound_moved_by_hand(trained: Repository) -> None:
    """Another bound has another rate of false fails."""
    judge(trained)
    edit(trained.solutions / SLUG / "exercise.toml", "at_most = 0.09", "at_most = 0.04")
    (line,) = lint_thresholds(trained)
    assert "[thresholds.error] does not say what its calibration found for this bound" in line


def test_number_written_by_hand(trained: Repository) -> None:
    """A rate that no run found is none."""
    judge(trained)
    edit(trained.solutions / SLUG / "exercise.toml", "false_fail = 0.002", "false_fail = 0.0")
    assert len(lint_thresholds(trained)) == 1


HARSH: dict[str, Callable[[Judged], Judged]] = {
    "rests on 3 runs, at least 4 are asked for": lambda one: msgspec.structs.replace(one, runs=3),
    "would turn away 2.0% of honest runs, at most 1.0% may be: choose a looser bound": (
        lambda one: msgspec.structs.replace(one, false_fail=0.02)
    ),
}


@pytest.mark.parametrize("complaint", HARSH)
def test_rules_of_the_course(trained: Repository, complaint: str) -> None:
    """Too few runs, and a bound that honest work would miss."""
    judge(trained, HARSH[complaint](FOUND))
    (line,) = lint_thresholds(trained)
    assert complaint in line


def test_calibration_leaves_a_proof_fresh(trained: Repository) -> None:
    """Its numbers prove nothing; the bounds do."""
    before = content_of(trained, SLUG)
    judge(trained)
    assert content_of(trained, SLUG) == before
    edit(trained.solutions / SLUG / "exercise.toml", "at_most = 0.09", "at_most = 0.04")
    assert content_of(trained, SLUG) != before
