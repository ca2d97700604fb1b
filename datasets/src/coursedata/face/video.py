"""`make_face_video`: a face video of known heart rate, and `recording`, the one that runs through the course."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coursedata.face import motion
from coursedata.face.camera import Scene, Sensor, film
from coursedata.face.exact import generator
from coursedata.face.filming import SKIN_PULSE, play
from coursedata.face.portrait import MARGIN, TONES, SkinTone, draw_portrait
from coursedata.face.waveform import blood_volume
from coursedata.pulse.heart import Heart
from coursedata.pulse.scenarios import Scenario, named
from coursedata.pulse.traces import frame_times, within

__all__ = ["FaceVideo", "make_face_video", "make_scenario_video", "recording"]

SMALLEST, LARGEST = 16, 4096
"""Sides of the smallest and the largest frame, in pixels."""


@dataclass(frozen=True, eq=False)
class FaceVideo:
    """A face video with the truth about it; the arrays are your own copy and may be written to."""

    frames: NDArray[np.uint8] = field(repr=False)
    """(T, H, W, 3): T frames of H rows and W columns, channels red, green, blue, 0 to 255."""
    fps: float
    """Frames a second."""
    heart_rate: float
    """The true heart rate in beats a minute (BPM), the mean of the clip; nan in a scenario without a pulse."""
    times: NDArray[np.float64] = field(repr=False)
    """(T,) seconds at which the frames were taken, from 0."""
    blood: NDArray[np.float64] = field(repr=False)
    """(T,) the true blood volume pulse, between about -1 and 1. The skin is darkest where it is highest."""
    skin: NDArray[np.bool_] = field(repr=False)
    """(H, W) true where a pixel shows bare skin of the face in every frame."""
    tone: SkinTone
    """Fitzpatrick's skin type."""
    seed: int
    heart: Heart | None = field(default=None, repr=False)
    """Of a scenario's clip, None where the rate is the same throughout."""

    @property
    def seconds(self) -> float:
        """Length of the video in seconds, up to the end of its last frame; some frames before it may have been lost."""
        return float(self.times[-1] + 1 / self.fps)

    def mean_rate(self, start: float, stop: float) -> float:
        """Return the true mean rate between two times in seconds, in beats a minute; nan where there is no pulse."""
        return self.heart_rate if self.heart is None else self.heart.mean_rate(start, stop)

    def __repr__(self) -> str:
        """Return the facts without the pixels."""
        count, height, width, _ = self.frames.shape
        rate = "no pulse" if math.isnan(self.heart_rate) else f"{self.heart_rate:g} BPM"
        return (
            f"FaceVideo({count} frames of {height}x{width} pixels, {self.fps:g} frames a second, "
            f"{self.seconds:.4g} s, {rate}, skin type {self.tone}, seed {self.seed})"
        )


def make_face_video(  # noqa: PLR0913  (keywords, each with a default)
    *,
    seconds: float = 10.0,
    fps: float = 30.0,
    height: int = 72,
    width: int = 64,
    heart_rate: float = 66.0,
    tone: SkinTone = "II",
    pulse: float = 0.002,
    noise: float = 1.0,
    motion_size: float = 1.0,
    seed: int = 0,
) -> FaceVideo:
    """Return a seeded video of a face whose skin carries a pulse of `heart_rate` beats a minute.

    The pulse changes the skin's green by ± `pulse` of its value (0.002: ± 0.3 around 150), red and blue by less
    (0.33 : 0.77 : 0.53), and darker skin by less. `noise` and `motion_size` scale the sensor's noise and the movement
    of head and light; 0 switches either off. Equal arguments give equal bytes.

    Raises ValueError when an argument is out of range: 40 <= heart_rate <= 240, at least two frames, fps above
    heart_rate / 30 (two frames a beat), frames of 16 to 4096 pixels a side.
    """
    _validate_picture(seconds, fps, height, width)
    _validate_person(heart_rate, fps, tone, pulse, seed)
    _require(0 <= noise <= 50 and 0 <= motion_size <= 10, "noise is from 0 to 50, motion_size from 0 to 10")
    times = np.arange(round(seconds * fps)) / fps
    moves, look = generator(seed, 0), generator(seed, 1)
    scale = min(height, width)
    portrait = draw_portrait(look, height, width, tone)
    blood = blood_volume(times, heart_rate, start=moves.random())
    reach = min(0.005 * scale * motion_size, MARGIN - 1.0)
    scene = Scene(
        blood=blood,
        offset=motion.sway(moves, times, reach),
        closed=motion.blinks(moves, times),
        light=motion.drift(moves, times, 0.0005 * motion_size),
    )
    sensor = Sensor(read=Sensor.read * noise, shot=Sensor.shot * noise * noise)
    frames = film(portrait, scene, pulse * TONES[tone].pulse, sensor, generator(seed, 2))
    skin = _always_skin(portrait.skin, reach)
    return FaceVideo(frames, float(fps), float(heart_rate), times, blood, skin, tone, seed)


