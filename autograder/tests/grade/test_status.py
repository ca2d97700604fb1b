"""How grading stands, from what lies on the disk: no grading is needed to look, and looking changes nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from autograder.grade.arrivals import ENTRIES, NAMED, arrivals, astray, overlooked
from autograder.grade.cohort import chosen_of, submitted
from autograder.grade.collect import NOTEBOOK_BYTES, digest_of
from autograder.grade.job import Job
from autograder.grade.keep import report_path
from autograder.grade.lock import WATCH, grading_lock, watching_lock
from autograder.grade.lost import lost
from autograder.grade.report import PartReport, Report, write_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.standing import Standing
from autograder.grade.status import status_lines, status_of
from autograder.grade.unit import content_of, submission_of, unit_of
from autograder.manifest import Cohort, Repository

TINY = Path(__file__).parents[1] / "courses" / "tiny"
SLUG = "01_numbers"  # due in 2030
NOTEBOOK = json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class School:
    """The tiny course, released in so far as its folder is there."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__"))
        self.repo = Repository(root)
        self.cohort: Cohort = self.repo.cohort("tiny")
        (self.cohort.folder / "course" / "release" / SLUG).mkdir(parents=True)

    def hand_in(self, student: str, text: str = NOTEBOOK) -> Path:
        """Put a notebook where submissions arrive."""
        path = self.cohort.folder / "course" / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def grade(self, student: str, purpose: str = "try-1", seconds: float = 3.0) -> None:
        """Write the report that grading would leave."""
        exercise, digest = self.repo.exercise(SLUG), digest_of(self.hand_in(student))
        unit = unit_of(content_of(exercise), digest, purpose, cohort_secret(self.cohort.folder))
        parts = [PartReport(name, part.title, part.tier, 0.0, part.points) for name, part in exercise.parts.items()]
        report = Report(SLUG, student, unit, purpose, parts, submission=digest, cpu_seconds=seconds)
        write_report(report, report_path(self.cohort, SLUG, student))

    def text(self) -> str:
        """Return what staff read."""
        return "\n".join(status_lines(status_of(self.repo, self.repo.cohort("tiny"))))


@pytest.fixture
def school(tmp_path: Path) -> School:
    return School(tmp_path / "tiny")


def test_everybody_is_counted_by_what_is_to_be_done(school: School) -> None:
    """Graded, waiting, handed in again, failed by the grader; time to go is measured compute over the slots."""
    for student in ("ada", "emil", "again"):
        school.grade(student)
    school.hand_in("again", NOTEBOOK + " ")
    school.hand_in("new")
    report = lost(school.repo.exercise(SLUG), Job("faulty", str(school.hand_in("faulty")), "try-1"), "it ended")
    write_report(report, report_path(school.cohort, SLUG, "faulty"))
    status = status_of(school.repo, school.cohort)
    (exercise,) = status.exercises
    assert exercise.standings == {
        Standing.GRADED: 2,
        Standing.CHANGED: 1,
        Standing.WAITING: 1,
        Standing.FAULTY: 1,
    }
    assert (exercise.submitted, exercise.waiting, exercise.seconds_each) == (5, 2, 3.0)
    assert status.seconds_to_go == round(2 * 3.0 / status.slots, 1)
    commands = {fault.command for _, fault in status.faults}
    assert f"autograder explain --cohort tiny --exercise {SLUG} faulty spread" in commands
    assert "autograder explain" in school.text()


def test_another_reason_to_refuse_is_another_submission(school: School) -> None:
    """No notebook at first, then one that is too large: both are refused unread, and the student is told the second."""
    exercise, secret = school.repo.exercise(SLUG), cohort_secret(school.cohort.folder)
    notebook = school.hand_in("ada")
    notebook.rename(notebook.with_name("notes.txt"))
    unit = unit_of(content_of(exercise), submission_of(notebook, "ada"), "try-1", secret)
    write_report(Report(SLUG, "ada", unit, "try-1", []), report_path(school.cohort, SLUG, "ada"))
    assert status_of(school.repo, school.cohort).exercises[0].standings == {Standing.GRADED: 1}
    with notebook.open("wb") as file:
        file.truncate(NOTEBOOK_BYTES + 1)
    assert status_of(school.repo, school.cohort).exercises[0].standings == {Standing.CHANGED: 1}


