"""How many of each label reach validation: drawn from all at once, and drawn label by label."""

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

LABELS = {"rest": 80, "talk": 14, "exercise": 6}
SHARE = 0.2
SEED = 5


def draw() -> Figure:
    """Return two bar charts with the same axis."""
    labels = np.repeat(list(LABELS), list(LABELS.values()))
    drawn = np.random.default_rng(SEED).permutation(labels)[: round(SHARE * len(labels))]
    plain = [int((drawn == name).sum()) for name in LABELS]
    stratified = [round(SHARE * count) for count in LABELS.values()]
    figure = chart(1136, 330, left=0.05, right=0.99, top=0.86, bottom=0.14, wspace=0.12)
    for position, (title, counts, colour) in enumerate(
        (("20 clips drawn from all 100", plain, "red"), ("a fifth of each label", stratified, "green")), start=1
    ):
        axes = figure.add_subplot(1, 2, position)
        bars = axes.bar(list(LABELS), counts, color=COLOURS[colour], width=0.6)
        axes.bar_label(bars, fontsize=26, padding=4, color=COLOURS["ink"])
        axes.set_title(title)
        axes.set_ylim(0, 21)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="x", length=0, labelsize=24, colors=COLOURS["ink"])
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
