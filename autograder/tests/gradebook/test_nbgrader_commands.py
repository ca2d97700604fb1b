"""nbgrader's own commands work on our course and give what we say."""

from __future__ import annotations

import csv
import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from autograder.errors import UserError
from autograder.grade.collect import NOTEBOOK_BYTES, digest_of
from autograder.grade.keep import report_path
from autograder.grade.report import write_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.unit import content_of_report, submission_of, unit_of
from autograder.gradebook import export_csv, record, unsettled, write_feedback
from autograder.manifest import Cohort, Exercise

NBGRADER = str(Path(sys.prefix) / "bin" / "nbgrader")


def nbgrader(cohort: Cohort, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run nbgrader in the course folder, as a person would."""
    command = [NBGRADER, *arguments]
    return subprocess.run(
        command, cwd=cohort.folder / "course", capture_output=True, encoding="utf-8", check=False, timeout=240
    )


@pytest.fixture
def graded(released: Cohort, exercise: Exercise, samples: ModuleType) -> Cohort:
    """Ada is 12 hours late, Carl on time, Zoë has handed in nothing."""
    samples.hand_in(released, "ada", dt.datetime(2026, 11, 21, 11, 59))  # noqa: DTZ001
    samples.hand_in(released, "carl", dt.datetime(2026, 11, 20, 11, 59))  # noqa: DTZ001
    record(released, exercise, [samples.make_report("ada"), samples.make_report("carl")])
    return released


def digest(cohort: Cohort, student: str) -> str:
    """Return what tells apart what the student handed in."""
    return digest_of(cohort.handed_in(student, "01_tensors") / "01_tensors.ipynb")


def test_our_csv_has_a_row_for_everybody(graded: Cohort, tmp_path: Path) -> None:
    """Raw score, penalty and score of each student; who handed in nothing has 0; commas in names are quoted."""
    rows = list(csv.DictReader(export_csv(graded, tmp_path / "grades.csv").read_text("utf-8").splitlines()))
    found = {row["student_id"]: (row["raw_score"], row["late_submission_penalty"], row["score"]) for row in rows}
    assert found == {"ada": ("5.0", "0.5", "4.5"), "carl": ("5.0", "0.0", "5.0"), "zoe ñ": ("0.0", "0.0", "0.0")}
    assert {row["last_name"] for row in rows} == {"Lovelace", "Gauß", "Núñez, the younger"}
    assert {row["max_score"] for row in rows} == {"12.0"}


def test_points_that_are_not_the_grade_yet_are_named(graded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Whose report is of a practice try, whose the grader failed at, who waits for a person."""
    whole = [msgspec.structs.replace(part, findings=[]) for part in samples.make_parts()]
    reports = [
        samples.make_report("ada", purpose="try-1", parts=whole, submission=digest(graded, "ada")),
        samples.make_report("carl", submission=digest(graded, "carl")),
    ]
    record(graded, exercise, reports)
    for report in reports:
        write_report(report, report_path(graded, exercise.slug, report.student))
    (sentence,) = unsettled(graded)
    assert sentence == (
        f"{exercise.slug} has points that are not the grade yet: "
        "1 of practice tries (`make grade` after the deadline grades them), "
        "1 with internal errors (`autograder status` names them), "
        "2 with parts to be graded by hand (`make formgrader`)"
    )
    assert sentence in nbgrader(graded, "export", "--to", "grades.csv").stderr


def test_what_nobody_has_graded_is_named(graded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """A new hand-in, one that came again, an exercise without any report, and what lies where nobody looks."""
    parts = [msgspec.structs.replace(part, findings=[]) for part in samples.make_parts() if not part.written]
    for student in ("ada", "carl"):
        report = samples.make_report(student, parts=parts, submission=digest(graded, student))
        write_report(report, report_path(graded, exercise.slug, student))
    with sqlite3.connect(graded.folder / "gradebook.db") as database:
        database.execute("update grade set needs_manual_grade = 0")
    database.close()
    assert unsettled(graded) == []
    samples.hand_in(graded, "zoe ñ")
    samples.hand_in(graded, "carl", notebook='{"cells": []}')
    (graded.folder / "course/release/02_other").mkdir()
    for student in ("ada", "carl"):
        (graded.handed_in(student, "02_other")).mkdir()
        (graded.handed_in(student, "02_other") / "02_other.ipynb").write_text("{}")
    (graded.hand_ins / "lost.ipynb").write_text("{}")
    mine, other, astray = unsettled(graded)
    assert mine == (
        "01_tensors has points that are not the grade yet: 1 handed in, not graded (`make grade`), "
        "1 handed in again since they were graded (`make grade`)"
    )
    assert other == "02_other has points that are not the grade yet: 2 handed in, not graded (`make grade`)"
    assert astray.startswith("submitted/lost.ipynb is not looked at")


def test_a_refused_submission_is_graded(graded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """What was refused unread has no digest: it is known again by its report's unit, and another one is not."""
    notebook = graded.handed_in("carl", exercise.slug) / f"{exercise.slug}.ipynb"
    with notebook.open("r+b") as file:
        file.truncate(NOTEBOOK_BYTES + 1)
    report = samples.make_report("carl", parts=[])
    secret = cohort_secret(graded.folder)
    unit = unit_of(content_of_report(report), submission_of(notebook, "carl"), "final", secret)
    path = report_path(graded, exercise.slug, "carl")
    write_report(msgspec.structs.replace(report, unit=unit), path)
    assert "again" not in unsettled(graded)[0]
    write_report(report, path)
    assert "1 handed in again" in unsettled(graded)[0]


def test_nbgrader_export_gives_the_same_csv(graded: Cohort, tmp_path: Path) -> None:
    """`nbgrader export` in the course folder writes the same bytes."""
    outcome = nbgrader(graded, "export", "--to", str(tmp_path / "theirs.csv"))
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "theirs.csv").read_bytes() == export_csv(graded, tmp_path / "ours.csv").read_bytes()


def test_nbgraders_stock_exporter_works_too(graded: Cohort, tmp_path: Path) -> None:
    """Who asks for nbgrader's own plugin gets nbgrader's own file."""
    to = tmp_path / "stock.csv"
    outcome = nbgrader(graded, "export", "--exporter", "nbgrader.plugins.export.CsvExportPlugin", "--to", str(to))
    assert outcome.returncode == 0, outcome.stderr
    assert "01_tensors" in to.read_text("utf-8")


def test_a_name_is_no_formula(graded: Cohort, tmp_path: Path) -> None:
    """A spreadsheet that opens the CSV computes nothing."""
    from autograder.gradebook import sync_roster
    from autograder.roster import Student

    sync_roster(graded, [Student("ada", "=HYPERLINK(1)", "@x", "+1")])
    text = export_csv(graded, tmp_path / "grades.csv").read_text("utf-8")
    assert ",'@x,'=HYPERLINK(1),'+1," in text


def test_nbgrader_feedback_writes_our_page(graded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """`nbgrader generate_feedback` leaks nothing for staff and gives the page that we give."""
    from autograder.grade.report import write_report

    write_report(samples.make_report("ada"), graded.folder / "reports" / exercise.slug / "ada.json")
    outcome = nbgrader(graded, "generate_feedback", exercise.slug, "--student", "ada")
    assert outcome.returncode == 0, outcome.stderr
    theirs = (graded.folder / "course/feedback/ada/01_tensors/01_tensors.html").read_text("utf-8")
    assert theirs == (graded.folder / "feedback/01_tensors/ada.html").read_text("utf-8")
    assert "Part by part" in theirs
    assert "STAFF-ONLY" not in theirs


def test_one_damaged_report_costs_nobody_elses_page(graded: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Whose report cannot be read is left out with a note, and so is a folder that no grading made."""
    for student in ("ada", "carl"):
        write_report(samples.make_report(student), report_path(graded, exercise.slug, student))
    report_path(graded, exercise.slug, "ada").write_text('{"exercise": ')
    graded.deck(exercise.slug).parent.mkdir()
    graded.deck(exercise.slug).write_text("the deck")
    (graded.folder / "course/autograded/nobody" / exercise.slug).mkdir(parents=True)
    written = write_feedback(graded, exercise)
    assert [path.name for path in written.pages] == ["carl.html"]
    (note,) = written.notes
    assert note.startswith("01_tensors: ada has no new page: ")
    with pytest.raises(UserError, match=r"ada\.json"):
        write_feedback(graded, exercise, students=["ada", "carl"])
    written.pages[0].unlink()
    outcome = nbgrader(graded, "generate_feedback", exercise.slug)
    assert outcome.returncode == 0, outcome.stderr
    assert note in outcome.stderr
    assert "Skipping autograded/nobody/01_tensors, which has no report" in outcome.stderr
    assert written.pages[0].is_file()


def test_feedback_before_grading_says_so(graded: Cohort, exercise: Exercise) -> None:
    """A student without a report is named."""
    outcome = nbgrader(graded, "generate_feedback", exercise.slug, "--student", "carl")
    assert outcome.returncode == 1
    assert "has not been graded for carl" in outcome.stderr


def test_autograde_without_submissions_says_so(released: Cohort, exercise: Exercise) -> None:
    """`nbgrader autograde` reaches our converter, which finds nobody."""
    outcome = nbgrader(released, "autograde", exercise.slug)
    assert outcome.returncode == 1
    assert "nobody has handed in 01_tensors" in outcome.stderr


def test_autograde_skips_whom_it_graded(graded: Cohort, exercise: Exercise) -> None:
    """As with nbgrader, only new or newer submissions are graded without --force."""
    outcome = nbgrader(graded, "autograde", exercise.slug)
    assert outcome.returncode == 0, outcome.stderr
    assert "Skipping ada" in outcome.stderr
    assert "Skipping carl" in outcome.stderr


def test_an_upgrade_finds_nothing_to_do(released: Cohort) -> None:
    """Nbgrader's database upgrade finds nothing to do on a gradebook of ours."""
    outcome = nbgrader(released, "db", "upgrade")
    assert outcome.returncode == 0, outcome.stderr
