"""The plane that POS projects on: where pulse, white light and coloured lights point to in it."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

PLANE = np.array([[0.0, 1.0, -1.0], [-2.0, 1.0, 1.0]])
ARROWS = (
    ("pulse: literature", (0.33, 0.77, 0.53), "red", (0.24, -0.1), "left"),
    ("pulse: on clips", (0.22, 0.88, 0.42), "red", (0.1, 0.12), "left"),
    ("a coloured light", (0.9, -0.2, 0.3), "blue", (0.12, -0.16), "left"),
)


def draw() -> Figure:
    """Return the plane with an arrow for each direction of normalised RGB, each of length 1 there."""
    figure = chart(500, 380, left=0.15, right=0.98, top=0.98, bottom=0.21)
    axes = figure.subplots()
    axes.axhline(0, color=COLOURS["line"], linewidth=1.5)
    axes.axvline(0, color=COLOURS["line"], linewidth=1.5)
    for words, colour, tone, shift, side in ARROWS:
        s1, s2 = PLANE @ (np.array(colour) / np.linalg.norm(colour))
        axes.annotate(
            "",
            (s1, s2),
            (0, 0),
            arrowprops={"arrowstyle": "-|>,head_length=0.8,head_width=0.4", "color": COLOURS[tone], "lw": 3},
        )
        axes.text(s1 + shift[0], s2 + shift[1], words, color=COLOURS[tone], ha=side, va="center", fontsize=22)
    axes.plot(0, 0, "o", color=COLOURS["ink"], markersize=14)
    axes.text(-0.08, 0.14, "white: all of it, here", ha="right", va="center", fontsize=22, fontweight=600)
    axes.set_xlim(-2.25, 2.35)
    axes.set_ylim(-2.25, 1.25)
    axes.set_xlabel("G \N{MINUS SIGN} B")
    axes.set_ylabel("G + B \N{MINUS SIGN} 2R")
    axes.set_xticks([-1, 0, 1])
    axes.set_yticks([-2, -1, 0, 1])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
