"""The ten digits as pen strokes, in the ways people write them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import sine

__all__ = ["GLYPHS", "Glyph"]

Point = tuple[float, float]
STEPS = 3
"""Straight pieces between two control points of a curve."""


@dataclass(frozen=True)
class Stroke:
    """Control points that the pen goes through, x to the right and y down, both from 0 to 1."""

    points: tuple[Point, ...]
    curved: bool

    def weights(self) -> NDArray[np.float32]:
        """Return (V, P): each of the V vertices of the drawn line as a weighted sum of the P control points.

        A curve is a Catmull-Rom spline (Catmull and Rom, 1974), which passes through its control points.
        """
        count = len(self.points)
        if not self.curved:
            return np.eye(count, dtype=np.float32)
        rows = [_spline_row(count, piece, step / STEPS) for piece in range(count - 1) for step in range(STEPS)]
        return np.array([*rows, _spline_row(count, count - 2, 1.0)], dtype=np.float32)


@dataclass(frozen=True)
class Glyph:
    """One way to write one digit."""

    digit: int
    share: float
    """Share of the people who write the digit so; the shares of a digit add up to 1."""
    strokes: tuple[Stroke, ...]

    @property
    def points(self) -> NDArray[np.float32]:
        """All control points, shape (P, 2)."""
        return np.array([point for stroke in self.strokes for point in stroke.points], dtype=np.float32)


def _spline_row(count: int, piece: int, t: float) -> list[float]:
    weights = (
        0.5 * (-t + 2.0 * t * t - t * t * t),
        0.5 * (2.0 - 5.0 * t * t + 3.0 * t * t * t),
        0.5 * (t + 4.0 * t * t - 3.0 * t * t * t),
        0.5 * (-t * t + t * t * t),
    )
    row = [0.0] * count
    for offset, weight in enumerate(weights):
        row[min(max(piece - 1 + offset, 0), count - 1)] += weight
    return row


def _line(*points: Point) -> Stroke:
    return Stroke(points, curved=False)


def _curve(*points: Point) -> Stroke:
    return Stroke(points, curved=True)


def _arc(x: float, y: float, rx: float, ry: float, turns: tuple[float, float], count: int = 8) -> Stroke:
    """Return part of an ellipse; 0 turns is to the right, a quarter is down."""
    start, end = turns
    angles = [start + (end - start) * index / count for index in range(count + 1)]
    return _curve(*((x + rx * sine(angle + 0.25), y + ry * sine(angle)) for angle in angles))


def _ring(x: float, y: float, rx: float, ry: float) -> Stroke:
    return _arc(x, y, rx, ry, (-0.30, 0.72))


GLYPHS: tuple[Glyph, ...] = (
    Glyph(0, 0.8, (_ring(0.5, 0.5, 0.34, 0.5),)),
    Glyph(0, 0.2, (_ring(0.5, 0.5, 0.30, 0.5), _line((0.72, 0.18), (0.28, 0.82)))),
    Glyph(1, 0.5, (_line((0.5, 0.0), (0.5, 0.5), (0.5, 1.0)),)),
    Glyph(1, 0.35, (_line((0.26, 0.24), (0.54, 0.0), (0.54, 1.0)),)),
    Glyph(1, 0.15, (_line((0.26, 0.24), (0.52, 0.0), (0.52, 1.0)), _line((0.22, 1.0), (0.82, 1.0)))),
    Glyph(2, 0.6, (_curve((0.18, 0.24), (0.40, 0.0), (0.76, 0.14), (0.72, 0.46), (0.18, 1.0)),
                   _line((0.18, 1.0), (0.86, 0.98)))),
    Glyph(2, 0.4, (_curve((0.16, 0.22), (0.42, 0.0), (0.78, 0.20), (0.58, 0.62), (0.26, 0.96), (0.12, 0.86),
                          (0.30, 0.78), (0.56, 0.94), (0.90, 0.92)),)),
    Glyph(3, 0.7, (_curve((0.18, 0.10), (0.52, 0.0), (0.78, 0.18), (0.66, 0.40), (0.40, 0.47)),
                   _curve((0.40, 0.47), (0.76, 0.55), (0.82, 0.80), (0.52, 1.0), (0.16, 0.90)))),
    Glyph(3, 0.3, (_line((0.18, 0.02), (0.78, 0.02), (0.44, 0.40)),
                   _curve((0.44, 0.40), (0.76, 0.50), (0.80, 0.80), (0.52, 1.0), (0.16, 0.90)))),
    Glyph(4, 0.6, (_line((0.34, 0.0), (0.12, 0.58), (0.88, 0.58)), _line((0.68, 0.22), (0.66, 1.0)))),
    Glyph(4, 0.4, (_line((0.64, 1.0), (0.64, 0.0), (0.10, 0.66), (0.90, 0.66)),)),
    Glyph(5, 0.6, (_line((0.80, 0.02), (0.30, 0.02), (0.24, 0.44)),
                   _curve((0.24, 0.44), (0.54, 0.36), (0.82, 0.58), (0.68, 0.92), (0.38, 1.0), (0.14, 0.88)))),
    Glyph(5, 0.4, (_curve((0.84, 0.06), (0.40, 0.04), (0.26, 0.28), (0.52, 0.46), (0.76, 0.68), (0.56, 0.98),
                          (0.18, 0.92)),)),
    Glyph(6, 0.6, (_curve((0.72, 0.02), (0.40, 0.20), (0.22, 0.56), (0.30, 0.92), (0.58, 1.0), (0.80, 0.78),
                          (0.62, 0.54), (0.26, 0.66)),)),
    Glyph(6, 0.4, (_curve((0.52, 0.0), (0.30, 0.34), (0.22, 0.70), (0.46, 1.0), (0.76, 0.84), (0.66, 0.58),
                          (0.40, 0.60), (0.26, 0.80)),)),
    Glyph(7, 0.5, (_line((0.14, 0.04), (0.84, 0.02), (0.42, 1.0)),)),
    Glyph(7, 0.3, (_line((0.14, 0.04), (0.84, 0.02), (0.42, 1.0)), _line((0.34, 0.50), (0.82, 0.46)))),
    Glyph(7, 0.2, (_curve((0.14, 0.14), (0.40, 0.06), (0.84, 0.02), (0.60, 0.44), (0.50, 1.0)),)),
    Glyph(8, 0.6, (_curve((0.68, 0.12), (0.42, 0.0), (0.24, 0.22), (0.50, 0.48), (0.76, 0.76), (0.50, 1.0),
                          (0.24, 0.78), (0.50, 0.48), (0.76, 0.24), (0.62, 0.08)),)),
    Glyph(8, 0.4, (_ring(0.5, 0.24, 0.24, 0.24), _ring(0.5, 0.74, 0.30, 0.26))),
    Glyph(9, 0.5, (_ring(0.46, 0.28, 0.28, 0.28), _curve((0.74, 0.24), (0.74, 0.60), (0.66, 1.0)))),
    Glyph(9, 0.5, (_curve((0.76, 0.16), (0.46, 0.0), (0.20, 0.26), (0.42, 0.52), (0.74, 0.36), (0.78, 0.14),
                          (0.78, 0.60), (0.60, 0.94), (0.26, 0.94)),)),
)  # fmt: skip
