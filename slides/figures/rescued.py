"""The pulse out of the damaged folder: names in text order, lost frames skipped, lost frames left as gaps."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from style import COLOURS, chart, save

from coursedata import recording

LOST = 60


def beats(times: NDArray[np.float64], values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Return the strongest rate between 42 and 180 BPM and the values without their mean over 1.5 s."""
    near = np.abs(times[:, None] - times) < 0.75
    level = values - near @ values / near.sum(axis=1)
    rates = np.arange(42, 180, 0.25)
    power = np.abs(np.exp(-2j * np.pi * np.outer(rates / 60, times)) @ level)
    return float(rates[power.argmax()]), level


def draw() -> Figure:
    """Return three plots below each other, each with the rate it gives."""
    video = recording()
    green = video.frames[..., 1].mean(axis=(1, 2))
    count = len(green)
    lost = np.random.default_rng(0).choice(count, LOST, replace=False)
    kept = np.setdiff1d(np.arange(count), lost)
    as_text = np.array(sorted(range(1, count + 1), key=str)) - 1
    as_text = as_text[np.isin(as_text, kept)]
    ways = [
        ("names in text order", np.arange(len(kept)) / video.fps, green[as_text], "red"),
        ("right order, lost frames skipped", np.arange(len(kept)) / video.fps, green[kept], "red"),
        ("right order, each frame at its own time", video.times[kept], green[kept], "green"),
    ]
    figure = chart(1136, 430, left=0.02, right=0.98, top=0.92, bottom=0.11, hspace=0.62)
    for position, (title, times, values, colour) in enumerate(ways, start=1):
        axes: Axes = figure.add_subplot(3, 1, position)
        rate, level = beats(times, values)
        axes.plot(times, level, color=COLOURS[colour], linewidth=2.2)
        axes.set_title(title, loc="left", fontsize=25, fontweight=400, color=COLOURS["ink"])
        axes.set_title(f"{rate:.0f} beats a minute", loc="right", fontsize=26, color=COLOURS[colour])
        axes.set(xlim=(0, 10), yticks=[], xticks=[0, 2, 4, 6, 8, 10] if position == 3 else [])
        axes.spines["left"].set_visible(False)
        if position == 3:
            axes.set_xticks([0, 2, 4, 6, 8, 10], ["0 s", "2", "4", "6", "8", "10 s"], fontsize=25)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
