"""GREEN of a face whose light swings: the wave, and a spectrum whose highest peak is the lamp's."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import bpm, green, pos


def draw() -> Figure:
    """Return wave and spectrum of GREEN, and below of POS, from the same colours."""
    traces = make_rgb_traces("achromatic", seconds=20.0, heart_rate=72.0, tone="II", seed=13)
    figure = chart(1136, 400, left=0.1, right=0.985, top=0.93, bottom=0.175, hspace=0.34, wspace=0.14)
    rows = figure.subplots(2, 2, gridspec_kw={"width_ratios": (1.35, 1)})
    for (wave_axes, power_axes), (name, method, colour) in zip(
        rows, (("GREEN", green, "green"), ("POS", pos, "blue")), strict=True
    ):
        wave = method(traces.rgb, traces.fps)
        wave_axes.plot(traces.times, wave, color=COLOURS[colour])
        wave_axes.set_xlim(4, 16)
        wave_axes.set_yticks([])
        wave_axes.set_ylabel(name, fontweight=600, rotation=0, ha="right", va="center", labelpad=14)
        rates = np.arange(42.0, 180.0, 0.5)
        shaped = wave * np.hanning(len(wave))
        power = np.abs(np.exp(-2j * np.pi * np.outer(rates / 60, traces.times)) @ shaped) ** 2
        power_axes.fill_between(rates, power / power.max(), color=COLOURS[colour], alpha=0.3, linewidth=0)
        power_axes.plot(rates, power / power.max(), color=COLOURS[colour])
        power_axes.axvline(traces.heart_rate, color=COLOURS["red"], linestyle="--", linewidth=2)
        power_axes.set_ylim(0, 1.3)
        power_axes.set_yticks([])
        power_axes.set_xlim(42, 180)
        power_axes.text(176, 1.0, f"reads {bpm(wave, traces.fps):.0f}", ha="right", va="center", fontweight=600)
        power_axes.spines["left"].set_visible(False)
    rows[0][1].text(traces.heart_rate + 2, 1.16, "truth", color=COLOURS["red"], va="center", fontsize=22)
    for axes, name in zip(rows[1], ("seconds", "beats a minute"), strict=True):
        axes.set_xlabel(name)
    for axes in rows[0]:
        axes.tick_params(labelbottom=False)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
