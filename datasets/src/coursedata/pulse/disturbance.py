"""What moves and what lights the face: everything that changes a pixel and is no pulse."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.pulse.heart import Times
from coursedata.pulse.scenarios import Range, Scenario

__all__ = ["Disturbance", "band_noise"]

APERIODIC: Range = (0.5, 3.5)
"""Hz."""
SLOW: Range = (0.03, 0.35)
"""Hz: below any heart rate."""
LINES = 61
"""Sines that make a noise: about one for each 0.05 Hz of the band."""
NEAREST = 0.12
"""Hz between a periodic disturbance and the pulse: 7 BPM, more than any method is forgiven."""


def band_noise(times: Times, band: Range, rng: np.random.Generator, lines: int = LINES) -> Times:
    """Return noise of standard deviation 1 with all its power between two frequencies in Hz, at any times, (T,)."""
    width = (band[1] - band[0]) / lines
    hertz = band[0] + width * (np.arange(lines) + rng.random(lines))
    phases = 2.0 * math.pi * rng.random(lines)
    heights = np.sqrt(-2.0 * np.log(1.0 - rng.random(lines)) / lines)  # Rayleigh: the sum is Gaussian
    return np.asarray(np.sin(2.0 * math.pi * np.outer(times, hertz) + phases) @ heights)


@dataclass(frozen=True)
class Disturbance:
    """The disturbances of one clip; each call draws anew, so ask once."""

    scenario: Scenario
    pulse_hertz: float
    green_pulse: float
    """Amplitude of the pulse in green on this skin, as a share."""
    rng: np.random.Generator

    def white(self, times: Times, regions: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the changes of brightness (T, R) and of what the surface mirrors (T, R), as shares.

        All regions move by the same course over time, each 0.8 to 1.2 times as strong; the slow drift is equal in all.
        """
        what, size = self.scenario, len(times)
        if what.still:
            return np.zeros((size, regions)), np.zeros((size, regions))
        slow = what.drift * 0.5 * band_noise(times, SLOW, self.rng, 12)
        fast = self._periodic(times) + self._drawn(what.motion) * band_noise(times, APERIODIC, self.rng)
        weights = 0.8 + 0.4 * self.rng.random(regions)
        moved = fast[:, None] * weights
        return slow[:, None] + (1.0 - what.glint) * moved, what.glint * moved

    def colour(self, times: Times) -> NDArray[np.float64]:
        """Return the light's colour at each time, shape (T, 3), its tint times 1 on average."""
        what = self.scenario
        change = self._drawn(what.coloured) * band_noise(times, APERIODIC, self.rng)
        near = self._beside_pulse(self._drawn(what.flicker_gap))
        height = self._drawn(what.flicker) * self.green_pulse
        lamp = height * np.sin(2.0 * math.pi * (near * times + self.rng.random()))
        colours = change[:, None] * np.array(what.colour) + lamp[:, None] * np.array(what.flicker_colour)
        return np.asarray(np.array(what.tint) * (1.0 + colours))

    def _periodic(self, times: Times) -> Times:
        what = self.scenario
        hertz = self._drawn(what.sway_hertz)
        if abs(hertz - self.pulse_hertz) < NEAREST:
            hertz = self._beside_pulse(NEAREST)
        height = self._drawn(what.sway) * self.green_pulse
        return np.asarray(height * np.sin(2.0 * math.pi * (hertz * times + self.rng.random())))

    def _beside_pulse(self, gap: float) -> float:
        side = 1.0 if self.rng.random() < 0.5 or self.pulse_hertz - gap < 0.75 else -1.0
        return self.pulse_hertz + side * gap

    def _drawn(self, limits: Range) -> float:
        return limits[0] + (limits[1] - limits[0]) * float(self.rng.random())
