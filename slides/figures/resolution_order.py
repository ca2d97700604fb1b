"""The method resolution order of a diamond: one line through all classes, and super() walks along it."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save

PLACES = {"Trainer": (240, 60), "Timed": (110, 190), "Logged": (370, 190), "Digits": (240, 320)}
LINE = ("Digits", "Timed", "Logged", "Trainer", "object")


def draw() -> Figure:
    """Return the family on the left and the line on the right."""
    figure, axes = canvas(1136, 400)
    for child, base in (("Timed", "Trainer"), ("Logged", "Trainer"), ("Digits", "Timed"), ("Digits", "Logged")):
        (x0, y0), (x1, y1) = PLACES[child], PLACES[base]
        arrow(axes, (x0 + (x1 - x0) * 0.2, y0 - 32), (x1 - (x1 - x0) * 0.2, y1 + 34), colour="muted")
    for name, (x, y) in PLACES.items():
        axes.add_patch(
            FancyBboxPatch(
                (x - 85, y - 28),
                170,
                56,
                boxstyle="round,pad=0,rounding_size=8",
                facecolor=COLOURS["greenwash"],
                edgecolor=COLOURS["ink"],
                linewidth=1.8,
            )
        )
        label(axes, x, y, name, mono=True, size=23, ha="center")
    label(axes, 240, 378, "the family: who inherits from whom", colour="muted", ha="center")
    for k, name in enumerate(LINE):
        y = 42 + 74 * k
        wash = "panel" if name == "object" else "greenwash"
        axes.add_patch(
            FancyBboxPatch(
                (660, y - 24),
                170,
                48,
                boxstyle="round,pad=0,rounding_size=8",
                facecolor=COLOURS[wash],
                edgecolor=COLOURS["ink"],
                linewidth=1.8,
            )
        )
        label(axes, 745, y, name, mono=True, size=23, ha="center")
        axes.add_patch(Circle((630, y), 18, facecolor=COLOURS["blue"], edgecolor="none"))
        label(axes, 630, y, str(k + 1), colour="paper", bold=True, ha="center")
        if k:
            arrow(axes, (745, y - 48), (745, y - 26), colour="blue")
    label(axes, 850, 80, "super() in Timed", mono=True, size=22, colour="blue")
    label(axes, 850, 112, "goes to Logged,", colour="blue")
    label(axes, 850, 144, "which is no base of Timed!", colour="blue")
    label(axes, 730, 388, "the line: Digits.__mro__", colour="muted", ha="center")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
