"""Errors come in two heaps: those of POS in little light on dark skin, near 0 or anywhere."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import bpm, pos

CLIPS = 40


def draw() -> Figure:
    """Return a histogram of the absolute errors, with the mean and the median."""
    errors = []
    for seed in range(5000, 5000 + CLIPS):
        traces = make_rgb_traces("dark_skin", seconds=40.0, seed=seed)
        for window in traces.windows(20.0, 10.0):
            read = bpm(pos(traces.rgb[window.frames], traces.fps), traces.fps)
            errors.append(abs(read - (window.heart_rate or 0.0)))
    error = np.array(errors)
    figure = chart(1136, 340, left=0.075, right=0.98, top=0.96, bottom=0.23)
    axes = figure.subplots()
    axes.hist(error, bins=np.arange(0, 123, 3), color=COLOURS["green"], rwidth=0.86)
    axes.set_yscale("symlog", linthresh=5)
    axes.set_yticks([0, 5, 20, 100], ["0", "5", "20", "100"])
    axes.minorticks_off()
    for value, words, colour, height in (
        (np.median(error), f"median {np.median(error):.2f}", "blue", 70),
        (error.mean(), f"mean {error.mean():.1f}", "red", 24),
    ):
        axes.axvline(value, color=COLOURS[colour], linestyle="--")
        axes.text(error.mean() + 1.2, height, words, color=COLOURS[colour], va="center", fontweight=600)
    within = 100 * (error <= 3).mean()
    axes.text(
        98, 40, f"{within:.0f} % of {len(error)} windows\nare within 3 BPM", ha="right", va="center", linespacing=0.9
    )
    axes.set_xlim(-1, 100)
    axes.set_xlabel("error, beats a minute")
    axes.set_ylabel("windows")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