def make_scenario_video(  # noqa: PLR0913  (keywords, each with a default)
    scenario: str | Scenario = "easy",
    *,
    seconds: float = 20.0,
    fps: float | None = None,
    height: int = 72,
    width: int = 64,
    heart_rate: float | None = None,
    tone: SkinTone | None = None,
    seed: int = 0,
) -> FaceVideo:
    """Return a seeded face video in a named scenario, the film beside `make_rgb_traces`.

    The same dichromatic model, pixel by pixel: the light's colour and strength, what the skin mirrors and what comes
    back from below, a haze, the sensor's noise, 8 bits; the head moves as much as its light does, blinks, and talks
    where the scenario says so. The rate breathes and drifts around `heart_rate`, so ask `mean_rate(start, stop)` for
    the truth of a window. `fps`, `heart_rate` and `tone` are drawn from the scenario unless they are given.

    Equal arguments give equal bytes on one machine; elsewhere a pixel in many may differ by one step.

    Raises ValueError when the scenario is unknown or an argument out of range, as `make_face_video` does.
    """
    what = named(scenario)
    _require(seed >= 0, f"seed is a whole number from 0, not {seed}")
    luck = generator(seed, 20).random(3)
    rate = heart_rate if heart_rate is not None else within(what.heart_rate, luck[0])
    frames = fps if fps is not None else what.fps[int(luck[1] * len(what.fps))]
    skin_type: SkinTone = tone if tone is not None else what.tones[int(luck[2] * len(what.tones))]
    _validate_picture(seconds, frames, height, width)
    _validate_person(rate, frames, skin_type, 0.0, seed)
    times = frame_times(what, seconds, frames, generator(seed, 21))
    heart = Heart.drawn(generator(seed, 22), rate)
    strength = SKIN_PULSE * TONES[skin_type].pulse
    scene, reach = play(what, heart, times, min(height, width), strength, seed)
    portrait = draw_portrait(generator(seed, 1), height, width, skin_type)
    sensor = Sensor(read=Sensor.read * what.noise, shot=Sensor.shot * what.noise * what.noise)
    pictures = film(portrait, scene, strength * what.pulse, sensor, generator(seed, 2))
    return FaceVideo(
        frames=pictures,
        fps=float(frames),
        heart_rate=heart.mean_rate(0.0, float(times[-1])) if what.pulse else math.nan,
        times=times,
        blood=scene.blood,
        skin=_always_skin(portrait.skin, reach),
        tone=skin_type,
        seed=seed,
        heart=heart if what.pulse else None,
    )


def recording() -> FaceVideo:
    """Return the recording of this course: 300 frames of 72 x 64 pixels, 10 seconds, 66 beats a minute.

    Every call, on every machine, gives the same bytes, in arrays of your own.
    """
    return _copied(_recording())


@lru_cache(maxsize=1)
def _recording() -> FaceVideo:
    return make_face_video(seconds=10.0, fps=30.0, height=72, width=64, heart_rate=66.0, tone="II", pulse=0.002, seed=1)


def _copied(video: FaceVideo) -> FaceVideo:
    return dataclasses.replace(
        video,
        frames=video.frames.copy(),
        times=video.times.copy(),
        blood=video.blood.copy(),
        skin=video.skin.copy(),
    )


def _always_skin(skin: NDArray[np.float64], reach: float) -> NDArray[np.bool_]:
    """Return the pixels that stay skin while the head moves by up to `reach` pixels."""
    kept = skin > 0.999
    for _ in range(int(reach) + 1):
        for axis in (0, 1):
            kept = kept & np.roll(kept, 1, axis) & np.roll(kept, -1, axis)
    return kept[MARGIN:-MARGIN, MARGIN:-MARGIN]


def _validate_picture(seconds: float, fps: float, height: int, width: int) -> None:
    _require(0 < fps <= 1000, f"fps is frames a second, more than 0 and at most 1000, not {fps}")
    count = seconds * fps
    _require(2 <= count <= 1_000_000, f"seconds * fps must be 2 to 1,000,000 frames, not {seconds} * {fps}")
    sides_fit = min(height, width) >= SMALLEST and max(height, width) <= LARGEST
    _require(sides_fit, f"height and width are {SMALLEST} to {LARGEST} pixels, not {height} x {width}")


def _validate_person(heart_rate: float, fps: float, tone: str, pulse: float, seed: int) -> None:
    _require(40 <= heart_rate <= 240, f"heart_rate is in beats a minute, from 40 to 240, not {heart_rate}")
    _require(fps > heart_rate / 30, f"{fps} frames a second are too few for {heart_rate} BPM: take more than 2 a beat")
    _require(tone in TONES, f"tone is one of {', '.join(TONES)}, not {tone!r}")
    _require(0 <= pulse <= 0.2, f"pulse is a share of the skin's brightness, from 0 to 0.2, not {pulse}")
    _require(seed >= 0, f"seed is a whole number from 0, not {seed}")


def _require(kept: bool, message: str) -> None:  # noqa: FBT001  (a rule and its sentence)
    if not kept:
        raise ValueError(message)
