"""Releasing a cohort: exercises/, nbgrader's course, the students' zip, and nothing when something is wrong."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from autograder.environment import chromium_path
from autograder.errors import UserError
from autograder.grade.keep import report_path
from autograder.grade.report import Finding, PartReport, Verdict, write_report
from autograder.gradebook import record, write_feedback
from autograder.manifest import Cohort, Late, Repository
from autograder.release.publish import release, stale_exercises, write_exercises
from autograder.release.students import write_guide, write_readme

ROOT = Path(__file__).parents[3]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_exercises_are_written_and_fresh(course: Repository) -> None:
    """One notebook an exercise and its side files; a second run changes no byte and no file."""
    paths = write_exercises(course)
    assert [path.relative_to(course.exercises).as_posix() for path in paths] == [
        "01_numbers/01_numbers.ipynb",
        "02_words/02_words.ipynb",
        "02_words/words.txt",
    ]
    first = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    assert stale_exercises(course) == []
    assert write_exercises(course) == paths
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths} == first


def test_stale_missing_and_stray_files_are_told(course: Repository, rewrite: Callable[..., Path]) -> None:
    """Each difference is one line that ends with the command that mends it; running it removes what has no source."""
    write_exercises(course)
    rewrite("A small exercise", "An exercise")
    (course.exercises / "02_words" / "words.txt").unlink()
    (course.exercises / "01_numbers" / "old.png").write_bytes(b"x")
    (course.exercises / "00_gone").mkdir()
    (course.exercises / "00_gone" / "00_gone.ipynb").write_text("{}")
    (course.exercises / "README.md").write_text("kept")
    lines = stale_exercises(course)
    assert [line.replace(f"{course.exercises}/", "") for line in lines] == [
        "01_numbers/01_numbers.ipynb is not what its source says: run `autograder exercises`",
        "02_words/words.txt is missing: run `autograder exercises`",
        "00_gone/00_gone.ipynb comes from no source: run `autograder exercises`",
        "01_numbers/old.png comes from no source: run `autograder exercises`",
    ]
    write_exercises(course)
    assert stale_exercises(course) == []
    assert sorted(path.name for path in course.exercises.iterdir()) == ["01_numbers", "02_words", "README.md"]


def test_one_exercise_leaves_the_others_alone(course: Repository) -> None:
    """Writing one exercise does not touch the files of another."""
    (course.exercises / "02_words").mkdir(parents=True)
    (course.exercises / "02_words" / "mine.txt").write_text("x")
    write_exercises(course, ["01_numbers"])
    assert (course.exercises / "02_words" / "mine.txt").exists()


def test_a_release_writes_all_that_a_cohort_needs(course: Repository) -> None:
    """The zip, the course folder without answers, the gradebook with students and points, the progress."""
    cohort = course.cohort("tiny")
    steps: list[tuple[str, int, int]] = []
    released = release(course, cohort, None, lambda *step: steps.append(step))
    assert [step[1] for step in steps] == list(range(len(steps)))
    assert steps[-1][1] == steps[-1][2]
    assert (released.students, released.not_in_roster) == (2, [])
    with zipfile.ZipFile(released.archive) as archive:
        names = archive.namelist()
    assert names == [
        "students-tiny/GUIDE.md",
        "students-tiny/README.md",
        "students-tiny/coursedata-0.1.0-py3-none-any.whl",
        "students-tiny/exercises/01_numbers/01_numbers.ipynb",
        "students-tiny/exercises/02_words/02_words.ipynb",
        "students-tiny/exercises/02_words/words.txt",
    ]
    public = _files(course.exercises)
    for folder in ("source", "release"):
        assert _files(released.course / folder) == public
    assert _files(released.publish / "students-tiny" / "exercises") == public
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        assert {row[0] for row in database.execute("select id from student")} == {"ada", "emil"}
        assert {row[0] for row in database.execute("select name from assignment")} == {"01_numbers", "02_words"}
        assert database.execute("select sum(max_score) from grade_cells").fetchone() == (10,)
    assert not list(cohort.folder.glob(".releasing-*"))


def test_two_releases_have_the_same_bytes(course: Repository, tmp_path: Path) -> None:
    """What is published is byte-stable, the zip and the wheel in it too, also from another folder."""
    first = _files(release(course, course.cohort("tiny")).publish)
    again = _files(release(course, course.cohort("tiny")).publish)
    assert first == again
    shutil.copytree(course.root, tmp_path / "elsewhere", ignore=shutil.ignore_patterns("publish", "course", "*.db"))
    moved = Repository(tmp_path / "elsewhere")
    assert _files(release(moved, moved.cohort("tiny")).publish) == first


def test_decks_are_released_without_notes_and_byte_stable(course_with_decks: Repository) -> None:
    """Students get pages and, where there is a browser, PDFs; no presenter's note; the same bytes twice."""
    cohort = course_with_decks.cohort("tiny")
    deck = course_with_decks.slides / "01_numbers.md"
    deck.write_text(deck.read_text("utf-8") + "\n<!-- Say this aloud, 2 min. -->\n", "utf-8")
    first = _files(release(course_with_decks, cohort).publish)
    pages = {name: data for name, data in first.items() if name.startswith("students-tiny/slides/")}
    assert {"students-tiny/slides/01_numbers.html", "students-tiny/slides/02_words.html"} <= set(pages)
    assert not any(b"Say this aloud" in data for data in pages.values())
    assert b"`slides/` the decks" in first["students-tiny/README.md"]
    assert _files(release(course_with_decks, cohort).publish) == first


