"""What a student reads about an exception of their own code."""

from __future__ import annotations

import binascii
import csv
import re
import shutil
import struct
import zlib

import cv2
import pytest

from autograder.grade.exceptions import LONGEST_LINE, MEANINGS, told
from autograder.grade.rebuild import RebuiltCell
from autograder.sandbox.answers import class_names
from autograder.sandbox.messages import KNOWN_EXCEPTIONS, Failure, StudentError

SOURCE = (
    "def softmax(x):\n    y = x.view(3, -1)\n    if y.min() < 0:\n        raise ValueError(f'{x}')\n    assert y[0]\n"
)
CELLS = [
    RebuiltCell("imports", "setup", "code", "import torch\nsecret = 1"),
    RebuiltCell("softmax", "solution", "code", SOURCE),
    RebuiltCell("extra-1", "extra", "code", "a = b`c\nd = '" + "x" * 500 + "'\n\x1b[31m\u202ee = 1"),
]


def reason(kind: str, line: int, cell: str = "softmax") -> str:
    """Return what is said of an exception of the type `kind` whose message held a hidden input."""
    failure = Failure("raised", ["Mine", kind, "Exception"], line, cell, "HIDDEN tensor([0.25])")
    return told(StudentError(failure), "softmax", CELLS)


def test_the_own_line_is_quoted_with_what_the_type_means() -> None:
    """Type, line and a sentence, and nothing of the exception's text."""
    assert reason("RuntimeError", 2) == (
        f"The call raised RuntimeError in line 2 of your cell: `y = x.view(3, -1)`. {MEANINGS['RuntimeError']}"
    )


def test_a_students_own_raise_and_assert_are_called_so() -> None:
    """Who raises on an allowed input learns that the input is allowed."""
    assert reason("ValueError", 4).endswith("You raise it there yourself, though the input of this check is allowed.")
    assert "Your own `assert` does not hold" in reason("AssertionError", 5)


@pytest.mark.parametrize(
    ("line", "cell"),
    [(0, "softmax"), (7, "softmax"), (4999, "softmax"), (2, "imports"), (1, "no such"), (-1, "softmax")],
)
def test_a_place_that_is_not_the_students_is_not_told(line: int, cell: str) -> None:
    """The worker's word for a line tells nothing where the student wrote no such line."""
    assert reason("IndexError", line, cell) == f"The call raised IndexError. {MEANINGS['IndexError']}"


def told_of(line: int, cell: str, cells: list[RebuiltCell]) -> str:
    return told(StudentError(Failure("raised", ["KeyError"], line, cell)), "softmax", cells)


def test_a_line_far_down_is_not_told() -> None:
    """Of a cell its first lines are quoted, as an honest one has them: the number of a line is no channel."""
    cells = [RebuiltCell("softmax", "solution", "code", "x = 1\n" * 5000)]
    assert "in line 200 of your cell: `x = 1`" in told_of(200, "softmax", cells)
    assert told_of(201, "softmax", cells) == f"The call raised KeyError. {MEANINGS['KeyError']}"


def test_which_of_a_thousand_cells_is_not_told() -> None:
    """Helpers around the part are quoted; with cells without end, those far from it are not."""
    extra = [RebuiltCell(f"extra-{n}", "extra", "code", "x = 1\n" * 100) for n in range(40)]
    cells = [*extra[:20], RebuiltCell("softmax", "solution", "code", SOURCE), *extra[20:]]
    told_cells = [cell.id for cell in cells if "`" in told_of(100, cell.id, cells)]
    assert told_cells == [f"extra-{n}" for n in range(15, 25)]
    assert "of your cell: `y = x.view(3, -1)`" in told_of(2, "softmax", cells)


def test_another_cell_is_called_so_and_its_line_is_plain() -> None:
    """A helper's line is quoted from its own cell, without what would end the quotation, codes or length."""
    assert "in line 1 of another cell of yours: `a = b'c`." in reason("NameError", 1, "extra-1")
    assert f"`{('d = ' + repr('x' * 500))[:LONGEST_LINE]}…`" in reason("NameError", 2, "extra-1")
    assert "`e = 1`" in reason("NameError", 3, "extra-1")


def test_meanings_are_of_types_that_may_be_shown() -> None:
    """Each explained type can occur, and ends as a sentence."""
    assert set(MEANINGS) <= KNOWN_EXCEPTIONS
    assert all(text.endswith(".") for text in MEANINGS.values())


def test_a_class_of_the_exercise_itself_is_named() -> None:
    """What the notebook was given may be told; a name that the student chose may not."""
    failure = Failure("raised", ["Hidden", "Truncated", "Exception"])
    assert StudentError(failure, ["Truncated"]).type_name == "Truncated"
    assert StudentError(failure).type_name == "Exception"


@pytest.mark.parametrize(
    "kind", [binascii.Error, csv.Error, cv2.error, re.error, shutil.Error, struct.error, zlib.error]
)
def test_classes_that_are_only_called_error_are_told_with_their_module(kind: type[Exception]) -> None:
    """`struct.error` says what is wrong, `error` does not; a check that expects it finds it by its own name."""
    told, own = class_names(kind)
    assert told in KNOWN_EXCEPTIONS
    assert own == kind.__name__
