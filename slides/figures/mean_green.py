"""The mean green of each frame, and what is left once the slow drift is taken away."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata import recording

BLINKS = (1.1, 4.2, 8.3)
"""Seconds: when the eyes of the recording are shut."""


def beats(blood: np.ndarray, reach: int = 12) -> list[int]:
    """Return the frames in which the blood is at its most: higher than `reach` frames before and behind."""
    places = range(1, len(blood) - 1)
    return [i for i in places if blood[i] == blood[max(0, i - reach) : i + reach + 1].max()]


def draw() -> Figure:
    """Return two plots, one above the other, with the true beats numbered and the blinks named."""
    video = recording()
    green = video.frames[..., 1].mean(axis=(1, 2))
    window = round(video.fps)
    padded = np.pad(green, window // 2, mode="edge")
    drift = np.convolve(padded, np.full(window, 1 / window), mode="same")[window // 2 : -(window // 2)]
    figure = chart(1136, 424, left=0.115, right=0.99, top=0.98, bottom=0.175, hspace=0.12)
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(1, 1.5))
    upper.plot(video.times, green, color=COLOURS["green"])
    upper.plot(video.times, drift, color=COLOURS["muted"], linestyle="--", linewidth=2)
    upper.set_ylabel("mean green")
    lower.axhline(0, color=COLOURS["line"], linewidth=1.5)
    for number, frame in enumerate(beats(video.blood), start=1):
        time = video.times[frame]
        lower.plot([time, time], [-0.31, 0.13], color=COLOURS["muted"], linestyle=":", linewidth=2)
        lower.text(time, -0.39, str(number), color=COLOURS["ink"], ha="center", va="center", fontsize=22)
    for time in BLINKS:
        lower.text(time, 0.2, "blink", color=COLOURS["blue"], ha="center", va="center", fontsize=22)
    lower.plot(video.times, green - drift, color=COLOURS["green"])
    lower.set_ylabel("less drift")
    lower.set_xlabel("seconds")
    lower.set_xlim(0, 10)
    lower.set_ylim(-0.47, 0.26)
    lower.set_xticks(range(11))
    figure.align_ylabels()
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
