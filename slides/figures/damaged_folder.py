"""The folder that holds the recording, with five kinds of damage in it."""

from matplotlib.figure import Figure
from style import COLOURS, canvas, label, save

LINES = [
    (0, "vidéo de Zoé/", "a space and an accent in the path", "amber"),
    (1, "frame_1.png", "", ""),
    (1, "frame_10.png", "sorted as text: 1, 10, 100, 101, …", "amber"),
    (1, "frame_17.png", "cut off: the second half is missing", "red"),
    (1, "frame_18.png", "empty: 0 bytes", "red"),
    (1, "frame_19.png", "no picture: it begins with <!DOCTYPE html>", "red"),
    (1, "pulse.csv", "written on another machine: ZoÃ©", "amber"),
    (1, "labels/", "named in the notes, not there", "red"),
]


def draw() -> Figure:
    """Return the tree, each damaged line with what is wrong."""
    figure, axes = canvas(1136, 440)
    for k, (depth, name, note, colour) in enumerate(LINES):
        y = 30 + 54 * k
        if depth:
            last = k == len(LINES) - 1
            axes.plot([30, 30], [y - 33, y if last else y + 27], color=COLOURS["muted"], linewidth=2)
            axes.plot([30, 58], [y, y], color=COLOURS["muted"], linewidth=2)
        label(axes, 16 + 54 * depth, y, name, mono=True, bold=not depth, colour=colour if colour == "red" else "ink")
        if note:
            axes.plot([330, 412], [y, y], color=COLOURS[colour], linewidth=2, linestyle=(0, (2, 3)))
            label(axes, 430, y, note, colour=colour, size=26)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
