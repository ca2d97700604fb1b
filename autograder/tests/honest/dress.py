"""Honest submissions as they are written down, and the notebooks that are made of them."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.manifest import load_exercise
from autograder.release.build import notebook_dict
from autograder.release.source import read_source

HERE = Path(__file__).parent
ARENA = HERE.parent / "courses" / "arena" / "solutions" / "01_arena"
OPEN = ARENA.with_name("02_open")


@dataclass(frozen=True)
class Honest:
    """One submission: what its docstring says, and its cells as (title, source)."""

    note: str
    ends: frozenset[str]
    """Verdicts of its cells beside `passed`."""
    cells: list[tuple[str, str]]


def read(path: Path) -> Honest:
    """Return the submission in `path`.

    Magics and shell commands stand behind `# `, as jupytext writes them, so that a submission is a Python file.
    """
    _, head, body = path.read_text("utf-8").split('"""', 2)
    said = tomllib.loads(head)
    pieces = re.split(r"^# %% (\w+)\n", body, flags=re.MULTILINE)
    sources = (re.sub(r"^# (?=[%!?]\S)", "", source, flags=re.MULTILINE) for source in pieces[2::2])
    return Honest(said["note"], frozenset(said.get("ends", "").split()), list(zip(pieces[1::2], sources, strict=True)))


def dressed(cells: list[tuple[str, str]], folder: Path = ARENA) -> dict[str, Any]:
    """Return the reference's notebook with these cells: `extra` after the imports or the cell before it."""
    exercise, source = load_exercise(folder), read_source(folder)
    known = {cell.id for cell in source.cells}
    answers = {title: text for title, text in cells if title in known}
    notebook: dict[str, Any] = json.loads(json.dumps(notebook_dict(exercise, source, answers=True)))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(cell["id"], cell["source"])
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "imports")
    for number, (title, text) in enumerate(cells):
        if title in known:
            place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == title)
            continue
        place = len(notebook["cells"]) - 1 if title == "extra_end" else place
        notebook["cells"].insert(place + 1, code(text, f"x{number}"))
        place += 1
    return notebook


def code(text: str, identifier: str = "x", grade_id: str = "") -> dict[str, Any]:
    """Return a code cell; with a `grade_id`, as one that was split or pasted from the cell of that name."""
    metadata = {"nbgrader": {"grade_id": grade_id, "solution": True, "schema_version": 3}} if grade_id else {}
    return {"cell_type": "code", "id": identifier, "metadata": metadata, "source": text} | {
        "outputs": [],
        "execution_count": None,
    }
