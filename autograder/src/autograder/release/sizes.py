"""Other literals in setup cells: the small size of a proof, the seed of a calibration, what a cohort chose."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from autograder.errors import UserError
from autograder.manifest import Exercise
from autograder.release.grammar import Where
from autograder.release.source import Cell, Source, read_source

__all__ = ["assigned", "sized_source", "with_literals"]


def sized_source(exercise: Exercise) -> Source:
    """Return the source of an exercise with the literals of this run in its setup cells; raises UserError."""
    # where weights are handed in, the notebook's own training is only to show that it learns
    short = exercise.training.proof if exercise.training.mode == "weights" else {}
    chosen = with_literals(read_source(exercise.folder), exercise.chosen, given=True)
    return with_literals(chosen, {**short, **exercise.literals})


def with_literals(source: Source, literals: Mapping[str, Any], *, given: bool = False) -> Source:
    """Return `source` in which setup cells assign `literals` by their names; students are given the others, or these.

    Raises UserError, with file and line, for a name that no setup cell assigns, or not as a literal of the same kind.
    """
    if not literals:
        return source
    found: set[str] = set()
    cells = tuple(_replaced(cell, literals, found, source) if cell.kind == "setup" else cell for cell in source.cells)
    if given:
        cells = tuple(replace(cell, given="") for cell in cells)
    for name in literals:
        if name not in found:
            _not_assigned(name, source)
    return replace(source, cells=cells)


def assigned(statements: Iterable[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """Yield each name that the outermost of some statements assign, with the expression it gets."""
    for statement in statements:
        if isinstance(statement, ast.AnnAssign) and statement.value is not None:
            yield from _pairs(statement.target, statement.value)
        elif isinstance(statement, ast.Assign):
            for target in statement.targets:
                yield from _pairs(target, statement.value)


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        for one, its in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, its)


def _replaced(cell: Cell, literals: Mapping[str, Any], found: set[str], source: Source) -> Cell:
    where, places = Where(source.path), []
    for name, value in assigned(ast.parse(cell.python).body):
        if name in literals:
            found.add(name)
            places.append((value, _text(name, value, literals[name], cell, where)))
    # from the end, so that what is still to be replaced stays where it was found
    text, python = cell.source, cell.python
    for value, new in sorted(places, key=lambda one: (-one[0].lineno, -one[0].col_offset)):
        text, python = _put(text, value, new), _put(python, value, new)
    return replace(cell, source=text, python=python, given=cell.source if places else "")


def _text(name: str, value: ast.expr, new: Any, cell: Cell, where: Where) -> str:
    try:
        old = ast.literal_eval(value)
    except ValueError:
        where.error(
            cell.line + value.lineno,
            f"{name} is no plain value here, and another is to be put in its place: write {name} = {new!r} or so",
        )
    if isinstance(old, tuple) and isinstance(new, list):
        new = tuple(new)
    if _kind(old) is not _kind(new):
        where.error(cell.line + value.lineno, f"{name} is {old!r} here and cannot become {new!r}: mend one of the two")
    return repr(new)


def _kind(value: Any) -> type:
    return float if type(value) is int else type(value)


def _put(text: str, place: ast.expr, new: str) -> str:
    """Return `text` with `new` where `place` stood; a cell's two texts differ in lines of commands alone."""
    lines = text.encode().split(b"\n")
    first, last = place.lineno - 1, (place.end_lineno or place.lineno) - 1
    before, after = lines[first][: place.col_offset], lines[last][place.end_col_offset :]
    # as many lines as before: line numbers lead to the file
    lines[first : last + 1] = [before + new.encode() + after, *[b""] * (last - first)]
    return b"\n".join(lines).decode()


def _not_assigned(name: str, source: Source) -> None:
    manifest = source.path.with_name("exercise.toml")
    lines = manifest.read_text(encoding="utf-8").split("\n")
    wanted = re.compile(rf"\s*{re.escape(name)}\s*=")
    line = next((number for number, text in enumerate(lines, 1) if wanted.match(text)), 0)
    shown = f"{Where(manifest).shown}:{line}" if line else Where(source.path).shown
    raise UserError(
        f"{shown}: no setup cell of {source.path.name} assigns {name}: write {name} = … in one, at the outermost level"
    )
