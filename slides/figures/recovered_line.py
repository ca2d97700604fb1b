"""Week 5's title: mean green under a swinging lamp as a pale line, and the pulse that POS finds in the same colours."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import canvas, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import green, pos


def draw() -> Figure:
    """Return both lines from edge to edge of a slide, in the same height."""
    traces = make_rgb_traces("achromatic", seconds=14.0, heart_rate=66.0, tone="II", seed=1)
    shown = slice(60, 360)
    figure, axes = canvas(1280, 240)
    x = np.linspace(0, 1280, 300)
    for method, colour, width in ((green, "#8a94a3", 1.6), (pos, "#5fd4a5", 3.5)):
        wave = method(traces.rgb, traces.fps)[shown]
        axes.plot(x, 120 - 100 * wave / np.abs(wave).max(), color=colour, linewidth=width, solid_capstyle="round")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
