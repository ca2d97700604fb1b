"""Deadline night: what arrives is graded, whole and once, whatever else goes on."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.errors import UserError
from autograder.grade import ledger, waiting, watch
from autograder.grade.keep import is_unfinished
from autograder.grade.ledger import Line
from autograder.grade.lock import WATCH, grading_lock, holder
from autograder.grade.regrade import regrade
from autograder.grade.report import Report, read_report
from autograder.grade.screen import Screen
from autograder.grade.verify import verify
from autograder.grade.watch import Watcher
from autograder.gradebook import database, entries
from autograder.manifest import Repository

if TYPE_CHECKING:
    from conftest import Course

pytestmark = pytest.mark.sandbox
WORDS, NUMBERS = "02_words", "01_numbers"
UNSOLVED = dict.fromkeys(("tally", "running_total", "spread"), "raise NotImplementedError")
PATIENCE = 90.0


def wait_until(true: Callable[[], object], what: str) -> None:
    """Look until something is so; no test depends on how long it takes."""
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)


@dataclass
class Watching:
    """A watcher at work in this process, and what it has said."""

    course: Course
    screen: io.StringIO = field(default_factory=io.StringIO)

    def __post_init__(self) -> None:
        self.watcher = Watcher(self.course.repo, "tiny", screen=Screen(self.screen))
        self.thread = threading.Thread(target=self.watcher.run)
        self.thread.start()

    @property
    def said(self) -> str:
        """What stands on the screen."""
        return self.screen.getvalue()

    def page(self, student: str, slug: str) -> Path:
        """Return where a feedback page lies."""
        return self.course.cohort.folder / "feedback" / slug / f"{student}.html"

    def report(self, student: str, slug: str) -> Report:
        """Return a report."""
        return read_report(self.course.cohort.folder / "reports" / slug / f"{student}.json")

    def wait_for(self, student: str, slug: str, **wanted: object) -> Report:
        """Return the report of a student once it is there and says what is wanted."""

        def there() -> bool:
            try:
                report = self.report(student, slug)
            except (OSError, UserError):
                return False
            return self.thread.is_alive() and all(getattr(report, name) == value for name, value in wanted.items())

        wait_until(lambda: there() or not self.thread.is_alive(), f"{student}, {wanted}: {self.said}")
        assert self.thread.is_alive(), self.said
        return self.report(student, slug)

    def wait_for_words(self, words: str) -> None:
        """Wait until it has said something."""
        wait_until(lambda: words in self.said, f"{words!r} in: {self.said}")

    def lines(self, student: str) -> list[Line]:
        """Return what the ledger says of a student."""
        return [line for line in self.course.lines() if line.student == student]

    def points(self, student: str, slug: str) -> float | None:
        """Return what the gradebook says."""
        entry = entries(self.course.cohort, slug).get(student)
        return sum(part.auto_score or 0.0 for part in entry.parts.values()) if entry else None

    def stop(self) -> None:
        """End the watcher."""
        self.watcher.stop()
        self.thread.join()


@pytest.fixture(scope="module")
def watching(
    new_course: Callable[[Path], Course], tmp_path_factory: pytest.TempPathFactory, arena: object
) -> Iterator[Watching]:
    """One watcher for this module; each test has students of its own. `arena` skips where there is no sandbox."""
    course = new_course(tmp_path_factory.mktemp("watched") / "tiny")
    set_due(course, "2030-05-01T23:59:00")
    watching = Watching(course)
    yield watching
    watching.stop()


def set_due(course: Course, moment: str) -> None:
    """Write another deadline of 01_numbers into the cohort's file."""
    file = course.cohort.folder / "cohort.toml"
    head = file.read_text("utf-8").partition("[assignments")[0]
    file.write_text(f"{head}[assignments.{NUMBERS}]\ndue = {moment}\n", "utf-8")


