"""Three sets, and what each of them may decide."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, canvas, label, save

SETS = (
    ("training", "8,000", 0, 640, "greenwash", "changes the weights", "every epoch"),
    ("validation", "2,000", 660, 228, "bluewash", "chooses", "after every epoch"),
    ("test", "2,000", 908, 228, "amberwash", "judges", "once, at the end"),
)


def draw() -> Figure:
    """Return three bars with their jobs."""
    figure, axes = canvas(1136, 200)
    for name, count, left, width, wash, job, when in SETS:
        axes.add_patch(
            Rectangle((left, 4), width, 84, facecolor=COLOURS[wash], edgecolor=COLOURS["ink"], linewidth=1.6)
        )
        label(axes, left + width / 2, 30, name, ha="center", bold=True, size=26)
        label(axes, left + width / 2, 64, count, ha="center", mono=True)
        label(axes, left + width / 2, 122, job, ha="center", size=26)
        label(axes, left + width / 2, 160, when, ha="center", colour="muted")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
