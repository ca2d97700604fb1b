"""Two objects, their class and its base, and the way that the search for a name takes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from style import COLOURS, arrow, canvas, label, save

ROW = 40


def box(
    axes: Axes, corner: tuple[float, float], title: str, rows: tuple[str, ...], wash: str, width: float = 300
) -> None:
    """Draw a box with a head and one row an attribute."""
    x, y = corner
    axes.add_patch(Rectangle((x, y), width, ROW, facecolor=COLOURS[wash], edgecolor=COLOURS["ink"], linewidth=1.8))
    axes.add_patch(
        Rectangle(
            (x, y + ROW), width, ROW * len(rows), facecolor=COLOURS["panel"], edgecolor=COLOURS["ink"], linewidth=1.8
        )
    )
    label(axes, x + 14, y + ROW / 2, title, bold=True)
    for k, row in enumerate(rows):
        label(axes, x + 14, y + ROW * (k + 1.5), row, mono=True, size=21)


def mark(axes: Axes, place: tuple[float, float], number: int) -> None:
    """Draw a numbered dot: the stations of the search."""
    axes.add_patch(Circle(place, 19, facecolor=COLOURS["green"], edgecolor="none"))
    label(axes, *place, str(number), colour="paper", bold=True, ha="center")


def draw() -> Figure:
    """Return two runs, the class Run, and object; numbers say where a.epochs, a.lr and a.depth are sought."""
    figure, axes = canvas(1136, 380)
    box(axes, (4, 40), "a, a Run", ("lr = 0.1", "history → [0.7]"), "bluewash")
    box(axes, (4, 230), "b, a Run", ("lr = 0.01", "history → []"), "bluewash")
    box(axes, (430, 110), "class Run", ("epochs = 10", "__init__()", "report()"), "greenwash")
    box(axes, (832, 130), "class object", ("__repr__()", "…"), "amberwash")
    arrow(axes, (306, 100), (426, 170), colour="muted")
    arrow(axes, (306, 290), (426, 220), colour="muted")
    arrow(axes, (732, 190), (828, 190), colour="muted")
    label(axes, 368, 196, "its class", colour="muted", ha="center")
    label(axes, 780, 166, "base", colour="muted", ha="center")
    mark(axes, (304, 42), 1)
    mark(axes, (730, 112), 2)
    mark(axes, (1130 - 22, 132), 3)
    label(axes, 430, 318, "a.lr", mono=True, bold=True, size=21)
    label(axes, 560, 318, "found at 1")
    label(axes, 430, 354, "a.epochs", mono=True, bold=True, size=21)
    label(axes, 560, 354, "not at 1, found at 2")
    label(axes, 800, 354, "a.depth", mono=True, bold=True, size=21)
    label(axes, 920, 354, "nowhere: error")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
