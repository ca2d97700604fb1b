"""The name of a piece of work: all that decides a grade is in it, and nothing else."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

import autograder
from autograder.grade import unit
from autograder.grade.asked import ENGINE
from autograder.grade.collect import Refused, collect
from autograder.grade.unit import content_of, submission_of, unit_of
from autograder.manifest import Exercise, load_exercise

TINY = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "01_numbers"
NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4}'


def notebook(folder: Path, content: bytes = NOTEBOOK) -> Path:
    folder.mkdir()
    path = folder / "01_numbers.ipynb"
    path.write_bytes(content)
    return path


def test_what_names_a_unit() -> None:
    """Submission, content, purpose and secret, each alone."""
    parts = ("content", "submission", "final", b"s" * 32)
    others = ("other", "other", "try-1", b"t" * 32)
    names = {unit_of(*parts)}
    for place, other in enumerate(others):
        changed = [other if number == place else part for number, part in enumerate(parts)]
        names.add(unit_of(*changed))  # type: ignore[arg-type]
    assert len(names) == 1 + len(others)


def test_what_was_handed_in(tmp_path: Path) -> None:
    """Every byte of the notebook and of the files beside it, and their names; not when or by whom."""
    first, second = notebook(tmp_path / "first"), notebook(tmp_path / "second")
    (second.parent / "timestamp.txt").write_text("2026-05-01 12:00:00 UTC")
    assert submission_of(first, "ada") == submission_of(second, "emil") == collect(first, "ada").digest
    seen = {submission_of(first, "ada")}
    for name, content in (("01_numbers.ipynb", NOTEBOOK + b" "), ("side.py", b"x = 1"), ("side.py", b"x = 2")):
        (second.parent / name).write_bytes(content)
        seen.add(submission_of(second, "ada"))
    (second.parent / "side.py").rename(second.parent / "other.py")
    seen.add(submission_of(second, "ada"))
    assert len(seen) == 5


def test_where_the_notebook_ends_is_part_of_its_name(tmp_path: Path) -> None:
    """A byte that moves from a file's name to the notebook's end makes another submission."""
    first, second = notebook(tmp_path / "first"), notebook(tmp_path / "second", NOTEBOOK + b" ")
    (first.parent / " helper.py").write_bytes(b"x = 1")
    (second.parent / "helper.py").write_bytes(b"x = 1")
    assert submission_of(first, "ada") != submission_of(second, "ada")


def test_a_notebook_cannot_spell_a_submission_with_files(tmp_path: Path) -> None:
    """Bytes made of another submission's hashes and names stand for themselves alone."""
    honest = notebook(tmp_path / "honest")
    (honest.parent / "side.py").write_bytes(b"x = 1")
    file = b"side.py\x00" + hashlib.sha256(b"x = 1").digest()
    for start in (NOTEBOOK, hashlib.sha256(NOTEBOOK).digest()):
        spelt = notebook(tmp_path / hashlib.sha256(start).hexdigest(), start + file)
        assert submission_of(spelt, "ada") != submission_of(honest, "ada")


def test_a_notebook_alone_is_named_by_its_bytes(tmp_path: Path) -> None:
    """What was graded before stays known: without files the name is the notebook's SHA-256."""
    assert submission_of(notebook(tmp_path / "alone"), "ada") == hashlib.sha256(NOTEBOOK).hexdigest()


def test_what_is_refused_has_a_name_too(tmp_path: Path) -> None:
    """A file that is no notebook, and none at all: the same each time, and not each other's."""
    garbage, missing = notebook(tmp_path / "garbage", b"\x00"), tmp_path / "missing" / "01_numbers.ipynb"
    missing.parent.mkdir()
    assert submission_of(garbage, "ada") == submission_of(garbage, "emil") != submission_of(missing, "ada")
    with pytest.raises(Refused) as refusal:
        collect(missing, "ada")
    assert submission_of(missing, "ada") == unit.refusal_digest(refusal.value)


def worth_more(exercise: Exercise) -> Exercise:
    part = msgspec.structs.replace(exercise.parts["spread"], points=9)
    return msgspec.structs.replace(exercise, parts=exercise.parts | {"spread": part})


def longer(exercise: Exercise) -> Exercise:
    part = msgspec.structs.replace(exercise.parts["spread"], minutes=99, title="Other")
    return msgspec.structs.replace(exercise, parts=exercise.parts | {"spread": part}, title="Other", minutes=99)


CHANGES: dict[str, tuple[Callable[[Exercise], Exercise], bool]] = {
    "points": (worth_more, True),
    "threads": (lambda exercise: msgspec.structs.replace(exercise, threads=2), True),
    "inputs of their own": (lambda exercise: msgspec.structs.replace(exercise, per_student_inputs=True), True),
    "titles and minutes": (longer, False),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_is_asked(name: str) -> None:
    """What decides points is part of the name, what is shown is not."""
    change, decides = CHANGES[name]
    exercise = load_exercise(TINY)
    assert (content_of(change(exercise)) != content_of(exercise)) is decides


def test_another_torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points may depend on the versions of what computes."""
    exercise = load_exercise(TINY)
    before = content_of(exercise)
    monkeypatch.setattr("autograder.grade.asked.environment_of", lambda: "python 3.11, torch 9, numpy 2")
    assert content_of(exercise) != before


ROOT = Path(autograder.__file__).parent
DECIDES_NOTHING = {
    "errors.py",
    "manifest.py",
    "plain.py",
    "progress.py",
    "rows.py",
    "stages.py",
    "disk.py",
    "grade/job.py",
    "grade/lost.py",
    "grade/shapes.py",
}
"""Says, keeps, measures, compares as advice, gives no points, or reads the settings, which are hashed themselves."""


def imported(path: Path) -> Iterator[Path]:
    """Yield the modules of the engine that a module imports anywhere."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder"):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            found = (ROOT.parent.joinpath(*name.split(".")).with_suffix(".py") for name in names)
            yield from (one for one in found if one.is_file())


def test_all_that_decides_a_report_is_in_its_name() -> None:
    """What the grader, the worker and the checks import, at whatever depth, changes the unit when it changes."""
    waiting, reached = [ROOT / "grade/grader.py", ROOT / "sandbox/worker.py", ROOT / "checks.py"], set()
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += imported(path)
    hashed = {path for pattern in ENGINE for path in ROOT.glob(pattern)}
    assert len(reached) > 50
    assert {path.relative_to(ROOT).as_posix() for path in reached - hashed} == DECIDES_NOTHING
    assert all(any(ROOT.glob(pattern)) for pattern in ENGINE)
