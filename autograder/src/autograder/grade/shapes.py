"""Whose code is whose, names and comments aside: the shape of each long answer, compared over a class, as advice.

Short answers agree by chance and what many wrote alike was hinted at or taught, so that neither says anything.
"""

from __future__ import annotations

import ast
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations

from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Shape
from autograder.grade.statements import parsed
from autograder.release.source import Source

__all__ = ["same_shapes", "shapes_of"]

LONG = 80
"""Pieces of syntax, beyond the code that was given, from which on an answer is compared: some ten lines."""
LONGEST = 10_000
"""Characters of a cell; what is longer is data or an attack, and took a gigabyte to compare."""
FEWEST = 2
"""Long answers that must be the same before anything is said: of the honest ones in the exercises' `submissions/`, six
of which were written from the text alone, none agrees with its reference in more than one."""
OTHERS, OTHERS_SHARE = 2, 0.05
"""What more others than these wrote alike is common; the share is of the class."""
NAMED = 4
"""Answers that a sentence names."""
NO_CODE = frozenset({"annotation", "returns", "ctx", "type_comment", "type_ignores", "kind", "type_params"})
NAMES = frozenset({"id", "arg", "name", "asname"})
DOCUMENTED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def shapes_of(source: Source, rebuilt: Rebuilt) -> dict[str, Shape]:
    """Return the shape of each long answer, by grade_id."""
    found = {}
    for cell in rebuilt.code:
        if cell.kind == "solution" and len(cell.source) <= LONGEST:
            size, digest = _shape(cell.source)
            if size - _ours(source.released(cell.id))[0] >= LONG:
                found[cell.id] = Shape(digest, digest == _ours(source.reference(cell.id))[1])
    return found


def same_shapes(shapes: Mapping[str, Mapping[str, Shape]]) -> Iterator[tuple[str, str]]:
    """Yield (student, sentence) where long answers are the reference's or another student's, names aside.

    Args:
        shapes: by student and grade_id, of a whole class.
    """
    rare = _rare(shapes)
    for student in sorted(shapes):
        own = [part for part, shape in shapes[student].items() if (part, shape) in rare and shape.reference]
        if len(own) >= FEWEST:
            yield student, f"{_list(own)} are the reference's, names and comments aside"
    both: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for (part, _), students in rare.items():
        for pair in combinations(students, 2):
            both[pair].append(part)
    for (one, other), parts in sorted(both.items()):
        if len(parts) >= FEWEST:
            yield one, f"{_list(parts)} are those of {other}, names and comments aside"


def _rare(shapes: Mapping[str, Mapping[str, Shape]]) -> dict[tuple[str, Shape], list[str]]:
    """Return who wrote each shape of a part, where few did."""
    holders: defaultdict[tuple[str, Shape], list[str]] = defaultdict(list)
    for student in sorted(shapes):
        for part, shape in shapes[student].items():
            holders[part, shape].append(student)
    most = 1 + max(OTHERS, OTHERS_SHARE * len(shapes))
    return {key: students for key, students in holders.items() if len(students) <= most}


def _list(parts: Sequence[str]) -> str:
    more = f" and {len(parts) - NAMED} more" if len(parts) > NAMED else ""
    return f"{len(parts)} long answers ({', '.join(f'`{part}`' for part in parts[:NAMED])}{more})"


@lru_cache(maxsize=256)
def _ours(text: str) -> tuple[int, str]:
    """Return the shape of a text of the exercise's own, which each submission is compared with."""
    return _shape(text)


def _shape(text: str) -> tuple[int, str]:
    """Return how many pieces of syntax a cell has, and their digest."""
    pieces = _pieces(text)
    return len(pieces), hashlib.sha256("\x00".join(pieces).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _pieces(source: str) -> list[str]:
    """Return the syntax of a cell in order, each name as the number of its first appearance."""
    numbers: dict[str, int] = {}
    pieces: list[str] = []
    waiting: list[object] = list(reversed(parsed(source)))
    while waiting:  # no recursion: a student's expression may be nested deeply
        item = waiting.pop()
        if not isinstance(item, ast.AST):
            pieces.append(str(item))
            continue
        pieces.append(type(item).__name__)
        below: list[object] = []
        for field, value in ast.iter_fields(item):
            if field in NO_CODE or value is None:
                continue
            if field in NAMES and isinstance(value, str):
                below.append(numbers.setdefault(value, len(numbers)))
            elif field == "body" and isinstance(item, DOCUMENTED) and ast.get_docstring(item, clean=False) is not None:
                below += value[1:]
            else:
                below += value if isinstance(value, list) else [_said(value)]
        waiting += reversed(below)
    return pieces


def _said(value: object) -> object:
    """Return a node as it is and a literal as text; Python refuses to write the longest numbers."""
    if isinstance(value, int) and abs(value) >= 2**63:
        return "long"
    return value if isinstance(value, ast.AST) else repr(value)
