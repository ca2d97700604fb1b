"""What the first layer looks at: ten neurons of the linear model, six of the MLP, the windows of the CNN."""

import json
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import COLOURS, chart, framed, save

MEASURED = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))


def draw() -> Figure:
    """Return three rows of small pictures."""
    figure = chart(1136, 440)
    tones = LinearSegmentedColormap.from_list("weights", [COLOURS["blue"], "white", COLOURS["red"]])
    rows = (
        ("linear", "one for each digit, 0 to 9", MEASURED["templates"], 10, 0.7),
        ("MLP", "six of 256", MEASURED["neurons"], 10, 0.37),
        ("CNN", "all 16 windows, 5 by 5", MEASURED["windows"], 16, 0.04),
    )
    for name, words, pictures, count, bottom in rows:
        figure.text(0, bottom + 0.16, name, fontsize=26, fontweight=600, color=COLOURS["ink"])
        figure.text(
            0,
            bottom + 0.05,
            words.replace(", ", ",\n"),
            fontsize=22,
            color=COLOURS["muted"],
            linespacing=1.2,
            va="center",
        )
        width = 0.79 / count
        for place, weights in enumerate(pictures):
            axes = figure.add_axes((0.21 + place * width, bottom, 0.93 * width, 0.27))
            axes.imshow(np.array(weights), cmap=tones, vmin=-9, vmax=9, interpolation="nearest")
            framed(axes)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
