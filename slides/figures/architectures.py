"""Four architectures at a glance: who is connected with whom."""

from __future__ import annotations

import itertools

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from style import COLOURS, arrow, canvas, label, save

WIDTH = 284


def neuron(axes: Axes, x: float, y: float, colour: str = "panel", radius: float = 15) -> None:
    """Draw one neuron."""
    axes.add_patch(Circle((x, y), radius, facecolor=COLOURS[colour], edgecolor=COLOURS["ink"], linewidth=1.6, zorder=3))


def line(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = "muted", wide: float = 1.2
) -> None:
    """Draw a connection."""
    axes.plot(*zip(start, end, strict=True), color=COLOURS[colour], linewidth=wide, zorder=1, solid_capstyle="round")


def mlp(axes: Axes, left: float) -> None:
    """Every neuron with every one of the next layer."""
    columns = [
        [(left + 42, y) for y in (110, 170, 230)],
        [(left + 132, y) for y in (80, 140, 200, 260)],
        [(left + 222, y) for y in (140, 200)],
    ]
    for one, other in itertools.pairwise(columns):
        for start in one:
            for end in other:
                line(axes, start, end)
    for column, colour in zip(columns, ("bluewash", "panel", "greenwash"), strict=True):
        for x, y in column:
            neuron(axes, x, y, colour)


def cnn(axes: Axes, left: float) -> None:
    """One small window slides over the picture."""
    for row in range(6):
        for column in range(6):
            inside = 1 <= row <= 3 and 1 <= column <= 3
            fill = COLOURS["amberwash" if inside else "bluewash"]
            corner = (left + 16 + 26 * column, 92 + 26 * row)
            axes.add_patch(Rectangle(corner, 26, 26, facecolor=fill, edgecolor=COLOURS["muted"], linewidth=1))
    axes.add_patch(Rectangle((left + 42, 118), 78, 78, fill=False, edgecolor=COLOURS["amber"], linewidth=4))
    for row in range(4):
        for column in range(4):
            fill = COLOURS["amberwash" if (row, column) == (1, 1) else "greenwash"]
            corner = (left + 196 + 18 * column, 134 + 18 * row)
            axes.add_patch(Rectangle(corner, 18, 18, facecolor=fill, edgecolor=COLOURS["muted"], linewidth=1))
    for y in (118, 196):
        line(axes, (left + 120, y), (left + 214, 152 if y < 150 else 170), "amber", 2)


def rnn(axes: Axes, left: float) -> None:
    """One step after the other, with a memory handed on."""
    for place in range(4):
        x = left + 40 + 66 * place
        neuron(axes, x, 230, "bluewash")
        neuron(axes, x, 170, "amberwash")
        neuron(axes, x, 110, "greenwash")
        arrow(axes, (x, 214), (x, 187))
        arrow(axes, (x, 154), (x, 127))
        if place < 3:
            arrow(axes, (x + 16, 170), (x + 49, 170), colour="amber")


def transformer(axes: Axes, left: float) -> None:
    """Each looks at each; how much is learned."""
    places = [left + 40 + 66 * place for place in range(4)]
    strength = ((4, 1, 1, 6), (1, 5, 2, 1), (6, 1, 3, 1), (1, 2, 6, 3))
    for start, row in zip(places, strength, strict=True):
        for end, wide in zip(places, row, strict=True):
            line(axes, (start, 230), (end, 110), "amber" if wide > 4 else "muted", 0.8 * wide)
    for x in places:
        neuron(axes, x, 230, "bluewash")
        neuron(axes, x, 110, "greenwash")


def draw() -> Figure:
    """Return the four beside each other, each with what it is for."""
    figure, axes = canvas(4 * WIDTH, 400)
    kinds = (
        ("MLP", mlp, "each with each", "tables, features"),
        ("CNN", cnn, "one small window,\neverywhere the same", "pictures, signals"),
        ("RNN", rnn, "step by step, with\na memory", "streams"),
        ("Transformer", transformer, "each looks at each,\nas strongly as it learns", "text, and now all"),
    )
    for place, (name, sketch, how, what) in enumerate(kinds):
        left = WIDTH * place
        label(axes, left + 142, 30, name, bold=True, size=28, ha="center")
        sketch(axes, left)
        label(axes, left + 142, 312, how, ha="center", size=23)
        label(axes, left + 142, 374, what, ha="center", size=23, colour="green", bold=True)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
