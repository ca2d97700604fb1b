"""A script of globals: every function reaches into the same names, and three wishes that it cannot grant."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save

FUNCTIONS = ("train_epoch()", "evaluate()", "save()", "plot()")
NAMES = ("model", "optimizer", "loader", "history", "best")
USES = {
    "train_epoch()": ("model", "optimizer", "loader", "history"),
    "evaluate()": ("model", "loader", "best"),
    "save()": ("model", "best"),
    "plot()": ("history",),
}
WISHES = (
    ("1  new data", "other pictures, another loss:", "“copy the notebook and change it?”"),
    ("2  go on", "the laptop died after epoch 3:", "“start again from the beginning?”"),
    ("3  two at once", "a second learning rate beside it:", "“whose history is this?”"),
)


def draw() -> Figure:
    """Return functions on the left, the names they share in the middle, the change requests on the right."""
    figure, axes = canvas(1136, 440)
    label(axes, 0, 18, "functions", colour="muted")
    label(axes, 330, 18, "globals", colour="muted")
    label(axes, 640, 18, "three change requests", colour="muted")
    left = {name: 78 + 100 * k for k, name in enumerate(FUNCTIONS)}
    middle = {name: 68 + 82 * k for k, name in enumerate(NAMES)}
    for name, y in left.items():
        axes.add_patch(
            FancyBboxPatch(
                (4, y - 26),
                184,
                52,
                boxstyle="round,pad=0,rounding_size=8",
                facecolor=COLOURS["bluewash"],
                edgecolor=COLOURS["blue"],
                linewidth=1.8,
            )
        )
        label(axes, 96, y, name, mono=True, size=21, ha="center")
        for used in USES[name]:
            arrow(axes, (190, y), (326, middle[used]), colour="red")
    for name, y in middle.items():
        axes.add_patch(
            FancyBboxPatch(
                (330, y - 26),
                178,
                52,
                boxstyle="round,pad=0,rounding_size=8",
                facecolor=COLOURS["redwash"],
                edgecolor=COLOURS["red"],
                linewidth=1.8,
            )
        )
        label(axes, 419, y, name, mono=True, size=22, ha="center")
    for k, (head, body, question) in enumerate(WISHES):
        y = 46 + 136 * k
        axes.add_patch(
            FancyBboxPatch(
                (640, y),
                490,
                118,
                boxstyle="round,pad=0,rounding_size=10",
                facecolor=COLOURS["amberwash"],
                edgecolor=COLOURS["amber"],
                linewidth=1.8,
            )
        )
        label(axes, 660, y + 26, head, bold=True, size=25)
        label(axes, 660, y + 60, body)
        label(axes, 660, y + 93, question, colour="amber")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
