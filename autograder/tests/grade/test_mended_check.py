"""A check that was wrong is mended in mid-term: what is run again, what is shown, what is written."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from autograder.errors import UserError
from autograder.grade.asked import SHARED, asked_of
from autograder.grade.deadline import Passed
from autograder.grade.job import Job
from autograder.grade.keep import Keeper
from autograder.grade.ledger import Ledger
from autograder.grade.lost import lost
from autograder.grade.regrade import FAULTY, MENDED, RESTS, WORTH, Difference, Regrade, regrade
from autograder.grade.report import read_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.table import print_regrade
from autograder.grade.verify import verify
from autograder.manifest import load_exercise

SLUG = "01_numbers"
ZERO_SPREAD = "def spread(numbers):\n    return max(numbers) - min(numbers) if numbers else 0\n"
WRONG_TOTAL = "def running_total(numbers):\n    return [sum(numbers)] * len(numbers)\n"
WRONG_CHECK = "raises(ValueError, student.spread, [])"
MENDED_CHECK = "matches(student.spread([]), 0)"


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, new_course: Callable[[Path], Any]) -> Any:
    """A class of three that was graded: all right, one part otherwise, another part wrong."""
    course = new_course(tmp_path_factory.mktemp("mended") / "tiny")
    course.hand_in("ada", SLUG)
    course.hand_in("emil", SLUG, {"spread": ZERO_SPREAD})
    course.hand_in("zoe", SLUG, {"running_total": WRONG_TOTAL})
    course.grade(SLUG)
    return course


@pytest.fixture
def course(graded: Any) -> Iterator[Any]:
    """The class; whatever a test changes in exercise and cohort is undone."""
    places = graded.repo.solutions, graded.cohort.folder
    for place in places:
        shutil.copytree(place, place.with_name(f"{place.name}.before"))
    yield graded
    for place in places:
        shutil.rmtree(place)
        place.with_name(f"{place.name}.before").rename(place)


def look(course: Any, students: list[str] | None = None) -> Regrade:
    return regrade(course.repo, course.cohort, SLUG, students, sandboxed=course.sandboxed)


def change(course: Any, name: str, old: str, new: str) -> None:
    path = course.repo.solutions / SLUG / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def points(course: Any) -> dict[str, float]:
    folder = course.cohort.folder / "reports" / SLUG
    return {path.stem: read_report(path).points for path in sorted(folder.glob("*.json"))}


def test_a_mended_check(course: Any) -> None:
    """Only its part is run again; the difference is shown before anything is written; then all of it is."""
    before, tree, lines = points(course), course.tree(), len(course.lines())
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    found = look(course)
    assert found.parts == ["spread"]
    assert {one.student: (one.part, one.old, one.new, one.why) for one in found.differences} == {
        "ada": ("spread", 2.0, 1.33, MENDED),
        "emil": ("spread", 1.33, 2.0, MENDED),
        "zoe": ("spread", 2.0, 1.33, MENDED),
    }
    assert course.tree() == tree, "looking writes nothing"
    text = io.StringIO()
    print_regrade(found, Console(file=text, width=120))
    assert "3 touched: 1 gain, 2 lose, 0 keep their sum, run again: spread" in text.getvalue()
    assert "emil     spread  1.33     2  its checks have changed" in text.getvalue()
    written = found.write()
    assert {report.student for report in written.reports} == {"ada", "emil", "zoe"}
    after = points(course)
    assert {name: round(after[name] - before[name], 2) for name in after} == {"ada": -0.67, "emil": 0.67, "zoe": -0.67}
    added = course.lines()[lines:]
    assert [line.why for line in added] == [f"regrade: {MENDED}"] * 3
    assert verify(course.cohort).differences == [], "the gradebook follows"
    assert course.tree()[f"feedback/{SLUG}/emil.html"] != tree[f"feedback/{SLUG}/emil.html"]

    tree = course.tree()
    again = look(course)
    assert (again.differences, again.students, again.something_to_write) == ([], [], False)
    again.write()
    assert course.tree() == tree, "a second regrade does nothing"
    assert "3 were graded before" in course.grade(SLUG).notes[0], "a regrade leaves what grading would have made"


@pytest.mark.full
def test_it_is_as_if_all_was_graded_anew(course: Any) -> None:
    """Kept and new findings together are what grading the whole submission finds."""
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    look(course).write()
    folder = course.cohort.folder / "reports" / SLUG
    merged = {path.name: read_report(path) for path in folder.glob("*.json")}
    for path in folder.glob("*.json"):
        path.unlink()
    lines = len(course.lines())
    course.grade(SLUG)
    for name, report in merged.items():
        anew = read_report(folder / name)
        assert [(p.part, p.points, p.findings) for p in anew.parts] == [
            (p.part, p.points, p.findings) for p in report.parts
        ]
        assert (anew.unit, anew.asked) == (report.unit, report.asked)
    assert len(course.lines()) == lines, "the ledger has said it all"


@pytest.mark.full
def test_a_mended_reference_touches_all(course: Any) -> None:
    """Every part rests on the reference: all are run again, and what stays the same is no difference."""
    change(course, "notebook.py", "return", "return  # mended\n    return")
    found = look(course)
    assert found.parts == ["running_total", "spread"]
    assert set(found.redone[0].why.values()) == {RESTS}


def test_points_alone(course: Any) -> None:
    """A part that is worth more is not run again: its share of passed checks counts anew."""
    change(course, "exercise.toml", "points = 2", "points = 4")
    found = look(course)
    assert found.parts == []
    assert found.differences[0] == Difference("ada", "spread", 2.0, 4.0, WORTH)


@pytest.mark.full
def test_one_student(course: Any) -> None:
    """The others stay as they are, and are still to be regraded."""
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    look(course, ["emil"]).write()
    assert look(course).students == ["ada", "zoe"]


def test_who_cannot_be_regraded(course: Any) -> None:
    """A new hand-in, a missing and a forged report are left to grading, each with a sentence."""
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    notebook = course.cohort.folder / "course" / "submitted" / "ada" / SLUG / f"{SLUG}.ipynb"
    report = course.cohort.folder / "reports" / SLUG / "zoe.json"
    handed_in, made = notebook.read_bytes(), report.read_bytes()
    notebook.write_bytes(handed_in + b" ")
    report.write_bytes(made.replace(b'"wrong"', b'"passed"'))
    try:
        found = look(course)
        assert found.students == ["emil"]
        assert found.notes == [
            "ada has handed in anew since: `autograder grade` grades it",
            "zoe has no report to compare with: `autograder grade` makes one",
        ]
    finally:
        notebook.write_bytes(handed_in)
        report.write_bytes(made)


@pytest.mark.full
def test_a_mend_that_fails_costs_nobody(course: Any) -> None:
    """Where the mended check itself breaks, the points stay and staff are told."""
    change(course, "checks.py", WRONG_CHECK, "nowhere(student)")
    found = look(course)
    assert (found.differences, found.students) == ([], [])
    assert "ada: the grader failed at test_spread_of_nothing" in found.notes[0]


@pytest.mark.full
def test_what_was_shown_is_what_is_written(course: Any) -> None:
    """When somebody grades or edits between looking and writing, nothing is written."""
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    first, second = look(course), look(course)
    first.write()
    with pytest.raises(UserError, match="was graded since the differences were shown"):
        second.write()
    change(course, "checks.py", MENDED_CHECK, WRONG_CHECK)
    third = look(course)
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    with pytest.raises(UserError, match="has changed since the differences were shown"):
        third.write()


def test_who_is_graded_while_a_person_looks(course: Any) -> None:
    """A regrade that also finishes an earlier grading enters the newer points, not those that it had read before."""
    (course.cohort.folder / "reports" / SLUG / ".unfinished").touch()
    found = look(course)
    assert (found.differences, found.something_to_write) == ([], True)
    course.hand_in("ada", SLUG, {"running_total": WRONG_TOTAL})
    course.grade(SLUG, ["ada"])
    newer = points(course)["ada"]
    assert {one.student: one.points for one in found.write().reports}["ada"] == newer < found.current[0].points
    assert verify(course.cohort).differences == []


@pytest.mark.full
def test_a_regrade_that_was_killed(course: Any) -> None:
    """Reports and ledger are there, gradebook and pages are not: the next one enters them."""
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    database = course.cohort.folder / "gradebook.db"
    before = database.read_bytes()
    look(course).write()
    database.write_bytes(before)
    (course.cohort.folder / "reports" / SLUG / ".unfinished").touch()
    found = look(course)
    assert (found.differences, found.something_to_write) == ([], True)
    found.write()
    assert verify(course.cohort).differences == []


@pytest.mark.full
def test_a_regrade_of_one_leaves_the_note_about_the_others(course: Any) -> None:
    """What an earlier grading did not enter is still to be entered, unless the regrade was about all."""
    note = course.cohort.folder / "reports" / SLUG / ".unfinished"
    change(course, "checks.py", WRONG_CHECK, MENDED_CHECK)
    note.touch()
    look(course, ["ada"]).write()
    assert note.exists()
    look(course).write()
    assert not note.exists()


def test_who_was_lost_is_regraded(course: Any) -> None:
    """A report without a unit, of a grader that failed: all is asked again, unless the notebook is another one."""
    notebook = course.hand_in("ada", SLUG)
    made = lost(course.repo.exercise(SLUG), Job("ada", str(notebook)), "it ended")
    secret = cohort_secret(course.cohort.folder)
    with Ledger(course.cohort.folder / "ledger.jsonl", secret) as ledger:
        Keeper(course.cohort, course.repo.exercise(SLUG), ledger, secret, passed=Passed(class_=True)).keep(made)
    found = look(course)
    assert (found.students, found.notes) == (["ada"], [])
    assert {one.why for one in found.differences} == {FAULTY}
    written = found.write()
    assert [(report.points, report.internal_errors) for report in written.reports] == [(5.0, [])]


TOUCHES: dict[str, tuple[str, str, str, set[str]]] = {
    "a comment": ("checks.py", "from autograder", "# remark\nfrom autograder", set()),
    "a check": ("checks.py", "-500, 500, 9", "-500, 500, 8", {"spread"}),
    "its weight": ("checks.py", '"spread", weight=2', '"spread", weight=3', {"spread"}),
    "its name": ("checks.py", "test_spread_of_nothing", "test_spread_of_none", {"spread"}),
    "an import that all use": (
        *("checks.py", "import matches, raises", "import matches, raises, is_view"),
        {"running_total", "spread"},
    ),
    "a statement of unknown reach": ("checks.py", "\n\n@check", "\n\nprint()\n\n\n@check", {SHARED}),
    "prose": ("notebook.py", "A small exercise", "A tiny exercise", set()),
    "a title": ("exercise.toml", "Spread of a list", "The spread", set()),
    "a limit": ("exercise.toml", "[parts.running_total]", "[limits]\nmemory_mb = 999\n[parts.running_total]", {SHARED}),
}


@pytest.mark.parametrize("name", TOUCHES)
def test_what_a_change_touches(name: str, tmp_path: Path) -> None:
    """A change is seen in what it concerns, and nowhere else."""
    tiny = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / SLUG
    shutil.copytree(tiny, tmp_path / SLUG)
    before = asked_of(load_exercise(tmp_path / SLUG))
    file, old, new, touched = TOUCHES[name]
    path = tmp_path / SLUG / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    after = asked_of(load_exercise(tmp_path / SLUG))
    assert {part for part in before if before[part] != after[part]} == touched
