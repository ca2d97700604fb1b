"""All findings about a notebook, and the one line that says what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from coursedata.console import Row
from coursedata.preflight.code import check_code
from coursedata.preflight.history import check_file, check_history, check_outputs
from coursedata.preflight.notebook import Notebook, UnreadableError, read_notebook
from coursedata.preflight.run import run_notebook
from coursedata.preflight.template import check_template

__all__ = ["Verdict", "verdict"]


@dataclass(frozen=True)
class Verdict:
    """What preflight found in one notebook."""

    rows: tuple[Row, ...]
    code: int
    """0: hand it in; 1: something would break or lose points; 2: it is no notebook that can be judged."""
    todo: str
    """What to do next, in one line."""


def verdict(path: Path, *, execute: bool = False) -> Verdict:
    """Return what would break or lose points in the notebook at `path`; with `execute` it is run as well."""
    try:
        notebook = read_notebook(path)
    except UnreadableError as error:
        row = Row("problem", path.name or str(path), str(error))
        return Verdict((row,), 2, "Next: mend the file; as it is, it cannot be graded at all.")
    found = [*check_template(notebook), *check_code(notebook), *check_outputs(notebook)]
    ran = run_notebook(notebook) if execute else check_history(notebook)
    rows = [*check_file(notebook), *_in_reading_order(notebook, found), *ran]
    rows.extend(_finished(notebook, rows))
    problems = [row for row in rows if row.sign == "problem"]
    return Verdict(tuple(rows), 1 if problems else 0, _next(rows, problems, execute=execute))


def _in_reading_order(notebook: Notebook, rows: list[Row]) -> list[Row]:
    names = [cell.name for cell in notebook.cells]
    places = {name: place for place, name in reversed(list(enumerate(names)))}
    return sorted(rows, key=lambda row: places.get(row.name, len(names)))


def _finished(notebook: Notebook, rows: list[Row]) -> list[Row]:
    parts = [expected.grade_id for expected in notebook.expected if expected.kind in {"solution", "written"}]
    if not parts:
        return []
    complained = {row.name for row in rows if row.sign == "problem"}
    done = [part for part in parts if part not in complained]
    return [Row("ok" if len(done) == len(parts) else "note", "parts", f"{len(done)} of {len(parts)} are ready")]


def _next(rows: list[Row], problems: list[Row], *, execute: bool) -> str:
    if problems:
        first = problems[0].name
        return f"Next: begin with {first}; then save, and run this again. What is left as it is loses its points."
    if any(row.sign == "note" and row.todo for row in rows):
        return (
            "Next: read the lines with !. None of them costs points by itself, where the grader has what you use: "
            "it has what the course brings, and what you hand in. Then hand in."
        )
    return "Next: hand it in." if execute else "Next: hand it in. (With --run it is also run from top to bottom.)"
