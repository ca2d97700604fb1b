"""From a wave to a rate: the wave under a Hann window, its spectrum, and the parabola through its peak."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import pos


def draw() -> Figure:
    """Return three plots beside each other."""
    traces = make_rgb_traces("easy", seconds=20.0, heart_rate=70.0, tone="II", seed=8)
    wave = pos(traces.rgb, traces.fps)
    hann = np.hanning(len(wave))
    power = np.log10(np.abs(np.fft.rfft(wave * hann)) ** 2)
    rates = np.fft.rfftfreq(len(wave), 1 / traces.fps) * 60
    peak = int(np.argmax(np.where((rates > 42) & (rates < 210), power, -np.inf)))
    left, middle, right = power[peak - 1 : peak + 2]
    shift = 0.5 * (left - right) / (left - 2 * middle + right)
    figure = chart(1136, 330, left=0.02, right=0.985, top=0.86, bottom=0.22, wspace=0.12)
    one, two, three = figure.subplots(1, 3)
    one.plot(traces.times, wave * hann, color=COLOURS["green"], linewidth=2)
    one.plot(traces.times, np.abs(wave).max() * hann, color=COLOURS["muted"], linestyle="--", linewidth=2)
    one.set_title("1  fade in and out")
    one.set_xlabel("seconds")
    two.plot(rates, 10**power, color=COLOURS["green"], marker="o", markersize=5)
    two.axvspan(20, 42, color=COLOURS["line"], alpha=0.6, linewidth=0)
    two.axvspan(210, 240, color=COLOURS["line"], alpha=0.6, linewidth=0)
    two.set_xlim(20, 240)
    two.set_title("2  the highest in the band")
    two.set_xlabel("beats a minute")
    near = slice(peak - 3, peak + 4)
    x = np.linspace(-1.2, 1.2, 100)
    bend, slope = 0.5 * (left - 2 * middle + right), 0.5 * (right - left)
    three.plot(rates[near], power[near], "o", color=COLOURS["green"], markersize=10)
    three.plot(rates[peak] + 3 * x, middle + slope * x + bend * x**2, color=COLOURS["blue"])
    three.axvline(rates[peak] + 3 * shift, color=COLOURS["blue"], linestyle="--", linewidth=2)
    three.set_title("3  between the bins")
    three.set_xlabel("beats a minute")
    three.set_ylim(middle - 3, middle + 0.6)
    three.text(
        rates[peak] + 3 * shift + 0.5,
        middle + 0.38,
        f"{rates[peak] + 3 * shift:.1f}",
        color=COLOURS["blue"],
        va="center",
        fontweight=600,
    )
    for axes in (one, two, three):
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
