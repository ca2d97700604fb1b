"""What students say in the last cell of a notebook: minutes spent, muddiest point."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from autograder.grade.report import CellResult

__all__ = ["Reflection", "read_reflection"]

LONGEST_CELL = 20_000
MOST_MINUTES = 10_000
MINUTES_LINE = re.compile(r"minutes[^:\n]{0,60}:\W{0,6}(?P<value>\d{1,4}(?:\.\d{1,2})?)", re.IGNORECASE)
MUDDIEST_LINE = re.compile(r"mudd[^:\n]{0,60}:[*_ ]{0,4}(?P<value>[^\n]{1,500})", re.IGNORECASE)


@dataclass(frozen=True)
class Reflection:
    """Both answers; None and "" where the student left them open."""

    minutes: float | None = None
    muddiest: str = ""


def read_reflection(cells: list[CellResult]) -> Reflection:
    """Return what the last free cells say: `minutes = 95` in code or `Minutes: 95` in text, `muddiest` likewise."""
    minutes, muddiest = None, ""
    for cell in [cell for cell in cells if cell.kind in {"free", "written"}][-3:]:
        found = _from_code(cell.source) if cell.cell_type == "code" else _from_text(cell.source)
        minutes = found.minutes if found.minutes is not None else minutes
        muddiest = found.muddiest or muddiest
    return Reflection(minutes, muddiest)


def _from_text(text: str) -> Reflection:
    number, words = MINUTES_LINE.search(text[:LONGEST_CELL]), MUDDIEST_LINE.search(text[:LONGEST_CELL])
    return Reflection(float(number["value"]) if number else None, words["value"].strip(" *_.…") if words else "")


def _from_code(text: str) -> Reflection:
    """Read assignments of plain numbers and texts; nothing is run."""
    try:
        body = ast.parse(text[:LONGEST_CELL]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Reflection()
    minutes, muddiest = None, ""
    for statement in body:
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Constant):
            names = " ".join(target.id.lower() for target in statement.targets if isinstance(target, ast.Name))
            value = statement.value.value
            if "minutes" in names and type(value) in {int, float} and 0 < value <= MOST_MINUTES:  # type: ignore[operator]
                minutes = float(value)  # type: ignore[arg-type]
            if "mudd" in names and isinstance(value, str):
                muddiest = value.strip()
    return Reflection(minutes, muddiest)
