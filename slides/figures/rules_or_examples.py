"""Programming by rules beside learning from examples."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save


def box(axes: Axes, x: float, y: float, text: str, fill: str, width: float = 190) -> None:
    """Draw a box with a word in it."""
    style = "round,pad=0,rounding_size=12"
    shape = FancyBboxPatch(
        (x, y - 34), width, 68, boxstyle=style, facecolor=COLOURS[fill], edgecolor=COLOURS["ink"], linewidth=1.6
    )
    axes.add_patch(shape)
    label(axes, x + width / 2, y, text, ha="center", size=26)


def draw() -> Figure:
    """Return two rows: rules and data give answers; data and answers give rules."""
    figure, axes = canvas(1136, 400)
    rows = (
        (100, "programming", ("rules", "data"), "computer", "answers"),
        (300, "learning", ("answers", "data"), "training", "rules"),
    )
    for y, name, inputs, engine, result in rows:
        label(axes, 10, y, name, bold=True, size=28)
        for shift, word in zip((-46, 46), inputs, strict=True):
            box(axes, 250, y + shift, word, {"rules": "amberwash", "data": "bluewash", "answers": "greenwash"}[word])
            arrow(axes, (444, y + shift), (546, y + shift * 0.3))
        box(axes, 552, y, engine, "panel")
        arrow(axes, (746, y), (848, y))
        box(axes, 854, y, result, "greenwash" if result == "answers" else "amberwash")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
