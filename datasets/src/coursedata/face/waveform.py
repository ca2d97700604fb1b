"""The blood volume pulse: how much blood is under the skin at each moment."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import snap

__all__ = ["blood_volume"]

WAVES = ((1.0, 0.28, 0.105), (0.42, 0.60, 0.115))
"""Height, place and width in one beat of the systolic peak and of the reflected wave; the notch lies between them."""


def blood_volume(times: NDArray[np.float64], heart_rate: float, start: float = 0.0) -> NDArray[np.float64]:
    """Return the blood volume pulse at `times` (seconds, shape (T,)), shape (T,), between about -1 and 1, mean 0.

    A beat is a steep systolic peak, a dicrotic notch and a lower second peak: two wrapped Gaussians, as in McSharry et
    al., IEEE Trans. Biomed. Eng. 50 (2003). `heart_rate` is in beats a minute, `start` the phase at time 0 in beats.
    """
    mean, half_height = _level_and_scale()
    beats = (float(time) * heart_rate / 60.0 + start for time in times)
    return np.array([snap((_beat(beat % 1.0) - mean) / half_height) for beat in beats])


def _beat(phase: float) -> float:
    return math.fsum(
        height * math.exp(-0.5 * ((phase - place + turn) / width) ** 2)
        for height, place, width in WAVES
        for turn in (-1.0, 0.0, 1.0)
    )


@lru_cache(maxsize=1)
def _level_and_scale() -> tuple[float, float]:
    beat = [_beat(step / 1000) for step in range(1000)]
    return snap(math.fsum(beat) / len(beat)), snap((max(beat) - min(beat)) / 2.0)
