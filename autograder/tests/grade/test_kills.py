"""A grading that is killed at any moment: the next one ends with the same ledger, gradebook and pages."""

from __future__ import annotations

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.grade.ledger import read_ledger
from autograder.grade.lock import WATCH
from autograder.grade.report import read_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.verify import verify
from autograder.manifest import Cohort, Repository

pytestmark = pytest.mark.sandbox
ASSIGNMENTS = """
[assignments.01_numbers]
due = 2090-05-01T23:59:00
[assignments.02_words]
due = 2026-05-01T23:59:00
"""
LATE = "2026-05-02 12:00:00 UTC"
STUDENTS = 6
REGRADE = ("regrade", "--exercise", "01_numbers", "--yes")
MENDED = ("raises(ValueError, student.spread, [])", "matches(student.spread([]), 0)")
SCORES = """
select assignment.name, submitted_assignment.student_id, base_cell.name, auto_score, manual_score, needs_manual_grade,
  late_submission_penalty, submitted_assignment.timestamp, comment.auto_comment
from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
  join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
  join assignment on submitted_assignment.assignment_id = assignment.id join base_cell on grade.cell_id = base_cell.id
  left join base_cell as told on told.name = base_cell.name and told.notebook_id = base_cell.notebook_id
    and told.type = 'SolutionCell'
  left join comment on comment.cell_id = told.id and comment.notebook_id = submitted_notebook.id
"""


@dataclass
class Handed:
    """A class that has handed in both exercises, and what grading it undisturbed ends with."""

    repo: Repository
    before: Path
    """The cohort's folder before anything was graded."""
    end: dict[str, Any]
    seconds: float

    @property
    def cohort(self) -> Cohort:
        """The cohort, read anew."""
        return self.repo.cohort("tiny")

    def anew(self) -> None:
        """Go back to before anything was graded."""
        shutil.rmtree(self.cohort.folder)
        shutil.copytree(self.before, self.repo.cohorts / "tiny")


def run(repo: Repository, moment: str, name: str = "grade", *options: str) -> dict[str, Any]:
    """Run a command of the grader until its end or the moment; return what `kill.py` says of it."""
    helper = [sys.executable, str(Path(__file__).with_name("kill.py")), str(repo.cohorts / "tiny"), moment]
    command = [*helper, sys.executable, "-m", "autograder.cli", name, "--cohort", "tiny", *options]
    done = subprocess.run(command, cwd=repo.root, capture_output=True, text=True, check=False, timeout=200)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert told["left"] == [], "no process outlives the one that was killed"
    assert told["killed"] or told["code"] in {0, 3}, done.stderr
    return told


def state(cohort: Cohort) -> dict[str, Any]:
    """Return all that a grading leaves, without the times it took, the names of rows and a watcher's lock."""
    lines = read_ledger(cohort.folder / "ledger.jsonl", cohort_secret(cohort.folder))
    reports = {
        str(path.relative_to(cohort.folder)): msgspec.structs.replace(
            read_report(path), cpu_seconds=0.0, overhead_seconds=0.0, memory_mib=0.0
        )
        for path in cohort.folder.glob("reports/*/*.json")
    }
    with sqlite3.connect(cohort.folder / "gradebook.db") as connection:
        rows = sorted(connection.execute(SCORES).fetchall(), key=str)
    connection.close()
    files = (path for path in cohort.folder.rglob("*") if path.is_file() and path.name != WATCH)
    return {
        "ledger": sorted(msgspec.json.encode(msgspec.structs.replace(line, time="", mac="")) for line in lines),
        "reports": reports,
        "gradebook": rows,
        "files": sorted(str(path.relative_to(cohort.folder)) for path in files),
        "verified": verify(cohort).differences,
    }


@pytest.fixture(scope="module")
def handed(tmp_path_factory: pytest.TempPathFactory, new_course: Callable[..., Any]) -> Handed:
    """Right, wrong, crashing, unreadable, late and early work, graded once undisturbed."""
    course = new_course(tmp_path_factory.mktemp("kills") / "tiny", ASSIGNMENTS)
    if not course.sandboxed:
        pytest.skip("the sandbox cannot be made: `autograder doctor` says why")
    for number in range(STUDENTS):
        student = f"student-{number}"
        wrong = {"spread": "def spread(numbers):\n    return 0\n"} if number % 2 else {}
        course.hand_in(student, "01_numbers", wrong)
        notebook = course.hand_in(student, "02_words", {"tally": "import os\nos._exit(3)\n"} if number == 2 else {})
        if number == 3:
            notebook.write_bytes(b"not JSON")
        if number == 4:
            (notebook.parent / "timestamp.txt").write_text(LATE)
    cohort_secret(course.cohort.folder)
    before = tmp_path_factory.mktemp("before") / "tiny"
    shutil.copytree(course.cohort.folder, before)
    told = run(course.repo, "after 600")
    end = state(course.cohort)
    assert len(end["ledger"]) == len(end["reports"]) == 2 * STUDENTS
    assert end["verified"] == []
    assert not [name for name in end["files"] if name.endswith((".writing", ".unfinished", "-journal"))]
    return Handed(course.repo, before, end, told["seconds"])


