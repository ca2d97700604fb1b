"""The camera: moves the layers, adds the pulse, the light and the sensor's noise, and rounds to 8 bits."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coursedata.face.exact import normal
from coursedata.face.portrait import MARGIN, Layer, Portrait

__all__ = ["PULSE_RGB", "Scene", "Sensor", "film"]

PULSE_RGB = (0.33 / 0.77, 1.0, 0.53 / 0.77)
"""Relative pulse of red, green and blue, green = 1: de Haan and van Leest, Physiol. Meas. 35 (2014)."""

Stack = NDArray[np.float32]
"""(H, W, 8): colour times cover (3), cover (1), colour times blood (3), blood (1)."""


@dataclass(frozen=True)
class Scene:
    """What happens before the camera, frame by frame; every array has T rows."""

    blood: NDArray[np.float64]
    """(T,) blood volume, between about -1 and 1."""
    offset: NDArray[np.float64]
    """(T, 2) the head's way to the right and down, in pixels, less than the layers' margin."""
    closed: NDArray[np.float64]
    """(T,) how far the eyes are shut, 0 to 1."""
    light: NDArray[np.float64]
    """(T,) brightness of the light, 1 on average; or (T, 3), its red, green and blue."""
    shade: NDArray[np.float64] | None = None
    """(T,) brightness of the head alone, 1 on average."""
    glint: NDArray[np.float64] | None = None
    """(T,) light that the head's skin mirrors, in grey levels around 0."""
    mouth: NDArray[np.float64] | None = None
    """(T,) how far the mouth is open, 0 to 1."""
    haze: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Grey levels that lie over everything."""
    pulse: tuple[float, float, float] = field(default=PULSE_RGB)
    """Relative pulse of red, green and blue."""


@dataclass(frozen=True)
class Sensor:
    """Noise of one pixel: its variance is `read`**2 + `shot` * intensity, in grey levels."""

    read: float = 0.8
    shot: float = 0.010


def film(
    portrait: Portrait, scene: Scene, strength: float, sensor: Sensor, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Return the frames, shape (T, H, W, 3): `strength` is the pulse's relative amplitude in green."""
    wall, body, awake, asleep = (
        _stack(layer) for layer in (portrait.wall, portrait.body, portrait.head, portrait.head_asleep)
    )
    back = _inside(wall)
    height, width = back.shape[:2]
    frames = np.empty((len(scene.blood), height, width, 3), dtype=np.uint8)
    # More blood swallows more light: the skin gets darker when the blood volume rises.
    dimming = np.array([-strength * channel for channel in scene.pulse], dtype=np.float32)
    haze = np.array(scene.haze, dtype=np.float32)
    talking = _stack(portrait.head_talking) - awake
    for index, volume in enumerate(scene.blood):
        right, down = (float(way) for way in scene.offset[index])
        shut = np.float32(scene.closed[index])
        head = awake if shut == 0.0 else awake + shut * (asleep - awake)
        picture = _over(_moved(body, 0.3 * right, 0.3 * down), back)
        if scene.mouth is not None:
            head = head + np.float32(scene.mouth[index]) * talking
        picture = _over(_lit(_moved(head, right, down), scene, index), picture)
        light = picture[..., :3] + picture[..., 4:7] * (dimming * np.float32(volume))
        frames[index] = _expose(light * scene.light[index].astype(np.float32) + haze, sensor, rng)
    return frames


def _stack(layer: Layer) -> Stack:
    return np.concatenate(
        [layer.colour, layer.cover[..., None], layer.colour * layer.blood[..., None], layer.blood[..., None]],
        axis=2,
        dtype=np.float32,
    )


def _lit(head: Stack, scene: Scene, index: int) -> Stack:
    """Return the head in its own shade, with what its skin mirrors."""
    if scene.shade is not None:
        shade = np.float32(scene.shade[index])
        head = head * np.array([shade, shade, shade, 1.0, shade, shade, shade, 1.0], dtype=np.float32)
    if scene.glint is not None:
        head[..., :3] += head[..., 7:] * np.float32(scene.glint[index])
    return head


def _inside(stack: Stack) -> Stack:
    return stack[MARGIN:-MARGIN, MARGIN:-MARGIN]


def _over(front: Stack, back: Stack) -> Stack:
    return front + back * (np.float32(1.0) - front[..., 3:4])


def _moved(stack: Stack, right: float, down: float) -> Stack:
    """Return the picture part of a layer after a move by less than the margin, between pixels bilinearly."""
    column, part_x = divmod(MARGIN - right, 1.0)
    row, part_y = divmod(MARGIN - down, 1.0)
    height, width = stack.shape[0] - 2 * MARGIN, stack.shape[1] - 2 * MARGIN
    part = stack[int(row) : int(row) + height + 1, int(column) : int(column) + width + 1]
    rows = part[:-1] + np.float32(part_y) * (part[1:] - part[:-1])
    return rows[:, :-1] + np.float32(part_x) * (rows[:, 1:] - rows[:, :-1])


def _expose(light: NDArray[np.float32], sensor: Sensor, rng: np.random.Generator) -> NDArray[np.uint8]:
    spread = np.sqrt(np.float32(sensor.read * sensor.read) + np.float32(sensor.shot) * light)
    seen = light + spread * normal(rng, light.shape)
    return np.asarray(np.clip(np.floor(seen + np.float32(0.5)), 0.0, 255.0), dtype=np.uint8)
