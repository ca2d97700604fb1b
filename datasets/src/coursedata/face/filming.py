"""A face filmed in a named scenario: the disturbances of `make_rgb_traces`, with a head that moves and talks."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from coursedata.face import motion
from coursedata.face.camera import Scene
from coursedata.face.exact import generator
from coursedata.face.portrait import MARGIN
from coursedata.pulse.disturbance import Disturbance, band_noise
from coursedata.pulse.heart import Heart, Times
from coursedata.pulse.scenarios import Scenario
from coursedata.pulse.traces import pulse_direction

__all__ = ["SKIN_PULSE", "play"]

SKIN_PULSE = 0.0025
"""Amplitude of the pulse in green on light skin; the portrait's skin type makes it less."""
REACH = 0.01
"""How far the head goes when it moves, in parts of the frame's shorter side."""
NODDING = (0.5, 1.5)
"""Hz of the aperiodic movement of a head."""


def play(what: Scenario, heart: Heart, times: Times, scale: int, skin_pulse: float, seed: int) -> tuple[Scene, float]:
    """Return what happens before the camera, and the head's largest way in pixels."""
    light = Disturbance(what, heart.rate / 60.0, skin_pulse, generator(seed, 23))
    white, mirrored = light.white(times, 1)
    offset, reach = _way(what, times, scale, generator(seed, 25))
    blood = heart.blood(times) if what.pulse else np.zeros(len(times))
    red, green, blue = pulse_direction(float(generator(seed, 26).random()))
    haze = tuple(255.0 * part for part in what.haze)
    scene = Scene(
        blood=blood,
        offset=offset,
        closed=np.zeros(len(times)) if what.still else motion.blinks(generator(seed, 27), times),
        light=light.colour(times),
        shade=1.0 + white[:, 0],
        glint=127.5 * mirrored[:, 0],
        mouth=_talk(times, what.talking, generator(seed, 28)),
        haze=(haze[0], haze[1], haze[2]),
        pulse=(float(red), float(green), float(blue)),
    )
    return scene, reach


def _way(what: Scenario, times: Times, scale: int, rng: np.random.Generator) -> tuple[NDArray[np.float64], float]:
    """Return the head's offset to the right and down, (T, 2), and its largest part, in pixels."""
    if what.still:
        return np.zeros((len(times), 2)), 0.0
    slow = min(0.005 * scale, 0.5 * (MARGIN - 1.0))
    offset = motion.sway(rng, times, slow)
    fast = min(REACH * scale, 0.5 * (MARGIN - 1.0)) * min(1.0, (what.motion[1] + what.sway[1] / 400.0) / 0.02)
    if not fast:
        return offset, slow
    for axis in (0, 1):
        offset[:, axis] += fast * np.clip(band_noise(times, NODDING, rng) / 2.0, -1.0, 1.0)
    return offset, slow + fast


def _talk(times: Times, size: float, rng: np.random.Generator) -> Times | None:
    """Return how far the mouth is open, 0 to 1: syllables at 3 to 5 Hz with pauses, or None."""
    if not size:
        return None
    phase = 2.0 * math.pi * (3.0 + 2.0 * float(rng.random())) * times
    speaks = np.clip(0.5 + band_noise(times, (0.1, 0.6), rng), 0.0, 1.0)
    return np.asarray(size * speaks * (0.5 - 0.5 * np.cos(phase)))
