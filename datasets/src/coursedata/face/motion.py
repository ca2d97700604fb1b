"""How a person who sits still moves all the same: sway, blinks, and light that drifts."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import sine, snap

__all__ = ["blinks", "drift", "sway"]

SLOWEST, FASTEST = 0.08, 0.35
"""Frequencies in Hz of sway and drift: below any heart rate, so that a band-pass can part them."""


@dataclass(frozen=True)
class _Wander:
    """A sum of three slow sines."""

    sines: tuple[tuple[float, float], ...]

    @classmethod
    def drawn(cls, rng: np.random.Generator) -> _Wander:
        return cls(tuple((SLOWEST + (FASTEST - SLOWEST) * rng.random(), rng.random()) for _ in range(3)))

    def at(self, time: float) -> float:
        return math.fsum(sine(hertz * time + phase) for hertz, phase in self.sines) / len(self.sines)


def sway(rng: np.random.Generator, times: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Return the head's offset to the right and downwards at `times`, shape (T, 2), never more than `size`."""
    right, down = _Wander.drawn(rng), _Wander.drawn(rng)
    return np.array([(size * right.at(float(time)), size * 0.6 * down.at(float(time))) for time in times])


def drift(rng: np.random.Generator, times: NDArray[np.float64], size: float) -> NDArray[np.float64]:
    """Return the relative brightness of the light at `times`, shape (T,), within 1 ± `size`."""
    wander = _Wander.drawn(rng)
    return np.array([1.0 + size * wander.at(float(time)) for time in times])


def blinks(rng: np.random.Generator, times: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far the eyes are shut at `times`, shape (T,): 0 open, 1 shut. One blink in 2.5 to 5.5 seconds."""
    closed = np.zeros(len(times))
    end = float(times[-1])
    middle = 1.0 + 2.5 * rng.random()
    while middle < end + 1.0:
        half = 0.10 + 0.05 * rng.random()
        for index, time in enumerate(times):
            closed[index] = max(closed[index], _lid((float(time) - middle) / half))
        middle += 2.5 + 3.0 * rng.random()
    return closed


def _lid(offset: float) -> float:
    return snap(min(1.0, 1.6 * (1.0 - offset * offset))) if abs(offset) < 1.0 else 0.0
