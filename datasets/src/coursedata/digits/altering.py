"""`alter_digits`: held-out digits moved, turned and sampled anew, so that no hidden set is a public one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import generator

__all__ = ["Alteration", "alter_digits"]

Plane = NDArray[np.float32]
BLOCK = 256
"""Pictures altered at once."""


@dataclass(frozen=True)
class Alteration:
    """The largest change of each kind."""

    shift: float = 1.0
    """Pixels, to each side; parts of a pixel too, so that every picture is sampled anew."""
    turn: float = 0.07
    """Tangent of half the angle: 0.07 is 8 degrees."""
    scale: float = 0.06
    """Larger or smaller by this part."""


def alter_digits(images: NDArray[np.uint8], *, seed: int, alteration: Alteration | None = None) -> NDArray[np.uint8]:
    """Return (N, H, W) uint8 pictures, each shifted, turned about its middle and scaled a little, as `seed` says.

    Pixels between the old ones are bilinear; what comes from outside is black. Equal seeds give equal bytes on every
    machine. `images` stays as it was.

    Raises ValueError when `images` is not (N, H, W) of uint8 or `seed` is negative.
    """
    if images.ndim != 3 or images.dtype != np.uint8:
        raise ValueError(f"images are (N, H, W) of uint8, not {images.shape} of {images.dtype}")
    if seed < 0:
        raise ValueError(f"seed is a whole number from 0, not {seed}")
    limits = alteration or Alteration()
    rng = generator(seed, 14)
    altered = np.empty_like(images)
    for start in range(0, len(images), BLOCK):
        block = images[start : start + BLOCK]
        rows, columns = _sources(block.shape, limits, rng)
        altered[start : start + BLOCK] = _sampled(block, rows, columns)
    return altered


def _sources(shape: tuple[int, ...], limits: Alteration, rng: np.random.Generator) -> tuple[Plane, Plane]:
    """Return the row and the column, both (N, H, W), from which each pixel is taken."""
    count, height, width = shape

    def spread(half: float) -> Plane:
        return (half * (2.0 * rng.random((count, 1, 1)) - 1.0)).astype(np.float32)

    one = np.float32(1.0)
    down = np.arange(height, dtype=np.float32)[None, :, None] - np.float32((height - 1) / 2) - spread(limits.shift)
    across = np.arange(width, dtype=np.float32)[None, None, :] - np.float32((width - 1) / 2) - spread(limits.shift)
    tangent, smaller = spread(limits.turn), one / (one + spread(limits.scale))
    whole = one + tangent * tangent
    cosine, sine = smaller * (one - tangent * tangent) / whole, smaller * np.float32(2.0) * tangent / whole
    rows = down * cosine - across * sine + np.float32((height - 1) / 2)
    columns = down * sine + across * cosine + np.float32((width - 1) / 2)
    return rows, columns


def _sampled(block: NDArray[np.uint8], rows: Plane, columns: Plane) -> NDArray[np.uint8]:
    """Return pictures read at (rows, columns), bilinear, with a black border of one pixel around each."""
    count, height, width = block.shape
    padded = np.zeros((count, height + 3, width + 3), dtype=np.float32)
    padded[:, 1 : height + 1, 1 : width + 1] = block
    row = np.clip(rows + np.float32(1.0), 0.0, np.float32(height + 1))
    column = np.clip(columns + np.float32(1.0), 0.0, np.float32(width + 1))
    top, left = np.floor(row).astype(np.int64), np.floor(column).astype(np.int64)
    lower, right = (row - top).astype(np.float32), (column - left).astype(np.float32)
    number = np.arange(count)[:, None, None]
    above = padded[number, top, left] * (1 - right) + padded[number, top, left + 1] * right
    below = padded[number, top + 1, left] * (1 - right) + padded[number, top + 1, left + 1] * right
    value = above * (1 - lower) + below * lower
    return np.asarray(np.floor(value + np.float32(0.5)), dtype=np.uint8)
