"""A disk that is full or cannot be written: one line that says what to do, nothing lost, and the next run completes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grade.ledger import Line, read_ledger
from autograder.grade.seeds import cohort_secret
from autograder.grade.verify import verify
from autograder.gradebook import entries
from autograder.manifest import Cohort, load_cohort

SLUG = "01_numbers"
OWN_MOUNTS = ("unshare", "--user", "--map-root-user", "--mount")


@dataclass
class Handed:
    """A class that has handed in, and what grading it on a good disk ends with."""

    course: Any
    before: Path
    lines: list[Line]
    scores: dict[str, float]


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory, new_course: Callable[..., Any]) -> Handed:
    """Four students; the cohort's folder as it was before they were graded lies beside."""
    mounts = subprocess.run([*OWN_MOUNTS, "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)
    if mounts.returncode:
        pytest.skip("no mount namespace can be had here, so no small disk")
    course = new_course(tmp_path_factory.mktemp("disks") / "tiny")
    for number in range(4):
        course.hand_in(f"student-{number}", SLUG, {"spread": "spread = len\n"} if number % 2 else {})
    cohort_secret(course.cohort.folder)
    before = tmp_path_factory.mktemp("before") / "tiny"
    shutil.copytree(course.cohort.folder, before)
    course.grade(SLUG)
    return Handed(course, before, told(course.lines()), scores(course.cohort))


def told(lines: list[Line]) -> list[Line]:
    return sorted((msgspec.structs.replace(line, time="", mac="") for line in lines), key=lambda line: line.student)


def scores(cohort: Cohort) -> dict[str, float]:
    return {student: entry.total for student, entry in entries(cohort, SLUG).items()}


def attempts(handed: Handed, before: Path, kind: str) -> list[dict[str, Any]]:
    shutil.copytree(handed.before, before)
    script = Path(__file__).with_name("on_small_disk.py")
    command = [*OWN_MOUNTS, sys.executable, str(script), str(handed.course.repo.root), str(before), kind]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=250)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def all_is_there(handed: Handed, folder: Path) -> None:
    """Assert that a folder holds what grading on a good disk leaves."""
    cohort = load_cohort(folder)
    assert told(list(read_ledger(folder / "ledger.jsonl", cohort_secret(folder)))) == handed.lines
    assert scores(cohort) == handed.scores
    assert verify(cohort).differences == []
    assert not [path for path in folder.rglob("*") if path.name.endswith((".writing", ".unfinished"))]


def test_a_full_disk(handed: Handed, tmp_path: Path) -> None:
    """Wherever the room ends - ledger, reports, database, pages - it is said, and nothing that was graded is lost."""
    made = attempts(handed, tmp_path / "tiny", "full")
    *failed, last = made
    assert last["code"] == 0
    assert len(failed) > 3
    for one in failed:
        assert one["code"] == 2, one["said"]
        assert "\n" not in one["said"]
        assert "free some" in one["said"] or "its disk fails or is full" in one["said"], one["said"]
    for earlier, later in pairwise(made):
        assert later["lines"].startswith(earlier["lines"]), "what the ledger says stays"
        assert set(later["reports"]) >= set(earlier["reports"]), "reports stay"
    stages = {words for one in failed for words in ("gradebook", "pages", "report", "ledger") if words in one["said"]}
    assert {"gradebook", "pages"} <= stages, [one["said"] for one in failed]
    all_is_there(handed, tmp_path / "tiny.after")


@pytest.mark.full
def test_a_disk_that_cannot_be_written(handed: Handed, tmp_path: Path) -> None:
    """Refused in one line; when it can be written again, the same command completes."""
    failed, last = attempts(handed, tmp_path / "tiny", "read-only")
    assert failed["code"] == 2
    assert "cannot be written" in failed["said"]
    assert "Read-only file system" in failed["said"]
    assert last["code"] == 0
    all_is_there(handed, tmp_path / "tiny.after")
