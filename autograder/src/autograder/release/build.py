"""From source to notebook: nbgrader's metadata, cell ids of our own, and the same bytes every time."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from autograder.manifest import Exercise, Part
from autograder.release.source import TOKEN, Cell, Source

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = ["build_notebook", "notebook_bytes", "notebook_dict", "release_hash"]

FLAGS = {
    "setup": {"grade": False, "locked": True, "solution": False},
    "example": {"grade": False, "locked": True, "solution": False},
    "free": {"grade": False, "locked": False, "solution": True},
    "solution": {"grade": True, "locked": False, "solution": True},
    "written": {"grade": True, "locked": False, "solution": True},
}
MODEL_ANSWER = "\n\n*The model answer stands in the rubric.*"


def build_notebook(exercise: Exercise, source: Source, *, answers: bool = False) -> NotebookNode:
    """Return the exercise as a notebook of nbformat 4.5: the release, or with `answers` the private reference.

    Both have the same cells, ids and metadata; nbgrader's checksums are those of the release, so that
    `nbgrader validate` sees which solution cells were never touched.
    """
    import nbformat  # takes 1.2 s, and grading needs only the plain dicts below

    return nbformat.from_dict(notebook_dict(exercise, source, answers=answers))  # type: ignore[no-untyped-call, no-any-return]


def notebook_dict(exercise: Exercise, source: Source, *, answers: bool = False) -> dict[str, Any]:
    """Return what `build_notebook` returns, as plain dicts."""
    texts = [_expand(cell, source.released(cell.id), exercise) for cell in source.cells]
    cells = [_cell(cell, text, exercise) for cell, text in zip(source.cells, texts, strict=True)]
    known = [
        [cell.id, cell.kind, hashlib.sha256(text.encode()).hexdigest()]
        for cell, text in zip(source.cells, texts, strict=True)
        if cell.kind != "prose"
    ]
    metadata: dict[str, Any] = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
        "t2p": {"cells": known, "exercise": exercise.slug, "release": _content_hash(exercise.slug, cells)},
    }
    if exercise.training.weights:
        metadata["t2p"]["weights"] = list(exercise.training.weights)
    if answers:
        for cell, built in zip(source.cells, cells, strict=True):
            built["source"] = _answer(cell, source, built["source"])
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def release_hash(exercise: Exercise, source: Source) -> str:
    """Return the content hash that a released notebook carries as `metadata.t2p.release`."""
    return str(notebook_dict(exercise, source)["metadata"]["t2p"]["release"])


def notebook_bytes(notebook: dict[str, Any]) -> bytes:
    """Return a notebook as the bytes of its file: keys sorted, indent 1, UTF-8, one line break at the end."""
    plain = {**notebook, "cells": [{**cell, "source": _lines(cell["source"])} for cell in notebook["cells"]]}
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _lines(text: str | list[str]) -> list[str]:
    return text.splitlines(keepends=True) if isinstance(text, str) else text


def _cell(cell: Cell, text: str, exercise: Exercise) -> dict[str, Any]:
    built: dict[str, Any] = {"cell_type": cell.cell_type, "id": _cell_id(cell), "metadata": {}, "source": text}
    if cell.cell_type == "code":
        built.update(execution_count=None, outputs=[])
    if cell.kind == "prose":
        built["metadata"] = {"deletable": False, "editable": False}
        return built
    nbgrader = {"cell_type": cell.cell_type, "grade_id": cell.id, "schema_version": 3, "task": False} | FLAGS[cell.kind]
    if cell.kind == "free" and cell.cell_type == "markdown":
        nbgrader["solution"] = False  # nbgrader refuses text that may be edited and is not graded
    if FLAGS[cell.kind]["grade"]:
        nbgrader["points"] = _number(exercise.parts[cell.id].points)
    nbgrader["checksum"] = _checksum(text, cell, nbgrader)
    built["metadata"] = {"deletable": False, "nbgrader": nbgrader}
    if FLAGS[cell.kind]["locked"]:
        built["metadata"]["editable"] = False
    if cell.tags:
        built["metadata"]["tags"] = list(cell.tags)
    return built


def _cell_id(cell: Cell) -> str:
    """Return an id of nbformat 4.5 (at most 64 letters, digits, - and _) that depends on the title alone."""
    return cell.id if len(cell.id) <= 64 else f"{cell.id[:50]}-{hashlib.sha256(cell.id.encode()).hexdigest()[:12]}"


def _checksum(text: str, cell: Cell, nbgrader: dict[str, Any]) -> str:
    """Return nbgrader's own checksum of a cell (`nbgrader.utils.compute_checksum`), without importing nbgrader."""
    flags = "".join(str(nbgrader[name]) for name in ("grade", "solution", "locked"))
    points = str(float(nbgrader["points"])) if nbgrader["grade"] else ""
    return hashlib.md5(f"{text}{cell.cell_type}{flags}{cell.id}{points}".encode(), usedforsecurity=False).hexdigest()


def _content_hash(slug: str, cells: list[dict[str, Any]]) -> str:
    text = json.dumps([slug, cells], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _answer(cell: Cell, source: Source, released: str) -> str:
    if cell.kind == "written":
        return released + MODEL_ANSWER
    return source.reference(cell.id) if cell.kind == "solution" else released


def _expand(cell: Cell, text: str, exercise: Exercise) -> str:
    if cell.cell_type != "markdown":
        return text
    values = {name: _part_line(part) for name, part in exercise.parts.items()}
    values |= {"minutes": _show(exercise.minutes), "points": _show(exercise.points)}
    return TOKEN.sub(lambda match: values[match["name"]], text)


def _part_line(part: Part) -> str:
    points = "1 point" if part.points == 1 else f"{_show(part.points) if part.points else 'no'} points"
    minutes = "1 minute" if part.minutes == 1 else f"{_show(part.minutes)} minutes"
    return f"{points} · {part.tier} · about {minutes}"


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _show(value: float) -> str:
    return f"{value:g}"
