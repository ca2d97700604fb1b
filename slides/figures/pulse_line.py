"""The line on the title slide: the pulse in the recording's mean green, nothing else."""

import numpy as np
from matplotlib.figure import Figure
from style import canvas, recorded_pulse, save


def draw() -> Figure:
    """Return the pulse from edge to edge of a slide."""
    pulse = recorded_pulse()
    figure, axes = canvas(1280, 240)
    x = np.linspace(0, 1280, len(pulse))
    axes.plot(x, 120 - 95 * pulse / np.abs(pulse).max(), color="#5fd4a5", linewidth=3.5, solid_capstyle="round")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