def place(course: Course, student: str) -> Path:
    """Return where a student's words arrive."""
    return course.cohort.folder / "course" / "submitted" / student / WORDS / f"{WORDS}.ipynb"


def test_what_arrives_is_graded_and_entered(watching: Watching) -> None:
    """Report, feedback page, gradebook and a line on the screen: student, exercise, points, time since it arrived."""
    watching.course.hand_in("ada", WORDS)
    assert watching.wait_for("ada", WORDS).points == 4.0
    wait_until(watching.page("ada", WORDS).exists, "no feedback page")
    assert watching.points("ada", WORDS) == 4.0
    line = next(line for line in watching.said.splitlines() if WORDS in line and "4/4" in line)
    assert line.split()[1:4] == ["ada", WORDS, "4/4"]
    assert line.endswith(" s")


def test_before_the_deadline_each_hand_in_is_a_try_of_its_own(watching: Watching) -> None:
    """Handing in again is graded again, with other inputs than before; the line says that it is practice."""
    watching.course.hand_in("emil", NUMBERS, UNSOLVED)
    watching.wait_for("emil", NUMBERS, points=0.0, purpose="try-1")
    watching.course.hand_in("emil", NUMBERS)
    watching.wait_for("emil", NUMBERS, points=5.0, purpose="try-2")
    watching.wait_for_words("practice try-2")


