"""A window of nine weights slides over a small picture; at each place it gives one number."""

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from style import COLOURS, arrow, canvas, grid, label, save

PICTURE = (
    (0, 0, 0, 0, 0, 0),
    (0, 0, 5, 5, 0, 0),
    (0, 0, 5, 5, 0, 0),
    (0, 0, 5, 5, 0, 0),
    (0, 0, 5, 5, 0, 0),
    (0, 0, 0, 0, 0, 0),
)
WINDOW = ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1))
AT = (1, 0)


def answer(row: int, column: int) -> int:
    """Return the sum of products with the window's corner at (row, column)."""
    return sum(WINDOW[i][j] * PICTURE[row + i][column + j] for i in range(3) for j in range(3))


def draw() -> Figure:
    """Return the picture, the window and what comes out."""
    figure, axes = canvas(1136, 372)
    size = 50
    grid(axes, 10, 40, [[str(value) for value in row] for row in PICTURE], size=size,
         fill=lambda i, j: "bluewash" if PICTURE[i][j] else "panel")  # fmt: skip
    axes.add_patch(Rectangle((10 + AT[1] * size, 40 + AT[0] * size), 3 * size, 3 * size, fill=False,
                             edgecolor=COLOURS["red"], linewidth=5))  # fmt: skip
    label(axes, 10, 362, "6 by 6 pixels: a stroke", colour="muted", size=22)
    label(axes, 362, 190, "·", size=44, ha="center")
    grid(axes, 420, 115, [[str(value).replace("-", "\N{MINUS SIGN}") for value in row] for row in WINDOW], size=size,
         fill=lambda _, j: ("amberwash", "panel", "greenwash")[j])  # fmt: skip
    label(axes, 495, 300, "9 weights,", ha="center", size=22, colour="muted")
    label(axes, 495, 330, "the same everywhere", ha="center", size=22, colour="muted")
    arrow(axes, (600, 190), (690, 190))
    rows = [[str(answer(i, j)).replace("-", "\N{MINUS SIGN}") for j in range(4)] for i in range(4)]
    grid(axes, 730, 70, rows, size=60, fill=lambda i, j: "greenwash" if answer(i, j) > 0 else "amberwash")
    axes.add_patch(
        Rectangle((730 + AT[1] * 60, 70 + AT[0] * 60), 60, 60, fill=False, edgecolor=COLOURS["red"], linewidth=5)
    )
    label(axes, 730, 345, "4 by 4 answers", colour="muted", size=22)
    label(axes, 990, 130, "left edge:", size=24)
    label(axes, 990, 162, "positive", size=24, colour="green", bold=True)
    label(axes, 990, 222, "right edge:", size=24)
    label(axes, 990, 254, "negative", size=24, colour="amber", bold=True)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