def test_a_deck_outlives_the_release_of_another_week(
    course: Repository, monkeypatch: pytest.MonkeyPatch, samples: ModuleType
) -> None:
    """Pages of the first week still lead to its slides when only the second is published; a lost deck is told."""
    cohort, exercise = course.cohort("tiny"), course.exercise("01_numbers")
    monkeypatch.setattr("autograder.release.publish._decks", _write_decks)
    for slug in ("01_numbers", "02_words"):
        release(course, cohort, [slug])
    findings = [Finding("test_spread", "spread", "The spread.", 1, Verdict.WRONG, see="slide:the-spread")]
    part = PartReport("spread", "Spread", "core", 0, 2, findings)
    report = samples.make_report("ada", exercise="01_numbers", parts=[part], cells=[])
    write_report(report, report_path(cohort, "01_numbers", "ada"))
    record(cohort, exercise, [report])
    written = write_feedback(cohort, exercise)
    assert written.notes == []
    nbgraders = cohort.folder / "course/feedback/ada/01_numbers"
    assert 'href="slides/01_numbers.html#the-spread"' in written.pages[0].read_text("utf-8")
    for folder in (written.pages[0].parent, nbgraders):
        assert (folder / "slides/01_numbers.html").read_text() == "the deck of 01_numbers"
    cohort.deck("01_numbers").unlink()
    (note,) = write_feedback(cohort, exercise).notes
    assert "01_numbers: pages link to slides, and no deck is at" in note


def _write_decks(_repo: Repository, _cohort: Cohort, slugs: list[str], folder: Path) -> list[str]:
    folder.mkdir()
    for slug in slugs:
        (folder / f"{slug}.html").write_text(f"the deck of {slug}")
    return []


def test_a_leak_in_a_deck_stops_a_release(course_with_decks: Repository) -> None:
    """An answer on a slide is found in every file that the deck becomes, coloured or printed."""
    deck = course_with_decks.slides / "02_words.md"
    answer = "```python\ndef spread(values):\n    return max(values) - min(values)\n```\n"
    deck.write_text(deck.read_text("utf-8") + f"\n---\n\n## So\n\n{answer}", "utf-8")
    with pytest.raises(UserError, match="tiny was not released") as caught:
        release(course_with_decks, course_with_decks.cohort("tiny"))
    assert "students-tiny/slides/02_words.html" in str(caught.value)
    assert chromium_path() is None or "students-tiny/slides/02_words.pdf, page 3" in str(caught.value)


def test_the_readme_has_commands_for_each_system(course: Repository) -> None:
    """Windows, macOS (both chips), Linux and Colab, with this release's names and dates."""
    released = release(course, course.cohort("tiny"))
    text = (released.publish / "students-tiny" / "README.md").read_text("utf-8")
    wheel = "coursedata-0.1.0-py3-none-any.whl"
    assert rf".venv\Scripts\python -m pip install .\{wheel}" in text
    assert f".venv/bin/python -m pip install ./{wheel}" in text
    assert f'pip install "numpy<2" ./{wheel}' in text
    assert "Put the unpacked folder `students-tiny` into the top folder of your Google Drive" in text
    assert f"install `{wheel}` from the folder" in text
    assert "%cd" not in text
    assert "drive.mount" not in text
    assert "| `01_numbers` | Numbers | 10 minutes | 6 | 2030-05-01 23:59 (Europe/Berlin) |" in text
    assert "{{" not in text


