"""The mean green of each frame, and what is left once the slow drift is taken away."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata import recording


def draw() -> Figure:
    """Return two plots, one above the other, with the true beats marked."""
    video = recording()
    green = video.frames[..., 1].mean(axis=(1, 2))
    window = round(video.fps)
    padded = np.pad(green, window // 2, mode="edge")
    drift = np.convolve(padded, np.full(window, 1 / window), mode="same")[window // 2 : -(window // 2)]
    figure = chart(1136, 410, left=0.115, right=0.99, top=0.97, bottom=0.19, hspace=0.2)
    upper, lower = figure.subplots(2, 1, sharex=True)
    upper.plot(video.times, green, color=COLOURS["green"])
    upper.plot(video.times, drift, color=COLOURS["muted"], linestyle="--", linewidth=2)
    upper.set_ylabel("mean green")
    lower.axhline(0, color=COLOURS["line"], linewidth=1.5)
    lower.plot(video.times, green - drift, color=COLOURS["green"])
    lower.set_ylabel("less drift")
    lower.set_xlabel("seconds")
    lower.set_xlim(0, 10)
    lower.set_xticks(range(11))
    figure.align_ylabels()
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
