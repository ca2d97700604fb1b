"""`make_rgb_traces`: mean skin colours over time, as a camera would see them, with the truth about the pulse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coursedata.face.camera import Sensor
from coursedata.face.exact import generator, normal
from coursedata.face.portrait import TONES, SkinTone
from coursedata.pulse.disturbance import Disturbance
from coursedata.pulse.heart import Heart, Times
from coursedata.pulse.scenarios import Range, Scenario, named

__all__ = ["GREEN_PULSE", "REGIONS", "RgbTraces", "Window", "make_rgb_traces", "pulse_direction"]

Colours = NDArray[np.float64]
REGIONS = ("forehead", "left cheek", "right cheek", "chin")
PERFUSION = np.array([1.15, 1.05, 1.05, 0.75])
"""Strength of the pulse in each region."""
LIT = np.array([1.04, 0.98, 1.02, 0.93])
"""Brightness of each region."""
PIXELS = np.array([900, 600, 600, 400])
"""Pixels averaged in each region."""

GREEN_PULSE: dict[SkinTone, float] = {"I": 0.0028, "II": 0.0025, "III": 0.0021, "IV": 0.0016, "V": 0.0011, "VI": 0.0007}
"""Amplitude of the pulse in green as a share of the skin's brightness: 0.2 to 0.3 % on light skin, 0.07 % on dark."""
LITERATURE, CLIPS = (0.33, 0.77, 0.53), (0.22, 0.88, 0.42)
"""Relative pulse of red, green and blue: de Haan and van Leest, Physiol. Meas. 35 (2014); measured on real clips."""


@dataclass(frozen=True)
class Window:
    """A stretch of a clip and its truth."""

    frames: slice
    start: float
    """Seconds."""
    stop: float
    """Seconds."""
    heart_rate: float | None
    """Mean rate between start and stop in beats a minute; None where there is no pulse."""


@dataclass(frozen=True, eq=False)
class RgbTraces:
    """Mean skin colours over time with the truth about them."""

    rgb: Colours = field(repr=False)
    """(T, 3) mean red, green and blue of all skin, 0 to 255."""
    regions: Colours = field(repr=False)
    """(T, 4, 3) the same for forehead, left cheek, right cheek and chin."""
    times: Times = field(repr=False)
    """(T,) seconds at which the frames were taken; not evenly spaced in the scenario "jittered"."""
    fps: float
    """Nominal frames a second."""
    blood: Times = field(repr=False)
    """(T,) the true blood volume pulse, about -1 to 1, 0 without a pulse. The skin is darkest where it is highest."""
    heart_rate: float | None
    """Mean rate over all frames in beats a minute; None where there is no pulse."""
    beats: Times = field(repr=False)
    """(B,) seconds of the systolic peaks."""
    tone: SkinTone
    seed: int
    heart: Heart | None = field(repr=False)

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return float(self.times[-1])

    def mean_rate(self, start: float, stop: float) -> float | None:
        """Return the true mean rate between two times in seconds, in beats a minute; None where there is no pulse."""
        return None if self.heart is None else self.heart.mean_rate(start, stop)

    def windows(self, seconds: float = 20.0, step: float = 10.0) -> Iterator[Window]:
        """Yield windows of `seconds`, one every `step` seconds, each with the mean rate of that window as its truth.

        The clip is over with its last frame: where that one was dropped, a window that would end with it is left out.
        """
        if seconds <= 0 or step <= 0:
            raise ValueError(f"seconds and step are more than 0, not {seconds} and {step}")
        start = 0.0
        while start + seconds <= self.seconds + 1.5 / self.fps:
            first, last = np.searchsorted(self.times, [start - 1e-9, start + seconds - 1e-9])
            stop = start + seconds
            yield Window(slice(int(first), int(last)), start, stop, self.mean_rate(start, stop))
            start += step