def test_the_readme_says_what_the_first_week_does_not_need(course: Repository) -> None:
    """A later zip is copied into the first folder, the grader's Python is named, and so is the guide."""
    released = release(course, course.cohort("tiny"))
    text = (released.publish / "students-tiny" / "README.md").read_text("utf-8")
    assert "**Each later zip:** do not install again." in text
    assert "You need Python 3.11, 3.12 or 3.13" in text
    assert f"graded with Python {sys.version_info.major}.{sys.version_info.minor}:" in text
    assert ('f"{d["a"]}"' in text) == (sys.version_info < (3, 12))
    assert "`GUIDE.md` says how" in text


def test_the_guide_of_the_zip_names_its_wheel(course: Repository, tmp_path: Path) -> None:
    """GUIDE.md is the student guide with the wheel that lies beside it; a course without a guide releases none."""
    guide = write_guide(course, tmp_path, "coursedata-9.9-py3-none-any.whl")
    assert guide == tmp_path / "GUIDE.md"
    assert r".\coursedata-9.9-py3-none-any.whl" in guide.read_text("utf-8")
    assert "coursedata-0.1.0" not in guide.read_text("utf-8")
    guide.unlink()
    (course.root / "docs" / "student-guide.md").unlink()
    assert write_guide(course, tmp_path, "coursedata-9.9-py3-none-any.whl") is None
    text = write_readme(tmp_path, course.cohort("tiny"), [course.exercise("01_numbers")], "a.whl").read_text("utf-8")
    assert "GUIDE.md" not in text


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (
            Late(15, 10, 3),
            (
                "What comes within 15 minutes of the due date counts as on time.\n"
                "Later than that, each day begun since the due date takes 10 % of the points that you reached.\n"
                "What comes more than 3 days after the due date counts nothing.\n"
            ),
        ),
        (
            Late(0, 2.5, 1),
            (
                "Each day begun since the due date takes 2.5 % of the points that you reached.\n"
                "What comes more than 1 day after the due date counts nothing.\n"
            ),
        ),
        (Late(15, 0, 1000), "It takes no points.\n"),
        (Late(15, 0, 7), "It takes no points.\nWhat comes more than 7 days after the due date counts nothing.\n"),
        (Late(0, 10, 0), "What comes after the due date counts nothing.\n"),
    ],
)
def test_late_rules_are_told_beforehand(course: Repository, tmp_path: Path, rules: Late, told: str) -> None:
    """The README has the cohort's own rules where a graded exercise has a date, and none where none has."""
    cohort = msgspec.structs.replace(course.cohort("tiny"), late=rules)
    dated, undated = (course.exercise(slug) for slug in ("01_numbers", "02_words"))
    text = write_readme(tmp_path, cohort, [dated], "a.whl").read_text("utf-8")
    assert f"**Handing in late.**\n{told}\nYou need Python" in text
    assert "Handing in late" not in write_readme(tmp_path, cohort, [undated], "a.whl").read_text("utf-8")


def test_a_deadline_of_another_zone_is_told_in_the_cohorts(
    course: Repository, rewrite_dates: Callable[[str], None]
) -> None:
    """A `due` with an offset is one moment: the README and the notes name it as the cohort's clocks show it."""
    rewrite_dates("2030-05-01T22:30:00Z")
    released = release(course, course.cohort("tiny"))
    text = (released.publish / "students-tiny" / "README.md").read_text("utf-8")
    assert "| 2030-05-02 00:30 (Europe/Berlin) |" in text
    assert any("(01_numbers counts until 2030-05-05 00:30)" in note for note in released.notes)


def test_a_leak_stops_a_release(course: Repository) -> None:
    """An answer in the students' package is named with its way, and nothing at all is written."""
    module = course.root / "datasets" / "src" / "coursedata" / "leaked.py"
    module.write_text("def spread(values):\n    return max(values) - min(values)\n")
    cohort = course.cohort("tiny")
    with pytest.raises(UserError, match=r"tiny was not released: 1 piece of private text") as caught:
        release(course, cohort)
    assert "any.whl → coursedata/leaked.py, line 2" in str(caught.value)
    assert sorted(path.name for path in cohort.folder.iterdir()) == ["cohort.toml", "students.csv"]
    assert not course.exercises.exists()


@pytest.mark.parametrize(
    ("due", "slugs", "told"),
    [
        ("2030-05-01T23:59:00", None, ["02_words (01_numbers counts until 2030-05-04 23:59)"]),
        ("2030-05-01T23:59:00", ["02_words"], ["02_words (01_numbers counts until 2030-05-04 23:59)"]),
        ("2030-05-01T23:59:00", ["01_numbers"], []),
        ("2020-05-01T23:59:00", None, []),
    ],
    ids=["all weeks", "the second week", "the first week", "after the late days"],
)
def test_an_exercise_that_comes_while_the_one_before_is_open_is_told(
    course: Repository, rewrite_dates: Callable[[str], None], due: str, slugs: list[str] | None, told: list[str]
) -> None:
    """Late days count; the release is made all the same."""
    rewrite_dates(due)
    released = release(course, course.cohort("tiny"), slugs)
    notes = [note.partition("answers to it: ")[2].partition(";")[0] for note in released.notes]
    assert notes == told
    assert released.archive.is_file()


