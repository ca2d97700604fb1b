"""What nn.Module does with an attribute: three registers, and what goes into none of them."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save

ROWS = (
    ("self.weight = nn.Parameter(…)", "_parameters", "trained, moved, saved", "green"),
    ("self.layer = nn.Linear(3, 2)", "_modules", "its own registers, and so on", "green"),
    ('self.register_buffer("mean", …)', "_buffers", "moved and saved, not trained", "blue"),
    ("self.scale = torch.ones(3)", "", "a plain attribute: stays behind", "red"),
    ("self.layers = [nn.Linear(3, 2)]", "", "a plain list: never trained", "red"),
)


def draw() -> Figure:
    """Return one row an assignment: the line, its register, what follows from it."""
    figure, axes = canvas(1136, 400)
    label(axes, 8, 20, "a line in __init__", colour="muted")
    label(axes, 520, 20, "register", colour="muted")
    label(axes, 780, 20, "so it is", colour="muted")
    for k, (line, register, then, colour) in enumerate(ROWS):
        y = 74 + 72 * k
        label(axes, 8, y, line, mono=True, size=21)
        if register:
            arrow(axes, (425, y), (512, y), colour=colour)
            axes.add_patch(
                FancyBboxPatch(
                    (520, y - 26),
                    196,
                    52,
                    boxstyle="round,pad=0,rounding_size=8",
                    facecolor=COLOURS[f"{colour}wash"],
                    edgecolor=COLOURS[colour],
                    linewidth=1.8,
                )
            )
            label(axes, 618, y, register, mono=True, size=21, ha="center")
        else:
            axes.plot([425, 640], [y, y], color=COLOURS["red"], linewidth=2, linestyle=(0, (4, 4)))
            label(axes, 716, y, "none", colour="red", bold=True, ha="right")
        label(axes, 780, y, then, colour=colour)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
