"""The line on the title slide: the training loss, step by step, of a run that was killed and went on."""

import numpy as np
from matplotlib.figure import Figure
from resumed import BATCH, KILLED, TRAIN, curves
from style import canvas, save


def draw() -> Figure:
    """Return the loss from edge to edge of a slide, with the place where the run was killed."""
    steps = np.array(curves()[3])
    smooth = np.convolve(np.pad(steps, 1, mode="edge"), (0.25, 0.5, 0.25), mode="valid")
    x = np.linspace(0, 1280, len(smooth))
    y = 222 - 195 * smooth / smooth.max()
    cut = KILLED * TRAIN // BATCH
    figure, axes = canvas(1280, 240)
    axes.plot(x[:cut], y[:cut], color="#5fd4a5", linewidth=3.5, solid_capstyle="round")
    axes.plot(
        x[cut - 1 : cut + 6],
        y[cut - 1 : cut + 6],
        color="#aab5c2",
        linewidth=3.5,
        linestyle=(0, (0.1, 2)),
        dash_capstyle="round",
    )
    axes.plot(x[cut + 5 :], y[cut + 5 :], color="#5fd4a5", linewidth=3.5, solid_capstyle="round")
    axes.plot(
        [x[cut - 1]], [y[cut - 1]], "o", color="#11171f", markersize=15, markeredgecolor="#ff8f9c", markeredgewidth=3.5
    )
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
