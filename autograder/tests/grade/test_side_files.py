"""What an exercise gives beside its notebook is there while grading, as it was given, whoever hands in what."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.grade.asked import SHARED, asked_of
from autograder.grade.report import Verdict
from autograder.manifest import Repository
from autograder.prove.course import load_rules
from autograder.prove.rules import exercise_faults
from autograder.release.side_files import SIDE_BYTES
from autograder.release.source import read_source

SLUG = "02_words"
STUDENTS = ("alone", "changed")


@pytest.fixture
def repo(tmp_path: Path, new_course: Callable[..., object]) -> Repository:
    """A copy of the course."""
    new_course(tmp_path / "tiny")
    return Repository(tmp_path / "tiny")


def test_given_files_are_there(tmp_path: Path, new_course: Callable[..., object]) -> None:
    """A notebook handed in alone and one beside a changed copy read the same."""
    course = new_course(tmp_path / "tiny")
    for student in STUDENTS:
        course.hand_in(student, SLUG)  # type: ignore[attr-defined]
    hand_ins = course.cohort.hand_ins  # type: ignore[attr-defined]
    (hand_ins / "changed" / SLUG / "words.txt").write_text("one", "utf-8")
    shown = {}
    for report in course.grade(SLUG, list(STUDENTS)).reports:  # type: ignore[attr-defined]
        assert report.points == report.max_points
        (cell,) = [cell for cell in report.cells if cell.id == "tally_seen"]
        assert cell.verdict is Verdict.PASSED
        shown[report.student] = [output.text for output in cell.outputs][-1:]
    given = (course.repo.solutions / SLUG / "files" / "words.txt").read_text("utf-8")  # type: ignore[attr-defined]
    assert all(texts[0].split()[-1] == str(len(given.split())) for texts in shown.values())


def test_changed_file_asks_something_else(repo: Repository) -> None:
    """What was graded with other files beside the notebook was asked something else."""
    before = asked_of(repo.exercise(SLUG))
    (repo.solutions / SLUG / "files" / "words.txt").write_text("three other words", "utf-8")
    assert asked_of(repo.exercise(SLUG))[SHARED] != before[SHARED]


def test_large_files_are_refused(repo: Repository) -> None:
    """Files that would weigh on every submission are a fault of the exercise, with another way."""
    exercise = repo.exercise(SLUG)
    shutil.rmtree(repo.slides, ignore_errors=True)
    with (exercise.folder / "files" / "words.txt").open("wb") as file:
        file.truncate(SIDE_BYTES + 1)
    faults = exercise_faults(repo, exercise, read_source(exercise.folder), load_rules(repo, exercise))
    assert any("files hold 17 MB, and at most 17 MB may lie beside" in fault for fault in faults)
