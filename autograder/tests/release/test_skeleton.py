"""`make new-exercise`: a whole small exercise, and the list of what it lacks."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import decks
from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.publish import stale_exercises
from autograder.release.source import read_source
from autograder.skeleton import new_exercise, to_do

ROOT = Path(__file__).parents[3]


def test_the_skeleton_is_a_whole_exercise(course: Repository) -> None:
    """It can be read, released and linted at once; its deck and its public notebook are there."""
    lines = new_exercise(course, "03_letters")
    source = read_source(course.solutions / "03_letters")
    assert [cell.id for cell in source.cells if cell.kind in ("solution", "written")] == ["double", "why_double"]
    assert (course.slides / "03_letters.md").is_file()
    assert not [line for line in stale_exercises(course) if "03_letters" in line]
    assert lines[0] == "03_letters was begun:"
    assert lines[-1] == "Next: make edit EXERCISE=03_letters, then make prove EXERCISE=03_letters"


def test_the_skeleton_passes_ruff(course: Repository) -> None:
    """Its code follows the repository's own rules."""
    new_exercise(course, "03_letters")
    (course.root / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache", "solutions/03_letters"],
            cwd=course.root,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_skeletons_deck_can_be_built(course_with_decks: Repository) -> None:
    """Nothing that marp would pass over in silence is wrong with it."""
    new_exercise(course_with_decks, "03_letters")
    built = decks.build(course_with_decks, ["03_letters"], notes=False, pdf=False)
    assert "03_letters.html" in [path.name for path in built.files]


def test_the_to_do_list_names_each_place(course: Repository) -> None:
    """Each placeholder with file and line, each rule of this very course that is not kept yet."""
    (course.solutions / "course.toml").write_text("core_parts = [5, 8]\nwrong_submissions = 7\n", "utf-8")
    new_exercise(course, "03_letters")
    lines = to_do(course, "03_letters")
    assert all(re.match(r"(solutions|slides)/\S+: .+", line) for line in lines)
    assert any(line.startswith("solutions/03_letters/notebook.py:5: why this week exists") for line in lines)
    assert any("2 parts are core, 5 to 8 should be" in line for line in lines)
    assert any("submissions: 1 wrong_*.py, at least 7" in line for line in lines)
    assert any("not proved yet" in line for line in lines)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("letters", "is no name for an exercise: write NN_topic"),
        ("3_letters", "is no name for an exercise"),
        ("03_Letters", "is no name for an exercise"),
        ("03-letters", "is no name for an exercise"),
        ("../03_letters", "is no name for an exercise"),
        ("01_numbers", "is there already"),
        ("01_letters", "the number 01 belongs to 01_numbers: write 03_letters"),
    ],
)
def test_names_that_cannot_be(course: Repository, name: str, message: str) -> None:
    """A name that is none, or is taken, is refused with one that is free; nothing is written."""
    before = sorted(course.root.rglob("*"))
    with pytest.raises(UserError, match=message):
        new_exercise(course, name)
    assert sorted(course.root.rglob("*")) == before
