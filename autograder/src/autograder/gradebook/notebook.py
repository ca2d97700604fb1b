"""The autograded notebook: what the formgrader shows of a submission, made of plain text and pictures only."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.grade.report import CellResult, Output, Report

__all__ = ["autograded_notebook", "defuse_markdown"]

JOINER = "\u2060"
"""WORD JOINER: invisible in text, code and formulas, and no HTML or Markdown reader looks through it."""

TAG = re.compile(r"<(?=[A-Za-z/!?])")
IMAGE = re.compile(r"!(?=\[)")
LINK = re.compile(r"\](?=[(:](?!\s*(?:https?://|mailto:|#|\.{0,2}/?[\w./-]+[\s)])))")
"""A `]` before a destination that is neither a web address, an anchor nor a plain path."""

GRADED = {"solution", "written"}
OPEN = GRADED | {"free"}
FROM_STUDENT = OPEN | {"extra"}
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def autograded_notebook(report: Report) -> str:
    """Return the notebook of `report` as JSON text, with nbgrader's metadata on the cells that it grades."""
    points = {part.part: part.max_points for part in report.parts}
    notebook = new_notebook(
        cells=[_cell(cell, place, points) for place, cell in enumerate(report.cells)],
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
    )
    _make_ids_unique(notebook.cells)
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n"


def defuse_markdown(text: str) -> str:
    """Return Markdown that reads the same and holds no tag, no picture and no link but to the web or a plain path.

    It does not parse: an invisible character parts each `<` from the name after it, each `!` from its `[`, and each
    `]` from a doubtful destination, wherever they stand, so no reader's idea of what is code can be used against us.
    """
    return LINK.sub(f"]{JOINER}", IMAGE.sub(f"!{JOINER}", TAG.sub(f"<{JOINER}", text)))


def _cell(cell: CellResult, place: int, points: dict[str, float]) -> nbformat.NotebookNode:
    source = cell.source.replace("\x00", "")
    if cell.cell_type == "markdown":
        node = new_markdown_cell(defuse_markdown(source) if cell.kind in FROM_STUDENT else source)
    else:
        node = new_code_cell(source, outputs=[_output(output) for output in cell.outputs])
    node.id = cell.id if CELL_ID.fullmatch(cell.id) else f"cell-{place}"
    if cell.kind != "extra" and cell.kind != "prose" and CELL_ID.fullmatch(cell.id):
        node.metadata["nbgrader"] = _marks(cell, points)
    return node


def _marks(cell: CellResult, points: dict[str, float]) -> dict[str, object]:
    marks: dict[str, object] = {
        "grade": cell.kind in GRADED,
        "grade_id": cell.id,
        "locked": cell.kind not in OPEN,
        "schema_version": 3,
        "solution": cell.kind in OPEN,
        "task": False,
    }
    if cell.kind in GRADED:
        marks["points"] = points.get(cell.id, 0.0)
    return marks


def _output(output: Output) -> nbformat.NotebookNode:
    if output.kind == "png":
        return new_output("display_data", data={"image/png": base64.b64encode(output.png).decode("ascii")})
    if output.kind == "error":
        lines = output.text.splitlines() or [""]
        return new_output("error", ename="Error", evalue=lines[-1], traceback=lines)
    return new_output("stream", name="stdout", text=output.text)


def _make_ids_unique(cells: Iterable[nbformat.NotebookNode]) -> None:
    seen: set[str] = set()
    for place, cell in enumerate(cells):
        if cell.id in seen:
            cell.id = f"cell-{place}"
        seen.add(cell.id)
