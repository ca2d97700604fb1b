"""Grade the reference over seeds, each run as a student's notebook is graded."""

from __future__ import annotations

import ast
import math
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import msgspec

from autograder.calibrate.judge import worst
from autograder.calibrate.record import Run
from autograder.environment import cores
from autograder.grade.grader import Grader, Job
from autograder.grade.report import Verdict
from autograder.manifest import Exercise
from autograder.prove.slots import do_all, warm_for
from autograder.prove.training import hand_in_weights
from autograder.prove.trials import write_submission
from autograder.release.build import notebook_dict
from autograder.release.sizes import assigned, sized_source
from autograder.release.source import Source, read_source
from autograder.sandbox.warm import Warm

__all__ = ["SEED", "Tried", "seeded_runs", "takes_a_seed"]

SEED = "SEED"
SECRET = b"the secret of calibrations, the same everywhere, so that each can be repeated"
STUDENT = "calibration"


class Tried(msgspec.Struct, frozen=True):
    """What one seed gave."""

    run: Run
    faults: list[str] = []
    """Why it cannot count."""


def takes_a_seed(source: Source) -> bool:
    """Return whether a setup cell assigns SEED; else runs differ in their hidden inputs alone."""
    setups = (ast.parse(cell.python).body for cell in source.cells if cell.kind == "setup")
    return any(name == SEED for body in setups for name, _ in assigned(body))


def seeded_runs(exercise: Exercise, seeds: list[int]) -> Iterator[Tried]:
    """Yield what each seed gave, as they come, with a slot for each core."""
    if not seeds:
        return
    slots = min(cores(), len(seeds))
    with tempfile.TemporaryDirectory(prefix="t2p-calibrate-") as folder, warm_for(exercise, slots, []) as warm:
        runs = partial(_Runs, exercise, warm, folder=Path(folder))
        for _, tried in do_all([("run", (seed,)) for seed in seeds], runs, slots):
            yield tried


@dataclass
class _Runs:
    exercise: Exercise
    warm: Warm
    slot: int
    folder: Path

    def run(self, seed: int) -> Tried:
        """Grade the reference with this seed, and with hidden inputs of its own."""
        exercise = self._seeded(seed)
        name = f"seed-{seed}"
        write_submission(self.folder, exercise, name, notebook_dict(exercise, sized_source(exercise), answers=True))
        began = time.monotonic()
        notebook = self.folder / name / f"{exercise.slug}.ipynb"
        trained = hand_in_weights(self.warm.slots[self.slot], exercise, notebook)
        grader = Grader(exercise, SECRET, self.warm, self.slot)
        examiner = grader.examiner(name)
        examiner.reached = {}
        report = grader.grade(Job(STUDENT, str(notebook), name))
        seconds = time.monotonic() - began
        values = {
            name: worst(exercise.thresholds[name], given)
            for name, given in examiner.reached.items()
            if name in exercise.thresholds
        }
        findings = [finding for part in report.parts for finding in part.findings]
        faults = [
            f"with SEED = {seed} the reference does not pass {one.check}: {one.reason or one.verdict}"
            for one in findings
            if one.verdict is not Verdict.PASSED
        ]
        faults += [
            f"with SEED = {seed} the threshold {name!r} was given {value}, which is no number: mend the reference, "
            f"or what its check computes"
            for name, value in values.items()
            if not math.isfinite(value)
        ]
        faults += [
            f"with SEED = {seed} no check reached the threshold {name!r}"
            for name in exercise.thresholds
            if name not in values and not faults
        ]
        cpu_seconds = round(report.cpu_seconds + trained, 4)
        return Tried(Run(seed, values, cpu_seconds, round(seconds, 2), report.memory_mib), faults)

    def _seeded(self, seed: int) -> Exercise:
        source = read_source(self.exercise.folder)
        return self.exercise.with_literals({SEED: seed}) if takes_a_seed(source) else self.exercise
