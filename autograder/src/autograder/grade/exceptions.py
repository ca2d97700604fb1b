"""What a student is told about an exception of their own code: its type, their own line, and what it usually means.

Never a word of the exception itself: hidden input can stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.compare.raising import LINES
from autograder.grade.rebuild import RebuiltCell
from autograder.grade.text import plain_text
from autograder.sandbox.messages import StudentError

__all__ = ["told"]

LONGEST_LINE = 120
"""Characters of a line of code that are quoted."""
OTHER_LINES = 1000
"""Of the student's other cells that are told from each other, the nearest first: which line it is may be chosen."""

MEANINGS = {
    "AssertionError": "An `assert` does not hold.",
    "AttributeError": "The object has no attribute or method of that name: a typing error, or an object of another "
    "kind than you thought, such as None.",
    "AxisError": "There is no such axis: the array has fewer axes than `axis` asks for.",
    "cv2.error": "OpenCV was given another shape or dtype than it takes, or an empty picture: `cv2.imread` gives None "
    "where it can read nothing.",
    "FileNotFoundError": "There is no such file: a path must be one that the task gives.",
    "FloatingPointError": "A computation gave infinity or nan.",
    "ImportError": "A module lacks that name: imports of the setup cell are enough.",
    "IndexError": "An index lies outside its axis, there are more indices than axes, or a mask has not the shape of "
    "the axes that it covers.",
    "KeyError": "The dictionary has no such key.",
    "LinAlgError": "The matrix has not the shape or the rank that the computation needs.",
    "ModuleNotFoundError": "That module is not installed here: imports of the setup cell are enough.",
    "NameError": "A name is used that nothing has been given: a typing error, or it was made in a cell that is gone.",
    "NotImplementedError": "The `raise NotImplementedError` that was handed out is still reached.",
    "OSError": "The system refused it, as it does a rename from one disk to another: a temporary file belongs into "
    "the folder of the file that it replaces.",
    "OverflowError": "A number is too large for its type.",
    "PermissionError": "Files can be written in the work folder only.",
    "RecursionError": "A function calls itself without an end.",
    "RuntimeError": "PyTorch raises it mostly when shapes do not fit each other, when dtypes differ, when `view` "
    "meets memory that is not contiguous, or when `min` or `max` is asked of nothing: print the shapes and dtypes on "
    "this line.",
    "struct.error": "`struct` needs exactly as many bytes, or values, as its format says: print how many there are.",
    "StopIteration": "`next` was asked for more than there is.",
    "TypeError": "A function got the wrong kind or the wrong number of arguments; None often comes from a missing "
    "`return`.",
    "UnboundLocalError": "A name is read in the function before it is given a value there.",
    "ValueError": "A function got an argument of the right kind that it cannot work with, often a shape or a size.",
    "zlib.error": "What is packed there is damaged or was cut off.",
    "ZeroDivisionError": "Something is divided by 0: think of empty inputs.",
}


def told(error: StudentError, part: str, cells: Iterable[RebuiltCell]) -> str:
    """Return the reason of a finding: what was raised by `part`, where in the student's `cells`, what that means.

    Cell and line are the worker's word; what is quoted is the student's own text and can hold nothing else.
    """
    quotable = _quotable(part, [cell for cell in cells if cell.own])
    line = _line(quotable.get(error.failure.cell, []), error.line)
    if not line:
        return f"The call raised {error.type_name}. {MEANINGS.get(error.type_name, '')}".strip()
    whose = "your cell" if error.failure.cell == part else "another cell of yours"
    what = f"The call raised {error.type_name} in line {error.line} of {whose}: `{line}`."
    return f"{what} {_meaning(error.type_name, line)}".strip()


def _quotable(part: str, own: list[RebuiltCell]) -> dict[str, list[str]]:
    """Return the lines that may be quoted of the part's cell and of those around it, by the cell's id.

    So a line says at most about ten bits, however much a submission holds.
    """
    place = next((number for number, cell in enumerate(own) if cell.id == part), len(own))
    found: dict[str, list[str]] = {}
    room = OTHER_LINES
    for number, cell in sorted(enumerate(own), key=lambda one: abs(one[0] - place)):
        lines = cell.source.splitlines()[:LINES]
        if number != place:
            lines = lines[:room]
            room -= len(lines)
        found.setdefault(cell.id, lines)
    return found


def _line(lines: list[str], number: int) -> str:
    text = plain_text(lines[number - 1]).strip().replace("`", "'") if 0 < number <= len(lines) else ""
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"


def _meaning(name: str, line: str) -> str:
    if line.startswith("raise") and name != "NotImplementedError":
        return "You raise it there yourself, though the input of this check is allowed."
    if line.startswith("assert"):
        return "Your own `assert` does not hold there, though the input of this check is allowed."
    return MEANINGS.get(name, "")
