"""From the values that seeded runs reached to how often a bound would turn honest work away.

Counting alone cannot tell rates below one in as many runs: 20 runs that all pass say only "below 14 %" with 95 %
confidence. So beside the count stands the tail of a distribution: Student's t around the runs' mean, with their spread
and with n - 1 degrees of freedom, as the next run would be predicted from n (its scale is spread * sqrt(1 + 1/n)). Not
the normal distribution, whose tail takes mean and spread for known: with 20 runs and a bound three spreads away it
says 0.13 %, and t says 0.43 %. An accuracy near its ceiling has a longer tail below than either; therefore a miss that
was seen counts too, and the larger of the two is what is written.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

from autograder.calibrate.record import Judged
from autograder.manifest import Threshold

__all__ = ["judged", "worst"]

DIGITS = 5


def worst(threshold: Threshold, values: Sequence[float]) -> float:
    """Return the value that decides: the checks of one run may have given several, and no number is the worst."""
    lost = [value for value in values if not math.isfinite(value)]
    if lost:
        return lost[0]
    return max(values) if threshold.at_least is None else min(values)


def judged(threshold: Threshold, values: Sequence[float]) -> Judged:
    """Return what `values`, one for each run, say of a threshold."""
    count, bound = len(values), threshold.bound
    mean = statistics.fmean(values)
    spread = statistics.stdev(values) if count > 1 else 0.0
    missed = sum(threshold.missed_by(value, bound) for value in values)
    distance = mean - bound if threshold.at_most is None else bound - mean
    tail = _tail(distance, spread, count)
    rate = max(missed / count, tail)
    return Judged(bound, count, _short(mean), _short(spread), round(rate, DIGITS), missed, round(tail, DIGITS))


def _tail(distance: float, spread: float, count: int) -> float:
    """Return the share of runs beyond a bound that lies `distance` on the wrong side of their mean."""
    if not spread:
        return 0.0 if distance >= 0 else 1.0
    from scipy.stats import t

    return float(t.sf(distance / (spread * math.sqrt(1 + 1 / count)), count - 1))


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
