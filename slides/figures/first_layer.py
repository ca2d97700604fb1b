"""What the first layer looks at: five neurons of the linear model and of the MLP, five windows of the CNN."""

import json
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import COLOURS, chart, framed, save

MEASURED = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))


def draw() -> Figure:
    """Return three rows of small pictures."""
    figure = chart(1136, 470)
    tones = LinearSegmentedColormap.from_list("weights", [COLOURS["blue"], "white", COLOURS["red"]])
    rows = (
        ("linear", "five of ten:\n0 to 4", MEASURED["templates"], 0.68),
        ("MLP", "five of 256", MEASURED["neurons"], 0.345),
        ("CNN", "five of 16\nwindows, 5 by 5", MEASURED["windows"], 0.01),
    )
    side, room = 0.31 * 470 / 1136, 0.158
    for name, words, pictures, bottom in rows:
        figure.text(0, bottom + 0.23, name, fontsize=26, fontweight=600, color=COLOURS["ink"])
        figure.text(0, bottom + 0.2, words, fontsize=24, color=COLOURS["muted"], linespacing=1.2, va="top")
        for place, weights in enumerate(pictures[:5]):
            axes = figure.add_axes((0.21 + place * room, bottom, side, 0.31))
            axes.imshow(np.array(weights), cmap=tones, vmin=-9, vmax=9, interpolation="nearest")
            framed(axes)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
