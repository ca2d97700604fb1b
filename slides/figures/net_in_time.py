"""A small network in time: twelve curves of four regions go in, five layers of convolution, one curve comes out."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from style import COLOURS, arrow, canvas, label, save

from coursedata.pulse import REGIONS, make_rgb_traces

LAYERS = (
    ("1 wide", "mixes", "12 → 32"),
    ("7 wide", "step 1", "32 → 32"),
    ("7 wide", "step 2", "32 → 32"),
    ("7 wide", "step 4", "32 → 32"),
    ("1 wide", "mixes", "32 → 1"),
)
RGB = ("red", "green", "blue")


def draw() -> Figure:
    """Return inputs, layers and output from left to right."""
    figure, axes = canvas(1136, 400)
    traces = make_rgb_traces("coloured_light", seconds=20.0, heart_rate=72.0, seed=1)
    shown = slice(0, 180, 2)
    relative = traces.regions / traces.regions.mean(axis=0) - 1
    relative -= relative[shown].mean(axis=0)
    for number, region in enumerate(REGIONS):
        y = 62 + 90 * number
        label(axes, 0, y - 34, region, size=22, colour="muted")
        for channel, colour in enumerate(RGB):
            _curve(axes, 0, 250, y + 14 + 6 * (channel - 1), relative[shown, number, channel], COLOURS[colour], 22)
    arrow(axes, (262, 200), (300, 200))
    for number, (width, what, channels) in enumerate(LAYERS):
        x = 308 + 108 * number
        fill = "bluewash" if width == "7 wide" else "panel"
        axes.add_patch(
            FancyBboxPatch(
                (x, 96),
                98,
                208,
                boxstyle="round,pad=0,rounding_size=10",
                facecolor=COLOURS[fill],
                edgecolor=COLOURS["ink"],
            )
        )
        for words, y, bold in ((width, 150, True), (what, 190, False), (channels, 246, False)):
            label(axes, x + 49, y, words, size=22, ha="center", bold=bold)
    label(axes, 574, 340, "each value sees 1.4 s before and after it", size=22, ha="center", colour="muted")
    arrow(axes, (850, 200), (888, 200))
    blood = traces.blood[shown]
    _curve(axes, 896, 236, 200, blood - blood.mean(), COLOURS["red"], 40)
    label(axes, 896, 130, "blood volume", size=22, colour="muted")
    return figure


def _curve(axes: Axes, x: float, width: float, y: float, values: np.ndarray, colour: str, height: float) -> None:
    axes.plot(
        np.linspace(x, x + width, len(values)), y - height * values / np.abs(values).max(), color=colour, linewidth=2
    )


if __name__ == "__main__":
    save(draw(), __file__)
