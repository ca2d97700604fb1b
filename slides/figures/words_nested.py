"""Artificial intelligence, machine learning and deep learning, one inside the other."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, canvas, label, save


def draw() -> Figure:
    """Return three boxes inside each other, each with examples."""
    figure, axes = canvas(1136, 420)
    levels = (
        (4, 4, 1128, 412, "panel", "Artificial intelligence", "chess by search,\nroute planning,\nexpert rules"),
        (330, 44, 782, 352, "bluewash", "Machine learning", "trees, boosting,\nSVM, k-means,\nregression"),
        (676, 88, 416, 288, "greenwash", "Deep learning", "many layers, learned\nall at once from\nraw data"),
    )
    for x, y, width, height, fill, name, what in levels:
        shape = FancyBboxPatch(
            (x, y),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=18",
            facecolor=COLOURS[fill],
            edgecolor=COLOURS["ink"],
            linewidth=1.6,
        )
        axes.add_patch(shape)
        label(axes, x + 28, y + 44, name, bold=True, size=28)
        label(axes, x + 28, y + 150, what, size=25)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