def test_a_practice_try_is_no_grade_once_the_deadline_has_passed(school: School) -> None:
    """It counts as to be graded."""
    school.grade("ada")
    school.grade("emil", purpose="final")
    file = school.cohort.folder / "cohort.toml"
    file.write_text(file.read_text().replace("2030", "2020"))
    (exercise,) = status_of(school.repo, school.repo.cohort("tiny")).exercises
    assert exercise.standings == {Standing.PRACTISED: 1, Standing.GRADED: 1}


def test_a_deadline_of_another_zone_is_told_in_the_cohorts(school: School) -> None:
    """A `due` with an offset is shown as the cohort's clocks show that moment."""
    file = school.cohort.folder / "cohort.toml"
    file.write_text(file.read_text().replace("2030-05-01T23:59:00", "2030-05-01T22:30:00Z"))
    assert "due 2030-05-02 00:30, practice until then" in school.text()


def test_more_time_is_told(school: School) -> None:
    """Whose own deadline is still to come practises on, after everybody else's has passed too."""
    for student in ("ada", "emil"):
        school.grade(student)
    file = school.cohort.folder / "cohort.toml"
    file.write_text(file.read_text().replace("2030", "2020"))
    file.with_name("extensions.csv").write_text(f"id,exercise,until\nemil,{SLUG},2090-05-01 18:00\n")
    (exercise,) = status_of(school.repo, school.repo.cohort("tiny")).exercises
    assert exercise.standings == {Standing.PRACTISED: 1, Standing.GRADED: 1}
    assert "which has passed, later for 1)" in school.text()


def test_mended_checks_are_told_from_new_submissions(school: School) -> None:
    """Who was graded with other checks keeps the points and does not wait."""
    school.grade("ada")
    checks = school.repo.solutions / SLUG / "checks.py"
    checks.write_text(checks.read_text().replace("-50, 50", "-60, 60"))
    (exercise,) = status_of(school.repo, school.cohort).exercises
    assert exercise.standings == {Standing.OTHER_CHECKS: 1}
    assert exercise.waiting == 0


def test_who_is_at_work_is_named(school: School) -> None:
    """Grader and watcher by their locks; a watcher that shows no life is called so."""
    assert "grading    nobody" in school.text()
    assert "none: `autograder watch --cohort tiny` starts one" in school.text()
    with grading_lock(school.cohort), watching_lock(school.cohort):
        status = status_of(school.repo, school.cohort)
        assert status.grading.startswith("process ")
        assert status.watcher.startswith("process ")
        assert "HANGS" not in school.text()
        long_ago = time.time() - 3600
        os.utime(school.cohort.folder / WATCH, (long_ago, long_ago))
        assert "HANGS, silent for 60 min" in school.text()


def test_a_stopped_grading_is_named_with_what_to_do(school: School) -> None:
    """Reports that are not in the gradebook are no secret."""
    school.grade("ada")
    (school.cohort.folder / "reports" / SLUG / ".unfinished").touch()
    assert f"{SLUG}: a grading was stopped before all was entered; `make grade COHORT=tiny` goes on" in school.text()


def test_looking_changes_nothing_and_imports_nothing_heavy(school: School) -> None:
    """As a program it needs neither torch nor nbgrader, speaks JSON, and leaves every file as it was."""
    school.hand_in("ada")
    before = sorted(school.cohort.folder.rglob("*"))
    code = (
        "import sys; sys.argv = ['autograder', 'status', '--cohort', 'tiny', '--json']\n"
        "from autograder.cli import main\n"
        "try: main()\n"
        "finally: print({'torch', 'nbgrader', 'sqlalchemy', 'IPython', 'numpy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=school.repo.root, capture_output=True, text=True, check=True
    )
    assert done.stderr == "set()\n"
    said = json.loads(done.stdout)
    assert said["exercises"][0]["standings"] == {"waiting": 1}
    assert (said["unmeasured"], said["seconds_to_go"]) == (1, 0.0)
    assert sorted(school.cohort.folder.rglob("*")) == before


