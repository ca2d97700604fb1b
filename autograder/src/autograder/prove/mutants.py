"""Mutants of the reference: each differs from it by one mistake, and a check of its part must notice."""

from __future__ import annotations

import ast
import difflib
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.prove.context import Context
from autograder.prove.operators import OPERATORS
from autograder.release.source import Cell, Source

__all__ = ["Mutant", "mutants_of", "part_mutants", "unchanged"]

Slot = tuple[ast.AST, str, int | None]
"""Where a node hangs: its parent, the parent's field and, in a list, the place."""


@dataclass(frozen=True)
class Mutant:
    """One changed copy of a part's reference."""

    id: str
    """The part's name and a hash of the change: it stays the same while the statement and its change do."""
    part: str
    operator: str
    change: str
    """The lines that differ, `before → after`."""
    code: str
    """The whole cell, as Python."""


def mutants_of(source: Source) -> list[Mutant]:
    """Return the mutants of all parts, in the order of the notebook."""
    return [mutant for cell in source.cells if cell.kind == "solution" for mutant in part_mutants(source, cell)]


def part_mutants(source: Source, cell: Cell) -> list[Mutant]:
    """Return the mutants of one solution cell; only what stands between the markers is changed."""
    tree = _answer(source, cell.id)
    before = ast.unparse(tree)
    context = Context(tree.body[0], _imported(source))
    seen, ids = {before}, dict[str, int]()
    found = []
    for slot in _slots(tree, _answer_lines(cell)):
        node = _get(slot)
        for operator in OPERATORS:
            for other in operator(node, context):
                code = _unparsed(tree, slot, other)
                if code in seen:
                    continue
                seen.add(code)
                change = _change(before, code)
                name = _id(cell.id, change, ids)
                found.append(Mutant(name, cell.id, operator.__name__, change, code))
    return found


def unchanged(source: Source, part: str) -> Mutant:
    """Return the reference of `part` as its mutants are written, with nothing changed: no check may kill it."""
    return Mutant(part, part, "", "", ast.unparse(_answer(source, part)))


def _answer(source: Source, part: str) -> ast.Module:
    tree = ast.parse(source.reference(part))
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def _imported(source: Source) -> dict[str, str]:
    """Return the names that set-up cells import, with the package that each comes from."""
    trees = [ast.parse(cell.python) for cell in source.cells if cell.kind == "setup"]
    imports = [node for tree in trees for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    return {
        (alias.asname or alias.name).partition(".")[0]: (_package(node) or alias.name).partition(".")[0]
        for node in imports
        for alias in node.names
    }


def _package(node: ast.Import | ast.ImportFrom) -> str:
    return (node.module or "") if isinstance(node, ast.ImportFrom) else ""


def _answer_lines(cell: Cell) -> set[int]:
    """Return which lines of the reference, from 1, are the answer."""
    numbers, line, inside = set(), 0, False
    for text in cell.source.split("\n"):
        if text.strip() in ("# BEGIN SOLUTION", "# END SOLUTION"):
            inside = not inside
            continue
        line += 1
        if inside:
            numbers.add(line)
    return numbers


def _slots(tree: ast.AST, lines: set[int]) -> Iterator[Slot]:
    """Yield where each node of the answer hangs; what a `raise` or an f-string says is left alone."""
    for field, value in ast.iter_fields(tree):
        children = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
        for place, child in children:
            if not isinstance(child, ast.AST):
                continue
            if getattr(child, "lineno", None) in lines:
                yield (tree, field, place)
            if not isinstance(child, (ast.Raise, ast.JoinedStr)):
                yield from _slots(child, lines)


def _get(slot: Slot) -> ast.AST:
    parent, field, place = slot
    held = getattr(parent, field)
    return held if place is None else held[place]  # type: ignore[no-any-return]


def _put(slot: Slot, node: ast.AST) -> None:
    parent, field, place = slot
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _unparsed(tree: ast.AST, slot: Slot, other: ast.AST) -> str:
    original = _get(slot)
    _put(slot, other)
    try:
        return ast.unparse(ast.fix_missing_locations(tree))
    finally:
        _put(slot, original)


def _change(before: str, after: str) -> str:
    lines = list(difflib.ndiff(before.split("\n"), after.split("\n")))
    old = [line[2:].strip() for line in lines if line.startswith("- ")]
    new = [line[2:].strip() for line in lines if line.startswith("+ ")]
    return f"{' / '.join(old)} → {' / '.join(new)}"


def _id(part: str, change: str, ids: dict[str, int]) -> str:
    # releases of Python differ in the parentheses and quotes that they put around the same tree
    plain = re.sub(r"[()\"'\s]", "", change)
    name = f"{part}-{hashlib.sha256(plain.encode()).hexdigest()[:8]}"
    ids[name] = ids.get(name, 0) + 1
    return name if ids[name] == 1 else f"{name}-{ids[name]}"
