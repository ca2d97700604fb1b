"""Six runs of the same MLP: one is healthy, the others have one thing wrong each."""

import json
from pathlib import Path

from matplotlib.figure import Figure
from style import COLOURS, chart, save

CURVES = json.loads((Path(__file__).parent / "measured" / "digits.json").read_text("utf-8"))["curves"]
RUNS = (("few", 2.6), ("slow", 2.6), ("raw", 13), ("healthy", 2.6), ("added", 260), ("fast", 2.6))


def draw() -> Figure:
    """Return the six, numbered, each with an axis of its own."""
    figure = chart(1136, 470, left=0.05, right=0.995, top=0.93, bottom=0.09, wspace=0.2, hspace=0.42)
    for position, (name, top) in enumerate(RUNS, start=1):
        training, validation = zip(*CURVES[name], strict=True)
        epochs = range(1, len(training) + 1)
        axes = figure.add_subplot(2, 3, position)
        axes.axhline(2.303, color=COLOURS["line"], linewidth=2)
        axes.plot(epochs, training, "--", color=COLOURS["blue"], linewidth=3)
        axes.plot(epochs, validation, color=COLOURS["amber"], linewidth=3)
        axes.set_title(f"{position}", loc="left", pad=4)
        axes.set_xticks([1, 6, 12])
        axes.tick_params(labelsize=24)
        axes.set_ylim(0, top)
        axes.set_yticks({2.6: [0, 1, 2], 13: [0, 5, 10], 260: [0, 100, 200]}[top])
        if position == 4:
            axes.text(5.2, 0.6, "validation", color=COLOURS["amber"], fontsize=24)
            axes.text(1.6, 1.25, "training, dashed", color=COLOURS["blue"], fontsize=24)
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
