"""What must not get into git by `git add -A`: people, grades, secrets."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
COHORT = "autograder/cohorts/ws2026"


def ignored(path: str) -> bool:
    """Whether git leaves `path` out, whatever it holds already."""
    done = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=ROOT, check=False)
    if done.returncode > 1:
        pytest.skip("this is no clone: there is no git to ask")
    return done.returncode == 0


@pytest.mark.parametrize("name", ["students.csv", "grades.csv", "secret", "ledger.jsonl", "gradebook.db", "watch.log"])
def test_a_cohorts_people_and_grades_stay_out_of_git(name: str) -> None:
    assert ignored(f"{COHORT}/{name}")


@pytest.mark.parametrize("name", ["grades.csv", "watch.log"])
def test_what_older_habits_write_beside_the_makefile_stays_out_too(name: str) -> None:
    assert ignored(name)


@pytest.mark.parametrize("path", [f"{COHORT}/cohort.toml", "autograder/cohorts/demo/students.csv"])
def test_a_cohorts_settings_and_the_made_up_students_are_kept(path: str) -> None:
    assert not ignored(path)
