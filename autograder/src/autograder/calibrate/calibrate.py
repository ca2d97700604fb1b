"""`make calibrate`: run the reference over seeds; write what its thresholds may ask and how often they would err."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from autograder.calibrate.freshness import as_chosen, calibrated_on
from autograder.calibrate.judge import judged
from autograder.calibrate.manifest import write_numbers
from autograder.calibrate.plot import draw
from autograder.calibrate.record import Calibration, Run, read_calibration, write_calibration
from autograder.calibrate.runs import SEED, seeded_runs, takes_a_seed
from autograder.environment import cores
from autograder.grade.unit import environment_of
from autograder.manifest import Exercise, Repository
from autograder.progress import Say
from autograder.release.source import read_source

__all__ = ["Calibrated", "calibrate"]

AND = " and "
"""Between the places where the runs of one calibration were made."""
MIXED = "the runs were made in more than one place: ARGS='--again' makes all of them anew, here"
ONLY_INPUTS = "the runs differ in their hidden inputs alone"


@dataclass(frozen=True)
class Calibrated:
    """What calibrating gave; with faults nothing was written into exercise.toml."""

    exercise: Exercise
    calibration: Calibration
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chosen: str = ""
    """The value that cohorts chose for whom this was found."""


def calibrate(
    repo: Repository, slug: str, seeds: int, say: Say, *, again: bool = False, chosen: str = ""
) -> Calibrated:
    """Run the reference with the seeds 0 to `seeds` - 1 and write what it reached; runs that still hold are kept.

    Args:
        repo: the course.
        slug: the exercise.
        seeds: how many.
        say: told after each run.
        again: run all of them anew.
        chosen: as cohorts have it that chose this value, such as "mnist".
    """
    exercise = as_chosen(repo.exercise(slug), chosen) if chosen else repo.exercise(slug)
    found = _begun(repo, exercise, chosen, again=again)
    missing = [seed for seed in range(seeds) if all(run.seed != seed for run in found.runs)]
    faults: list[str] = []
    say(f"calibrating {slug}", seeds - len(missing), seeds)
    for number, tried in enumerate(seeded_runs(exercise, missing), 1):
        faults += tried.faults
        if not tried.faults:
            found = _with(found, tried.run)
            write_calibration(found, exercise.folder, chosen)  # whoever stops it here goes on from here
        say(f"calibrating {slug}", seeds - len(missing) + number, seeds)
    if not faults:
        found = _judged(exercise, found)
        write_calibration(found, exercise.folder, chosen)
        write_numbers(exercise, found.thresholds, chosen)
        draw(exercise, found, chosen)
    return Calibrated(exercise, found, faults, _notes(exercise, found), chosen)


def _begun(repo: Repository, exercise: Exercise, chosen: str, *, again: bool) -> Calibration:
    content = calibrated_on(repo, exercise)
    before = read_calibration(exercise.folder, chosen)
    kept = before.runs if before is not None and before.content == content and not again else []
    kept = [run for run in kept if exercise.thresholds.keys() <= run.values.keys()]
    measured_on = before.measured_on if before is not None and kept else ""
    return Calibration(exercise.slug, content, measured_on, kept)


def _with(found: Calibration, run: Run) -> Calibration:
    """Add a run that was made here."""
    runs = sorted([*found.runs, run], key=lambda one: one.seed)
    places = dict.fromkeys([*filter(None, found.measured_on.split(AND)), f"{environment_of()}, {cores()} cores"])
    return msgspec.structs.replace(found, runs=runs, measured_on=AND.join(places))


def _notes(exercise: Exercise, found: Calibration) -> list[str]:
    notes = [] if takes_a_seed(read_source(exercise.folder)) else [f"no setup cell assigns {SEED}: {ONLY_INPUTS}"]
    return notes + ([MIXED] if AND in found.measured_on else [])


def _judged(exercise: Exercise, found: Calibration) -> Calibration:
    thresholds = {
        name: judged(threshold, [run.values[name] for run in found.runs])
        for name, threshold in exercise.thresholds.items()
    }
    return msgspec.structs.replace(found, thresholds=thresholds)
