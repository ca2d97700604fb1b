"""The named scenarios: one difficulty each, because a mixture of all ranks no method stably."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from coursedata.face.portrait import TONES, SkinTone

__all__ = ["SCENARIOS", "Scenario", "named"]

Range = tuple[float, float]
LIGHT: tuple[SkinTone, ...] = ("I", "II", "III")
EVERY: tuple[SkinTone, ...] = tuple(TONES)


@dataclass(frozen=True)
class Scenario:
    """What a clip is drawn from; a pair is a range, of which each clip draws one value."""

    says: str
    """One line for a table."""
    heart_rate: Range = (52.0, 110.0)
    """Beats a minute."""
    fps: tuple[float, ...] = (30.0,)
    """Frames a second, one of these."""
    tones: tuple[SkinTone, ...] = LIGHT
    """Fitzpatrick's skin types, one of these."""
    pulse: float = 1.0
    """Scales the pulse of the skin type; 0 is no pulse."""
    noise: float = 1.0
    """Scales the sensor's noise."""
    drift: float = 0.006
    """Slow white changes below 0.35 Hz, as a share of the light."""
    jitter: float = 0.0
    """Standard deviation of the frame times, in parts of the frame interval."""
    dropped: float = 0.0
    """Share of the frames that are missing."""
    sway: Range = (0.0, 0.0)
    """Periodic white disturbance: amplitude in multiples of the green pulse's."""
    sway_hertz: Range = (0.8, 2.2)
    """Its frequency in Hz, kept 0.12 Hz away from the pulse."""
    motion: Range = (0.0, 0.0)
    """Aperiodic white disturbance, 0.5 to 3.5 Hz: standard deviation as a share of the light."""
    glint: float = 0.05
    """Share of the disturbances that is mirrored by the skin and not scattered in it (specular)."""
    colour: tuple[float, float, float] = (0.9, -0.2, 0.3)
    """Direction of `coloured` in normalised RGB; the default is far from the white that CHROM and POS project away."""
    coloured: Range = (0.0, 0.0)
    """Aperiodic coloured light, 0.5 to 3.5 Hz: standard deviation as a share of the light."""
    flicker: Range = (0.0, 0.0)
    """Periodic light: amplitude in multiples of the green pulse's."""
    flicker_colour: tuple[float, float, float] = (1.0, 0.9, 0.75)
    """Its direction in normalised RGB: a lamp that gets redder as it dims."""
    flicker_gap: Range = (0.12, 0.35)
    """Its distance from the pulse in Hz, to either side."""
    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Colour of the light that falls on the face."""
    haze: tuple[float, float, float] = (0.02, 0.02, 0.02)
    """Light that never met blood (ambient, from the surface), as a share of white."""
    talking: float = 0.0
    """How wide the mouth opens and shuts in a film, 0 to 1; traces, whose regions leave it out, do not show it."""
    still: bool = False
    """A photograph before the camera: nothing but the sensor's noise changes."""


EASY = Scenario("light skin, steady light, 52 to 110 BPM")

SCENARIOS: Mapping[str, Scenario] = MappingProxyType({
    "easy": EASY,
    "achromatic": replace(
        EASY, says="a white periodic disturbance at four times the pulse, 0.8 to 2.2 Hz", sway=(4.0, 4.0)
    ),
    "rates": replace(EASY, says="45 to 180 BPM", heart_rate=(45.0, 180.0)),
    "frame_rates": replace(EASY, says="15 to 60 frames a second", fps=(15.0, 20.0, 25.0, 29.97, 50.0, 60.0)),
    "jittered": replace(EASY, says="irregular frame times, 3 % of the frames missing", jitter=0.2, dropped=0.03),
    "dark_skin": replace(EASY, says="skin types V and VI in less light", tones=("V", "VI"), noise=3.0),
    "tones": replace(EASY, says="skin types I to VI in that light", tones=EVERY, noise=3.0),
    "no_pulse": replace(
        EASY,
        says="a face without a pulse that moves and talks",
        pulse=0.0,
        motion=(0.0005, 0.004),
        tones=EVERY,
        talking=1.0,
    ),
    "still_photo": replace(EASY, says="a photograph", pulse=0.0, drift=0.0, still=True, tones=EVERY),
    "flicker": replace(EASY, says="a lamp that flickers 0.12 to 0.35 Hz from the pulse", flicker=(1.0, 2.0)),
    "coloured_light": replace(
        EASY,
        says="aperiodic light, 1 % along (0.9, -0.2, 0.3), in the formulas' plane, and white motion",
        coloured=(0.01, 0.01),
        motion=(0.006, 0.006),
        glint=0.14,
    ),
    "white_motion": replace(
        EASY, says="strong aperiodic white motion in little light", motion=(0.02, 0.06), glint=0.0, noise=16.0
    ),
    "unseen_light": replace(
        EASY,
        says="a warm light and a haze of a colour that no other scenario has",
        tint=(1.0, 0.80, 0.55),
        haze=(0.03, 0.05, 0.12),
        motion=(0.004, 0.012),
        colour=(-0.3, 0.3, 0.9),
        coloured=(0.0006, 0.0012),
    ),
})  # fmt: skip


def named(scenario: str | Scenario) -> Scenario:
    """Return the scenario of that name, or the one that was given.

    Raises ValueError with all names when there is none of this name.
    """
    if isinstance(scenario, Scenario):
        return scenario
    if scenario not in SCENARIOS:
        raise ValueError(f"there is no scenario {scenario!r}; there are: {', '.join(SCENARIOS)}")
    return SCENARIOS[scenario]
