"""A slice is a window on the same memory; fancy indexing fills memory of its own."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, arrow, canvas, cell, label, save


def draw() -> Figure:
    """Return the picture: one row of memory, a view above it, a copy below it."""
    figure, axes = canvas(1136, 420)
    left, width = 236, 92
    label(axes, 16, 212, "x", mono=True, bold=True, size=26)
    label(axes, 60, 212, "memory", colour="muted")
    for k in range(6):
        cell(
            axes, left + width * k, 180, str(10 * k), size=width, height=64, fill="bluewash" if 2 <= k < 5 else "panel"
        )
    axes.add_patch(
        Rectangle((left + 2 * width, 172), 3 * width, 80, fill=False, edgecolor=COLOURS["blue"], linewidth=4)
    )
    label(axes, 16, 60, "v = x[2:5]", mono=True, bold=True)
    arrow(axes, (left + 3.5 * width, 90), (left + 3.5 * width, 166), colour="blue")
    label(axes, left + 2 * width, 60, "start 2, length 3, stride 1: no numbers of its own", colour="blue")
    label(axes, 16, 348, "c = x[[2, 3, 4]]", mono=True, bold=True)
    for k in range(3):
        arrow(axes, (left + width * (2.5 + k), 258), (left + width * (2.5 + k), 310), colour="amber")
        cell(axes, left + width * (2 + k), 316, str(20 + 10 * k), size=width, height=64, fill="amberwash")
    label(axes, left + 5 * width + 28, 348, "copied: three numbers of its own", colour="amber")
    label(axes, left + 6 * width + 28, 212, "v[0] = 99 changes x\nc[0] = 99 does not", mono=True, size=22)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
