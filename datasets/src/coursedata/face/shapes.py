"""Soft shapes on a canvas: coverages between 0 and 1 that are painted over one another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Canvas", "Image", "Plane", "soft"]

Plane = NDArray[np.float64]
"""One value a pixel, shape (H, W)."""
Image = NDArray[np.float64]
"""Colours, shape (H, W, channels)."""

SHORTER_SIDE = 1.62
"""Length of the picture's shorter side."""


def soft(value: Plane, edge: float) -> Plane:
    """Return a step from 1 (`value` below -`edge`) to 0 (above `edge`), smooth between; shape as `value`."""
    ramp = np.clip(0.5 - value / (2.0 * edge), 0.0, 1.0)
    return ramp * ramp * (3.0 - 2.0 * ramp)


@dataclass(frozen=True)
class Canvas:
    """Coordinates of every pixel: `x` to the right, `y` down, 0 in the middle, a face about 1 wide and 1.5 high."""

    x: Plane
    y: Plane
    pixel: float
    """Width of one final pixel."""
    samples: int
    """Points along each side of a final pixel that are averaged into it."""

    @classmethod
    def of(cls, height: int, width: int, margin: int, samples: int = 3) -> Canvas:
        """Return the canvas of a picture, `margin` pixels wider on each side."""
        unit = SHORTER_SIDE / min(height, width)
        rows = (np.arange((height + 2 * margin) * samples) + 0.5) / samples - margin - height / 2.0
        columns = (np.arange((width + 2 * margin) * samples) + 0.5) / samples - margin - width / 2.0
        x, y = np.broadcast_arrays(columns[None, :] * unit, rows[:, None] * unit)
        return cls(x=x, y=y, pixel=unit, samples=samples)

    def ellipse(self, x: float, y: float, rx: float, ry: float, edge: float | None = None) -> Plane:
        """Return the coverage of an ellipse; `edge` is the half-width of its border, by default half a pixel."""
        radius = np.sqrt(((self.x - x) / rx) ** 2 + ((self.y - y) / ry) ** 2)
        return soft((radius - 1.0) * min(rx, ry), self.pixel / 2.0 if edge is None else edge)

    def below(self, border: Plane | float, edge: float | None = None) -> Plane:
        """Return the coverage of everything below the line y = `border`."""
        return soft(border - self.y, self.pixel / 2.0 if edge is None else edge)

    def stroke(self, line: Plane, x: float, reach: float, thickness: float, edge: float | None = None) -> Plane:
        """Return a brush stroke along y = `line` around `x`, thinning out at the distance `reach`."""
        along = np.clip(1.0 - ((self.x - x) / reach) ** 2, 0.0, 1.0)
        width = thickness * np.sqrt(along)
        return soft(np.abs(self.y - line) - width, self.pixel / 2.0 if edge is None else edge) * (along > 0.0)

    def average(self, plane: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return (H, W, ...) at final pixels from a plane or an image at sample points."""
        step = self.samples
        columns = sum(plane[:, index::step] for index in range(step))
        return np.asarray(sum(np.asarray(columns)[index::step] for index in range(step)) / float(step * step))
