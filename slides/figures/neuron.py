"""One neuron: weighted sum, bias, activation."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle
from style import COLOURS, arrow, canvas, label, save


def draw() -> Figure:
    """Return two inputs, their weights, the sum, the sigmoid and the output."""
    figure, axes = canvas(1136, 300)
    for y, name, weight in ((80, "x₁", "w₁"), (220, "x₂", "w₂")):
        axes.add_patch(Circle((90, y), 42, facecolor=COLOURS["bluewash"], edgecolor=COLOURS["ink"], linewidth=1.8))
        label(axes, 90, y, name, ha="center", size=30)
        arrow(axes, (134, y), (392, 150 + (y - 150) * 0.32), colour="amber")
        label(axes, 250, y - 8 if y < 150 else y + 12, f"· {weight}", colour="amber", size=30, bold=True)
    axes.add_patch(Circle((450, 150), 60, facecolor=COLOURS["panel"], edgecolor=COLOURS["ink"], linewidth=1.8))
    label(axes, 450, 150, "sum", ha="center", size=30)
    label(axes, 450, 256, "+ b", ha="center", size=30, colour="amber", bold=True)
    arrow(axes, (450, 238), (450, 213), colour="amber")
    arrow(axes, (512, 150), (628, 150))
    label(axes, 570, 122, "z", ha="center", size=30)
    axes.add_patch(Circle((700, 150), 70, facecolor=COLOURS["panel"], edgecolor=COLOURS["ink"], linewidth=1.8))
    steps = [place / 10 for place in range(-50, 51)]
    axes.plot([700 + 9 * z for z in steps], [188 - 76 / (1 + 2.718281828**-z) for z in steps], color=COLOURS["blue"])
    label(axes, 700, 246, "activation", ha="center")
    arrow(axes, (772, 150), (888, 150))
    axes.add_patch(Circle((936, 150), 46, facecolor=COLOURS["greenwash"], edgecolor=COLOURS["ink"], linewidth=1.8))
    label(axes, 936, 150, "p", ha="center", size=30)
    label(axes, 1000, 150, "between\n0 and 1", size=24)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
