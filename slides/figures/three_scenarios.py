"""Three scenarios, told honestly: the share of windows within 3 BPM by formulas, a linear fit and three networks.

The numbers come from the exercise: its training cell with SEED 0, 1 and 2, then its contest with 120 new films a
scenario (seeds 50,000 on, windows of 20 s, the truth the mean rate of the window).
"""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

METHODS = ("GREEN", "CHROM", "POS", "linear fit", "network")
WITHIN = {
    "coloured light": (26.7, 50.0, 9.2, 50.8, (100.0, 100.0, 100.0)),
    "white motion": (3.3, 59.2, 67.5, 19.2, (70.0, 75.8, 71.7)),
    "a light it never saw": (20.0, 100.0, 100.0, 63.3, (100.0, 100.0, 97.5)),
}


def draw() -> Figure:
    """Return a panel a scenario with a bar a method; dots are networks of three seeds."""
    figure = chart(1136, 400, left=0.115, right=0.985, top=0.89, bottom=0.12, wspace=0.14)
    panels = figure.subplots(1, 3, sharey=True)
    places = np.arange(len(METHODS))[::-1]
    for axes, (name, (*formulas, networks)) in zip(panels, WITHIN.items(), strict=True):
        heights = [*formulas, float(np.mean(networks))]
        colours = [COLOURS["green"]] * 3 + [COLOURS["amber"], COLOURS["blue"]]
        axes.barh(places, heights, color=colours, height=0.62)
        axes.plot(
            networks,
            [0, 0.16, -0.16],
            "o",
            color=COLOURS["paper"],
            markeredgecolor=COLOURS["ink"],
            markersize=9,
            clip_on=False,
        )
        for place, height in zip(places, heights, strict=True):
            inside = height > 50
            axes.text(
                height - 10 if inside and place == 0 else height - 3 if inside else height + 3,
                place,
                f"{height:.0f}",
                ha="right" if inside else "left",
                va="center",
                color=COLOURS["paper"] if inside else COLOURS["ink"],
                fontweight=600,
            )
        axes.set_title(name)
        axes.set_xlim(0, 104)
        axes.set_xticks([0, 50, 100])
    panels[0].set_yticks(places, METHODS)
    panels[0].tick_params(axis="y", labelsize=24, labelcolor=COLOURS["ink"], length=0)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
