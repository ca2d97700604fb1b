"""What a cohort chose against what a notebook says of itself: a remark for staff, never a lost point."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.grade.collect import Submission
from autograder.grade.report import Flag
from autograder.grade.statements import by_room, parsed
from autograder.manifest import Exercise
from autograder.release.sizes import assigned
from autograder.release.source import Source

__all__ = ["other_choices"]


def other_choices(exercise: Exercise, source: Source, submission: Submission) -> list[Flag]:
    """Return a remark for each choice of the cohort that a cell of the submission makes otherwise."""
    asked = {
        name: value
        for cell in source.cells
        if cell.kind == "setup" and exercise.choices
        for name, value in _literals(ast.parse(cell.python).body)
        if name in exercise.choices
    }
    found = {
        name: value
        for cell in by_room(cell.source for cell in submission.cells if asked and cell.cell_type == "code")[0]
        for name, value in _literals(parsed(cell))
        if name in asked and value != asked[name]
    }
    return [
        Flag(
            "staff",
            f"The notebook that came says {name} = {_shown(value)}, and this course works with {asked[name]!r}: it "
            f"may have been trained on other data. It was graded with {asked[name]!r}.",
        )
        for name, value in found.items()
    ]


def _shown(value: object) -> str:
    """Return a literal of a student's as text; Python refuses to write the longest numbers."""
    if isinstance(value, str):
        return repr(value[:40])
    return str(value) if isinstance(value, int) and abs(value) < 2**63 else f"something else ({type(value).__name__})"


def _literals(statements: list[ast.stmt]) -> Iterator[tuple[str, object]]:
    for name, value in assigned(statements):
        if isinstance(value, ast.Constant):
            yield name, value.value
