"""The attacks as data: read a file of `submissions/`, hand it in as its author would.

A file is a header in TOML and pieces, each under a line `# %% TITLE`:

- the name of a graded cell, or any other word for an extra cell, in the order of the notebook;
- `file NAME`: the text of a file that lies beside the notebook;
- `notebook`: Python that changes `notebook`, the dict that is about to be written;
- `folder`: Python that changes the written submission, given `folder` and `path`, the notebook's.

The last two stand for what an attacker does at home, where nothing holds him back. `@ROOM@` and `@REPOSITORY@` in a
cell are the folder two above the submission and the repository's: an attacker may know where a grader keeps things.
"""

from __future__ import annotations

import copy
import functools
import json
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.manifest import Exercise, load_exercise
from autograder.release.build import notebook_dict
from autograder.release.source import Source, read_source

__all__ = [
    "ARENA",
    "CATEGORIES",
    "Attack",
    "arena_exercise",
    "arena_source",
    "attack_files",
    "attack_notebook",
    "honest_notebook",
    "notebook_of",
    "read_attack",
    "write_submission",
]

ARENA = Path(__file__).parents[1] / "courses" / "arena" / "solutions" / "01_arena"
CATEGORIES = ("results", "secrets", "neighbours", "files", "pages", "learning")
TITLE = re.compile(r"^# %% (file .+|\w+)\n", re.MULTILINE)
HEADER = {
    "tries",
    "category",
    "impatient",
    "beside_honest_work",
    "earns",
    "most",
    "slack",
    "seconds",
    "shows",
    "hides",
    "student",
    "before",
}


@dataclass(frozen=True)
class Attack:
    """One attack: what it tries, and what is handed in for it."""

    path: Path
    tries: str
    category: str
    cells: tuple[tuple[str, str], ...]
    """Title and source of each cell; a title that is no cell of the exercise makes an extra cell."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Side files, by their path beside the notebook."""
    notebook_step: str = ""
    folder_step: str = ""
    header: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The file's name says what is attacked."""
        return self.path.stem

    @property
    def beside_honest_work(self) -> bool:
        """Whether the rest of the notebook is solved honestly: the attack then wants to harm, not to gain."""
        return bool(self.header.get("beside_honest_work"))

    @property
    def impatient(self) -> bool:
        """Whether short limits do, because the attack hangs until it is ended."""
        return bool(self.header.get("impatient"))

    @property
    def most(self) -> float:
        """Points that its own cells may earn, where that depends on what they are asked."""
        return float(self.header.get("most", self.earns))

    @property
    def slack(self) -> float:
        """Points that it keeps though it did not earn them: a claim's, or those of a check that is content with less."""
        return float(self.header.get("slack", 0))

    @property
    def earns(self) -> float:
        """Points of the honest work in it, which the attack must not cost its author."""
        return float(self.header.get("earns", 0))

    @property
    def student(self) -> str:
        """Under which name it is handed in."""
        return str(self.header.get("student", "mallory"))


def attack_files() -> list[Path]:
    """Return every attack's file, by name."""
    return sorted((Path(__file__).parent / "submissions").glob("*.py"))


def read_attack(path: Path) -> Attack:
    """Return the attack in `path`; raises ValueError for a header that says something unknown."""
    _, text, body = path.read_text("utf-8").split('"""', 2)
    header = tomllib.loads(text)
    if header["category"] not in CATEGORIES or not header.keys() <= HEADER:
        raise ValueError(f"{path.name}: a category or a key of the header is unknown")
    cells, files, steps = [], {}, {}
    pieces = TITLE.split(body)
    for title, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if title.startswith("file "):
            files[title[5:].strip()] = piece.encode()
        elif title in ("notebook", "folder"):
            steps[title] = piece
        else:
            cells.append((title, piece))
    made = steps.get("notebook", ""), steps.get("folder", "")
    return Attack(path, header["tries"], header["category"], tuple(cells), files, *made, header)


@functools.cache
def arena_exercise() -> Exercise:
    """Return the exercise that the attacks are handed in for."""
    return load_exercise(ARENA)


@functools.cache
def arena_source() -> Source:
    """Return its source."""
    return read_source(ARENA)


@functools.cache
def _solved() -> dict[str, Any]:
    return notebook_dict(arena_exercise(), arena_source(), answers=True)


def honest_notebook(answers: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the notebook of a student who solved everything, with the cells in `answers` replaced."""
    notebook = copy.deepcopy(_solved())
    for cell in notebook["cells"]:
        cell["source"] = (answers or {}).get(cell["id"], cell["source"])
    return notebook


def attack_notebook(cells: list[tuple[str, str]]) -> dict[str, Any]:
    """Return a notebook of these cells alone."""
    made = [_cell(title, source, number) for number, (title, source) in enumerate(cells)]
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made}


def _cell(title: str, source: str, number: int) -> dict[str, Any]:
    known = {cell.id for cell in arena_source().cells}
    cell = {"cell_type": "code", "id": f"{title}-{number}", "source": source, "outputs": [], "execution_count": None}
    return cell | {"metadata": {"nbgrader": {"grade_id": title}} if title in known else {}}


def notebook_of(attack: Attack) -> dict[str, Any]:
    """Return the notebook that the attack hands in, before it is written."""
    if attack.beside_honest_work:
        known = {cell.id for cell in arena_source().cells}
        notebook = honest_notebook({title: source for title, source in attack.cells if title in known})
        extras = [(title, source) for title, source in attack.cells if title not in known]
        notebook["cells"][:0] = attack_notebook(extras)["cells"]
    else:
        notebook = attack_notebook(list(attack.cells))
    names = {"notebook": notebook}
    exec(compile(attack.notebook_step, str(attack.path), "exec"), names)
    return names["notebook"]


def write_submission(attack: Attack, folder: Path, slug: str = "01_arena") -> Path:
    """Write what the attack hands in into the empty `folder`; return where its notebook should lie."""
    path = folder / f"{slug}.ipynb"
    text = json.dumps(notebook_of(attack))
    text = text.replace("@ROOM@", str(folder.parents[1])).replace("@REPOSITORY@", str(Path(__file__).parents[3]))
    path.write_text(text)
    for name, data in attack.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    exec(compile(attack.folder_step, str(attack.path), "exec"), {"folder": folder, "path": path})
    return path
