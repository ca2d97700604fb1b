"""Three scenarios, told honestly: the share of windows within 3 BPM by formulas, a linear fit and three networks.

The numbers are those that solutions/05_rppg/measure.py writes: 120 new windows of 20 s a scenario, the truth the mean
rate of the window; networks of three seeds, trained on 900 films.
"""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

METHODS = ("GREEN", "ICA", "CHROM", "POS", "linear fit", "network")
WITHIN = {
    "coloured light": (38.3, 99.2, 52.5, 9.2, 52.5, (100.0, 100.0, 100.0)),
    "white motion": (8.3, 55.8, 50.8, 68.3, 35.8, (82.5, 85.0, 86.7)),
    "a light it never saw": (31.7, 100.0, 100.0, 100.0, 69.2, (97.5, 97.5, 99.2)),
}


def draw() -> Figure:
    """Return a panel a scenario with a bar a method; dots are networks of three seeds."""
    figure = chart(1136, 400, left=0.115, right=0.985, top=0.89, bottom=0.12, wspace=0.14)
    panels = figure.subplots(1, 3, sharey=True)
    places = np.arange(len(METHODS))[::-1]
    for axes, (name, (*formulas, networks)) in zip(panels, WITHIN.items(), strict=True):
        heights = [*formulas, float(np.mean(networks))]
        colours = [COLOURS["green"]] * 4 + [COLOURS["amber"], COLOURS["blue"]]
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
                f"{int(height + 0.5)}",
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
