"""`autograder doctor`: what this machine can give, and for each lack how to get it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from autograder.doctor.row import Row, State

__all__ = ["Row", "State", "main", "report", "verdict"]

SIGNS = {State.GOOD: "[green]✓[/]", State.LESS: "[yellow]○[/]", State.BLOCKING: "[red]✗[/]"}
CANNOT_GRADE = 3


def report(root: Path | None = None) -> list[Row]:
    """Return what this machine gives to the repository at `root` (default: the one that holds this file)."""
    from autograder.doctor.machine import gpu_rows, machine_rows
    from autograder.doctor.sandbox import sandbox_rows
    from autograder.doctor.tools import deck_rows, package_rows

    folder = root or Path(__file__).resolve().parents[4]
    return [*machine_rows(folder), *sandbox_rows(), *gpu_rows(), *package_rows(), *deck_rows(folder / "slides")]


def verdict(rows: Sequence[Row]) -> str:
    """Return the one sentence that sums `rows` up."""
    blocking = [row.name for row in rows if row.state is State.BLOCKING]
    less = [row.name for row in rows if row.state is State.LESS]
    if blocking:
        return f"A cohort cannot be graded here: {', '.join(blocking)}. `make demo` works, without a sandbox."
    if less:
        return f"Grading works here. Less than there could be: {', '.join(less)}."
    return "Grading works here, and nothing is missing."


def main() -> int:
    """Print the report; return 0, or 3 where grading is impossible."""
    rows = report()
    _print(rows)
    return CANNOT_GRADE if any(row.state is State.BLOCKING for row in rows) else 0


def _print(rows: Sequence[Row]) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False, show_header=False)
    for style in ("bold", None, None, None):
        table.add_column(style=style, no_wrap=style == "bold", overflow="fold")
    for group, members in groupby(rows, key=lambda row: row.group):
        for number, row in enumerate(members):
            found = escape(row.found) + (f"\n[cyan]→ {escape(row.remedy)}[/]" if row.remedy else "")
            table.add_row("" if number else group, SIGNS[row.state], row.name, found)
    console.print(table)
    console.print(f"\n{verdict(rows)}")
