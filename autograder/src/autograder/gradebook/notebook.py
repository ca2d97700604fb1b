"""The autograded notebook: what the formgrader shows of a submission, made of plain text and pictures only."""

from __future__ import annotations

import base64
import re
from typing import Any

import msgspec

from autograder.grade.report import CellResult, Output, Report

__all__ = ["autograded_notebook", "defuse_markdown"]

JOINER = "\u2060"
"""WORD JOINER: invisible in text, code and formulas, and no HTML or Markdown reader looks through it."""

TAG = re.compile(r"<(?=[A-Za-z/!?])")
IMAGE = re.compile(r"!(?=\[)")
AWAY = r"https?://|mailto:|#"
DOWN = r"(?:\./)?\w[\w/-]*+(?:\.(?!\.)[\w/-]*+)*+"
SPACE = r"[ \t\r\n]"
"""Other blanks, such as U+00A0, end a destination for a regular expression and not for a reader of Markdown."""
INLINE, REFERENCE = rf"{DOWN}(?:\)|{SPACE})", rf"{DOWN}\)?{SPACE}"
LINK = re.compile(rf"\](?=\((?!{SPACE}*+(?:{AWAY}|{INLINE}))|:(?!{SPACE}*+(?:{AWAY}|{REFERENCE})))")
"""A `]` before a destination that is neither a web address, an anchor nor a plain path downwards: from above, a server
would give out what else the student has handed in. Nothing is tried twice: the time grows as the text."""

GRADED = {"solution", "written"}
OPEN = GRADED | {"free"}
FROM_STUDENT = OPEN | {"extra"}
NAMED = OPEN | {"setup", "example"}
CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def autograded_notebook(report: Report) -> bytes:
    """Return the notebook of `report` as JSON, with nbgrader's metadata on the cells that it grades.

    It is written by hand, cell by cell, and so valid by construction: nbformat is not asked, which would take longer
    than everything else here.
    """
    points = {part.part: part.max_points for part in report.parts}
    cells = [_cell(cell, points) for cell in report.cells]
    _make_ids_unique(cells)
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return _encoded(notebook) + b"\n"


def defuse_markdown(text: str) -> str:
    """Return Markdown that reads the same and holds no tag, no picture and no link but to the web or a plain path.

    It does not parse: an invisible character parts each `<` from the name after it, each `!` from its `[`, and each
    `]` from a doubtful destination, wherever they stand, so no reader's idea of what is code can be used against us.
    """
    return LINK.sub(f"]{JOINER}", IMAGE.sub(f"!{JOINER}", TAG.sub(f"<{JOINER}", text)))


def _encoded(value: Any) -> bytes:
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:  # a lone surrogate
        return msgspec.json.encode(_storable(value))


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_storable(one) for one in value]
    return {name: _storable(one) for name, one in value.items()} if isinstance(value, dict) else value


def _cell(cell: CellResult, points: dict[str, float]) -> dict[str, Any]:
    source = cell.source.replace("\x00", "")
    node: dict[str, Any] = {"cell_type": cell.cell_type, "id": cell.id, "metadata": {}, "source": source}
    if cell.cell_type == "code":
        node |= {"execution_count": None, "outputs": [_output(output) for output in cell.outputs]}
    elif cell.kind in FROM_STUDENT:
        node["source"] = defuse_markdown(source)
    if cell.kind in NAMED and CELL_ID.fullmatch(cell.id):
        node["metadata"]["nbgrader"] = _marks(cell, points)
    return node


def _marks(cell: CellResult, points: dict[str, float]) -> dict[str, Any]:
    marks: dict[str, Any] = {
        "grade": cell.kind in GRADED,
        "grade_id": cell.id,
        "locked": cell.kind not in OPEN,
        "schema_version": 3,
        "solution": cell.kind in OPEN and (cell.kind in GRADED or cell.cell_type == "code"),
        "task": False,
    }
    return marks | {"points": points.get(cell.id, 0.0)} if cell.kind in GRADED else marks


def _output(output: Output) -> dict[str, Any]:
    if output.kind == "png":
        picture = base64.b64encode(output.png).decode("ascii")
        words = {"image/png": {"alt": "Picture drawn by this cell"}}
        return {"output_type": "display_data", "data": {"image/png": picture}, "metadata": words}
    if output.kind == "error":
        lines = output.text.splitlines() or [""]
        return {"output_type": "error", "ename": "Error", "evalue": lines[-1], "traceback": lines}
    return {"output_type": "stream", "name": "stdout", "text": output.text}


def _make_ids_unique(cells: list[dict[str, Any]]) -> None:
    """Give cells whose ids nbformat would refuse, or that share one, an id from their place."""
    seen: set[str] = set()
    for place, cell in enumerate(cells):
        name = cell["id"] if CELL_ID.fullmatch(cell["id"]) else f"cell-{place}"
        while name in seen:
            name = f"{name[:58]}-{place}"
        seen.add(name)
        cell["id"] = name
