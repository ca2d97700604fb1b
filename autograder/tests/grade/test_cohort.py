"""A cohort graded, graded again, and asked about: reports that are kept, the ledger, and what staff can read."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grade.cohort import grade_cohort
from autograder.grade.explain import explain
from autograder.grade.ledger import read_ledger
from autograder.grade.regrade import regrade
from autograder.grade.report import read_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.verify import verify
from autograder.manifest import Cohort, Repository
from autograder.release.build import notebook_dict
from autograder.release.publish import release
from autograder.release.source import read_source

ROOT = Path(__file__).parents[3]
SLUG = "02_words"  # no deadline: every grading is final
pytestmark = pytest.mark.sandbox


@dataclass
class Class:
    """A released course with two hand-ins."""

    repo: Repository
    cohort: Cohort

    def hand_in(self, student: str, *, answers: bool) -> None:
        """Put a notebook, solved or untouched, where submissions arrive."""
        exercise = self.repo.exercise(SLUG)
        notebook = notebook_dict(exercise, read_source(exercise.folder), answers=answers)
        folder = self.cohort.folder / "course" / "submitted" / student / SLUG
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{SLUG}.ipynb").write_text(json.dumps(notebook), "utf-8")

    def lines(self) -> int:
        """Count the ledger's lines; reading them checks the chain."""
        return len(list(read_ledger(self.cohort.folder / "ledger.jsonl", cohort_secret(self.cohort.folder))))

    def grade(self, *, again: bool = False) -> dict[str, float]:
        """Grade whoever handed in; return the points by student."""
        reports = grade_cohort(self.repo, self.cohort, SLUG, again=again).reports
        return {report.student: report.points for report in reports}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, arena: object) -> Class:
    """A class of two that was graded once; `arena` skips where there is no sandbox."""
    root = tmp_path_factory.mktemp("course") / "tiny"
    rest = shutil.ignore_patterns("__pycache__", "tests", ".*_cache", "slides")
    shutil.copytree(ROOT / "autograder" / "tests" / "courses" / "tiny", root, ignore=rest)
    shutil.copytree(ROOT / "datasets", root / "datasets", ignore=rest)
    repo = Repository(root)
    school = Class(repo, repo.cohort("tiny"))
    release(repo, school.cohort, [SLUG], lambda *_: None)
    school.hand_in("ada", answers=True)
    school.hand_in("emil", answers=False)
    assert school.grade() == {"ada": 4.0, "emil": 0.0}
    return school


def test_nothing_is_graded_twice(graded: Class) -> None:
    """Grading again keeps every report, adds no line to the ledger, and says so."""
    before = graded.lines()
    outcome = grade_cohort(graded.repo, graded.cohort, SLUG)
    assert {report.student for report in outcome.reports} == {"ada", "emil"}
    assert graded.lines() == before
    assert outcome.notes[0].startswith("2 of 2 were graded before")


def test_a_killed_run_goes_on_where_it_stopped(graded: Class) -> None:
    """A report that was never written is the only one that is made."""
    before = graded.lines()
    (graded.cohort.folder / "reports" / SLUG / "emil.json").unlink()
    assert graded.grade() == {"ada": 4.0, "emil": 0.0}
    assert graded.lines() == before, "the same finding is no second line"


def test_a_damaged_report_is_made_anew(graded: Class) -> None:
    """Half a report counts as none."""
    path = graded.cohort.folder / "reports" / SLUG / "ada.json"
    path.write_bytes(path.read_bytes()[:100])
    assert graded.grade() == {"ada": 4.0, "emil": 0.0}
    assert read_report(path).points == 4.0


def test_a_new_hand_in_is_graded(graded: Class) -> None:
    """A changed submission regrades its student, and nobody else."""
    before = graded.lines()
    graded.hand_in("emil", answers=True)
    assert graded.grade() == {"ada": 4.0, "emil": 4.0}
    assert graded.lines() == before + 1
    graded.hand_in("emil", answers=False)
    assert graded.grade() == {"ada": 4.0, "emil": 0.0}


