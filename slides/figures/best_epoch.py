"""Training and validation loss of the MLP over twelve epochs, and the epoch to keep."""

import json
from pathlib import Path

from matplotlib.figure import Figure
from style import COLOURS, chart, save

CURVE = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))["curves"]["healthy"]


def draw() -> Figure:
    """Return the two curves and a mark at the lowest validation loss."""
    training, validation = zip(*CURVE, strict=True)
    epochs = range(1, len(CURVE) + 1)
    best = min(epochs, key=lambda epoch: validation[epoch - 1])
    figure = chart(660, 400, left=0.12, right=0.97, top=0.95, bottom=0.19)
    axes = figure.add_subplot()
    axes.plot(epochs, training, "--", color=COLOURS["blue"])
    axes.plot(epochs, validation, color=COLOURS["amber"])
    axes.plot([best], [validation[best - 1]], "o", color=COLOURS["red"], markersize=14)
    axes.annotate(
        f"epoch {best}: keep these weights",
        (best, validation[best - 1]),
        (best - 2.4, 0.47),
        color=COLOURS["red"],
        arrowprops={"arrowstyle": "-", "color": COLOURS["red"], "linewidth": 2, "shrinkB": 9},
    )
    axes.text(9.3, 0.235, "validation", color=COLOURS["amber"], fontsize=24)
    axes.text(9.3, 0.03, "training", color=COLOURS["blue"], fontsize=24)
    axes.set_xlabel("epoch")
    axes.set_ylabel("loss")
    axes.set_xticks([1, 4, 8, 12])
    axes.set_yticks([0, 0.3, 0.6, 0.9])
    axes.set_ylim(0, 1)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
