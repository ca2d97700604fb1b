"""Where the wrist's pulse is felt: two fingertips on the inside, on the thumb's side."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from style import COLOURS, canvas, label, save

SKIN, NAIL, CREASE, INK = "#dea084", "#f2cdb9", "#b9795c", "#2b1a12"
"""Of the drawing itself: the dark variant leaves them as they are."""

OUTLINE = (
    ((150, 170), (250, 176), (300, 166)),  # the forearm's upper edge
    ((340, 158), (352, 132), (372, 104)),  # up along the thumb, and down
    ((390, 76), (424, 82), (416, 110)),
    ((410, 132), (400, 146), (420, 172)),
    ((432, 200), (432, 270), (420, 306)),  # below the fingers
    ((390, 326), (330, 322), (290, 290)),  # the ball of the hand
    ((200, 284), (100, 290), (-20, 284)),
)
"""A left hand, palm up, as Bézier curves from the upper left."""


def _bar(axes: Axes, x: float, y: float, wide: float, high: float) -> None:
    """Draw a finger."""
    shape = f"round,pad=0,rounding_size={min(wide, high) / 2 - 1}"
    axes.add_patch(FancyBboxPatch((x, y), wide, high, boxstyle=shape, facecolor=SKIN, edgecolor=INK, linewidth=1.8))


def draw() -> Figure:
    """Return a left hand, palm up, and two fingers of the other hand on its wrist."""
    figure, axes = canvas(540, 340)
    for top, end in ((174, 522), (207, 536), (240, 528), (273, 500)):
        _bar(axes, 380, top, end - 380, 32)
    points = [(-20.0, 176.0), *((float(x), float(y)) for curve in OUTLINE for x, y in curve)]
    codes = [Path.MOVETO] + [Path.CURVE4] * (len(points) - 1)
    axes.add_patch(PathPatch(Path(points, codes), facecolor=SKIN, edgecolor=INK, linewidth=1.8))
    for x in (282, 292):
        axes.plot([x, x + 4, x], [186, 228, 274], color=CREASE, linewidth=1.6, zorder=1)
    axes.plot([0, 120, 232, 274], [206, 203, 203, 198], color=COLOURS["red"], linewidth=6, alpha=0.6, zorder=1)
    for x in (184, 225):
        _bar(axes, x, -60, 38, 280)
        axes.add_patch(Ellipse((x + 19, 192), 23, 32, facecolor=NAIL, edgecolor=CREASE, linewidth=1.2))
    label(axes, 168, 40, "two\nfingertips", ha="right", bold=True)
    label(axes, 432, 92, "thumb", bold=True)
    axes.text(10, 252, "inside of the wrist", color=INK, fontsize=24, va="center")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
