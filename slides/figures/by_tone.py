"""Skin tone and signal: the same light and the same noise for six skin types, three methods."""

import sys
from pathlib import Path
from typing import get_args

import numpy as np
from matplotlib.figure import Figure
from style import COLOURS, chart, save

from coursedata.face.portrait import SkinTone
from coursedata.pulse.traces import GREEN_PULSE

sys.path.insert(0, str(Path(__file__).parents[2] / "solutions" / "05_rppg"))
from measure import CLOSE, windows_of
from methods import bpm, chrom, green, pos

CLIPS = 40
"""As in the table of docs/reached.md."""
METHODS = {"GREEN": green, "CHROM": chrom, "POS": pos}
STYLE = {"GREEN": ("green", "-", "o"), "CHROM": ("amber", "--", "s"), "POS": ("blue", "-.", "^")}
SIZE = {"GREEN": 9, "CHROM": 16, "POS": 9}


def draw() -> Figure:
    """Return the pulse of each skin type, and the share of windows within 3 BPM by method."""
    tones = get_args(SkinTone)
    share = {name: [] for name in METHODS}
    for tone in tones:
        windows = windows_of("tones", CLIPS, tone=tone)
        for name, method in METHODS.items():
            errors = [abs(bpm(method(rgb, fps), fps) - window.heart_rate) for rgb, fps, window in windows]
            share[name].append(100 * (np.array(errors) <= CLOSE).mean())
    figure = chart(1136, 360, left=0.075, right=0.985, top=0.88, bottom=0.2, wspace=0.22)
    left, right = figure.subplots(1, 2)
    left.bar(tones, [100 * GREEN_PULSE[tone] for tone in tones], color=COLOURS["green"], width=0.6)
    left.set_title("pulse in green, % of the light")
    left.set_yticks([0, 0.1, 0.2])
    for name, values in share.items():
        colour, line, mark = STYLE[name]
        right.plot(
            tones,
            values,
            color=COLOURS[colour],
            linestyle=line,
            marker=mark,
            markersize=SIZE[name],
            label=name,
            zorder=3,
        )
    right.set_ylim(50, 104)
    right.set_yticks([50, 75, 100])
    right.set_title("% of windows within 3 BPM")
    right.legend(frameon=False, fontsize=22, loc="lower left")
    for axes in (left, right):
        axes.set_xlabel("Fitzpatrick's skin type")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
