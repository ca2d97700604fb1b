"""The plot beside an exercise: what each run reached, and where the bound lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autograder.calibrate.record import Calibration, Judged, plot_of
from autograder.manifest import Exercise, Threshold

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw"]

BLUE, RED, GREY = "#2a6f97", "#c1121f", "#8d99ae"
WIDTH, HEIGHT = 7.2, 1.5


def draw(exercise: Exercise, found: Calibration, chosen: str = "") -> None:
    """Write the plot: one row a threshold; the same bytes for the same runs."""
    if not found.thresholds:
        return
    import matplotlib as mpl
    from matplotlib.figure import Figure

    rows = list(found.thresholds.items())
    with mpl.rc_context({"svg.hashsalt": exercise.slug, "svg.fonttype": "none", "font.size": 9}):
        figure = Figure(figsize=(WIDTH, 0.3 + HEIGHT * len(rows)), layout="constrained")
        axes = figure.subplots(len(rows), 1, squeeze=False)[:, 0]
        for place, (name, judged) in zip(axes, rows, strict=True):
            values = [run.values[name] for run in found.runs]
            _row(place, name, exercise.thresholds[name], judged, values)
        figure.savefig(exercise.folder / plot_of(chosen), metadata={"Date": None, "Creator": None})


def _row(axes: Axes, name: str, threshold: Threshold, judged: Judged, values: list[float]) -> None:
    # runs one above the other, so that equal values are still counted by the eye
    axes.scatter(values, range(len(values)), s=14, color=BLUE, label="a run", zorder=3)
    axes.axvline(judged.mean, color=GREY, lw=1, label="mean ± spread")
    axes.axvspan(judged.mean - judged.spread, judged.mean + judged.spread, color=GREY, alpha=0.25, lw=0)
    axes.axvline(judged.bound, color=RED, lw=1.6, label="bound")
    side = "at most" if threshold.at_least is None else "at least"
    unit = f" ({threshold.unit})" if threshold.unit and threshold.unit != "%" else ""
    axes.set_title(
        f"{threshold.what or name}{unit}: {side} {judged.bound:g}; false fails {judged.false_fail:.2%}",
        fontsize=9,
        loc="left",
    )
    axes.set_yticks([])
    axes.margins(x=0.08, y=0.15)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.legend(fontsize=7, frameon=False, loc="center left", bbox_to_anchor=(1.0, 0.5))
