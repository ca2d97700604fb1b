"""Texts made to keep the trusted side busy: its work grows as they do, and no faster."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from autograder.grade.collect import collect
from autograder.grade.statements import parsed
from autograder.grade.rebuild import MARKDOWN_CHARACTERS, Rebuilt, rebuild
from autograder.grade.report import CellResult
from autograder.grade.text import plain_text
from autograder.gradebook.notebook import defuse_markdown
from autograder.manifest import load_exercise
from autograder.pages.highlight import highlight
from autograder.plain import plain
from autograder.pages.reflections import read_reflection
from autograder.release.build import notebook_dict
from autograder.release.source import read_source

NUMBERS = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "01_numbers"
CHARACTERS = 1_000_000
CPU_SECONDS = 20
"""A megabyte takes some hundredths of one; with the square of its length it would take hours."""


@contextmanager
def some_cpu_seconds() -> Iterator[None]:
    """Fail once the block has used so much of the processor, however busy the machine is."""

    def fail(*_: object) -> None:
        raise AssertionError("this took far more time than the text is long")

    before = signal.signal(signal.SIGPROF, fail)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


LINKS = ("](", "](a", "](a.", "](./a", "](a/b.", "]: ", "]:a)", "](\n", "](http", "![", "<a", "](" + "\xa0")


@pytest.mark.parametrize("piece", LINKS, ids=ascii)
def test_links_without_end(piece: str) -> None:
    """A megabyte of beginnings of links, or one link of a megabyte, holds up no gradebook."""
    first, rest = piece[:-1], piece[-1]
    with some_cpu_seconds():
        for text in (piece * (CHARACTERS // len(piece)), first + rest * CHARACTERS, f"{piece}{'a.' * CHARACTERS}."):
            assert len(defuse_markdown(text)) >= len(text)


def reflection(text: str) -> object:
    """Read minutes and muddiest point, in words and in code."""
    return [read_reflection([CellResult("a", "free", kind, text)]) for kind in ("markdown", "code")]


READERS: dict[str, Callable[[str], object]] = {
    "plain text": plain_text,
    "page": plain,
    "colours": highlight,
    "reflection": reflection,
    "definitions": parsed,
}
PIECES = (
    *("\x1b[", "\x1b]x", "\x1b[0;", "\u0301", "\ud800", " ", "\t", " \n", "\r", "'", '"', '"""', '"\\', "rb'", "\\"),
    *("@a.", "  @", "def f", "1.", "minutes", "minutes: *", "mudd: _", "`a", "#"),
)


@pytest.mark.parametrize("reader", READERS)
def test_readers_of_students_texts(reader: str) -> None:
    """What looks for patterns in a student's text looks at each character a few times at most."""
    with some_cpu_seconds():
        for piece in PIECES:
            READERS[reader](piece * (CHARACTERS // 10 // len(piece)))


def notebook_of(cells: list[dict[str, Any]], folder: Path) -> Rebuilt:
    """Return what is rebuilt of a notebook of these cells."""
    path = folder / "01_numbers.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}), "utf-8")
    return rebuild(read_source(NUMBERS), collect(path, "mallory"))


def solved() -> list[dict[str, Any]]:
    exercise = load_exercise(NUMBERS)
    notebook = notebook_dict(exercise, read_source(NUMBERS), answers=True)
    return json.loads(json.dumps(notebook["cells"]))  # type: ignore[no-any-return]


def test_a_name_that_is_looked_for_in_every_copy(tmp_path: Path) -> None:
    """Copies of a cell that almost define its name are told apart in no more time than others."""
    cells = solved()
    cell = next(one for one in cells if one["id"] == "spread")
    lines = ("spread :", "spread\t", "async ", "async \tdef ", "class ", " ", "spread:a\n")
    cells += [
        cell | {"id": f"copy{number}", "source": line * (900_000 // len(line))} for number, line in enumerate(lines)
    ]
    with some_cpu_seconds():
        notebook_of(cells, tmp_path)


def written(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the cell for an answer in words."""
    name = next(cell.id for cell in read_source(NUMBERS).cells if cell.kind == "written")
    return next(cell for cell in cells if cell["id"] == name)


def test_an_answer_of_seven_megabytes_is_cut(tmp_path: Path) -> None:
    """Seven copies of one answer are one text, of which as much is kept as a person may read, and it says so."""
    cells = solved()
    cell = written(cells)
    cells += [cell | {"id": f"w{number}", "source": f"{number} " + "](" * 500_000} for number in range(7)]
    rebuilt = notebook_of(cells, tmp_path)
    (answer,) = (one.source for one in rebuilt.cells if one.kind == "written")
    assert MARKDOWN_CHARACTERS < len(answer) < MARKDOWN_CHARACTERS + 200
    assert answer.endswith("what follows the first 100,000 was left out.")
    assert any("what follows the first 100,000 was left out" in flag.message for flag in rebuilt.flags)


def test_an_answer_of_fifty_pages_is_kept(tmp_path: Path) -> None:
    """Up to the bound, every character is what the student wrote, and code is never cut."""
    cells = solved()
    text, code = "word " * (MARKDOWN_CHARACTERS // 5), "x = 1  # " + "y" * (2 * MARKDOWN_CHARACTERS)
    written(cells)["source"] = text
    cells.append({"cell_type": "code", "id": "more", "metadata": {}, "source": code})
    rebuilt = notebook_of(cells, tmp_path)
    assert [one.source for one in rebuilt.cells if one.kind == "written"] == [text]
    assert [one.source for one in rebuilt.cells if one.kind == "extra"] == [code]
    assert rebuilt.flags == []
