"""Two ways to see blood with a camera: a finger on the lens, a face in the room."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch, Polygon
from style import COLOURS, arrow, canvas, label, save

SKIN = "#dea084"


def draw() -> Figure:
    """Return the two set-ups side by side."""
    figure, axes = canvas(1136, 300)
    _contact(axes)
    _remote(axes)
    axes.plot([540, 540], [16, 284], color=COLOURS["line"], linewidth=2)
    return figure


def _camera(axes: Axes, x: float, y: float) -> None:
    axes.add_patch(
        FancyBboxPatch(
            (x, y),
            120,
            74,
            boxstyle="round,pad=0,rounding_size=10",
            facecolor=COLOURS["panel"],
            edgecolor=COLOURS["ink"],
        )
    )
    axes.add_patch(Circle((x + 60, y + 37), 25, facecolor=COLOURS["bluewash"], edgecolor=COLOURS["ink"]))


def _contact(axes: Axes) -> None:
    label(axes, 0, 26, "Contact: light wanders through the finger and back", bold=True)
    axes.add_patch(
        FancyBboxPatch(
            (60, 176),
            330,
            60,
            boxstyle="round,pad=0,rounding_size=12",
            facecolor=COLOURS["panel"],
            edgecolor=COLOURS["ink"],
        )
    )
    axes.add_patch(Circle((120, 176), 15, facecolor=COLOURS["amberwash"], edgecolor=COLOURS["ink"]))
    axes.add_patch(Circle((190, 176), 19, facecolor=COLOURS["bluewash"], edgecolor=COLOURS["ink"]))
    axes.add_patch(
        FancyBboxPatch(
            (92, 88), 320, 84, boxstyle="round,pad=0,rounding_size=40", facecolor=SKIN, edgecolor=COLOURS["ink"]
        )
    )
    arrow(axes, (120, 166), (190, 166), colour="red", curve=-1.3)
    label(axes, 96, 262, "lamp", colour="muted", size=23)
    label(axes, 168, 262, "lens of a phone", colour="muted", size=23)
    axes.text(250, 130, "finger", color="#2b1a12", va="center")


def _remote(axes: Axes) -> None:
    label(axes, 576, 26, "Remote: a little light comes back", bold=True)
    axes.add_patch(Ellipse((1040, 168), 130, 176, facecolor=SKIN, edgecolor=COLOURS["ink"]))
    for x in (1018, 1062):
        axes.add_patch(Circle((x, 156), 5, facecolor=COLOURS["ink"]))
    _camera(axes, 610, 170)
    axes.add_patch(
        Polygon([(780, 52), (828, 52), (846, 88), (762, 88)], facecolor=COLOURS["amberwash"], edgecolor=COLOURS["ink"])
    )
    arrow(axes, (850, 94), (984, 138), colour="amber")
    arrow(axes, (976, 172), (742, 206), colour="red")
    label(axes, 640, 270, "camera", colour="muted", size=23)
    label(axes, 858, 70, "any light there is", colour="muted", size=23)
    label(axes, 800, 226, "a metre of air", colour="muted", size=23)


if __name__ == "__main__":
    save(draw(), __file__)
