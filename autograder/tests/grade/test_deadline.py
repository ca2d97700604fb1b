"""Deadlines, the class's and a student's own: they decide what is practice, what is late, and what staff are told."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.errors import UserError
from autograder.grade.cohort import grade_cohort
from autograder.grade.deadline import doubtful_extensions, passed
from autograder.grade.keep import report_path
from autograder.grade.report import read_report
from autograder.grade.verify import verify
from autograder.gradebook import entries, settle_penalties, sync_dates
from autograder.manifest import Cohort, load_cohort

if TYPE_CHECKING:
    from conftest import Course

SLUG = "01_numbers"
HEAD = 'title = "Tiny"\ntimezone = "Europe/Berlin"\n'
PAST, FUTURE, LATER = "2020-05-01T18:00:00", "2090-05-01T18:00:00", "2090-05-03T18:00:00"


def cohort_of(folder: Path, due: str = "", *lines: str, head: str = "id,exercise,until") -> Cohort:
    """Write a cohort's files with a deadline of one exercise and extensions; return what is read from them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cohort.toml").write_text(f"{HEAD}[assignments.{SLUG}]\n{due and 'due = '}{due}\n", "utf-8")
    (folder / "extensions.csv").write_text("\n".join([head, *lines]), "utf-8-sig")
    return load_cohort(folder)


def test_an_extension_is_counted_by_the_clock(tmp_path: Path) -> None:
    """Over the end of summer time two days are 49 hours; whoever has none has the others' deadline."""
    cohort = cohort_of(tmp_path, "2026-10-24T18:00:00", f"emil,{SLUG},2026-10-26 18:00")
    assert cohort.due(SLUG) == cohort.due(SLUG, "ada") == dt.datetime(2026, 10, 24, 16, tzinfo=dt.UTC)
    assert cohort.due(SLUG, "emil") == dt.datetime(2026, 10, 26, 17, tzinfo=dt.UTC)
    due = dt.datetime(2026, 10, 24, 16)  # noqa: DTZ001  (as the gradebook has it)
    assert (cohort.extension(SLUG, "emil", due), cohort.extension(SLUG, "ada", due)) == (dt.timedelta(hours=49), None)
    assert (cohort.due("02_words", "emil"), cohort.extension("02_words", "emil", None)) == (None, None)


def test_more_time_is_counted_from_what_the_gradebook_has(tmp_path: Path) -> None:
    """Everybody's date was moved and not released yet: a student's own stays where it was."""
    cohort = cohort_of(tmp_path, "2026-10-24T18:00:00", f"emil,{SLUG},2026-10-26 18:00")
    before = dt.datetime(2026, 10, 20, 16)  # noqa: DTZ001  (as the gradebook has it)
    more = cohort.extension(SLUG, "emil", before)
    assert more is not None
    assert before + more == dt.datetime(2026, 10, 26, 17)  # noqa: DTZ001
    assert cohort.extension(SLUG, "emil", dt.datetime(2026, 10, 28)) == dt.timedelta()  # noqa: DTZ001


def test_a_later_date_for_everybody_counts_for_all(tmp_path: Path) -> None:
    """An extension that lies before it gives nothing and takes nothing away; staff are told."""
    cohort = cohort_of(tmp_path, FUTURE, f"emil,{SLUG},2090-04-29 18:00")
    assert cohort.due(SLUG, "emil") == cohort.due(SLUG)
    (tmp_path / "students.csv").write_text("id\nemil\n", "utf-8")
    (told,) = doubtful_extensions(cohort)
    assert told.endswith("until 2090-04-29 18:00: everybody's deadline, 2090-05-01 18:00, counts")


def test_one_student_has_one_line(tmp_path: Path) -> None:
    """Which of two counts would depend on how the table was sorted."""
    with pytest.raises(UserError, match=r"line 3: emil has a line for 01_numbers already"):
        cohort_of(tmp_path, FUTURE, f"emil,{SLUG},{LATER}", f"emil,{SLUG},2090-05-02 18:00")


def test_a_date_behind_the_calendar_is_refused(tmp_path: Path) -> None:
    """Of everybody as of one: with late days behind it nothing could be counted."""
    with pytest.raises(UserError, match="line 2: with late days no calendar"):
        cohort_of(tmp_path, FUTURE, f"emil,{SLUG},9999-12-31 23:59")
    with pytest.raises(UserError, match=r"assignments\.01_numbers: with late days no calendar"):
        cohort_of(tmp_path, "9999-12-31T23:59:00")


