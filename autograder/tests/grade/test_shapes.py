"""Whose code is whose: long answers that are the same but for names and comments are told to staff, as advice."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from autograder.grade.rebuild import Rebuilt, RebuiltCell
from autograder.grade.report import Shape
from autograder.grade.shapes import same_shapes, shapes_of
from autograder.manifest import load_exercise
from autograder.release.source import Source, read_source

NUMBERS = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "01_numbers"
LONG = """
def running_total(values):
    total, totals = 0, []
    for value in values:
        total = total + value * 1
        totals.append(total)
    if len(totals) != len(list(values)):
        raise ValueError("a value is lost")
    smallest, largest = min(totals), max(totals)
    for place, one in enumerate(totals):
        if one < smallest or one > largest:
            raise ValueError(f"{place} is out of order")
    return [round(one, 12) for one in totals]
"""


@pytest.fixture(scope="module")
def source() -> Source:
    return read_source(load_exercise(NUMBERS).folder)


def shapes(source: Source, text: str) -> dict[str, Shape]:
    """Return the shapes of a notebook with one answer."""
    return shapes_of(source, Rebuilt([RebuiltCell("running_total", "solution", "code", text)]))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("totals", "sums"),
        ("def running_total(values):", "def running_total(values: list[float]) -> list[float]:"),
        ("def running_total(values):", 'def running_total(values):\n    """Add up."""'),
        ("    total, totals", "    # my own idea\n    total, totals"),
        (" + value * 1", " + (value*1)"),
    ],
)
def test_names_comments_and_layout_are_put_aside(source: Source, before: str, after: str) -> None:
    """What one changes who copies is no difference."""
    assert shapes(source, LONG.replace(before, after)) == shapes(source, LONG) != {}


@pytest.mark.parametrize(
    ("before", "after"),
    [(" + value * 1", " - value * 1"), ("value * 1", "value * 2"), ("totals.append(total)", "totals.append(value)")],
)
def test_other_work_is_a_difference(source: Source, before: str, after: str) -> None:
    """An operator, a number, another variable."""
    assert shapes(source, LONG.replace(before, after)) != shapes(source, LONG)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "def running_total(values):\n    return values",
        "def running_total(",
        "x = " + "(" * 5000 + "1" + ")" * 5000,
        "x = " + "-" * 90000 + "1",
    ],
)
def test_short_answers_and_what_is_no_code_have_no_shape(source: Source, text: str) -> None:
    """They agree by chance, or cannot be read."""
    assert shapes(source, text) == {}


def test_hostile_syntax_is_read_in_bounds(source: Source) -> None:
    """Depth, half surrogates and numbers that Python does not write cost nothing."""
    deep = "x = " + "[" * 90 + "]" * 90
    for text in (LONG + "\ny = '\\ud800'", LONG + "\nx = 0x" + "f" * 9000, LONG + deep, LONG + "\nx" + ".y" * 50):
        assert set(shapes(source, text)) == {"running_total"}


def test_the_reference_is_known(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """With other names too; what is long is made short enough for this exercise's few lines."""
    monkeypatch.setattr("autograder.grade.shapes.LONG", 5)
    reference = source.reference("running_total")
    assert shapes(source, reference)["running_total"].reference
    assert not shapes(source, LONG)["running_total"].reference


def of(**parts: str) -> dict[str, Shape]:
    """Return shapes by part; a capital letter is the reference's."""
    return {part: Shape(digest, reference=digest.isupper()) for part, digest in parts.items()}


def test_who_shares_two_long_answers_is_told() -> None:
    """One alone may be chance."""
    found = same_shapes({"ada": of(a="1", b="2", c="3"), "emil": of(a="1", b="2", c="4"), "max": of(a="5", c="3")})
    assert list(found) == [("ada", "2 long answers (`a`, `b`) are those of emil, names and comments aside")]


def test_who_has_the_reference_is_told() -> None:
    """It may have been published by somebody of last year."""
    found = dict(same_shapes({"ada": of(a="X", b="Y", c="1"), "emil": of(a="X", b="2"), "max": of(a="3", b="4")}))
    assert found == {"ada": "2 long answers (`a`, `b`) are the reference's, names and comments aside"}


def test_what_many_wrote_is_nobodys() -> None:
    """Then the text, a hint or the lecture said so; in a large class a few more are still few."""
    four = {f"student{number}": of(a="X", b="Y") for number in range(4)}
    assert list(same_shapes(four)) == []
    others = {f"other{number}": of(a=str(number)) for number in range(96)}
    assert len(list(same_shapes(four | others))) == 4 + 6


def test_many_parts_make_a_short_sentence() -> None:
    """Four are named."""
    parts = {letter: letter for letter in "abcdef"}
    ((_, said),) = same_shapes({"ada": of(**parts), "emil": of(**parts)})
    assert said.startswith("6 long answers (`a`, `b`, `c`, `d` and 2 more) are those of emil")


def test_an_answer_longer_than_anybody_writes_has_no_shape(source: Source) -> None:
    """To read a million statements would take the memory and the time of the whole class."""
    before = time.process_time()
    assert shapes(source, LONG + "total + total\n" * 75_000) == {}
    assert time.process_time() - before < 1
