"""A calibration in a terminal."""

from __future__ import annotations

import statistics
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.calibrate.calibrate import Calibrated
from autograder.calibrate.record import file_of, plot_of

__all__ = ["print_calibration"]


def print_calibration(done: Calibrated) -> int:
    """Print what the runs reached; return 1 when something stands against them, else 0."""
    console = Console(highlight=False)
    runs, slug = done.calibration.runs, done.exercise.slug
    console.print(f"[bold]{slug}[/]  {len(runs)} runs on {done.calibration.measured_on}")
    if runs:
        cpu, clock = (
            statistics.fmean(times) for times in zip(*((r.cpu_seconds, r.seconds) for r in runs), strict=True)
        )
        console.print(f"a run took {cpu:.1f} CPU seconds of the notebook, {clock:.1f} s by the clock")
    if done.calibration.thresholds and not done.faults:
        console.print(_table(done))
        console.print(f"written: solutions/{slug}/exercise.toml, {file_of(done.chosen)} and {plot_of(done.chosen)}")
    for note in done.notes:
        console.print(f"[yellow]note[/] {escape(note)}", soft_wrap=True)
    for fault in done.faults:
        console.print(f"[red]✗[/] {escape(fault)}", soft_wrap=True)
    sys.stdout.flush()
    return 1 if done.faults else 0


def _table(done: Calibrated) -> Table:
    table = Table(box=None, pad_edge=False)
    for title in ("threshold", "bound", "mean", "spread", "worst", "missed", "tail", "false fails"):
        table.add_column(title, justify="left" if title == "threshold" else "right")
    for name, one in done.calibration.thresholds.items():
        threshold = done.exercise.thresholds[name]
        values = [run.values[name] for run in done.calibration.runs]
        worst = max(values) if threshold.at_least is None else min(values)
        side = "≤" if threshold.at_least is None else "≥"
        cells = (f"{side} {one.bound:g}", f"{one.mean:.4g}", f"{one.spread:.2g}", f"{worst:.4g}")
        table.add_row(escape(name), *cells, str(one.missed), f"{one.tail:.2%}", f"{one.false_fail:.2%}")
    return table
