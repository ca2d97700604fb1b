"""Eight of each digit from the course's own set."""

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.digits import draw_digits

COLUMNS, ROWS, GAP = 20, 4, 4


def draw() -> Figure:
    """Return a wall of 80 digits in one picture."""
    images, labels = draw_digits(1000, seed=0)
    order = np.argsort(labels, kind="stable")
    chosen = [images[order[labels[order] == digit][k]] for k in range(8) for digit in range(10)]
    wall = np.full((ROWS * (28 + GAP) - GAP, COLUMNS * (28 + GAP) - GAP), np.nan)
    for place, picture in enumerate(chosen):
        row, column = place // COLUMNS, place % COLUMNS
        wall[row * (28 + GAP) :, column * (28 + GAP) :][:28, :28] = picture
    figure = chart(1136, 222)
    axes = figure.add_axes((0, 0, 1, 1))
    tones = LinearSegmentedColormap.from_list("ink", [COLOURS["ink"], "white"]).with_extremes(bad=(0, 0, 0, 0))
    axes.imshow(wall, cmap=tones, interpolation="nearest", aspect="auto")
    axes.axis("off")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