def test_a_mended_check_regrades_the_class(graded: Class) -> None:
    """What decides a report decides whether it is kept."""
    before = graded.lines()
    checks = graded.repo.solutions / SLUG / "checks.py"
    text = checks.read_text("utf-8")
    checks.write_text(text + "\n# a remark\n", "utf-8")
    assert graded.grade() == {"ada": 4.0, "emil": 0.0}
    assert graded.lines() == before, "a comment decides nothing"
    checks.write_text(text.replace("integers(100)", "integers(99)"), "utf-8")
    assert graded.grade() == {"ada": 4.0, "emil": 0.0}
    assert graded.lines() == before + 2


def test_a_renamed_part_is_refused_before_anything_is_graded(graded: Class) -> None:
    """The gradebook has no place for its points: nobody gets a report and a page that say otherwise."""
    before, folder = graded.lines(), graded.repo.solutions / SLUG
    (part, *_) = graded.repo.exercise(SLUG).parts
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".toml", ".py")}
    try:
        for path, text in texts.items():
            path.write_text(text.replace(part, f"new_{part}"), "utf-8")
        with pytest.raises(UserError, match=f"does not hold .new_{part}.: release it again, or name them as they were"):
            graded.grade(again=True)
        with pytest.raises(UserError, match="does not hold"):
            regrade(graded.repo, graded.cohort, SLUG)
    finally:
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    assert graded.lines() == before


def test_again_grades_again_and_finds_the_same(graded: Class) -> None:
    """`again` grades what has not changed, and the reports differ in what was spent at most."""
    path = graded.cohort.folder / "reports" / SLUG / "ada.json"
    before = read_report(path)
    graded.grade(again=True)
    after = read_report(path)
    assert (after.parts, after.cells, after.unit) == (before.parts, before.cells, before.unit)


def test_every_number_follows_from_the_ledger(graded: Class) -> None:
    """Nothing differs, until somebody writes into the gradebook; then that line is named."""
    graded.grade()
    assert verify(graded.cohort).differences == []
    database = graded.cohort.folder / "gradebook.db"
    query = "select id, auto_score from grade where auto_score = 4"
    with sqlite3.connect(database) as connection:
        ((row, score),) = connection.execute(query).fetchall()
        connection.execute("update grade set auto_score = 3.5 where id = ?", (row,))
    try:
        assert verify(graded.cohort).differences == [f"{SLUG}: ada, tally: the gradebook says 3.5, the ledger 4"]
    finally:
        with sqlite3.connect(database) as connection:
            connection.execute("update grade set auto_score = ? where id = ?", (score, row))


def test_a_changed_ledger_is_named_by_its_line(graded: Class) -> None:
    """Points that were changed in the ledger break the chain at that line."""
    path = graded.cohort.folder / "ledger.jsonl"
    whole = path.read_text("utf-8")
    line = next(number for number, text in enumerate(whole.splitlines(), 1) if '"points":4' in text)
    path.write_text(whole.replace('"points":4', '"points":5', 1), "utf-8")
    try:
        with pytest.raises(UserError, match=f"line {line} does not follow"):
            verify(graded.cohort)
    finally:
        path.write_text(whole, "utf-8")


def test_staff_can_read_what_happened(graded: Class) -> None:
    """What was asked, what came, what the student was told, their own code, and the command to run it again."""
    graded.hand_in("emil", answers=False)
    graded.grade()
    text = "\n".join(explain(graded.cohort, graded.repo.exercise(SLUG), "emil", "tally"))
    assert "emil · 02_words" in text
    assert "0 of 4 points" in text
    assert "missing" in text
    assert "test_counts_many_words" in text
    assert "NotImplementedError" in text
    assert "--submission" in text


def test_a_wrong_name_is_answered_with_the_names_there_are(graded: Class) -> None:
    """A part that is not there, and a student who was not graded."""
    exercise = graded.repo.exercise(SLUG)
    with pytest.raises(UserError, match="no part 'nope'; there are: tally"):
        list(explain(graded.cohort, exercise, "ada", "nope"))
    with pytest.raises(UserError, match="zoe has no report"):
        list(explain(graded.cohort, exercise, "zoe", "tally"))