def test_a_release_leaves_the_dates_of_other_weeks(course: Repository) -> None:
    """Releasing one exercise takes no date from another that got its own in the formgrader, and says that it is so."""
    cohort = course.cohort("tiny")
    release(course, cohort)
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        database.execute("update assignment set duedate = '2030-05-08 16:00:00.000000' where name = '02_words'")
    database.close()
    released = release(course, cohort, ["01_numbers"])
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        (due,) = database.execute("select duedate from assignment where name = '02_words'").fetchone()
    database.close()
    assert due == "2030-05-08 16:00:00.000000"
    (note,) = [note for note in released.notes if "stands in the gradebook alone" in note]
    assert note.startswith("02_words: the due date 2030-05-08 18:00 ")


def test_an_old_release_stays_when_the_new_one_fails(course: Repository, rewrite: Callable[..., Path]) -> None:
    """A mistake in a source leaves the published folder, the course and exercises/ as they were."""
    released = release(course, course.cohort("tiny"))
    before = _files(released.publish) | _files(released.course) | _files(course.exercises)
    rewrite("# BEGIN SOLUTION", "# BEGIN SOLUTON")
    with pytest.raises(UserError, match="looks like a marker"):
        release(course, course.cohort("tiny"))
    assert _files(released.publish) | _files(released.course) | _files(course.exercises) == before


ROSTERS = {
    "the same id twice": ("id,first_name\nada,Ada\nADA,Ada\n", "'ADA' stands there twice"),
    "no id column": ("name,email\nada,a@b\n", "the first line must name the columns"),
    "tabs": ("id\tfirst_name\nada\tAda\n", "the first line must name the columns"),
    "an open quote": ('id,first_name\nemil,"Emil\nada,Ada\n', r"students\.csv, line 2: .*quote"),
    "a cell of two lines": ('id,first_name\nemil,"Emil\nK"\nada,Ada\n', r"students\.csv, line 2: .*quote"),
    "a slash in an id": ("id\nada/../emil\n", "cannot be an id"),
    "not UTF-8": ("id,first_name\nada,Zo\xeb\n", "is not UTF-8"),
}


@pytest.mark.parametrize(("text", "message"), ROSTERS.values(), ids=ROSTERS)
def test_a_roster_with_a_mistake(course: Repository, text: str, message: str) -> None:
    """A roster that cannot be meant stops the release before anything is written."""
    cohort = course.cohort("tiny")
    (cohort.folder / "students.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(UserError, match=message):
        release(course, cohort)
    assert not (cohort.folder / "publish").exists()


def test_names_from_the_whole_world(course: Repository) -> None:
    """A byte order mark, spaces, accents and a right-to-left mark in names are taken as they are."""
    cohort = course.cohort("tiny")
    levi = "\u200f\u05dc\u05d5\u05d9"
    rows = f"id,first_name,last_name,email\nzoë w,Zoë,{levi},z@example.org\n"
    (cohort.folder / "students.csv").write_bytes(b"\xef\xbb\xbf" + rows.encode())
    release(course, cohort)
    with sqlite3.connect(cohort.folder / "gradebook.db") as database:
        assert database.execute("select id, last_name from student").fetchall() == [("zoë w", levi)]


def test_the_wheel_installs_and_imports(course: Repository, tmp_path: Path) -> None:
    """The wheel of the zip holds the package whole: it imports from where pip put it."""
    released = release(course, course.cohort("tiny"))
    wheel = next((released.publish / "students-tiny").glob("*.whl"))
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        tmp_path / "site",
    ]
    subprocess.run([*command, wheel], check=True)
    code = "import sys; sys.path.insert(0, sys.argv[1]); import coursedata; print(coursedata.__file__)"
    command = [sys.executable, "-I", "-c", code, str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path / "site"))


def test_notebooks_tell_their_release(course: Repository) -> None:
    """A released notebook says which exercise and which release it is, for preflight and for grading."""
    (path, *_) = write_exercises(course)
    facts = json.loads(path.read_bytes())["metadata"]["t2p"]
    assert facts["exercise"] == "01_numbers"
    assert len(facts["release"]) == 16
    assert [cell[:2] for cell in facts["cells"]][:2] == [["imports", "setup"], ["running_total", "solution"]]
