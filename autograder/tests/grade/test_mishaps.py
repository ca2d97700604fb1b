"""What goes wrong around a grading: it is said in one line, costs nobody else anything, and the next run mends it."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import UserError
from autograder.grade.batch import Pool, grade_batch
from autograder.grade.job import Job
from autograder.grade.verify import verify
from autograder.gradebook import database

SLUG = "01_numbers"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, new_course: Callable[..., Any]) -> Any:
    """A class of three that was graded once."""
    course = new_course(tmp_path_factory.mktemp("mishaps") / "tiny")
    for student in ("ada", "emil", "zoe"):
        course.hand_in(student, SLUG)
    course.grade(SLUG)
    return course


@pytest.fixture
def course(graded: Any) -> Iterator[Any]:
    """The class; whatever a test does to its folder is undone."""
    folder = graded.cohort.folder
    kept = folder.with_name("tiny.before")
    shutil.copytree(folder, kept)
    yield graded
    shutil.rmtree(folder)
    kept.rename(folder)


def records(course: Any) -> dict[str, bytes]:
    """Return the ledger's files and all reports."""
    kept = ("ledger", "reports/0")
    return {name: text for name, text in course.tree().items() if name.startswith(kept) and "unfinished" not in name}


def refused(course: Any, words: str) -> None:
    """Assert that grading is refused in one line, and leaves ledger and reports as they were."""
    before = records(course)
    with pytest.raises(UserError, match=words) as error:
        course.grade(SLUG)
    assert "\n" not in str(error.value)
    assert records(course) == before


