"""What all figures share: the decks' palette and fonts, a canvas in pixels, an SVG that is the same each time.

A figure is a script beside this one with a function `draw() -> Figure`; run it, and the SVG with its name is written.
Colours come from theme/palette.json, since the dark variant of a deck swaps exactly those.
"""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from coursedata import recording

__all__ = [
    "COLOURS",
    "arrow",
    "canvas",
    "cell",
    "chart",
    "framed",
    "grid",
    "label",
    "recorded_pulse",
    "save",
    "side_by_side",
]

HERE = Path(__file__).parent
COLOURS: dict[str, str] = json.loads((HERE.parent / "theme" / "palette.json").read_text("utf-8"))["light"]
FONTS = HERE.parent / "node_modules" / "@fontsource"
SANS, MONO = "Source Sans 3", "JetBrains Mono"


@cache
def use_style() -> None:
    """Load the decks' fonts and set Matplotlib's defaults; the npm packages must be installed."""
    for package in ("source-sans-3", "jetbrains-mono"):
        for weight in (400, 600):
            _add_font(FONTS / package / "files" / f"{package}-latin-{weight}-normal.woff")
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # the fallback font has no semibold
    mpl.rcParams.update(
        {
            "font.family": [SANS, "DejaVu Sans"],
            "font.size": 24,
            "svg.hashsalt": "tensor-to-pulse",
            "svg.fonttype": "path",
            "figure.dpi": 72,  # one point is one pixel
            "savefig.dpi": 72,
            "text.color": COLOURS["ink"],
            "axes.labelcolor": COLOURS["ink"],
            "axes.edgecolor": COLOURS["muted"],
            "axes.spines.top": False,
            "axes.spines.right": False,
            "xtick.color": COLOURS["muted"],
            "ytick.color": COLOURS["muted"],
            "xtick.labelsize": 22,
            "ytick.labelsize": 22,
            "axes.titlesize": 26,
            "axes.titleweight": 600,
            "axes.facecolor": "none",
            "figure.facecolor": "none",
            "lines.linewidth": 2.5,
        }
    )


def _add_font(woff: Path) -> None:
    """Register a web font: Matplotlib reads it once its tables are unpacked."""
    if not woff.is_file():
        raise SystemExit(f"{woff} is missing: run npm ci in slides/")
    font = TTFont(woff, recalcTimestamp=False)
    font.flavor = None
    for record in font["name"].names:
        if record.nameID in (1, 16):  # the semibold calls itself a family of its own
            record.string = SANS if "sans" in woff.stem else MONO
    path = Path(_unpacked().name) / f"{woff.stem}.ttf"
    font.save(path)
    font_manager.fontManager.addfont(path)


@cache
def _unpacked() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that lives as long as this process: Matplotlib opens a font when it draws."""
    return tempfile.TemporaryDirectory(prefix="t2p-fonts-")


def canvas(width: int, height: int) -> tuple[Figure, Axes]:
    """Return an empty drawing of `width` x `height` pixels; x grows to the right, y downwards."""
    use_style()
    figure = Figure(figsize=(width / 72, height / 72))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, width)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return figure, axes


def chart(width: int, height: int, **grid: float) -> Figure:
    """Return a figure of `width` x `height` pixels for plots with axes."""
    use_style()
    figure = Figure(figsize=(width / 72, height / 72))
    if grid:
        figure.subplots_adjust(**grid)
    return figure


def cell(  # noqa: PLR0913  (what a drawing needs)
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = 56,
    fill: str = "panel",
    ghost: bool = False,
    height: float = 0,
    font: float = 22,
) -> None:
    """Draw one memory cell with its upper left corner at (x, y); a ghost is not in memory."""
    height = height or size
    edge = COLOURS["muted"] if ghost else COLOURS["ink"]
    face = "none" if ghost else COLOURS[fill]
    axes.add_patch(
        Rectangle(
            (x, y), size, height, facecolor=face, edgecolor=edge, linewidth=1.6, linestyle=(0, (4, 3)) if ghost else "-"
        )
    )
    colour = COLOURS["muted"] if ghost else COLOURS["ink"]
    axes.text(
        x + size / 2,
        y + height / 2,
        text,
        ha="center",
        va="center_baseline",
        fontfamily=[MONO, "DejaVu Sans"],
        fontsize=font,
        color=colour,
    )


def grid(
    axes: Axes,
    x: float,
    y: float,
    rows: list[list[str]],
    *,
    size: float = 56,
    fill: Callable[[int, int], str] | str = "panel",
    ghost: Callable[[int, int], bool] | None = None,
) -> None:
    """Draw rows of cells with the upper left corner at (x, y)."""
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            colour = fill if isinstance(fill, str) else fill(i, j)
            cell(axes, x + j * size, y + i * size, text, size=size, fill=colour, ghost=bool(ghost and ghost(i, j)))


def label(  # noqa: PLR0913  (what a drawing needs)
    axes: Axes,
    x: float,
    y: float,
    text: str,
    *,
    colour: str = "ink",
    size: float = 24,
    mono: bool = False,
    bold: bool = False,
    ha: str = "left",
    va: str = "center",
) -> None:
    """Write `text` at (x, y)."""
    family = [MONO if mono else SANS, "DejaVu Sans"]
    axes.text(
        x,
        y,
        text,
        color=COLOURS[colour],
        fontsize=size,
        fontfamily=family,
        fontweight=600 if bold else 400,
        ha=ha,
        va=va,
        linespacing=1.3,
    )


def arrow(
    axes: Axes,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    colour: str = "ink",
    curve: float = 0.0,
    both: bool = False,
) -> None:
    """Draw an arrow from `start` to `end`, bent by `curve`."""
    style = "<|-|>" if both else "-|>"
    axes.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle=f"{style},head_length=9,head_width=5",
            connectionstyle=f"arc3,rad={curve}",
            color=COLOURS[colour],
            linewidth=2.2,
            shrinkA=0,
            shrinkB=0,
            mutation_scale=1,
        )
    )


def framed(axes: Axes, colour: str = "line") -> None:
    """Give a picture a thin frame and no ticks."""
    axes.set_xticks([])
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(True)
        side.set_color(COLOURS[colour])


def side_by_side(figure: Figure, pictures: list[tuple[str, np.ndarray]]) -> None:
    """Draw pictures of values from 0 to 255 in a row, each below its title."""
    for position, (title, picture) in enumerate(pictures, start=1):
        axes = figure.add_subplot(1, len(pictures), position)
        axes.imshow(picture, cmap="gray", vmin=0, vmax=255, interpolation="nearest")
        axes.set_title(title)
        axes.axis("off")


def recorded_pulse() -> np.ndarray:
    """Return the pulse in the recording's mean green, (T,), of mean 0: what lies from 0.8 to 4 Hz."""
    video = recording()
    green = video.frames[..., 1].mean(axis=(1, 2))
    spectrum = np.fft.rfft(green - green.mean())
    rate = np.fft.rfftfreq(len(green), 1 / video.fps)
    spectrum[(rate < 0.8) | (rate > 4.0)] = 0
    return np.fft.irfft(spectrum, len(green))


def save(figure: Figure, script: str | Path, folder: Path = HERE) -> Path:
    """Write the figure as SVG named like its script; no date and no version, so that the bytes repeat."""
    path = folder / f"{Path(script).stem}.svg"
    figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
    text = path.read_text("utf-8")
    path.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", "utf-8", newline="\n")
    return path
