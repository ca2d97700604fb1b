"""What a calibration rests on, and which thresholds lack one: `make lint` asks this, and runs nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autograder.calibrate.record import Judged, read_calibration
from autograder.errors import UserError
from autograder.grade.asked import metrics_of
from autograder.manifest import Exercise, Repository, Threshold
from autograder.prove.course import Rules, load_rules
from autograder.prove.taken import coursedata_hash
from autograder.release.source import read_source
from autograder.syntax import tree_text, without_docstrings

__all__ = ["as_chosen", "calibrated_on", "lint_thresholds"]


def calibrated_on(repo: Repository, exercise: Exercise) -> str:
    """Return a hash of what decides the values that thresholds are about; prose, comments and other checks do not."""
    cells = [cell for cell in read_source(exercise.folder).cells if cell.cell_type == "code"]
    code = [cell.solution.reference if cell.solution else cell.python for cell in cells]
    checks = (exercise.folder / "checks.py").read_text(encoding="utf-8")
    path = exercise.folder / "probes.py"
    probes = path.read_text(encoding="utf-8") if path.exists() else ""
    texts = [
        *(tree_text(without_docstrings(cell)) for cell in code),
        metrics_of(checks),
        tree_text(without_docstrings(probes)) if probes else "",
        coursedata_hash(repo, [*code, checks, probes]),
        f"{exercise.threads} {sorted(exercise.data)} {exercise.training.mode}",
    ]
    return hashlib.sha256("\x00".join(texts).encode()).hexdigest()[:16]


def lint_thresholds(repo: Repository) -> list[str]:
    """Return one line for each threshold that is not calibrated, not any more, or turns honest work away."""
    return [line for slug in repo.slugs() for line in _of(repo, repo.exercise(slug))]


def _of(repo: Repository, exercise: Exercise) -> Iterator[str]:
    if not exercise.thresholds:
        return
    yield from _of_choice(repo, exercise, "")
    for chosen in sorted({value for one in exercise.thresholds.values() for value in one.where}):
        yield from _of_choice(repo, as_chosen(exercise, chosen), chosen)


def as_chosen(exercise: Exercise, value: str) -> Exercise:
    """Return the exercise for cohorts that chose `value`, with the thresholds alone that say so.

    Raises UserError, with the values that are known, where no choice and no threshold has this one.
    """
    known = {one for choice in exercise.choices.values() for one in choice.data}
    known |= {one for threshold in exercise.thresholds.values() for one in threshold.where}
    if value not in known:
        there = ", ".join(sorted(known)) or "none"
        raise UserError(f"{_shown(exercise)}: nothing there is for cohorts that chose {value!r}; there are: {there}")
    names = [name for name, choice in exercise.choices.items() if value in choice.data] or list(exercise.choices)[:1]
    if not names:
        raise UserError(
            f"{_shown(exercise)}: no table [choices.NAME] lets a cohort choose {value!r}: add one, or delete `where`"
        )
    other = {name: one for name, one in exercise.thresholds.items() if value in one.where}
    exercise = msgspec.structs.replace(exercise, thresholds=other)
    return exercise.with_choices(dict.fromkeys(names, value))


def _of_choice(repo: Repository, exercise: Exercise, chosen: str) -> Iterator[str]:
    shown, rules = _shown(exercise), load_rules(repo, exercise)
    more = f" ARGS='--choose {chosen}'" if chosen else ""
    again = f"run `make calibrate EXERCISE={exercise.slug}{more}`"
    found = read_calibration(exercise.folder, chosen)
    if found is None:
        yield f"{shown}: its thresholds were not calibrated{f' for {chosen}' if chosen else ''}: {again}"
    elif found.content != calibrated_on(repo, exercise):
        yield f"{shown}: the notebook, its metric checks or its data have changed since the calibration: {again}"
    else:
        for name, threshold in exercise.thresholds.items():
            table = f"thresholds.{name}.where.{chosen}" if chosen else f"thresholds.{name}"
            yield from _complaints(f"{shown}: [{table}]", threshold, found.thresholds.get(name), rules, again)


def _complaints(where: str, threshold: Threshold, judged: Judged | None, rules: Rules, again: str) -> Iterator[str]:
    if judged is None or judged.bound != threshold.bound or _numbers(judged) != _numbers(threshold):
        yield f"{where} does not say what its calibration found for this bound: {again}"
        return
    if judged.runs < rules.calibration_runs:
        yield f"{where} rests on {judged.runs} runs, at least {rules.calibration_runs} are asked for: {again}"
    if judged.false_fail > rules.false_fail:
        yield (
            f"{where} would turn away {judged.false_fail:.1%} of honest runs, at most {rules.false_fail:.1%} may be: "
            f"choose a looser bound (the runs reached {judged.mean:.4g} ± {judged.spread:.2g})"
        )


def _numbers(one: Threshold | Judged) -> tuple[float | None, ...]:
    return one.runs, one.mean, one.spread, one.false_fail


def _shown(exercise: Exercise) -> str:
    return f"solutions/{Path(exercise.folder).name}/exercise.toml"
