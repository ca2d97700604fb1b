"""Gradient descent on one weight with three step sizes."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

TRIALS = (("too small", 0.03, "amber"), ("right", 0.3, "green"), ("too large", 1.05, "red"))


def loss(weight: float) -> float:
    """Return the loss, a parabola with its minimum at 2."""
    return (weight - 2) ** 2


def draw() -> Figure:
    """Return three plots of the same valley, with eight steps each."""
    figure = chart(1136, 340, left=0.055, right=0.99, top=0.86, bottom=0.22, wspace=0.12)
    valley = np.linspace(-3.2, 7.2, 100)
    for position, (name, rate, colour) in enumerate(TRIALS, start=1):
        axes = figure.add_subplot(1, 3, position)
        axes.plot(valley, (valley - 2) ** 2, color=COLOURS["line"], linewidth=5)
        path = [-0.6]
        for _ in range(8):
            path.append(path[-1] - rate * 2 * (path[-1] - 2))
        axes.plot(path, [loss(weight) for weight in path], "o-", color=COLOURS[colour], linewidth=2, markersize=8)
        axes.set_title(f"{name}: step size {rate:g}")
        axes.set_xlabel("weight")
        axes.set_xlim(-3.7, 7.7)
        axes.set_ylim(-1, 27)
        axes.set_xticks([-2, 2, 6])
        axes.set_yticks([0, 10, 20])
        axes.tick_params(labelleft=position == 1)
    figure.axes[0].set_ylabel("loss")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
