"""What a pixel of skin is made of: light mirrored by the surface, light scattered below it, and blood in its way."""

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Polygon, Rectangle
from style import COLOURS, arrow, canvas, label, save

ON_SKIN = "#2b1a12"
"""No colour of the palette: the skin stays as it is in the dark variant, and so does what stands on it."""


def draw() -> Figure:
    """Return a cut through skin with a lamp and a camera above it."""
    figure, axes = canvas(1136, 430)
    for y, height, colour in ((200, 26, "#e8c3a8"), (226, 70, "#dea084"), (296, 110, "#e3b6a0")):
        axes.add_patch(Rectangle((30, y), 780, height, facecolor=colour, edgecolor="none"))
    axes.plot([30, 810], [200, 200], color=COLOURS["ink"], linewidth=2)
    x = np.linspace(30, 810, 200)
    for base, size, turn in ((326, 16, 0.0), (366, 12, 1.4)):
        wave = base + 12 * np.sin(x / 70 + turn)
        axes.plot(x, wave, color="#b32a40", linewidth=size, solid_capstyle="butt", alpha=0.75)
    axes.add_patch(
        Polygon([(110, 22), (170, 22), (192, 62), (88, 62)], facecolor=COLOURS["amberwash"], edgecolor=COLOURS["ink"])
    )
    axes.add_patch(Rectangle((590, 18), 110, 62, facecolor=COLOURS["panel"], edgecolor=COLOURS["ink"]))
    axes.add_patch(Circle((645, 49), 22, facecolor=COLOURS["bluewash"], edgecolor=COLOURS["ink"]))
    arrow(axes, (150, 70), (378, 198), colour="amber")
    arrow(axes, (382, 198), (596, 88), colour="blue")
    arrow(axes, (160, 70), (448, 200), colour="amber")
    axes.plot([448, 470, 462, 492, 508, 520], [200, 246, 300, 322, 276, 206], color="#8c1f30", linewidth=2.4)
    arrow(axes, (520, 206), (640, 90), colour="red")
    label(axes, 30, 92, "light", colour="amber", size=24)
    label(axes, 840, 92, "1  mirrored by the surface", colour="blue", bold=True)
    label(axes, 840, 126, "the lamp's colour, no blood", colour="muted", size=22)
    label(axes, 840, 210, "2  scattered in the skin", colour="red", bold=True)
    label(axes, 840, 244, "the skin's colour, and", colour="muted", size=22)
    label(axes, 840, 274, "a little less with each beat", colour="muted", size=22)
    label(axes, 840, 346, "melanin above the blood", bold=True)
    label(axes, 840, 380, "takes from 2, not from 1", colour="muted", size=22)
    for y, words in ((262, "melanin"), (390, "blood")):
        axes.text(44, y, words, color=ON_SKIN, fontsize=22, va="center")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
