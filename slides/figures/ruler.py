"""A bin is a ruler: what POS reads against the truth, by bins and between them, and a truth read by the same bins."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import BAND, bpm, pos

CLIPS, SECONDS = 80, 20.0


def by_bins(wave: NDArray[np.float64], fps: float) -> float:
    """Return the rate of the highest bin, 60 / SECONDS = 3 BPM wide."""
    rates = np.fft.rfftfreq(len(wave), 1 / fps)
    power = np.abs(np.fft.rfft(wave * np.hanning(len(wave)))) ** 2
    return float(60 * rates[np.argmax(np.where((rates >= BAND[0]) & (rates <= BAND[1]), power, 0))])


def draw() -> Figure:
    """Return two plots: reading against truth; and the reading by bins against a truth read by the same bins."""
    rows = []
    for seed in range(CLIPS):
        traces = make_rgb_traces("easy", seconds=SECONDS, heart_rate=60 + 20 * seed / CLIPS, seed=seed)
        wave = pos(traces.rgb, traces.fps)
        rows.append(
            (traces.heart_rate, by_bins(wave, traces.fps), bpm(wave, traces.fps), by_bins(traces.blood, traces.fps))
        )
    truth, bins, between, ruled = np.array(rows).T
    figure = chart(1136, 400, left=0.075, right=0.99, top=0.88, bottom=0.19, wspace=0.2)
    one, two = figure.subplots(1, 2)
    one.plot([58, 82], [58, 82], color=COLOURS["line"], linewidth=2)
    one.plot(truth, bins, "s", color=COLOURS["red"], markersize=7, label="highest bin")
    one.plot(truth, between, "o", color=COLOURS["green"], markersize=6, label="with the parabola")
    one.set_title(f"mean error {np.abs(bins - truth).mean():.2f} and {np.abs(between - truth).mean():.2f}")
    one.set_xlabel("truth, beats a minute")
    one.set_ylabel("read")
    one.legend(frameon=False, fontsize=22, loc="upper left", handletextpad=0.2, borderpad=0)
    zeros = float((bins == ruled).mean())
    two.plot([58, 82], [58, 82], color=COLOURS["line"], linewidth=2)
    two.plot(ruled, bins, "s", color=COLOURS["red"], markersize=12, alpha=0.25)
    two.set_title(f"“truth” read by the same bins: {100 * zeros:.0f} % exact")
    two.set_xlabel("“truth” by bins, beats a minute")
    for axes in (one, two):
        axes.set_xlim(57, 83)
        axes.set_ylim(57, 83)
        axes.set_xticks(range(60, 81, 6))
        axes.set_yticks(range(60, 81, 6))
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
