"""Reading a notebook that may be anything at all."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursedata.errors import CourseDataError

__all__ = ["LOCKED", "Cell", "Expected", "Notebook", "UnreadableError", "read_notebook"]

LARGEST_FILE = 50 << 20
"""Bytes; the grader takes no larger notebook."""
MOST_CELLS = 2000
LOCKED = frozenset({"setup", "example"})
"""The kinds of released cells that nobody is meant to change."""
AGAIN = (
    "take the last good copy (File > Reload from Disk, .ipynb_checkpoints, or the released notebook) and go on there."
)


class UnreadableError(CourseDataError):
    """The file cannot be judged; the message says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """One cell, whatever was in the file brought to these types."""

    number: int
    """Place in the notebook, from 1."""
    kind: str
    """Its cell type: "code", "markdown" or "raw"."""
    source: str
    grade_id: str
    """Name of the part or locked cell; empty for a cell of the student's."""
    role: str
    """What the release says it is: setup, example, free, solution or written; "own" for what a student added."""
    marks: tuple[bool, bool]
    """Whether nbgrader's metadata in the file call it locked, and a solution."""
    count: int | None
    """The number in brackets beside a code cell: when it was run last."""
    raised: str
    """Name of the exception in its output, or empty."""
    may_raise: bool
    """Tagged as a cell that is meant to raise."""
    output_bytes: int

    @property
    def name(self) -> str:
        """What the cell is called in the report."""
        return self.grade_id or f"cell {self.number}"

    @property
    def ours(self) -> bool:
        """Whether it is a locked cell, of which the grader runs the original."""
        return self.role in LOCKED

    @property
    def digest(self) -> str:
        """SHA-256 of the source, as the release writes it down."""
        return hashlib.sha256(self.source.encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Expected:
    """A cell as it was released."""

    grade_id: str
    kind: str
    """setup, example, free, solution or written."""
    digest: str

    @property
    def cell_type(self) -> str | None:
        """The cell type that it must have; None where the release does not say."""
        return {"setup": "code", "example": "code", "solution": "code", "written": "markdown"}.get(self.kind)


@dataclass(frozen=True)
class Notebook:
    """A notebook of format 4, and what the release wrote down about it."""

    path: Path
    size: int
    cells: tuple[Cell, ...]
    kernel: str
    language: str
    exercise: str
    """Slug of the exercise; empty where the notebook does not come from a release."""
    expected: tuple[Expected, ...]
    weights: tuple[str, ...] = ()
    """Files of trained weights that are handed in beside it."""

    def named(self, grade_id: str) -> list[Cell]:
        """Return every cell with this name; there should be one."""
        return [cell for cell in self.cells if cell.grade_id == grade_id]


def read_notebook(path: Path) -> Notebook:
    """Return the notebook at `path`; raises UnreadableError for anything that is not one."""
    document = _parse(_read(path))
    if not isinstance(document, dict):
        raise UnreadableError(f"this is JSON and not a notebook: {AGAIN}")
    if "worksheets" in document:
        raise UnreadableError("this notebook has an old format: open it in JupyterLab, save it, and try again.")
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise UnreadableError(f"this has no list of cells, so it is not a notebook: {AGAIN}")
    if len(cells) > MOST_CELLS:
        raise UnreadableError(f"it has {len(cells):,} cells, and at most {MOST_CELLS:,} are taken: delete your own.")
    metadata = _mapping(document.get("metadata"))
    release = _mapping(metadata.get("t2p"))
    expected = _expected(release.get("cells"))
    kernelspec = _mapping(metadata.get("kernelspec"))
    return Notebook(
        path=path,
        size=path.stat().st_size,
        cells=tuple(_cell(number, cell, expected) for number, cell in enumerate(cells, start=1)),
        kernel=_text(kernelspec.get("name")),
        language=_text(kernelspec.get("language") or _mapping(metadata.get("language_info")).get("name")),
        exercise=_text(release.get("exercise")),
        expected=expected,
        weights=_weights(release.get("weights")),
    )


def _weights(names: Any) -> tuple[str, ...]:
    """Return plain file names; whatever else somebody wrote there is none."""
    names = names if isinstance(names, list) else []
    return tuple(name for name in names if isinstance(name, str) and re.fullmatch(r"\w[\w.-]{0,99}", name))


def _read(path: Path) -> bytes:
    try:
        if not path.exists():
            raise UnreadableError("there is no such file: check its name and the folder you are in.")
        if not path.is_file():
            raise UnreadableError("this is no file: name the notebook, which ends in .ipynb.")
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise UnreadableError(
                f"it has {size / 2**20:,.0f} MiB, and at most {LARGEST_FILE >> 20} are taken: "
                "in Jupyter choose Edit > Clear Outputs of All Cells, and save."
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise UnreadableError(f"it cannot be read ({error}): close other programs that hold it.") from error


def _parse(data: bytes) -> Any:
    if not data.strip():
        raise UnreadableError(f"the file is empty: {AGAIN}")
    try:
        return json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableError(f"it is not UTF-8 text (byte {error.start}), so not a notebook: {AGAIN}") from error
    except json.JSONDecodeError as error:
        text = f"it is not JSON (line {error.lineno}: {error.msg})"
        merge = " It holds the marks of a Git merge." if b"<<<<<<<" in data else ""
        raise UnreadableError(f"{text}.{merge} Jupyter will not open it either: {AGAIN}") from error
    except (RecursionError, MemoryError, ValueError) as error:  # ValueError: a number of too many digits
        raise UnreadableError(f"it is nested too deep or too large to be a notebook: {AGAIN}") from error


def _cell(number: int, cell: Any, expected: Sequence[Expected]) -> Cell:
    cell = _mapping(cell)
    metadata = _mapping(cell.get("metadata"))
    nbgrader = _mapping(metadata.get("nbgrader"))
    outputs = cell.get("outputs") if isinstance(cell.get("outputs"), list) else []
    count = cell.get("execution_count")
    tags = metadata.get("tags")
    kind, grade_id = _text(cell.get("cell_type")), _text(nbgrader.get("grade_id"))
    return Cell(
        number=number,
        kind=kind,
        source=_source(cell.get("source")),
        grade_id=grade_id,
        role=_role(kind, grade_id, nbgrader, expected),
        marks=(nbgrader.get("locked") is True, nbgrader.get("solution") is True),
        count=count if isinstance(count, int) and not isinstance(count, bool) else None,
        raised=next((_text(item.get("ename")) or "an error" for item in map(_mapping, outputs) if _is_error(item)), ""),
        may_raise=isinstance(tags, list) and "raises-exception" in tags,
        output_bytes=_length(outputs),
    )


def _role(kind: str, grade_id: str, nbgrader: Mapping[str, Any], expected: Sequence[Expected]) -> str:
    """Return the release's word where there is one, else what nbgrader's metadata say."""
    if expected or not grade_id:
        return next((released.kind for released in expected if released.grade_id == grade_id), "own")
    if nbgrader.get("locked") is True:
        return "setup"
    if nbgrader.get("grade") is True and nbgrader.get("solution") is True:
        return "solution" if kind == "code" else "written"
    return "free"


def _is_error(output: Mapping[str, Any]) -> bool:
    return output.get("output_type") == "error"


def _length(outputs: Any) -> int:
    try:
        return len(json.dumps(outputs)) if outputs else 0
    except (RecursionError, MemoryError):
        return LARGEST_FILE


def _expected(cells: Any) -> tuple[Expected, ...]:
    rows = cells if isinstance(cells, list) else []
    return tuple(
        Expected(*row)
        for row in rows
        if isinstance(row, list) and len(row) == 3 and all(isinstance(x, str) for x in row)
    )


def _source(value: Any) -> str:
    if isinstance(value, list):
        return "".join(line for line in value if isinstance(line, str))
    return _text(value)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
