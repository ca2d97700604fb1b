"""What the fixture `threshold` is: a bound from exercise.toml, and a sentence for whoever missed it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from autograder.compare.mismatch import Mismatch
from autograder.errors import GraderFault
from autograder.manifest import Exercise, Threshold

__all__ = ["Thresholds"]

DIGITS = range(3, 17)


@dataclass(frozen=True)
class Thresholds:
    """Requires a value that was reached to be on the right side of a threshold of the exercise."""

    exercise: Exercise
    reached: dict[str, list[float]] | None = field(default=None, repr=False)
    """Where a calibration keeps the values; then none is refused."""

    def __call__(self, name: str, value: float) -> None:
        """Raise Mismatch, with what was reached and what is asked for, where `value` misses the threshold `name`."""
        __tracebackhide__ = True
        known = self.exercise.thresholds
        if name not in known:
            slug = self.exercise.slug
            raise GraderFault(
                f"{slug}/exercise.toml has no [thresholds.{name}]; there are: {', '.join(known) or 'none'}"
            )
        threshold, number = known[name], float(value)
        if self.reached is not None:
            self.reached.setdefault(name, []).append(number)
            return
        if not math.isfinite(number):
            raise Mismatch("finite", f"{_subject(threshold)} is no finite number.")
        bound = threshold.proof if self.exercise.small and threshold.proof is not None else threshold.bound
        if threshold.missed_by(number, bound):
            raise Mismatch("value", _sentence(threshold, number, bound))


def _sentence(threshold: Threshold, value: float, bound: float) -> str:
    side = "at most" if threshold.at_least is None else "at least"
    asked = _shown(bound, threshold.unit)
    scale = _scale(threshold.unit)
    texts = [f"{value * scale:.{digits}g}" for digits in DIGITS]
    # as many digits as it takes to see that the bound was missed
    text = next((one for one in texts if threshold.missed_by(float(one), bound * scale)), texts[-1])
    return f"{_subject(threshold)} is {_with_unit(text, threshold.unit)}; {side} {asked} is asked for."


def _subject(threshold: Threshold) -> str:
    what = threshold.what or "what was reached"
    return what[0].upper() + what[1:]


def _shown(value: float, unit: str) -> str:
    return _with_unit(f"{value * _scale(unit):.12g}", unit)


def _with_unit(text: str, unit: str) -> str:
    return f"{text} {unit}" if unit else text


def _scale(unit: str) -> float:
    return 100.0 if unit == "%" else 1.0
