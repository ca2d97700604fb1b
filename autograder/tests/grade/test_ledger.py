"""The ledger: every report a line, every line bound to the one before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grade.ledger import append, next_try, read_ledger
from autograder.grade.report import PartReport, Report

SECRET = b"s" * 32


def report(student: str, points: float = 1.0, purpose: str = "final") -> Report:
    return Report("01_arena", student, "unit", purpose, [PartReport("softmax", "Softmax", "core", points, 4)])


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "cohort" / "ledger.jsonl"
    append(path, SECRET, [report("anna"), report("bob", 2.0)])
    append(path, SECRET, [report("anna", 3.0)])
    return path


def test_what_is_kept(ledger: Path) -> None:
    """Who, what for, how many points, in the order of grading."""
    lines = list(read_ledger(ledger, SECRET))
    assert [(line.student, line.points, line.parts) for line in lines] == [
        ("anna", 1.0, {"softmax": 1.0}),
        ("bob", 2.0, {"softmax": 2.0}),
        ("anna", 3.0, {"softmax": 3.0}),
    ]
    assert list(read_ledger(ledger.with_name("none"), SECRET)) == []


def raised(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"points":1.0', b'"points":4.0'), *lines[1:]]


TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int]] = {
    "points raised": (raised, 1),
    "line taken out": (lambda lines: [lines[0], lines[2]], 2),
    "first line taken out": (lambda lines: lines[1:], 1),
    "lines swapped": (lambda lines: [lines[1], lines[0], lines[2]], 1),
    "line repeated": (lambda lines: [*lines, lines[2]], 4),
    "line of no meaning": (lambda lines: [lines[0], b"{}", *lines[1:]], 2),
    "half a line": (lambda lines: [*lines[:2], lines[2][:40]], 3),
    "empty seal": (lambda lines: [json.dumps(json.loads(lines[0]) | {"mac": ""}).encode(), *lines[1:]], 1),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_found(name: str, ledger: Path) -> None:
    """The first line that was touched is named."""
    change, number = TAMPERED[name]
    ledger.write_bytes(b"\n".join(change(ledger.read_bytes().splitlines())) + b"\n")
    with pytest.raises(UserError, match=f"line {number} "):
        list(read_ledger(ledger, SECRET))


def test_another_secret(ledger: Path) -> None:
    """A ledger that somebody without the secret wrote is not believed."""
    with pytest.raises(UserError, match="line 1 "):
        list(read_ledger(ledger, b"t" * 32))


def test_next_try(ledger: Path) -> None:
    """Practice tries count up for each student."""
    append(ledger, SECRET, [report("anna", 0, "try-1"), report("anna", 0, "try-2"), report("bob", 0, "try-1")])
    lines = list(read_ledger(ledger, SECRET))
    assert [next_try(lines, "01_arena", name) for name in ("anna", "bob", "cleo")] == [3, 2, 1]