def test_half_a_file_is_not_graded(watching: Watching) -> None:
    """A copy that is under way is waited for; what is there in the end is graded, once."""
    path = watching.course.hand_in("slow", WORDS)
    whole = path.read_bytes()
    path.unlink()
    watching.course.hand_in("marker", WORDS)
    with path.open("wb") as file:
        file.write(whole[: len(whole) // 2])
        file.flush()
        watching.wait_for("marker", WORDS)
        file.write(whole[len(whole) // 2 :])
    assert watching.wait_for("slow", WORDS).points == 4.0
    assert len(watching.lines("slow")) == 1


def test_what_is_no_notebook_is_refused_after_a_while(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its student is told; a folder without any file is nobody's submission; the next notebook is graded."""
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0.5)
    path = place(watching.course, "broken")
    path.parent.mkdir(parents=True)
    path.write_text("half a note")
    place(watching.course, "nobody").parent.mkdir(parents=True)
    watching.wait_for("broken", WORDS, points=0.0)
    watching.wait_for_words("refused: The file is not a notebook")
    watching.course.hand_in("broken", WORDS)
    watching.wait_for("broken", WORDS, points=4.0)
    assert "nobody" not in watching.said


@pytest.mark.parametrize("count", [24, pytest.param(200, marks=[pytest.mark.full, pytest.mark.timeout(1200)])])
def test_a_rush_is_graded_whole_and_once(watching: Watching, count: int) -> None:
    """Many at once: everybody has a report, one line in the ledger and points in the gradebook; then all is said."""
    students = [f"rush{count}_{number:03}" for number in range(count)]
    for student in students:
        watching.course.hand_in(student, WORDS, {} if student[-1] in "02468" else UNSOLVED)
    for student in students:
        watching.wait_for(student, WORDS, points=4.0 if student[-1] in "02468" else 0.0)
    watching.wait_for_words("waiting for more")
    for student in students:
        assert watching.points(student, WORDS) == watching.report(student, WORDS).points
        assert len(watching.lines(student)) == 1


def test_what_is_taken_away_stops_nobody(watching: Watching) -> None:
    """A folder that is gone before its turn gets no report; the next one is graded."""
    for number in range(6):
        watching.course.hand_in(f"stays{number}", WORDS)
    gone = watching.course.hand_in("gone", WORDS)
    shutil.rmtree(gone.parent.parent)
    for number in range(6):
        watching.wait_for(f"stays{number}", WORDS)
    path = watching.course.cohort.folder / "reports" / WORDS / "gone.json"
    assert not path.exists() or read_report(path).points == 4.0


def test_while_somebody_else_grades_it_waits(watching: Watching) -> None:
    """It says who holds the lock, once, and goes on when that one has ended."""
    code = (
        "import sys; from pathlib import Path; from autograder.grade.lock import grading_lock;"
        "from autograder.manifest import load_cohort\n"
        "with grading_lock(load_cohort(Path(sys.argv[1]))): print('held', flush=True); sys.stdin.read()"
    )
    wait_until(lambda: holder(watching.course.cohort) is None, "the watcher keeps the lock")
    command = [sys.executable, "-c", code, str(watching.course.cohort.folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        watching.course.hand_in("patient", WORDS)
        watching.wait_for_words(f"waiting: cohort tiny is being graded by process {other.pid}")
        assert "patient" not in watching.said
        assert other.stdin is not None
        other.stdin.close()
    assert watching.wait_for("patient", WORDS).points == 4.0
    wait_until(lambda: holder(watching.course.cohort) is None, "the watcher keeps the lock")
    with grading_lock(watching.course.cohort):
        pass


def test_an_exercise_that_cannot_be_graded_stops_no_other(watching: Watching) -> None:
    """It waits, which is said once, and the lock is given back; once it can be graded it is."""
    release = watching.course.cohort.released(NUMBERS) / f"{NUMBERS}.ipynb"
    whole = release.read_text("utf-8")
    release.write_text(whole.replace('"spread"', '"scatter"'), "utf-8")
    watching.course.hand_in("held", NUMBERS)
    watching.wait_for_words(f"waiting: {NUMBERS} has parts that the release of cohort tiny does not hold (spread)")
    watching.course.hand_in("unheld", WORDS)
    assert watching.wait_for("unheld", WORDS).points == 4.0
    wait_until(lambda: holder(watching.course.cohort) is None, "the watcher keeps the lock")
    release.write_text(whole, "utf-8")
    assert watching.wait_for("held", NUMBERS).points == 5.0
    assert watching.said.count(f"waiting: {NUMBERS} has parts") == 1


def test_a_locked_gradebook_costs_no_report(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports go on; one line says what is the matter, and one that it is over; then everything is entered.

    The lock is given back meanwhile, and in the end nothing on the disk says that something was missing.
    """
    cohort = watching.course.cohort
    monkeypatch.setattr(database, "SECONDS_TO_WAIT_FOR_A_LOCK", 0.05)
    before = watching.said
    with sqlite3.connect(cohort.folder / "gradebook.db", isolation_level=None) as connection:
        connection.execute("begin exclusive")
        for student in ("kept1", "kept2"):
            watching.course.hand_in(student, WORDS)
            watching.wait_for(student, WORDS, points=4.0)
        wait_until(lambda: "not in the gradebook yet" in watching.said[len(before) :], "nothing was said")
        wait_until(lambda: holder(cohort) is None, "the watcher keeps the lock")
        assert is_unfinished(cohort, WORDS)
        connection.execute("rollback")
    monkeypatch.undo()  # the test itself waits as long as anybody for its turn at the gradebook
    wait_until(lambda: "can be written again" in watching.said[len(before) :], watching.said)
    wait_until(lambda: watching.points("kept2", WORDS) == 4.0, "not entered")
    assert watching.points("kept1", WORDS) == 4.0
    assert watching.said[len(before) :].count("not in the gradebook yet") == 1
    wait_until(lambda: not is_unfinished(cohort, WORDS), "all is entered, and the disk still says that it is not")


def test_a_mended_check_counts_from_now_on(watching: Watching) -> None:
    """What comes is graded by the new check; who was graded keeps the points, and staff are told how to look."""
    watching.course.hand_in("early", WORDS)
    watching.wait_for("early", WORDS)
    checks = watching.course.repo.solutions / WORDS / "checks.py"
    good = checks.read_text("utf-8")
    exercise = watching.course.repo.solutions / WORDS / "exercise.toml"
    whole = exercise.read_text("utf-8")
    exercise.write_text(whole + "[oops", "utf-8")
    watching.wait_for_words(f"{WORDS} cannot be read, what was read before stays in force")
    exercise.write_text(whole, "utf-8")
    checks.write_text(good.replace("def test_", "def test_mended_"), "utf-8")
    watching.wait_for_words(f"{WORDS} has changed: what comes from now on is graded so")
    watching.course.hand_in("later", WORDS)
    report = watching.wait_for("later", WORDS)
    assert [part.findings[0].check.startswith("test_mended_") for part in report.parts] == [True]
    assert len(watching.lines("early")) == 1
    watching.wait_for_words(f"autograder regrade --cohort tiny --exercise {WORDS}")


def test_half_an_edit_stops_nobody(watching: Watching) -> None:
    """What was read before stays in force: who hands in meanwhile is graded by it, as checks and reference were."""
    folder = watching.course.repo.solutions / WORDS
    whole = {name: (folder / name).read_text("utf-8") for name in ("checks.py", "notebook.py", "exercise.toml")}
    solved = watching.course.hand_in("beforehand", WORDS)
    for name, text in whole.items():
        before = len(watching.said)
        (folder / name).write_text(text + "\n[def half(", "utf-8")
        wait_until(lambda since=before: "stays in force" in watching.said[since:], watching.said)
        student = f"meanwhile-{name.partition('.')[0]}"
        place(watching.course, student).parent.mkdir(parents=True)
        shutil.copy(solved, place(watching.course, student))
        assert watching.wait_for(student, WORDS).points == 4.0
        (folder / name).write_text(text, "utf-8")
    cohort = watching.course.cohort.folder / "cohort.toml"
    dates = cohort.read_text("utf-8")
    cohort.write_text(f'timezone = "Europe/Berlim"\n{dates}', "utf-8")
    watching.wait_for_words("the cohort cannot be read")
    cohort.write_text(dates, "utf-8")
    watching.course.hand_in("afterwards", WORDS)
    watching.wait_for("afterwards", WORDS, points=4.0)


def test_who_is_graded_while_a_check_is_mended(watching: Watching) -> None:
    """The report tells what was really asked, so that a regrade finds it."""
    checks = watching.course.repo.solutions / WORDS / "checks.py"
    good = checks.read_text("utf-8")
    before, running = len(watching.said), watching.watcher._waiting.running
    watching.course.hand_in("between", WORDS, {"tally": "import time\ntime.sleep(4)"})
    wait_until(lambda: (WORDS, "between") in running, "not begun")
    checks.write_text(good.replace("weight=3", "weight=2"), "utf-8")
    wait_until(lambda: f"{WORDS} has changed" in watching.said[before:], watching.said)
    wait_until(lambda: (WORDS, "between") not in running, "not ended")
    wait_until(lambda: holder(watching.course.cohort) is None, "the watcher keeps the lock")
    found = regrade(watching.course.repo, watching.course.cohort, WORDS, ["between"])
    assert (found.students, found.notes) == (["between"], [])
    checks.write_text(good, "utf-8")


def test_names_that_cannot_be_kept_stop_nobody(watching: Watching) -> None:
    """Of a student whose folder has such a name staff are told once; a notebook of such a name is none."""
    submitted = watching.course.cohort.folder / "course" / "submitted"
    strange = [os.fsdecode(b"\xfcmit"), "\u4e2d" * 80]
    for name in strange:
        watching.course.hand_in("model", WORDS)
        (submitted / name).mkdir()
        shutil.copytree(submitted / "model" / WORDS, submitted / name / WORDS)
    path = watching.course.hand_in("umlaut", WORDS)
    path.rename(path.with_name(os.fsdecode(b"Aufgabe_\xfc.ipynb")))
    assert watching.wait_for("umlaut", WORDS).points == 0.0
    for name in strange:
        watching.wait_for_words(f"{name!a} cannot be entered under this name")
        shutil.rmtree(submitted / name)
    assert watching.said.count("cannot be entered") == len(strange)


def test_a_timestamp_that_comes_late_is_in_ledger_and_gradebook(watching: Watching) -> None:
    """It is entered where the report was made before, and nothing is graded again."""
    path = watching.course.hand_in("stamped", WORDS)
    watching.wait_for("stamped", WORDS)
    wait_until(watching.page("stamped", WORDS).exists, "no feedback page")
    (path.parent / "timestamp.txt").write_text("2026-05-01 10:00:00 UTC", "utf-8")
    wait_until(lambda: watching.lines("stamped")[-1].submitted == "2026-05-01T10:00:00", "not in the ledger")
    wait_until(lambda: holder(watching.course.cohort) is None, "the watcher keeps the lock")
    assert len({line.unit for line in watching.lines("stamped")}) == 1
    assert not [one for one in verify(watching.course.cohort).differences if "stamped" in one]


def test_verifying_while_somebody_grades(watching: Watching) -> None:
    """What the gradebook lacks may be under way: it says so and derives nothing."""
    cohort = watching.course.cohort
    watching.course.hand_in("verified", WORDS)
    watching.wait_for("verified", WORDS)
    wait_until(lambda: holder(cohort) is None, "the watcher keeps the lock")
    report = cohort.folder / "reports" / WORDS / "verified.json"
    kept = report.read_bytes()
    with grading_lock(cohort):
        report.write_bytes(kept.replace(b"4.0", b"3.0"))
        with pytest.raises(UserError, match=f"being graded by process {os.getpid()}"):
            verify(cohort)
        report.write_bytes(kept)


def test_when_the_deadline_passes_everybody_is_graded_for_the_grade(watching: Watching) -> None:
    """The date is read anew while it watches; what was practice is graded with the inputs of the grade."""
    watching.course.hand_in("punctual", NUMBERS)
    watching.wait_for("punctual", NUMBERS, purpose="try-1")
    set_due(watching.course, "2020-05-01T23:59:00")
    watching.wait_for_words(f"the deadline of {NUMBERS} has passed")
    watching.wait_for("punctual", NUMBERS, purpose="final", points=5.0)


def test_whoever_has_more_time_practises_on(watching: Watching) -> None:
    """An extension is read while it watches; when it ends that student is graded for the grade, and nobody anew."""
    before = len(watching.lines("punctual"))
    extensions = watching.course.cohort.folder / "extensions.csv"
    extensions.write_text(f"id,exercise,until\nexcused,{NUMBERS},2090-05-01 23:59\n", "utf-8")
    wait_until(lambda: "excused" in watching.watcher.course.exercises[NUMBERS].passed.extended, "not read")
    watching.course.hand_in("excused", NUMBERS)
    watching.wait_for("excused", NUMBERS, purpose="try-1")
    assert "for 'excused', whom students.csv does not name" in watching.said
    extensions.write_text(f"id,exercise,until\nexcused,{NUMBERS},2020-05-02 23:59\n", "utf-8")
    watching.wait_for("excused", NUMBERS, purpose="final", points=5.0)
    assert f"the deadline of {NUMBERS} has passed for excused too" in watching.said
    assert len(watching.lines("punctual")) == before


def test_a_second_watcher_is_refused(watching: Watching) -> None:
    """One line names the first; it is not disturbed."""
    wait_until(lambda: holder(watching.course.cohort, WATCH) is not None, "the watcher's lock")
    with pytest.raises(UserError, match=f"cohort tiny is being watched by process {os.getpid()}"):
        Watcher(watching.course.repo, "tiny", screen=Screen(io.StringIO())).run()


def test_a_student_fills_no_screen(watching: Watching, monkeypatch: pytest.MonkeyPatch) -> None:
    """Notebooks where nobody looks are told a few times for each student, also where their names change for ever."""
    monkeypatch.setattr(watch, "TOLD", 3)
    cohort = watching.course.cohort
    for place in ("nora", *(f"vito/{number}" for number in range(10))):
        (cohort.hand_ins / place).mkdir(parents=True)
        (cohort.hand_ins / place / "n.ipynb").write_text("{}")

    def looked() -> None:
        before = (cohort.folder / WATCH).stat().st_mtime_ns
        wait_until(lambda: (cohort.folder / WATCH).stat().st_mtime_ns > before, "it looks at everything each second")

    wait_until(lambda: "vito" in watching.said, "staff are told")
    for number in range(10):
        (cohort.hand_ins / f"vito/{number}/n.ipynb").rename(cohort.hand_ins / f"vito/{number}/m.ipynb")
    looked()
    looked()
    assert watching.said.count("submitted/vito/") == 3
    assert watching.said.count("submitted/nora/n.ipynb is not looked at") == 1


def test_an_unreleased_course_cannot_be_watched(tmp_path: Path) -> None:
    """It says what to run first."""
    course = Path(__file__).parents[1] / "courses" / "tiny"
    shutil.copytree(course, tmp_path / "tiny")
    with pytest.raises(
        UserError, match="nothing was released to tiny: run `make release COHORT=tiny EXERCISE=SLUG` first"
    ):
        Watcher(Repository(tmp_path / "tiny"), "tiny")


def test_what_a_watcher_before_left_is_told_as_done(
    new_course: Callable[[Path], Course], tmp_path: Path, arena: object
) -> None:
    """Where all was entered but that was not said any more, the next watcher says it; a full disk does not end it."""
    course = new_course(tmp_path / "tiny")
    course.hand_in("ada", WORDS)
    course.grade(WORDS)
    note = course.cohort.folder / "reports" / WORDS / ".unfinished"
    note.touch()
    again = Watching(course)
    try:
        wait_until(lambda: not note.exists(), again.said)
        with no_room_for_the_head():
            course.hand_in("emil", WORDS)
            again.wait_for("emil", WORDS)
            wait_until(lambda: "the ledger's head" in again.said, again.said)
        course.hand_in("zoe", WORDS)
        assert again.wait_for("zoe", WORDS).points == 4.0
        assert len(again.lines("emil")) == 1
    finally:
        again.stop()


@contextlib.contextmanager
def no_room_for_the_head() -> Iterator[None]:
    """A disk without room for the ledger's head."""
    with pytest.MonkeyPatch.context() as patch:

        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        patch.setattr(ledger, "write_whole", full)
        yield


def test_it_ends_cleanly_and_goes_on_where_it_stopped(watching: Watching) -> None:
    """SIGTERM in mid-work and Ctrl-C at rest: exit code 0, one last line, no traceback; nobody is graded twice."""
    watching.stop()
    course, students = watching.course, [f"student{number}" for number in range(6)]
    for student in students:
        course.hand_in(student, WORDS)
    folder = course.cohort.folder

    def there(kind: str) -> int:
        return len(list((folder / kind / WORDS).glob("student*")))

    for end, kind, wanted in ((signal.SIGTERM, "reports", 1), (signal.SIGINT, "feedback", len(students))):
        command = [sys.executable, "-m", "autograder.cli", "watch", "--cohort", "tiny", "--exercise", WORDS]
        with subprocess.Popen(
            command,
            cwd=course.repo.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            # tests that run in the background may have inherited that Ctrl-C is ignored, which a watcher respects
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
        ) as process:
            wait_until(lambda: there(kind) >= wanted or process.poll() is not None, kind)  # noqa: B023
            process.send_signal(end)
            said, complaints = process.communicate(timeout=PATIENCE)
        assert (process.returncode, complaints) == (0, "")
        assert said.splitlines()[-1].split("  ")[1].startswith("stopped: ")
        assert holder(course.cohort) is holder(course.cohort, WATCH) is None
    assert [len(watching.lines(student)) for student in students] == [1] * len(students)
    assert [watching.points(student, WORDS) for student in students] == [4.0] * len(students)