def assert_ended_alike(handed: Handed) -> None:
    """All is as if nobody had disturbed it."""
    end = state(handed.cohort)
    for what, expected in handed.end.items():
        assert end[what] == expected, what


def chance() -> random.Random:
    """Return the source of the moments; T2P_SEED chooses others."""
    return random.Random(int(os.environ.get("T2P_SEED", "8")))


def moments(seconds: float) -> list[str]:
    """Return a kill for each stage, at moments of their own, and two at any moment."""
    draw = chance()
    return [
        f"after {draw.uniform(0.3, 0.9) * seconds:.3f}",
        f"lines {draw.randint(1, STUDENTS)}",
        draw.choice(["sees gradebook.db-journal", "sees course/autograded/*/*/.*.writing"]),
        f"after {draw.uniform(0.1, 1) * seconds:.3f}",
        draw.choice(["sees feedback/02_words/.*.writing", "sees feedback/02_words/*.html", "sees reports/02_words/*"]),
    ]


def test_killed_again_and_again(handed: Handed) -> None:
    """Five kills in a row, in all stages, and the run after them ends as one that nobody disturbed."""
    handed.anew()
    told = [run(handed.repo, moment) for moment in moments(handed.seconds)]
    assert sum(one["killed"] for one in told) >= 3
    run(handed.repo, "after 600")
    assert_ended_alike(handed)


STAGES = (
    *("sees gradebook.db-journal", "sees course/autograded/*/*/.*.writing", "sees course/autograded/*/*/*.ipynb"),
    *("sees feedback/*/.*.writing", "sees feedback/*/*.html", "sees summary/.*.writing", "sees summary/*.html"),
    *("sees reports/*/.*.writing", "sees reports/*/*.json", "sees ledger.head", "sees .ledger.head.*.writing"),
    *("lines 1", "lines 5", f"lines {STUDENTS}", f"lines {STUDENTS + 1}", f"lines {2 * STUDENTS}"),
)


@pytest.mark.full
@pytest.mark.parametrize("number", range(50))
def test_killed_at_fifty_moments(number: int, handed: Handed) -> None:
    """A single kill, at a moment anywhere in the run or at the beginning of a stage, and one run after it."""
    handed.anew()
    draw = random.Random(f"{number} {chance().random()}")
    anywhere = f"after {draw.uniform(0, 1) * handed.seconds:.3f}"
    run(handed.repo, STAGES[number] if number < len(STAGES) else anywhere)
    run(handed.repo, "after 600")
    assert_ended_alike(handed)


@pytest.mark.full
@pytest.mark.parametrize(
    "moment", ["after 4", "lines 1", f"lines {STUDENTS + 2}", "sees feedback/*/*.html", "sees gradebook.db"]
)
def test_a_watcher_that_was_killed(moment: str, handed: Handed) -> None:
    """What it had begun, the next grading ends."""
    handed.anew()
    assert run(handed.repo, moment, "watch")["killed"]
    run(handed.repo, "after 600")
    assert_ended_alike(handed)


@pytest.fixture
def mended(handed: Handed, tmp_path: Path) -> Iterator[Handed]:
    """The class graded, and a check mended since; what regrading it undisturbed ends with."""
    handed.anew()
    run(handed.repo, "after 600")
    shutil.copytree(handed.cohort.folder, tmp_path / "tiny")
    checks = handed.repo.solutions / "01_numbers" / "checks.py"
    text = checks.read_text("utf-8")
    checks.write_text(text.replace(*MENDED), "utf-8")
    told = run(handed.repo, "after 600", *REGRADE)
    yield Handed(handed.repo, tmp_path / "tiny", state(handed.cohort), told["seconds"])
    checks.write_text(text, "utf-8")


@pytest.mark.full
def test_regrades_that_were_killed(mended: Handed) -> None:
    """A kill at any moment and in each stage, and the regrade after it ends as one that nobody disturbed."""
    draw = chance()
    anywhere = [f"after {draw.uniform(0.5, 1) * mended.seconds:.3f}" for _ in range(4)]
    stages = [f"lines {2 * STUDENTS + 1}", "sees reports/*/.unfinished", "sees gradebook.db-journal"]
    killed = []
    for moment in [*anywhere, *stages]:
        mended.anew()
        killed.append(run(mended.repo, moment, *REGRADE)["killed"])
        run(mended.repo, "after 600", *REGRADE)
        assert_ended_alike(mended)
    assert sum(killed) >= 3
