"""The summary shows a class's points, which checks failed and why, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest

from autograder.grade.report import Fingerprint, Report, Shape, write_report
from autograder.gradebook.publish import _without_outputs
from autograder.manifest import Cohort, Exercise
from autograder.pages.reflections import Reflection, read_reflection
from autograder.pages.summary import render_summary


@pytest.fixture
def reports(samples: ModuleType) -> list[Report]:
    return [samples.make_report(f"student{number}") for number in range(5)]


@pytest.mark.chromium
def test_what_staff_need_can_be_read(
    reports: list[Report], exercise: Exercise, cohort: Cohort, visit: Callable[..., Any]
) -> None:
    """Counts, means, failing checks with verdicts and reasons, faults with a command, voices and flags."""
    text = " ".join(visit(render_summary(reports, exercise, cohort).decode()).page.inner_text("body").split())
    for sentence in (
        "5 submissions graded",
        "5 of 5 ",
        "5\N{MULTIPLICATION SIGN} to_chw returned a float32 tensor",
        "5 not right yet",
        "autograder explain --cohort",
        "student3, test_speed",
        "When does reshape copy?",
        "105 min",
        "STAFF-ONLY: similarity 0.97",
    ):
        assert sentence in text, sentence


def test_whose_code_is_anothers_is_told_to_staff(reports: list[Report], exercise: Exercise, cohort: Cohort) -> None:
    """One line a pair, with what it means."""
    same = {"one_hot": Shape("1"), "to_chw": Shape("2")}
    reports = [msgspec.structs.replace(report, shapes=same) for report in reports[:2]] + reports[2:]
    page = render_summary(reports, exercise, cohort).decode()
    assert page.count("are those of student1, names and comments aside: a reason to look at both, and no more.") == 1


def test_what_is_compared_is_read_from_stored_reports_too(reports: list[Report], tmp_path: Path) -> None:
    """The summary of a class is made from files, of which the outputs alone are passed over."""
    report = msgspec.structs.replace(
        reports[0],
        shapes={"one_hot": Shape("1", reference=True)},
        weights={"net.pt": Fingerprint("1", "2", "3", [0.5])},
    )
    write_report(report, tmp_path / "report.json")
    light = _without_outputs(tmp_path / "report.json")
    assert light is not None
    assert (light.shapes, light.weights) == (report.shapes, report.weights)


def test_a_fault_comes_with_the_command_that_shows_it(
    reports: list[Report], exercise: Exercise, cohort: Cohort
) -> None:
    """It asks for student and part, so it holds whatever name the notebook was handed in under."""
    page = render_summary(reports, exercise, cohort).decode()
    for student in range(5):
        assert (
            f"<pre>autograder explain --cohort {cohort.name} --exercise {exercise.slug} student{student} one_hot</pre>"
            in page
        )


def test_every_report_is_counted_once_in_the_histogram(
    reports: list[Report], exercise: Exercise, cohort: Cohort
) -> None:
    """Full marks and none fall into the last and the first column."""
    from autograder.pages.summary import _bins

    assert [column.count for column in _bins([0.0, 12.0, 11.99, 6.0], exercise.points)] == [
        1,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        2,
    ]


def test_the_page_does_not_depend_on_the_order_of_reports(
    reports: list[Report], exercise: Exercise, cohort: Cohort
) -> None:
    """Two runs over the same class give the same bytes."""
    assert (
        render_summary(reports, exercise, cohort).decode() == render_summary(reports[::-1], exercise, cohort).decode()
    )


def test_no_submission_gives_a_page(exercise: Exercise, cohort: Cohort) -> None:
    """Before anybody has handed in there is a summary that says so."""
    assert "submissions graded" in render_summary([], exercise, cohort).decode()


@pytest.mark.parametrize(
    ("cell_type", "source", "expected"),
    [
        ("code", "minutes = 95\nmuddiest_point = 'strides'", Reflection(95.0, "strides")),
        ("code", "minutes_spent = ...  # your minutes\nmuddiest = ''", Reflection()),
        ("code", "minutes = __import__('os').system('true')", Reflection()),
        ("code", "def broken(:", Reflection()),
        ("code", "x = " + "(" * 5000, Reflection()),
        ("code", "minutes = True", Reflection()),
        ("markdown", "- Minutes spent: 80\n- Muddiest point: *views*", Reflection(80.0, "views")),
        ("markdown", "**Minutes:** 80", Reflection(80.0, "")),
        ("markdown", "Minutes: ", Reflection()),
    ],
)
def test_reflections_are_read_and_never_run(
    cell_type: str, source: str, expected: Reflection, samples: ModuleType
) -> None:
    """Numbers and texts are taken as they stand; anything else is no answer."""
    cell = msgspec.structs.replace(samples.make_cells()[-1], cell_type=cell_type, source=source)
    assert read_reflection([cell]) == expected


def test_points_of_practice_are_not_told_as_points_that_count(
    samples: ModuleType, reports: list[Report], exercise: Exercise, cohort: Cohort
) -> None:
    """How many are of practice tries is said, with the command that grades for the grade; of grades nothing is."""
    tried = [samples.make_report("ada", purpose="try-1"), *reports]
    page = render_summary(tried, exercise, cohort).decode()
    assert "1 of 6 were practice tries" in page
    assert f"autograder grade --cohort {cohort.name} --exercise {exercise.slug}" in page
    assert "points that count" not in page
    page = render_summary(reports, exercise, cohort).decode()
    assert "practice" not in page
    assert "points that count, late penalties taken off" in page
