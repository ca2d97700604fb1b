"""`draw_digits`: seeded pictures of handwritten digits, 28 x 28, drawn from strokes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coursedata.digits.strokes import GLYPHS, Glyph
from coursedata.face.exact import generator, normal

__all__ = ["SIDE", "draw_digits"]

Plane = NDArray[np.float32]
SIDE = 28
"""Rows and columns of a picture."""
BLOCK = 64
"""Digits drawn at once: their distances fit the processor's cache."""
SEEDS = 2**256


@dataclass(frozen=True)
class Hand:
    """How far handwriting strays from the skeleton; every spread is half a range, in the unit named."""

    wobble: float = 0.065
    """Each control point, in parts of the digit's box."""
    turn: float = 0.19
    """Tangent of half the largest turn: 0.19 is 22 degrees."""
    slant: float = 0.25
    """Columns that a row moves for each row below the middle."""
    height: tuple[float, float] = (14.0, 20.0)
    """Pixels."""
    slimness: tuple[float, float] = (0.65, 1.05)
    """Width in parts of the height."""
    bend: float = 0.15
    """Height of the parabola that a straight line may be bent to, in parts of its length."""
    shift: float = 1.25
    """Pixels off the middle."""
    pen: tuple[float, float] = (0.7, 1.7)
    """Half the line's width, in pixels."""
    ink: tuple[float, float] = (0.45, 1.0)
    """Brightness of the line."""
    noise: tuple[float, float] = (0.02, 0.14)
    """Standard deviation of every pixel, in parts of white."""
    scraps: int = 2
    """Most short strokes beside the digit, which mean nothing."""


HAND = Hand()


