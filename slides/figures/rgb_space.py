"""Each pixel of a frame as a point whose coordinates are its red, green and blue."""

import numpy as np
from matplotlib.figure import Figure
from style import chart, save

from coursedata import recording


def draw() -> Figure:
    """Return a cloud of 700 pixels in the colours they have."""
    pixels = recording().frames[0].reshape(-1, 3)
    chosen = pixels[np.random.default_rng(1).permutation(len(pixels))[:700]]
    figure = chart(540, 440)
    axes = figure.add_axes((0.0, 0.02, 0.88, 1.0), projection="3d")
    axes.scatter(*chosen.T, c=chosen / 255, s=46, depthshade=False, edgecolors="#808080", linewidths=0.3)
    for name, axis in (("red", axes.xaxis), ("green", axes.yaxis), ("blue", axes.zaxis)):
        axis.set_label_text(name, fontsize=24)
        axis.set_ticks([0, 128, 255] if name == "blue" else [64, 192])
        axis.set_tick_params(labelsize=24, pad=6 if name == "blue" else 0)
        axis.pane.fill = False
        axis.labelpad = 20
    axes.view_init(elev=18, azim=-62)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
