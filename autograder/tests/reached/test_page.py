"""The page of what the course reaches: made from what lies beside the exercises, and found old when that changes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.bench.options import Options
from autograder.bench.run import bench
from autograder.calibrate.judge import judged
from autograder.calibrate.record import Calibration, Run, write_calibration
from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.prove.content import content_of
from autograder.prove.course import load_rules
from autograder.prove.rules import exercise_faults
from autograder.reached.page import PAGE, course_text, lint_page, write_page
from autograder.reached.results import read_results
from autograder.release.source import read_source

TRAINED = Path(__file__).parents[1] / "courses" / "trained"
SLUG = "01_line"
ON = "2 cores of a machine"
RESULTS: dict[str, Any] = {
    "measured_on": ON,
    "made_by": ["real.py"],
    "reached": [
        {
            "what": "MLP on real digits",
            "value": 98.41,
            "unit": "%",
            "at_least": 98.3,
            "cpu_seconds": 21.4,
            "spread": 0.05,
        },
        {"what": "error | easy", "value": 0.42, "unit": "BPM", "at_most": 0.3, "window": "10 s", "note": "one clip"},
        {"what": "plain", "value": 12345.0},
    ],
    "tables": [{"title": "The ladder", "columns": ["model", "share"], "rows": [["linear", 91.5], ["none", None]]}],
    "published": [{"what": "a figure", "value": "4.0 BPM", "source": "Somebody 2020", "url": "https://example.org"}],
    "notes": ["Made and real differ."],
}


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A course with its page, and nothing measured."""
    root = tmp_path / "course"
    shutil.copytree(TRAINED, root, ignore=shutil.ignore_patterns("__pycache__", "02_net*"))
    (root / "docs").mkdir()
    (root / PAGE).write_text(
        "# What the course reaches\n\n<!-- reached: begin -->\n<!-- reached: end -->\nThe end.\n", "utf-8"
    )
    return Repository(root)


def keep(repo: Repository, results: dict[str, Any] | None = None, name: str = "results.json") -> None:
    text = json.dumps(RESULTS if results is None else results)
    (repo.solutions / SLUG / name).write_text(text, "utf-8")
    (repo.solutions / SLUG / "real.py").write_text('"""Measures."""\n', "utf-8")


def calibrated(repo: Repository) -> None:
    exercise = repo.exercise(SLUG)
    values = [0.03, 0.04, 0.05, 0.04]
    runs = [Run(seed, {"error": value}, 1.25 + seed, 2.5, 400 + seed) for seed, value in enumerate(values)]
    thresholds = {"error": judged(exercise.thresholds["error"], values)}
    write_calibration(Calibration(SLUG, "x", ON, runs, thresholds), exercise.folder)


def test_time_and_bounds_come_from_calibration(repo: Repository) -> None:
    """A row an exercise: minutes, seconds, memory, runs; and a row a threshold."""
    calibrated(repo)
    text = course_text(repo)
    assert "| `01_line` | 10 | 2.8 | 2.5 | 403 | 4 |" in text
    assert f"Measured on {ON}." in text
    assert "| `01_line` | the error of your line on unseen points | at most 0.09 | 0.04 ± 0.0082 | 4 | 0.60% |" in text


def test_results_of_a_script(repo: Repository) -> None:
    """What was asked stands beside what came; what was not reached says so; columns that nobody fills are not there."""
    keep(repo)
    text = course_text(repo)
    assert "## A line\n\n| what | asked | reached | CPU s |  |\n" in text
    assert "| MLP on real digits | at least 98.3 % | 98.41 ± 0.05 % | 21.4 |  |" in text
    assert "| error \\| easy | at most 0.3 BPM | 0.42 BPM, **not reached** |  | one clip |" in text
    assert "| plain |  | 12,345 |  |  |" in text
    assert "Windows: 10 s." in text
    assert "### The ladder\n\n| model | share |\n| --- | ---: |\n| linear | 91.5 |\n| none |  |" in text
    assert f"Measured on {ON}." in text
    assert "| a figure | 4.0 BPM | [Somebody 2020](https://example.org) |" in text
    assert text.endswith("Made and real differ.")


def test_several_files_and_windows(repo: Repository) -> None:
    """Every results*.json is read; where windows differ each row says its own."""
    reached = [{"what": str(place), "value": 1, "window": f"{place} s"} for place in (10, 20)]
    keep(repo, {"measured_on": ON, "reached": reached})
    keep(repo, {"measured_on": ON, "notes": ["And another."]}, "results_clips.json")
    text = course_text(repo)
    assert "| 10 | 1 | 10 s |" in text
    assert "And another." in text
    assert len(read_results(repo.solutions / SLUG)) == 2


def test_page_is_fresh_and_old(repo: Repository) -> None:
    """The page is written between its markers alone, and lint says when something was measured since."""
    assert "is older than what was measured: run `autograder reached`" in lint_page(repo)[0]
    keep(repo)
    write_page(repo)
    page = (repo.root / PAGE).read_text("utf-8")
    assert page.startswith("# What the course reaches\n")
    assert page.endswith("<!-- reached: end -->\nThe end.\n")
    assert lint_page(repo) == []
    calibrated(repo)
    assert len(lint_page(repo)) == 1


def test_a_course_without_the_page(repo: Repository) -> None:
    """Nothing measured asks for no page; the first measurement does."""
    (repo.root / PAGE).unlink()
    assert lint_page(repo) == []
    keep(repo)
    assert "or is missing: run `autograder reached`" in lint_page(repo)[0]
    with pytest.raises(UserError, match="put the two lines where the result shall stand"):
        write_page(repo)


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "a misspelt key": ({"mesured_on": ON}, "mesured_on"),
    "no machine": ({}, "measured_on"),
    "a short row": (
        {"measured_on": ON, "tables": [{"title": "T", "columns": ["a", "b"], "rows": [[1]]}]},
        "a row of the table 'T' has another number of cells",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistakes_in_results(repo: Repository, mistake: str) -> None:
    """Each names the file and what is wrong."""
    results, message = MISTAKES[mistake]
    keep(repo, results)
    with pytest.raises(UserError, match=rf"results\.json: .*{message}"):
        course_text(repo)


def test_measurements_are_no_strays_and_prove_nothing(repo: Repository) -> None:
    """Results, what made them and calibrations may lie there; a proof stays fresh when they change."""
    exercise, source = repo.exercise(SLUG), read_source(repo.solutions / SLUG)
    before = content_of(repo, SLUG)
    keep(repo)
    calibrated(repo)
    assert content_of(repo, SLUG) == before
    faults = exercise_faults(repo, exercise, source, load_rules(repo, exercise))
    assert not any("stray" in fault for fault in faults)
    (repo.solutions / SLUG / "other.py").write_text("", "utf-8")
    faults = exercise_faults(repo, exercise, source, load_rules(repo, exercise))
    assert any("other.py is a stray file" in fault for fault in faults)


def test_section_of_the_bench(repo: Repository) -> None:
    """`make bench` shows it without measuring anew, and `--write` puts it on the page."""
    calibrated(repo)
    text = bench(repo, Options(("course",), write=True), lambda *_: None)
    assert text == course_text(repo)
    assert lint_page(repo) == []