def draw_digits(count: int, *, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return `count` seeded pictures of digits, (count, 28, 28) uint8, and what they show, (count,) uint8 from 0 to 9.

    Ink is bright on black, as in MNIST. Digits come in random order, as many of each as `count` allows. Each is one of
    22 skeletons with shaken control points, turned, slanted, bent, scaled, drawn with a pen of random width, with up to
    two meaningless scraps of a stroke and noise. Equal seeds give equal bytes on every machine; other seeds give other
    digits of the same kind, so that a set nobody has seen costs one number.

    Raises ValueError when `count` is not from 1 to 1,000,000 or `seed` is negative.
    """
    if not 1 <= count <= 1_000_000:
        raise ValueError(f"count is the number of digits, from 1 to 1,000,000, not {count}")
    if not 0 <= seed < SEEDS:
        raise ValueError(f"seed is a whole number from 0 to 2**256 - 1, not {seed}")
    labels = (_order(generator(seed, 10), count) % 10).astype(np.uint8)
    styles = _styles(generator(seed, 11), labels)
    lines, noise = generator(seed, 12), generator(seed, 13)
    images = np.empty((count, SIDE, SIDE), dtype=np.uint8)
    for style, glyph in enumerate(GLYPHS):
        members = np.flatnonzero(styles == style)
        for start in range(0, len(members), BLOCK):
            block = members[start : start + BLOCK]
            images[block] = _expose(_draw(glyph, len(block), lines), noise)
    return images, labels


def _order(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Return 0 to count - 1 in random order, by a stable sort, the same with every version of NumPy."""
    return np.argsort(rng.random(count), kind="stable")


def _styles(rng: np.random.Generator, labels: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return the index in GLYPHS of the way in which each digit is written."""
    luck = rng.random(len(labels))
    styles = np.full(len(labels), -1)
    reached = [0.0] * 10
    for index, glyph in enumerate(GLYPHS):
        reached[glyph.digit] += glyph.share
        mine = (labels == glyph.digit) & (styles < 0) & (luck < reached[glyph.digit] + 1e-9)
        styles[mine] = index
    return styles


def _draw(glyph: Glyph, count: int, rng: np.random.Generator) -> Plane:
    """Return the light of `count` digits of one glyph, shape (count, 28, 28), from 0 to 1."""
    points = _placed(glyph.points, count, rng)
    half = _between(rng, HAND.pen, count)
    nearest = np.full((count, SIDE, SIDE), 1e6, dtype=np.float32)
    first = 0
    for stroke in glyph.strokes:
        own = points[:, first : first + len(stroke.points)]
        first += len(stroke.points)
        vertices = _mix(stroke.weights(), own)
        for piece in range(vertices.shape[1] - 1):
            np.minimum(nearest, _distance(vertices[:, piece], vertices[:, piece + 1]), out=nearest)
    light = _inked(nearest, half) * _between(rng, HAND.ink, count)[:, None, None]
    for _ in range(HAND.scraps):
        light = np.maximum(light, _scrap(count, rng))
    return light


def _placed(skeleton: NDArray[np.float32], count: int, rng: np.random.Generator) -> Plane:
    """Return the control points on the picture, (count, P, 2): shaken, bent, scaled, slanted, turned, moved."""
    at = (skeleton - np.float32(0.5))[None] + _spread(rng, HAND.wobble, count, len(skeleton), 2)
    x, y = at[..., 0], at[..., 1]
    bent = x + _spread(rng, HAND.bend, count, 1) * (np.float32(1.0) - np.float32(4.0) * y * y)
    height = _between(rng, HAND.height, count)[:, None]
    wide = bent * height * _between(rng, HAND.slimness, count)[:, None]
    high = y * height
    leaning = wide - _spread(rng, HAND.slant, count, 1) * high
    tangent = _spread(rng, HAND.turn, count, 1)  # of half the angle: sine and cosine without a transcendental function
    whole = np.float32(1.0) + tangent * tangent
    cosine, sine = (np.float32(1.0) - tangent * tangent) / whole, np.float32(2.0) * tangent / whole
    turned = (leaning * cosine - high * sine, leaning * sine + high * cosine)
    placed = [_centred(axis) + _spread(rng, HAND.shift, count, 1) for axis in turned]
    return np.asarray(np.stack(placed, axis=2), dtype=np.float32)


def _centred(axis: Plane) -> Plane:
    """Return coordinates moved so that the middle between the extremes is the middle of the picture."""
    middle = (axis.min(axis=1, keepdims=True) + axis.max(axis=1, keepdims=True)) * np.float32(0.5)
    return np.asarray(axis - middle + np.float32((SIDE - 1) / 2), dtype=np.float32)


def _mix(weights: Plane, points: Plane) -> Plane:
    """Return (count, V, 2) from weights (V, P) and points (count, P, 2), added in one order on every machine."""
    vertices = np.zeros((len(points), len(weights), 2), dtype=np.float32)
    for index in range(points.shape[1]):
        vertices += weights[None, :, index, None] * points[:, None, index]
    return vertices


def _distance(start: Plane, end: Plane) -> Plane:
    """Return the squared distance of every pixel to the piece from `start` to `end`, (count, 2) each."""
    grid = np.arange(SIDE, dtype=np.float32)
    across = grid[None, None, :] - start[:, 0, None, None]
    down = grid[None, :, None] - start[:, 1, None, None]
    way = end - start
    right, below = way[:, 0, None, None], way[:, 1, None, None]
    length = np.maximum(right * right + below * below, np.float32(1e-6))
    along = across * (right / length) + down * (below / length)
    np.clip(along, 0.0, 1.0, out=along)
    off_x = across - along * right
    off_y = down - along * below
    off_x *= off_x
    off_y *= off_y
    return np.asarray(off_x + off_y, dtype=np.float32)


def _inked(squared: Plane, half: Plane) -> Plane:
    """Return 1 on the line, 0 away from it, with an edge one pixel wide."""
    edge = np.clip(half[:, None, None] + np.float32(0.5) - np.sqrt(squared), 0.0, 1.0)
    return np.asarray(edge, dtype=np.float32)


def _scrap(count: int, rng: np.random.Generator) -> Plane:
    """Return the light of a short stroke somewhere, which every other picture has."""
    start = _between(rng, (0.0, SIDE - 1.0), count, 2)
    end = start + _spread(rng, 7.0, count, 2)
    there = rng.random(count) < 0.5
    bright = _between(rng, HAND.ink, count) * there.astype(np.float32)
    return _inked(_distance(start, end), _between(rng, (0.4, 1.2), count)) * bright[:, None, None]


def _expose(light: Plane, rng: np.random.Generator) -> NDArray[np.uint8]:
    strength = _between(rng, HAND.noise, len(light))[:, None, None]
    seen = np.float32(255.0) * (light + strength * normal(rng, light.shape))
    return np.asarray(np.clip(np.floor(seen + np.float32(0.5)), 0.0, 255.0), dtype=np.uint8)


def _between(rng: np.random.Generator, limits: tuple[float, float], *shape: int) -> Plane:
    low, high = limits
    return (low + (high - low) * rng.random(shape)).astype(np.float32)


def _spread(rng: np.random.Generator, half: float, *shape: int) -> Plane:
    return _between(rng, (-half, half), *shape)
