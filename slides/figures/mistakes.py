"""The MLP's confusion matrix, and the digits on which the CNN is most wrong."""

import json
from pathlib import Path

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, chart, save

MEASURED = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))


def draw() -> Figure:
    """Return the table of counts and a grid of ten pictures with truth and answer."""
    figure = chart(1136, 470)
    counts = np.array(MEASURED["confusion"])
    axes = figure.add_axes((0.035, 0.135, 0.4, 0.775))
    for row, column in np.ndindex(10, 10):
        count, right = counts[row, column], row == column
        fill = "amber" if count > 8 else "amberwash" if count > 4 else "panel"
        if count and not right:
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=COLOURS[fill], edgecolor="none"))
        if count:
            tone = "green" if right else "paper" if fill == "amber" else "ink"
            weight = 600 if right or fill == "amber" else 400
            style = {"ha": "center", "va": "center_baseline", "fontsize": 22, "fontweight": weight}
            axes.text(column, row, count, color=COLOURS[tone], **style)
    axes.set_xlim(-0.5, 9.5)
    axes.set_ylim(9.5, -0.5)
    axes.set_xticks(range(10))
    axes.set_yticks(range(10))
    axes.tick_params(length=0)
    axes.set_title("MLP: rows are the truth", pad=8, fontsize=24)
    axes.set_xlabel("what it read", labelpad=2, fontsize=22)
    shades = LinearSegmentedColormap.from_list("ink", [COLOURS["ink"], "white"])
    for place, (worst, digits) in enumerate(zip(MEASURED["worst"][:10], MEASURED["worst_pictures"][:10], strict=True)):
        row, column = divmod(place, 5)
        axes = figure.add_axes((0.475 + 0.106 * column, 0.55 - 0.45 * row, 0.098, 0.27))
        axes.imshow(
            np.array([int(value, 16) for value in digits]).reshape(28, 28),
            cmap=shades,
            interpolation="nearest",
            aspect="auto",
        )
        axes.axis("off")
        axes.set_title(f"{worst['truth']} read as {worst['guess']}", fontsize=22, fontweight=400, pad=5)
    figure.text(
        0.475, 0.93, "CNN: its ten worst of 2,000 validation digits", fontsize=24, fontweight=600, color=COLOURS["ink"]
    )
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
