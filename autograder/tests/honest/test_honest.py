"""Correct work in odd clothing: every submission in `submissions/` and in `open/` has full marks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.manifest import load_exercise

pytestmark = pytest.mark.sandbox

HERE = Path(__file__).parent
Check = Callable[[Any], None]
dress: Any = sys.modules["tests_dress"]


def as_at_home(report: Report, ends: frozenset[str]) -> None:
    odd = [(cell.id, cell.verdict, cell.outputs[-1:]) for cell in report.cells if cell.verdict != "passed"]
    assert {verdict for _, verdict, _ in odd} == ends, odd


@pytest.mark.parametrize("path", sorted((HERE / "submissions").glob("*.py")), ids=lambda path: path.stem)
def test_honest(path: Path, arena: Any, full_marks: Check) -> None:
    """An honest submission loses nothing to what it does beside answering, and its cells run as they do at home."""
    honest = dress.read(path)
    report = arena.grade(dress.dressed(honest.cells))
    full_marks(report)
    as_at_home(report, honest.ends)


@pytest.fixture(scope="module")
def grade_open(arena: Any) -> Iterator[Callable[[dict[str, Any]], Report]]:
    with arena.another(load_exercise(dress.OPEN)) as grade:
        yield grade


@pytest.mark.parametrize("path", sorted((HERE / "open").glob("*.py")), ids=lambda path: path.stem)
def test_what_the_text_leaves_open(path: Path, grade_open: Callable[[dict[str, Any]], Report]) -> None:
    """Another precision, any iterable, another kind of sequence, two threads: where the text asks for none, all do."""
    honest = dress.read(path)
    report = grade_open(dress.dressed(honest.cells, dress.OPEN))
    assert (report.points, [f.reason for p in report.parts for f in p.findings if f.reason]) == (10.0, [])
    as_at_home(report, honest.ends)


def test_experiments_that_fail(arena: Any, full_marks: Check) -> None:
    """Cells that raise, break off or hold no Python cost nothing."""
    cells = ["1 / 0", "if True print('x')", "for", "%nothing", "!nothing", "%%nothing\nx", "raise SystemExit(3)"]
    full_marks(arena.grade(dress.dressed([("extra", source) for source in cells])))
