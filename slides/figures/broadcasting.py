"""(3, 1) + (1, 4): cells with dashed edges are only pretended."""

from matplotlib.figure import Figure
from style import canvas, grid, label, save


def draw() -> Figure:
    """Return the picture: column plus row equals table."""
    figure, axes = canvas(1136, 316)
    column, row = (0, 10, 20), (1, 2, 3, 4)
    grid(axes, 20, 70, [[str(a)] * 4 for a in column], size=64, fill="greenwash", ghost=lambda _, j: j > 0)
    grid(axes, 380, 70, [[str(b) for b in row]] * 3, size=64, fill="bluewash", ghost=lambda i, _: i > 0)
    grid(axes, 764, 70, [[str(a + b) for b in row] for a in column], size=64, fill="amberwash")
    label(axes, 148, 36, "(3, 1)", mono=True, bold=True, ha="center")
    label(axes, 508, 36, "(1, 4)", mono=True, bold=True, ha="center")
    label(axes, 892, 36, "(3, 4)", mono=True, bold=True, ha="center")
    label(axes, 328, 166, "+", size=44, ha="center")
    label(axes, 700, 166, "=", size=44, ha="center")
    label(axes, 148, 296, "one column, read 4 times", ha="center", colour="muted", size=22)
    label(axes, 508, 296, "one row, read 3 times", ha="center", colour="muted", size=22)
    label(axes, 892, 296, "new memory", ha="center", colour="muted", size=22)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
