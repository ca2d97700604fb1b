"""A heart whose beats come sooner while breathing in, and the pulse it sends to the skin."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.face.waveform import WAVES

__all__ = ["Heart", "Times"]

Times = NDArray[np.float64]
"""Seconds, shape (T,)."""

BREATHS = (0.17, 0.30)
"""Hz: 10 to 18 breaths a minute."""
SLOWER = ((0.010, 0.025, 0.012), (0.04, 0.06, 0.010), (0.08, 0.12, 0.012))
"""Slowest and fastest frequency in Hz, and largest share of the rate, of what else changes it; last: Mayer waves."""
GRID = 0.01
"""Seconds between the points where beats are looked for."""


@dataclass(frozen=True)
class Heart:
    """A heart rate f(t) = `rate` / 60 * (1 + sum of a sin(2 pi f t + phi)), whose integral is known in closed form.

    The first sine is the breath (respiratory sinus arrhythmia), the others slower: see Task Force of the European
    Society of Cardiology, Heart rate variability, Circulation 93 (1996), for the bands.
    """

    rate: float
    """Nominal rate in beats a minute."""
    sines: tuple[tuple[float, float, float], ...]
    """Share of the rate, Hz and phase in radians of each."""
    start: float
    """Phase at time 0 in beats."""

    @classmethod
    def drawn(cls, rng: np.random.Generator, rate: float, arrhythmia: float = 1.0) -> Heart:
        """Return a heart of `rate` beats a minute; `arrhythmia` scales how far its rate changes, 0 keeps it."""

        def between(low: float, high: float) -> float:
            return low + (high - low) * float(rng.random())

        breath = (arrhythmia * between(0.01, 0.035), between(*BREATHS), between(0.0, 2.0 * math.pi))
        others = [
            (arrhythmia * between(0.3, 1.0) * share, between(low, high), between(0.0, 2.0 * math.pi))
            for low, high, share in SLOWER
        ]
        return cls(rate, (breath, *others), float(rng.random()))

    def phase(self, times: Times) -> Times:
        """Return the beats since the start at `times`, shape (T,)."""
        beats = times.astype(np.float64)
        for share, hertz, phi in self.sines:
            turn = 2.0 * math.pi * hertz
            beats = beats - share / turn * (np.cos(turn * times + phi) - math.cos(phi))
        return self.start + self.rate / 60.0 * beats

    def mean_rate(self, start: float, stop: float) -> float:
        """Return the mean rate from `start` to `stop` seconds, in beats a minute: the truth of that window."""
        first, last = self.phase(np.array([start, stop]))
        return float(last - first) / (stop - start) * 60.0

    def blood(self, times: Times) -> Times:
        """Return the blood volume pulse, shape (T,), about -1 to 1, a tenth larger and smaller with each breath.

        The shape of a beat (systolic peak, dicrotic notch, second peak) is that of `make_face_video`.
        """
        phase = self.phase(times) % 1.0
        beat = np.zeros(len(times))
        for height, place, width in WAVES:
            for turn in (-1.0, 0.0, 1.0):
                beat += height * np.exp(-0.5 * ((phase - place + turn) / width) ** 2)
        _, hertz, phi = self.sines[0]
        return (beat - MIDDLE) / HALF * (1.0 + 0.1 * np.sin(2.0 * math.pi * hertz * times + phi + 1.0))

    def beats(self, stop: float) -> Times:
        """Return the times of the systolic peaks from 0 to `stop` seconds."""
        grid = np.arange(0.0, stop + GRID, GRID)
        phase = self.phase(grid) - WAVES[0][1]
        whole = np.arange(math.ceil(phase[0]), math.floor(phase[-1]) + 1)
        peaks = np.interp(whole, phase, grid)
        return np.asarray(peaks[peaks <= stop])


def _measured() -> tuple[float, float]:
    """Return the mean and half the range of one beat as the sum of its waves."""
    phases = np.arange(1000) / 1000.0
    raw = sum(
        height * np.exp(-0.5 * ((phases - place + turn) / width) ** 2)
        for height, place, width in WAVES
        for turn in (-1.0, 0.0, 1.0)
    )
    wave = np.asarray(raw)
    return float(wave.mean()), float(np.ptp(wave)) / 2.0


MIDDLE, HALF = _measured()
