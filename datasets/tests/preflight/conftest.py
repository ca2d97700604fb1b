"""A small released notebook, and what students do to it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursedata.preflight import Verdict, verdict

Document = dict[str, Any]
MARKS: dict[str, dict[str, bool]] = {
    "setup": {"grade": False, "locked": True, "solution": False},
    "example": {"grade": False, "locked": True, "solution": False},
    "free": {"grade": False, "locked": False, "solution": True},
    "solution": {"grade": True, "locked": False, "solution": True},
    "written": {"grade": True, "locked": False, "solution": True},
}
RELEASED = (
    ("imports", "setup", "import math"),
    ("double", "solution", 'def double(x):\n    """Return 2x."""\n    raise NotImplementedError("double")'),
    ("double_seen", "example", "print(2 * 21)"),
    ("guess", "free", "guess = ..."),
    ("half", "solution", 'def half(x):\n    raise NotImplementedError("half")'),
    ("why", "written", "*Your answer:*"),
)
ANSWERS = {
    "double": 'def double(x):\n    """Return 2x."""\n    return 2 * x',
    "half": "def half(x):\n    return x / 2",
    "why": "Because multiplication is addition.",
}


def made_cell(grade_id: str, kind: str, source: str, count: int) -> Document:
    """Return a cell as a release writes it, run once when it is code."""
    nbgrader = {"grade_id": grade_id, "schema_version": 3, **MARKS[kind]}
    cell: Document = {"id": grade_id, "metadata": {"nbgrader": nbgrader}, "source": source.splitlines(keepends=True)}
    if kind == "written":
        return {**cell, "cell_type": "markdown"}
    return {**cell, "cell_type": "code", "execution_count": count, "outputs": []}


@pytest.fixture
def released() -> Document:
    """The notebook as students get it (with counts, as if run)."""
    cells = [made_cell(*row, count) for count, row in enumerate(RELEASED, start=1)]
    known = [[name, kind, hashlib.sha256(text.encode()).hexdigest()] for name, kind, text in RELEASED]
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "t2p": {"cells": known, "exercise": "01_small", "release": "0123"},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


@pytest.fixture
def finished(released: Document) -> Document:
    """The notebook with every answer written."""
    for cell in released["cells"]:
        name = cell["metadata"]["nbgrader"]["grade_id"]
        cell["source"] = ANSWERS.get(name, "".join(cell["source"]))
    return released


@pytest.fixture
def judge(tmp_path: Path) -> Callable[..., Verdict]:
    """Return a function that saves a notebook and returns preflight's verdict."""

    def judged(document: Any, *, execute: bool = False) -> Verdict:
        path = tmp_path / "01_small.ipynb"
        data = document if isinstance(document, bytes) else json.dumps(document).encode()
        path.write_bytes(data)
        return verdict(path, execute=execute)

    return judged
