"""Three scenarios, told honestly: the share of windows within 3 BPM by formulas, a linear fit and three networks.

The numbers are those that solutions/05_rppg/contest.py wrote into results.json: 120 new windows of 20 s a scenario, the
truth the mean rate of the window; networks of three seeds, trained on 900 films.
"""

import json
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

METHODS = ("GREEN", "ICA", "CHROM", "POS", "linear fit", "network")
TITLES = {
    "coloured_light": "coloured light",
    "white_motion": "white motion, hardly any light",
    "unseen_light": "a light it never saw",
}
RESULTS = Path(__file__).parents[2] / "solutions" / "05_rppg" / "results.json"


def within() -> dict[str, tuple[list[float], list[float]]]:
    """Return for each panel the percentages of formulas and linear fit, and of the three networks."""
    tables = json.loads(RESULTS.read_text("utf-8"))["tables"]
    (table,) = (one for one in tables if one["title"] == "When the network wins")
    found = {}
    for line in table["rows"]:
        row = dict(zip(table["columns"], line, strict=True))
        mean, worst, best = (row[f"network, {which}"] for which in ("mean of 3", "worst", "best"))
        if row["scenario"] in TITLES:
            formulas = [row[name] for name in METHODS[:4]] + [row["linear fit, all films"]]
            found[TITLES[row["scenario"]]] = formulas, [worst, 3 * mean - worst - best, best]
    return found


def draw() -> Figure:
    """Return a panel a scenario with a bar a method; dots are networks of three seeds."""
    figure = chart(1136, 340, left=0.115, right=0.985, top=0.88, bottom=0.13, wspace=0.14)
    panels = figure.subplots(1, 3, sharey=True)
    places = np.arange(len(METHODS))[::-1]
    for axes, (name, (formulas, networks)) in zip(panels, within().items(), strict=True):
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
        axes.tick_params(axis="x", labelsize=23)
    panels[0].set_yticks(places, METHODS)
    panels[0].tick_params(axis="y", labelsize=24, labelcolor=COLOURS["ink"], length=0)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
