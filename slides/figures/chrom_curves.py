"""CHROM's two curves of a face whose light swings, and their difference; `two_curves` draws POS's picture too."""

import sys
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.pulse import make_rgb_traces

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from methods import band_pass

LAMP = "achromatic"


def two_curves(weights: tuple[tuple[float, ...], tuple[float, ...]], sign: int, words: tuple[str, str, str]) -> Figure:
    """Return two mixtures of red, green and blue of the swinging lamp's clip above `first + sign * alpha * second`.

    Band-passed, in percent; alpha is measured once over the clip, so that one number explains the picture.
    """
    traces = make_rgb_traces(LAMP, seconds=20.0, heart_rate=72.0, tone="II", seed=13)
    shares = 100 * band_pass(traces.rgb / traces.rgb.mean(axis=0) - 1, traces.fps)
    first, second = (shares @ np.array(row) for row in weights)
    second = first.std() / second.std() * second
    figure = chart(1136, 200, left=0.15, right=0.985, top=0.99, bottom=0.17, hspace=0.06)
    above, below = figure.subplots(2, 1, sharex=True, sharey=True)
    above.plot(traces.times, first, color=COLOURS["blue"])
    above.plot(traces.times, second, color=COLOURS["amber"], linestyle=(0, (4, 1.5)))
    below.plot(traces.times, first + sign * second, color=COLOURS["green"])
    for axes in (above, below):
        axes.axhline(0, color=COLOURS["line"], linewidth=1.2, zorder=0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    below.set_xlim(4, 12)
    below.text(-0.015, -0.06, "seconds", ha="right", va="top", fontsize=22, transform=below.transAxes)
    above.spines["bottom"].set_visible(False)
    above.tick_params(length=0)
    style = {"ha": "right", "va": "center", "fontweight": 600}
    above.text(-0.015, 0.68, words[0], color=COLOURS["blue"], transform=above.transAxes, **style)
    above.text(-0.015, 0.3, words[1], color=COLOURS["amber"], transform=above.transAxes, **style)
    below.text(-0.015, 0.5, words[2], color=COLOURS["green"], transform=below.transAxes, **style)
    return figure


def draw() -> Figure:
    """Return X and alpha Y, which the lamp moves alike, and their difference, the pulse."""
    minus = "\N{MINUS SIGN}"
    return two_curves(
        ((3, -2, 0), (1.5, 1, -1.5)),
        -1,
        ("X", "\N{GREEK SMALL LETTER ALPHA}Y", f"X {minus} \N{GREEK SMALL LETTER ALPHA}Y"),
    )


if __name__ == "__main__":
    save(draw(), __file__)
