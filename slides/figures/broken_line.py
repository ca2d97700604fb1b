"""The line on week 2's title slide: the pulse where the damaged folder still has frames, dots where it has none."""

import numpy as np
from matplotlib.figure import Figure
from style import canvas, recorded_pulse, save

LOST = 60


def draw() -> Figure:
    """Return the pulse from edge to edge of a slide, broken where frames are lost."""
    pulse = recorded_pulse()
    lost = np.random.default_rng(0).choice(len(pulse), LOST, replace=False)
    x, y = np.linspace(0, 1280, len(pulse)), 120 - 95 * pulse / np.abs(pulse).max()
    whole = y.copy()
    whole[lost] = np.nan
    figure, axes = canvas(1280, 240)
    axes.plot(x, whole, color="#5fd4a5", linewidth=3.5, solid_capstyle="round")
    axes.plot(x[lost], y[lost], "o", color="#ff8f9c", markersize=4.5)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
