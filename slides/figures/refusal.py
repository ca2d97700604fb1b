"""A number or a refusal: the SNR of POS with a pulse, without one, and on dark skin in little light."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import bpm, pos

CLIPS, LEAST = 60, 0.0
GROUPS = (
    ("a face, light skin", ("easy",), "green"),
    ("a face, dark skin, little light", ("dark_skin",), "amber"),
    ("no pulse: photo, or a moving mask", ("still_photo", "no_pulse"), "red"),
)


def ratio(wave: NDArray[np.float64], fps: float) -> float:
    """Return 10 log10 of the power within 0.1 Hz of the peak and of its double over the rest of 0.7 to 4 Hz."""
    hertz = np.fft.rfftfreq(8 * len(wave), 1 / fps)
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)), 8 * len(wave))) ** 2
    rate = bpm(wave, fps) / 60
    own = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2 * rate) <= 0.1)
    band = (hertz >= 0.7) & (hertz <= 4.0)
    return float(10 * np.log10(power[own & band].sum() / power[~own & band].sum()))


def draw() -> Figure:
    """Return three histograms on one axis, with the share below LEAST."""
    figure = chart(1136, 380, left=0.015, right=0.99, top=0.98, bottom=0.2, hspace=0.15)
    rows = figure.subplots(3, 1, sharex=True)
    for axes, (words, scenarios, colour) in zip(rows, GROUPS, strict=True):
        found = []
        for scenario in scenarios:
            for seed in range(7000, 7000 + CLIPS // len(scenarios)):
                traces = make_rgb_traces(scenario, seconds=20.0, seed=seed)
                found.append(ratio(pos(traces.rgb, traces.fps), traces.fps))
        axes.hist(found, bins=np.arange(-12, 22, 1), color=COLOURS[colour], rwidth=0.9)
        axes.axvline(LEAST, color=COLOURS["ink"], linestyle="--", linewidth=2)
        refused = 100 * (np.array(found) < LEAST).mean()
        axes.text(33.5, axes.get_ylim()[1] * 0.72, words, ha="right", va="center")
        axes.text(33.5, axes.get_ylim()[1] * 0.36, f"{refused:.0f} % refused", ha="right", va="center", fontweight=600)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    rows[2].set_xlim(-12, 34)
    rows[2].set_xticks(range(-10, 21, 5))
    rows[2].set_xlabel("signal-to-noise ratio in decibels")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