def make_rgb_traces(
    scenario: str | Scenario = "easy",
    *,
    seconds: float = 30.0,
    fps: float | None = None,
    heart_rate: float | None = None,
    tone: SkinTone | None = None,
    seed: int = 0,
) -> RgbTraces:
    """Return seeded mean skin colours of a face in a named scenario; `coursedata.pulse.SCENARIOS` lists them.

    The model is the dichromatic one (Wang, den Brinker, Stuijk and de Haan, IEEE Trans. Biomed. Eng. 64 (2017), eq. 1):
    C(t) = I(t) (v_s(t) + v_d(t)) + n(t), with I the light's colour and strength, v_s what the surface mirrors in the
    light's colour, v_d = skin (1 - a u p(t)) what comes back from below, a the strength of the pulse p and u its
    direction in RGB. n is sensor and 8-bit noise of the mean over the region's pixels. `fps`, `heart_rate` (nominal,
    the rate drifts and breathes around it) and `tone` are drawn from the scenario unless they are given.

    Equal arguments give equal numbers, up to the last bits of a sine from machine to machine.

    Raises ValueError when the scenario is unknown or a number out of range: 2 to 3600 seconds, 5 to 240 frames a
    second, 40 to 220 beats a minute, `seed` from 0.
    """
    what = named(scenario)
    _validate(seconds, fps, heart_rate, tone, seed)
    rng = generator(seed, 20)
    luck = rng.random(4)
    rate = heart_rate if heart_rate is not None else within(what.heart_rate, luck[0])
    frames = fps if fps is not None else what.fps[int(luck[1] * len(what.fps))]
    skin_type: SkinTone = tone if tone is not None else what.tones[int(luck[2] * len(what.tones))]
    times = frame_times(what, seconds, frames, generator(seed, 21))
    heart = Heart.drawn(generator(seed, 22), rate)
    strength = GREEN_PULSE[skin_type] * what.pulse
    light = Disturbance(what, rate / 60.0, GREEN_PULSE[skin_type], generator(seed, 23))
    regions = _seen(times, heart.blood(times) * strength, TONES[skin_type].colour, light, pulse_direction(luck[3]))
    regions += _noise(regions, what.noise, generator(seed, 24))
    regions = np.clip(regions, 0.0, 255.0)
    alive = what.pulse > 0
    return RgbTraces(
        rgb=np.asarray((regions * PIXELS[:, None]).sum(axis=1) / PIXELS.sum()),
        regions=regions,
        times=times,
        fps=float(frames),
        blood=heart.blood(times) if alive else np.zeros(len(times)),
        heart_rate=heart.mean_rate(0.0, float(times[-1])) if alive else None,
        beats=heart.beats(float(times[-1])) if alive else np.zeros(0),
        tone=skin_type,
        seed=seed,
        heart=heart if alive else None,
    )


def within(limits: Range, luck: float) -> float:
    """Return the value that lies at `luck` (0 to 1) of a range."""
    return limits[0] + (limits[1] - limits[0]) * float(luck)


def pulse_direction(luck: float) -> Colours:
    """Return the relative pulse of red, green and blue, green = 1, between the literature's and the clips'."""
    mixed = np.array([within(pair, luck) for pair in zip(LITERATURE, CLIPS, strict=True)])
    return np.asarray(mixed / mixed[1])


def frame_times(what: Scenario, seconds: float, fps: float, rng: np.random.Generator) -> Times:
    """Return the seconds at which frames are taken, from 0, rising, shape (T,)."""
    count = round(seconds * fps)
    times = np.arange(count) / fps
    kept = rng.random(count) >= what.dropped
    kept[0] = True
    if what.jitter:
        late = np.clip(normal(rng, (count,)), -2.0, 2.0) * (what.jitter / fps)
        times = times + np.where(np.arange(count) > 0, late, 0.0)
    return np.asarray(times[kept])


def _validate(seconds: float, fps: float | None, heart_rate: float | None, tone: str | None, seed: int) -> None:
    rules = (
        (2 <= seconds <= 3600, f"seconds is from 2 to 3600, not {seconds}"),
        (fps is None or 5 <= fps <= 240, f"fps is frames a second, from 5 to 240, not {fps}"),
        (heart_rate is None or 40 <= heart_rate <= 220, f"heart_rate is in BPM, from 40 to 220, not {heart_rate}"),
        (tone is None or tone in TONES, f"tone is one of {', '.join(TONES)}, not {tone!r}"),
        (seed >= 0, f"seed is a whole number from 0, not {seed}"),
    )
    for kept, message in rules:
        if not kept:
            raise ValueError(message)


def _seen(
    times: Times, pulse: Times, skin: tuple[float, float, float], light: Disturbance, direction: Colours
) -> Colours:
    """Return (T, 4, 3), grey levels before noise."""
    below = np.array(skin) * (1.0 - pulse[:, None, None] * PERFUSION[None, :, None] * direction)
    shade, glint = light.white(times, len(REGIONS))
    # scattered in the skin and mirrored by its surface, both in the light's colour
    lit = below * LIT[None, :, None] * (1.0 + shade[:, :, None]) + 255.0 * 0.5 * glint[:, :, None]
    return np.asarray(lit * light.colour(times)[:, None, :] + 255.0 * np.array(light.scenario.haze))


def _noise(regions: Colours, size: float, rng: np.random.Generator) -> Colours:
    """Return what sensor and rounding to 8 bits leave in the mean over each region's pixels."""
    pixel = size * size * (Sensor.read**2 + Sensor.shot * regions) + 1.0 / 12.0
    return np.asarray(np.sqrt(pixel / PIXELS[None, :, None]) * normal(rng, regions.shape))
