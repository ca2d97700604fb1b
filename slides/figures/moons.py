"""The 200 points of the first network: two half-moons, red circles and green squares."""

from __future__ import annotations

import torch
from first_network import moons
from matplotlib.figure import Figure
from style import COLOURS, chart, save


def draw() -> Figure:
    """Return the points in the plane, each label with a mark and a name of its own."""
    points, labels = moons(200, torch.Generator().manual_seed(1))
    figure = chart(540, 420, left=0.09, right=0.99, top=0.99, bottom=0.12)
    axes = figure.subplots()
    names = ((0, "red", "o", (-1.0, 1.3)), (1, "green", "s", (1.05, -1.2)))
    for label, colour, mark, place in names:
        chosen = points[labels[:, 0] == label]
        axes.plot(*chosen.T, mark, color=COLOURS[colour], markersize=8, markeredgewidth=0)
        axes.text(*place, f"label {label}", color=COLOURS[colour], ha="center", va="center", fontweight=600)
    axes.set_xlim(-1.7, 2.7)
    axes.set_ylim(-1.4, 1.6)
    axes.set_xticks([-1, 0, 1, 2])
    axes.set_yticks([-1, 0, 1])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