def test_a_folder_without_a_file_and_links_are_no_submissions(school: School) -> None:
    """An empty folder, a link to a neighbour's folder, an exercise that is not released."""
    school.hand_in("ada")
    top = school.cohort.folder / "course" / "submitted"
    (top / "empty" / SLUG).mkdir(parents=True)
    (top / "thief").symlink_to(top / "ada")
    (top / "emil").mkdir()
    (top / "emil" / SLUG).symlink_to(top / "ada" / SLUG)
    (top / "ada" / "02_words").mkdir()
    (top / "ada" / "02_words" / "02_words.ipynb").write_text(NOTEBOOK)
    assert list(arrivals(school.cohort, [SLUG])) == [(SLUG, "ada")]
    assert list(submitted(school.cohort, SLUG)) == ["ada"]


def test_what_lies_where_nobody_looks_is_named(school: School) -> None:
    """A notebook without its exercise's folder, in one of another name, and a link: otherwise they would have 0."""
    school.hand_in("ada")
    top = school.cohort.folder / "course" / "submitted"
    for place in ("direct/01_numbers.ipynb", "slip/01_number/01_numbers.ipynb", "loose.ipynb", "ada/x/notes.txt"):
        (top / place).parent.mkdir(parents=True, exist_ok=True)
        (top / place).write_text(NOTEBOOK)
    (top / "ada" / ".ipynb_checkpoints").mkdir()
    (top / "ada" / ".ipynb_checkpoints" / "old.ipynb").write_text(NOTEBOOK)
    (top / "thief").symlink_to(top / "ada")
    (top / "slip" / SLUG).symlink_to(top / "ada" / SLUG)
    names = ["direct/01_numbers.ipynb", "loose.ipynb", f"slip/{SLUG}", "slip/01_number/01_numbers.ipynb", "thief"]
    assert astray(school.cohort) == sorted(names)
    said = school.text()
    assert all(f"submitted/{name} is not looked at: a submission is a notebook at" in said for name in names)


@pytest.mark.parametrize("place", ["mallory", "mallory/folder", "mallory/0"])
def test_masses_in_one_folder_are_told_in_few_lines(
    place: str, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands of notebooks where nobody looks a few are named; of the others it is said that they are there."""
    top, scandir = school.cohort.hand_ins, os.scandir
    looked: list[str] = []

    @contextmanager
    def counted(path: str) -> Iterator[Iterator[os.DirEntry[str]]]:
        with scandir(path) as entries:
            yield (looked.append(one.name) or one for one in entries)

    (top / place).mkdir(parents=True)
    for number in range(3000):
        (top / place / f"{number}.ipynb").touch()
        (top / "mallory" / f"{number}").mkdir(exist_ok=True)
    monkeypatch.setattr(os, "scandir", counted)
    said = overlooked(school.cohort)
    assert len(looked) < 3 * ENTRIES
    assert len(said) <= NAMED + 1
    if place == "mallory":
        more = "submitted/mallory holds more that is not looked at: a submission is a notebook at"
        assert len(said) == NAMED + 1
        assert sum(one.startswith(more) for one in said) == 1


def test_a_name_writes_no_line_of_its_own(school: School) -> None:
    """What lies where nobody looks may have any name; to a terminal it is text, in one line."""
    folder = school.cohort.folder / "course" / "submitted" / "zip" / "week\n1\x1b[2J\u202e"
    folder.mkdir(parents=True)
    (folder / "n.ipynb").write_text(NOTEBOOK)
    sentence = "submitted/zip/week 1/n.ipynb is not looked at: "
    assert any(line.startswith(sentence) for line in school.text().splitlines())
    assert overlooked(school.cohort)[0].startswith(sentence)
    school.hand_in("ada")
    assert chosen_of(school.cohort, SLUG, None)[1][0].startswith(sentence)
