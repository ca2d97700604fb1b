"""Where written text waits: the program's buffer, until close or flush hands it to the file."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save


def _box(axes, x: float, fill: str, title: str, body: str) -> None:  # noqa: ANN001  (Axes)
    shape = FancyBboxPatch(
        (x, 20), 262, 116, boxstyle="round,pad=0,rounding_size=14", facecolor=COLOURS[fill], edgecolor=COLOURS["ink"]
    )
    axes.add_patch(shape)
    label(axes, x + 131, 54, title, bold=True, ha="center")
    label(axes, x + 131, 98, body, ha="center", size=22, mono=True)


def draw() -> Figure:
    """Return three boxes from left to right with what moves the text on."""
    figure, axes = canvas(1136, 210)
    _box(axes, 12, "bluewash", "your program", "'frame 1\\n'")
    _box(axes, 437, "amberwash", "buffer in memory", "frame 1⏎")
    _box(axes, 862, "greenwash", "file", "0 bytes, still")
    arrow(axes, (282, 78), (429, 78), colour="blue")
    label(axes, 356, 50, "write", mono=True, ha="center", colour="blue")
    arrow(axes, (707, 78), (854, 78), colour="green")
    label(axes, 781, 50, "close", mono=True, ha="center", colour="green")
    label(axes, 781, 110, "or flush", ha="center", colour="green", size=22)
    label(axes, 568, 182, "a crash here, and the text is gone", ha="center", colour="red")
    arrow(axes, (568, 166), (568, 140), colour="red")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