def test_a_locked_gradebook(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was graded is kept; when the lock is gone, the same command enters it without grading anew."""
    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_A_LOCK", 0.2)
    course.hand_in("carl", SLUG)
    other = sqlite3.connect(course.cohort.folder / "gradebook.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UserError, match="is locked by another process"):
        course.grade(SLUG)
    other.close()
    assert len(verify(course.cohort).differences) == 1, "carl is in the ledger, not yet in the gradebook"
    notes = course.grade(SLUG).notes
    assert "an earlier grading of 01_numbers was stopped before all was in the gradebook" in notes
    assert "4 of 4 were graded before, and nothing has changed since: kept" in notes
    assert verify(course.cohort).differences == []


def test_a_ledger_with_foreign_lines(course: Any) -> None:
    """Nothing is written after a line that is not ours."""
    ledger = course.cohort.folder / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes() + b'{"hello": "world"}\n')
    refused(course, "line 4 is no record of a grading: restore the ledger")


@pytest.mark.full
def test_a_ledger_that_was_lost(course: Any) -> None:
    """Without a backup, ledger and head are moved away: all are graded again, and all numbers follow again."""
    before = course.lines()
    (course.cohort.folder / "ledger.jsonl").unlink()
    refused(course, "line 1 is missing, 3 were cut off at the end")
    (course.cohort.folder / "ledger.head").unlink()
    assert len(verify(course.cohort).differences) == 7, "three scores, three reports, and the gradebook's head"
    course.grade(SLUG)
    assert sorted((line.student, line.unit, line.outcome) for line in course.lines()) == sorted(
        (line.student, line.unit, line.outcome) for line in before
    )
    assert verify(course.cohort).differences == []


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "is missing, though ledger.jsonl was sealed"), ("ab" * 32, "another secret"), ("no hex", "is damaged")],
)
def test_a_secret_that_is_not_the_one(text: str | None, words: str, course: Any) -> None:
    """No seal and no hidden input can be made: the secret must come back."""
    path = course.cohort.folder / "secret"
    path.unlink()
    if text is not None:
        path.write_text(text)
    refused(course, words)


def test_a_damaged_report_of_somebody_else(course: Any) -> None:
    """It is in nobody's way, and the next grading of the class makes it anew."""
    path = course.cohort.folder / "reports" / SLUG / "emil.json"
    whole, lines = path.read_bytes(), len(course.lines())
    path.write_bytes(whole[:200])
    assert [report.student for report in course.grade(SLUG, ["ada"]).reports] == ["ada"]
    assert any("emil.json is damaged" in one for one in verify(course.cohort).differences)
    course.grade(SLUG)
    assert verify(course.cohort).differences == []
    assert len(course.lines()) == lines, "it found the same"


def check_without_end(course: Any) -> None:
    """Let the check of `spread` never end where the answer is -1, and the examiner be ended after two seconds."""
    folder = course.repo.exercise(SLUG).folder
    with (folder / "exercise.toml").open("a", encoding="utf-8") as file:
        file.write("\n[limits]\njudging_cpu_seconds = 2.0\n")
    text = (folder / "checks.py").read_text("utf-8")
    before = "    matches(student.spread(numbers), reference.spread(numbers))\n"
    assert before in text
    loop = "    answer = student.spread(numbers)\n    while answer == -1:\n        answer += 0\n"
    (folder / "checks.py").write_text(text.replace(before, loop + before), "utf-8")


def test_a_check_that_never_ends(new_course: Callable[..., Any], tmp_path: Path) -> None:
    """What takes the examiner's time is ended from outside, is nobody's zero, and costs the others nothing."""
    course = new_course(tmp_path / "tiny")
    check_without_end(course)
    course.hand_in("ada", SLUG, {"spread": "def spread(numbers):\n    return -1\n"})
    course.hand_in("emil", SLUG)
    graded = course.grade(SLUG)
    ada, emil = sorted(graded.reports, key=lambda report: report.student)
    assert {finding.verdict.value for part in ada.parts for finding in part.findings} == {"internal_error"}
    assert "longer than limits allow" in ada.parts[0].findings[0].staff
    assert emil.points == 5


@pytest.mark.sandbox
def test_nothing_outlives_an_examiner(new_course: Callable[..., Any], tmp_path: Path) -> None:
    """Where the examiner was ended, the processes of its submission end too, before anything else is graded."""
    course = new_course(tmp_path / "tiny")
    check_without_end(course)
    mark = f"86399.{os.getpid()}"
    spread = f"import subprocess\nsubprocess.Popen(['sleep', '{mark}'])\ndef spread(numbers):\n    return -1\n"
    job = Job("ada", str(course.hand_in("ada", SLUG, {"spread": spread})))
    with Pool(course.repo.exercise(SLUG), lambda: b"secret") as pool:
        pool.give(job)
        seen = False
        while not (done := list(pool.take(0.05))):
            seen = seen or bool(processes_with(mark))
        assert seen
        assert done[0][1].internal_errors
        until = time.monotonic() + 20
        while processes_with(mark) and time.monotonic() < until:
            pass
        assert processes_with(mark) == []
        pool.give(Job("emil", str(course.hand_in("emil", SLUG))))
        ((_, report),) = pool.take()
        assert report.points == 5


def processes_with(argument: str) -> list[str]:
    """Return the processes of the machine that were started with `argument`."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found += [path.parent.name] if argument.encode() in path.read_bytes().split(b"\0") else []
    return found


@pytest.mark.full
def test_a_submission_that_vanishes(course: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is gone when its turn comes is no reason for zero points: it is said, and nothing is entered."""
    folders = {student: course.hand_in(student, SLUG, {"spread": "spread = 1\n"}).parent for student in ("ada", "emil")}
    before = {line.student: line for line in course.lines()}

    def after_a_while(exercise: Any, jobs: list[Job], *rest: Any, **more: Any) -> Any:
        shutil.rmtree(folders["ada"])
        return grade_batch(exercise, jobs, *rest, **more)

    monkeypatch.setattr("autograder.grade.cohort.grade_batch", after_a_while)
    graded = course.grade(SLUG)
    assert "ada: the submission was taken away while it was graded: not entered" in graded.notes
    assert {report.student for report in graded.reports} == {"emil", "zoe"}
    after = {line.student: line for line in course.lines()}
    assert after["ada"] == before["ada"]
    assert after["emil"] != before["emil"]


def test_a_name_that_is_too_long(course: Any) -> None:
    """One folder whose name no report can bear costs the others nothing."""
    folder = course.cohort.folder / "course" / "submitted"
    shutil.copytree(folder / "ada", folder / ("漢" * 84))
    graded = course.grade(SLUG)
    assert [report.student for report in graded.reports] == ["ada", "emil", "zoe"]
    assert "cannot be entered under this name" in graded.notes[0]


def test_what_a_killed_run_left_is_swept(course: Any) -> None:
    """Files that were not finished are gone after the next run; what others write, and students' files, stay."""
    folder = course.cohort.folder
    places = (f"reports/{SLUG}", f"feedback/{SLUG}", f"course/autograded/ada/{SLUG}", "summary", ".")
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = [folder / place / f".half.{gone.pid}.writing" for place in places]
    others = [
        folder / "feedback" / SLUG / f".ada.html.{os.getppid()}.writing",
        folder / "reports" / SLUG / "notes.txt",
        course.hand_in("ada", SLUG).with_name(f".notes.{gone.pid}.writing"),
    ]
    for path in (*left, *others):
        path.write_text("half")
    course.grade(SLUG)
    assert [path for path in left if path.exists()] == []
    assert [path for path in others if not path.exists()] == []
