"""Arithmetic that gives the same bits on every machine.

IEEE 754 fixes the result of `+ - * /` and square root to the last bit, but not that of sine or the exponential: those
differ in the last bit between processors, C libraries and NumPy builds. So a transcendental function is called here on
single numbers only, and its result is snapped to a grid of 2**-20 before anything else sees it: a difference in the
last bit is then about 2**-32 times as likely to matter. Noise comes from the raw 64-bit words of the bit generator, the
only stream that NumPy promises to keep from version to version.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

__all__ = ["generator", "normal", "sine", "snap"]

GRID = 2.0**20
LEVELS = 4096


def snap(value: float) -> float:
    """Return `value` rounded to the next multiple of 2**-20."""
    return round(value * GRID) / GRID


def sine(turns: float) -> float:
    """Return the sine of an angle given in whole turns, snapped."""
    return snap(math.sin(2.0 * math.pi * turns))


def generator(seed: int, *path: int) -> np.random.Generator:
    """Return the random generator of one purpose (`path`) of one seed, independent of all other purposes."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=path)))


def normal(rng: np.random.Generator, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """Return standard normal numbers in `shape`: 4096 equally likely values, none beyond 3.7."""
    count = math.prod(shape)
    words: NDArray[np.uint64] = rng.bit_generator.random_raw((count + 3) // 4)
    index = words.astype("<u8", copy=False).view("<u2")[:count] % LEVELS
    numbers: NDArray[np.float32] = _quantiles()[index].reshape(shape)
    return numbers


@lru_cache(maxsize=1)
def _quantiles() -> NDArray[np.float32]:
    inverse = NormalDist().inv_cdf
    return np.array([snap(inverse((level + 0.5) / LEVELS)) for level in range(LEVELS)], dtype=np.float32)
