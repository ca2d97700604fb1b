"""From strokes on a canvas to what the network is fed, as MNIST was made."""

import itertools

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, chart, framed, save

STROKES = (((20, 190), (14, 224), (60, 220)), ((48, 186), (44, 262)))
BRIGHT = "#ffcc55"
"""On black in both variants."""
PEN, BOX, SIDE, FINE = 1.15, 20, 28, 8


def inked(strokes: list[np.ndarray]) -> np.ndarray:
    """Return the share of each of 28 x 28 pixels that a round pen covers."""
    places = (np.arange(SIDE * FINE) + 0.5) / FINE
    x, y = np.meshgrid(places, places)
    wet = np.zeros(x.shape, bool)
    for stroke in strokes:
        for (x1, y1), (x2, y2) in itertools.pairwise(stroke):
            along = np.clip(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2), 0, 1)
            wet |= np.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1)) <= PEN
    return wet.reshape(SIDE, FINE, SIDE, FINE).mean(axis=(1, 3))


def draw() -> Figure:
    """Return three steps: drawn, scaled to 20 pixels, centred by mass."""
    strokes = [np.array(stroke, float) for stroke in STROKES]
    points = np.concatenate(strokes)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (BOX - 2 * PEN) / (high - low).max()
    boxed = [(stroke - low) * scale + PEN for stroke in strokes]
    light = inked(boxed)
    mass = np.array([(light.sum(axis=axis) * (np.arange(SIDE) + 0.5)).sum() for axis in (0, 1)]) / light.sum()
    centred = [stroke + SIDE / 2 + 0.5 - mass for stroke in boxed]
    figure = chart(1000, 330, left=0.004, right=0.996, top=0.86, bottom=0.02, wspace=0.2)
    first = figure.add_subplot(1, 3, 1)
    for stroke in strokes:
        first.plot(*stroke.T, color=COLOURS["ink"], linewidth=9, solid_capstyle="round", solid_joinstyle="round")
    first.set_xlim(0, 280)
    first.set_ylim(280, 0)
    first.set_title("what you draw")
    tones = LinearSegmentedColormap.from_list("ink", [COLOURS["ink"], "white"])
    for position, (title, shown) in enumerate(
        (("longer side: 20 pixels", boxed), ("mass to the middle", centred)), start=2
    ):
        axes = figure.add_subplot(1, 3, position)
        axes.imshow(inked(shown), cmap=tones, vmin=0, vmax=1, interpolation="nearest")
        axes.set_title(title)
        if position == 2:
            axes.add_patch(Rectangle((-0.5, -0.5), BOX, BOX, fill=False, edgecolor=BRIGHT, linewidth=4))
        else:
            axes.plot([14], [14], "+", color=BRIGHT, markersize=34, markeredgewidth=4)
    for axes in figure.axes:
        axes.set_aspect("equal")
        framed(axes)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
