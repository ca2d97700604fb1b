"""What is read of digits that are moved to the right by 0 to 4 pixels."""

import json
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.digits import draw_digits

LADDER = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))["ladder"]
STYLES = {
    "template": ("muted", ":"),
    "nearest neighbour": ("amber", "-."),
    "linear": ("red", "--"),
    "MLP": ("blue", (0, (7, 2))),
    "CNN": ("green", "-"),
}


def draw() -> Figure:
    """Return a digit before and after, and five falling lines."""
    figure = chart(1136, 430)
    image = draw_digits(40, seed=0)[0][7]
    tones = LinearSegmentedColormap.from_list("ink", [COLOURS["ink"], "white"])
    for place, (title, shift) in enumerate((("as it is", 0), ("two to the right", 2))):
        axes = figure.add_axes((0.0, 0.53 - 0.5 * place, 0.17, 0.38))
        axes.imshow(np.roll(image, shift, axis=1), cmap=tones, interpolation="nearest")
        axes.set_title(title, fontsize=24, fontweight=400, pad=6)
        axes.axis("off")
    axes = figure.add_axes((0.27, 0.2, 0.5, 0.77))
    for row in LADDER:
        colour, dash = STYLES[row["name"]]
        axes.plot(
            range(5), row["steps"], color=COLOURS[colour], linestyle=dash, linewidth=3.5, marker="o", markersize=7
        )
    for name, height in zip(
        ("CNN", "MLP", "nearest neighbour", "linear", "template"), (63, 36, 29.5, 23, 16), strict=True
    ):
        axes.text(4.12, height, name, color=COLOURS[STYLES[name][0]], va="center", fontsize=24, clip_on=False)
    axes.set_xlabel("pixels to the right")
    axes.set_ylabel("read right, %")
    axes.set_xticks(range(5))
    axes.set_ylim(0, 102)
    axes.set_yticks([0, 25, 50, 75, 100])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
