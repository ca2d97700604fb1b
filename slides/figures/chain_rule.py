"""One neuron on two numbers, forwards with its values and backwards with its slopes."""

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save

MINUS = "\N{MINUS SIGN}"
BOXES = (
    ("x", "x = (2, 1)", 120),
    ("z", "z = w·x + b", 400),
    ("p", "p = \N{GREEK SMALL LETTER SIGMA}(z)", 680),
    ("L", f"L = {MINUS}log p", 960),
)
VALUES = (f"w = (0.5, {MINUS}1)\nb = 0.3", "0.300", "0.574", "0.554")
SLOPES = (
    (260, f"∂L/∂w = (p {MINUS} y) x", f"({MINUS}0.851, {MINUS}0.426)"),
    (540, f"∂L/∂z = p {MINUS} y", f"{MINUS}0.426"),
    (820, f"∂L/∂p = {MINUS}1/p", f"{MINUS}1.741"),
)


def draw() -> Figure:
    """Return the graph: forwards above, backwards below."""
    figure, axes = canvas(1136, 300)
    for (_, text, x), value in zip(BOXES, VALUES, strict=True):
        box = FancyBboxPatch(
            (x - 105, 78), 210, 64, boxstyle="round,pad=0,rounding_size=12", facecolor=COLOURS["panel"],
            edgecolor=COLOURS["ink"], linewidth=1.8,
        )  # fmt: skip
        axes.add_patch(box)
        label(axes, x, 110, text, ha="center", size=26, bold=True)
        label(axes, x, 40, value, ha="center", size=24, mono=True, colour="blue")
    for left, right in ((225, 295), (505, 575), (785, 855)):
        arrow(axes, (left, 100), (right, 100), colour="blue")
        arrow(axes, (right, 124), (left, 124), colour="red")
    for x, formula, value in SLOPES:
        label(axes, x, 200, formula, ha="center", size=25)
        label(axes, x, 240, value, ha="center", size=24, mono=True, colour="red")
    label(
        axes,
        568,
        280,
        f"the label is y = 1; the bias gets ∂L/∂b = p {MINUS} y = {MINUS}0.426",
        ha="center",
        colour="muted",
    )
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