@pytest.mark.parametrize("until", ["2090-05-03 18:00", "2090-05-03T18:00:00", "2090-05-03T16:00+00:00"])
def test_a_time_may_be_written_as_people_do(until: str, tmp_path: Path) -> None:
    """With a zone or without, which is then the cohort's; spaces, empty lines and columns of one's own are no harm."""
    head = "exercise,why,id,until"
    cohort = cohort_of(tmp_path, FUTURE, "", f" {SLUG},ill, emil ,{until} ", head=head)
    assert cohort.due(SLUG, "emil") == dt.datetime(2090, 5, 3, 16, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("due", "line", "why"),
    [
        ("", f"emil,{SLUG},{LATER}", "no `due` of '01_numbers'"),
        (FUTURE, f"emil,02_numbers,{LATER}", "no `due` of '02_numbers'"),
        (FUTURE, f",{SLUG},{LATER}", "no student's id stands there"),
        (FUTURE, f'"emil,{SLUG},{LATER}', "is a quote not closed?"),
        (FUTURE, f"emil,{SLUG},2090-05-03", "'2090-05-03' is no time; write one such as"),
        (FUTURE, f"emil,{SLUG},03.05.2090 18:00", "is no time"),
        (FUTURE, f"emil,{SLUG},", "'' is no time"),
        (FUTURE, f"emil,{SLUG},{LATER},because", "more cells than columns"),
    ],
)
def test_an_extension_that_is_none_is_refused(due: str, line: str, why: str, tmp_path: Path) -> None:
    """The line and what is wrong with it are named."""
    with pytest.raises(UserError, match=r"extensions\.csv, line 2: .*" + re.escape(why)):
        cohort_of(tmp_path, due, line)


def test_the_columns_are_asked_for(tmp_path: Path) -> None:
    """A file of another shape is no file without extensions; and they stand in no other file."""
    with pytest.raises(UserError, match="must name the columns id,exercise,until; it has id, until, and no exercise"):
        cohort_of(tmp_path, FUTURE, f"emil,{LATER}", head="id,until")
    (tmp_path / "extensions.csv").unlink()
    (tmp_path / "cohort.toml").write_text(f"{HEAD}[extensions]\nemil = {LATER}\n", "utf-8")
    with pytest.raises(UserError, match=r"cohort\.toml"):
        load_cohort(tmp_path)


@pytest.mark.parametrize(
    ("due", "until", "others", "emil"),
    [
        ("", "", True, True),
        (FUTURE, "", False, False),
        (PAST, "", True, True),
        (PAST, FUTURE, True, False),
        (PAST, "2020-05-03T18:00:00", True, True),
        (FUTURE, LATER, False, False),
    ],
)
def test_whose_deadline_has_passed(due: str, until: str, others: bool, emil: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Each student's own counts."""
    over = passed(cohort_of(tmp_path, due, until and f"emil,{SLUG},{until}"), SLUG)
    assert (over.of("ada"), over.of("emil")) == (others, emil)


def test_dates_of_another_zone_are_told_in_the_cohorts(tmp_path: Path) -> None:
    """Offsets in cohort.toml and extensions.csv: staff read both moments by the cohort's clocks."""
    (told,) = doubtful_extensions(cohort_of(tmp_path, "2090-05-01T16:00:00Z", f"emil,{SLUG},2090-05-01 10:00+00:00"))
    assert told.endswith("until 2090-05-01 12:00: everybody's deadline, 2090-05-01 18:00, counts")


def test_a_misspelt_id_is_told(tmp_path: Path) -> None:
    """Else one would believe that the student has more time."""
    cohort = cohort_of(tmp_path, PAST, f"emli,{SLUG},{FUTURE}", f"ada,{SLUG},{FUTURE}")
    (tmp_path / "students.csv").write_text("id\nada\nemil\n", "utf-8")
    (told,) = doubtful_extensions(cohort)
    assert "'emli'" in told


@pytest.mark.sandbox
def test_one_student_has_more_time(new_course: Callable[..., Course], tmp_path: Path, arena: object) -> None:
    """Practice until their own deadline, then the grade, late by nobody's days but their own; `verify` follows."""
    course = new_course(tmp_path / "tiny")
    folder = course.cohort.folder

    def grade(until: str) -> dict[str, str]:
        cohort = cohort_of(folder, PAST, f"emil,{SLUG},{until}")
        grade_cohort(course.repo, cohort, SLUG)
        found = {student: read_report(report_path(cohort, SLUG, student)) for student in ("ada", "emil")}
        return {student: report.purpose for student, report in found.items()}

    def penalties() -> dict[str, float]:
        return {student: entry.penalty for student, entry in entries(load_cohort(folder), SLUG).items()}

    for student in ("ada", "emil"):
        course.hand_in(student, SLUG)
        (folder / "course" / "submitted" / student / SLUG / "timestamp.txt").write_text("2020-05-02 12:00:00 UTC")
    assert grade(FUTURE) == {"ada": "final", "emil": "try-1"}
    sync_dates(load_cohort(folder))  # as a release does
    assert grade("2020-05-02T18:00:00") == {"ada": "final", "emil": "final"}
    assert penalties() == {"ada": pytest.approx(0.5), "emil": 0.0}
    assert verify(load_cohort(folder)).differences == []

    moved = cohort_of(folder, PAST, f"emil,{SLUG},{PAST}")
    assert any("emil, more time" in line for line in verify(moved).differences)
    settle_penalties(moved)
    assert penalties() == {"ada": pytest.approx(0.5), "emil": pytest.approx(0.5)}
    assert verify(moved).differences == []


@pytest.mark.parametrize("slots", ["-1", "1.5", '"two"'])
def test_slots_that_grade_nobody_are_refused(slots: str, tmp_path: Path) -> None:
    """A number of slots below 0 is no number of submissions at once: a watcher would wait for ever."""
    (tmp_path / "cohort.toml").write_text(f"slots = {slots}\n{HEAD}", "utf-8")
    with pytest.raises(UserError, match=r"cohort\.toml: Expected `int`.* at `\$\.slots`"):
        load_cohort(tmp_path)
