"""A (3, 4) table summed over dim 0 and over dim 1."""

from matplotlib.figure import Figure
from style import arrow, canvas, grid, label, save


def draw() -> Figure:
    """Return the table with its sums below and at its right."""
    figure, axes = canvas(580, 420)
    rows = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]
    grid(axes, 16, 50, [[str(value) for value in row] for row in rows], size=62)
    label(axes, 16, 22, "x  (3, 4)", mono=True, bold=True)
    grid(axes, 16, 312, [[str(sum(column)) for column in zip(*rows, strict=True)]], size=62, fill="greenwash")
    grid(axes, 364, 50, [[str(sum(row))] for row in rows], size=62, fill="bluewash")
    arrow(axes, (140, 244), (140, 304), colour="green")
    label(axes, 160, 274, "dim=0 goes", colour="green")
    label(axes, 16, 398, "(4,)  with keepdim (1, 4)", mono=True, size=22, colour="green")
    arrow(axes, (272, 143), (356, 143), colour="blue")
    label(axes, 444, 110, "dim=1\ngoes", colour="blue")
    label(axes, 364, 274, "(3,)  with\nkeepdim (3, 1)", mono=True, size=22, colour="blue")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
