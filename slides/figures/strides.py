"""One run of memory, read as (3, 4) and, with the strides swapped, as (4, 3)."""

from matplotlib.figure import Figure
from style import arrow, canvas, cell, grid, label, save

WASHES = ("greenwash", "bluewash", "amberwash")


def draw() -> Figure:
    """Return the picture: two readings above, the memory below, and in it the way to x[1, 2]."""
    figure, axes = canvas(1136, 476)
    label(axes, 20, 22, "x", mono=True, bold=True, size=26)
    label(axes, 52, 22, "shape (3, 4), strides (4, 1)", mono=True, size=22)
    grid(axes, 20, 62, [[str(4 * i + j) for j in range(4)] for i in range(3)], fill=lambda i, _: WASHES[i])
    arrow(axes, (256, 90), (256, 146), colour="red")
    label(axes, 272, 118, "one row down:\n4 cells on", colour="red")
    arrow(axes, (48, 248), (104, 248), colour="blue")
    label(axes, 20, 276, "one column right: 1 cell on", colour="blue")
    label(axes, 640, 22, "x.T", mono=True, bold=True, size=26)
    label(axes, 704, 22, "shape (4, 3), strides (1, 4)", mono=True, size=22)
    grid(axes, 640, 62, [[str(4 * j + i) for j in range(3)] for i in range(4)], fill=lambda _, j: WASHES[j])
    label(axes, 836, 174, "the same 12 numbers,\nnothing was moved")
    label(axes, 20, 340, "memory: one long row of numbers", bold=True)
    for k in range(12):
        cell(axes, 20 + 88 * k, 366, str(k), size=88, height=56, fill=WASHES[k // 4])
    arrow(axes, (64, 438), (414, 438), colour="red")
    label(axes, 240, 460, "+4", colour="red", ha="center", mono=True, size=22)
    for start in (416, 504):
        arrow(axes, (start, 438), (start + 86, 438), colour="blue")
        label(axes, start + 44, 460, "+1", colour="blue", ha="center", mono=True, size=22)
    label(axes, 620, 446, "x[1, 2]: 4 + 2 · 1 = 6", mono=True, size=22)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
