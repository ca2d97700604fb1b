"""The truth has a window too: a heart's rate from moment to moment, its nominal one, and the mean of each 20 s."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

NOMINAL = 72.0


def draw() -> Figure:
    """Return the rate of one clip over a minute."""
    traces = make_rgb_traces("easy", seconds=60.0, heart_rate=NOMINAL, seed=6)
    times = np.arange(0.5, 59.5, 0.05)
    now = [traces.mean_rate(time - 0.4, time + 0.4) for time in times]
    figure = chart(1136, 330, left=0.075, right=0.975, top=0.97, bottom=0.235)
    axes = figure.subplots()
    axes.plot(times, now, color=COLOURS["muted"], linewidth=2)
    axes.axhline(NOMINAL, color=COLOURS["red"], linestyle="--")
    axes.text(0.4, 69.0, "nominal: 72", color=COLOURS["red"], va="center", fontsize=22)
    for start in (0, 20, 40):
        mean = traces.mean_rate(start, start + 20)
        axes.plot([start, start + 20], [mean, mean], color=COLOURS["green"], linewidth=5, solid_capstyle="butt")
        axes.text(
            start + 10, 75.2, f"mean {mean:.1f}", color=COLOURS["green"], ha="center", va="center", fontweight=600
        )
        axes.axvline(start, color=COLOURS["line"], linewidth=1.5)
    axes.set_xlim(0, 60)
    axes.set_ylim(68.4, 75.8)
    axes.set_xlabel("seconds")
    axes.set_ylabel("beats a minute")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
