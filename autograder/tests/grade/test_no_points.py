"""An exercise whose parts have 0 points: released, graded, told and proved as any other, and no sum changes."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.grade.cohort import grade_cohort
from autograder.grade.verify import verify
from autograder.gradebook import entries, export_csv, write_feedback, write_summary
from autograder.manifest import Repository
from autograder.prove.prove import prove
from autograder.release.build import notebook_dict
from autograder.release.publish import release
from autograder.release.source import read_source

ROOT = Path(__file__).parents[3]
COUNTS, SLUG = "01_numbers", "02_words"
HALF = "class tally:\n    def add(self, word):\n        pass\n    def count(self, word):\n        return 0\n"


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repository:
    """The tiny course, with nothing to win in its second exercise."""
    root = tmp_path_factory.mktemp("course") / "tiny"
    rest = shutil.ignore_patterns("__pycache__", "tests", ".*_cache", "proof.json")
    shutil.copytree(ROOT / "autograder" / "tests" / "courses" / "tiny", root, ignore=rest)
    shutil.copytree(ROOT / "datasets", root / "datasets", ignore=rest)
    manifest = root / "solutions" / SLUG / "exercise.toml"
    manifest.write_text(manifest.read_text("utf-8").replace("points = 4", "points = 0"), "utf-8")
    return Repository(root)


@pytest.fixture(scope="module")
def graded(repo: Repository, sandboxed: bool) -> Repository:  # noqa: FBT001
    """Both exercises released; of the second a whole, a half and an untouched answer handed in and graded."""
    cohort = repo.cohort("tiny")
    shutil.rmtree(repo.slides)  # nobody needs the decks here
    release(repo, cohort, repo.slugs(), lambda *_: None)
    exercise = repo.exercise(SLUG)
    for student in ("ada", "emil", "zoe"):
        notebook: dict[str, Any] = notebook_dict(exercise, read_source(exercise.folder), answers=student == "ada")
        for cell in notebook["cells"]:
            if student == "emil" and cell["id"] == "tally":
                cell["source"] = HALF
        folder = cohort.folder / "course" / "submitted" / student / SLUG
        folder.mkdir(parents=True)
        (folder / f"{SLUG}.ipynb").write_text(json.dumps(notebook), "utf-8")
    grade_cohort(repo, cohort, SLUG, sandboxed=sandboxed)
    return repo


def test_the_release_says_that_nothing_counts(repo: Repository) -> None:
    """The notebook says so beside the part, and nbgrader's metadata holds 0 points."""
    exercise = repo.exercise(SLUG)
    cells = notebook_dict(exercise, read_source(exercise.folder))["cells"]
    assert any("no points · core · about 8 minutes" in cell["source"] for cell in cells)
    assert [cell["metadata"]["nbgrader"]["points"] for cell in cells if cell["id"] == "tally"] == [0]


def test_no_sum_changes(graded: Repository, tmp_path: Path) -> None:
    """Gradebook and CSV hold 0 of 0 for everybody, and the ledger agrees with them."""
    cohort = graded.cohort("tiny")
    assert {name: (entry.total, entry.max_score) for name, entry in entries(cohort, SLUG).items()} == dict.fromkeys(
        ("ada", "emil", "zoe"), (0, 0)
    )
    assert not any(entry.needs_manual_grade for entry in entries(cohort, SLUG).values())
    with export_csv(cohort, tmp_path / "grades.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == SLUG]
    assert {(float(row["score"]), float(row["max_score"])) for row in rows} == {(0.0, 0.0)}
    assert verify(cohort).differences == []


def test_pages_tell_checks(graded: Repository) -> None:
    """A student reads how many checks passed, that nothing counts, and what to look at first; staff see the same."""
    cohort, exercise = graded.cohort("tiny"), graded.exercise(SLUG)
    pages = {path.stem: path.read_text("utf-8") for path in write_feedback(cohort, exercise).pages}
    reached = {name: re.findall(r"(\d)<small> / 2 checks passed", text) for name, text in pages.items()}
    assert reached == {"ada": ["2"], "emil": ["1"], "zoe": ["0"]}
    assert all("Nothing counts here." in text for text in pages.values())
    assert {name for name, text in pages.items() if "Where to look first" in text} == {"emil", "zoe"}
    assert "Every word is counted as often as it came" in pages["emil"]
    summary = write_summary(cohort, exercise).read_text("utf-8")
    assert "checks, median" in summary
    assert "1 <small>/ 2</small>" in summary


@pytest.fixture
def provable(repo: Repository, tmp_path: Path) -> Repository:
    """A copy with its decks, which a proof asks for."""
    shutil.copytree(repo.solutions, tmp_path / "solutions", ignore=shutil.ignore_patterns("__pycache__", "proof.json"))
    shutil.copytree(ROOT / "autograder" / "tests" / "courses" / "tiny" / "slides", tmp_path / "slides")
    return Repository(tmp_path)


def test_it_is_proved(provable: Repository) -> None:
    """Nothing stands against it."""
    assert prove(provable, SLUG).faults == []


def test_a_check_that_asks_nothing_is_found(provable: Repository) -> None:
    """A check that passes without an answer is found out although it gives no point."""
    path = provable.solutions / SLUG / "checks.py"
    idle = '@check("tally", hint="x", see="slide:a-tally")\ndef test_idle(student):\n    """Asks nothing."""\n'
    path.write_text(f"{path.read_text('utf-8')}\n\n{idle}", "utf-8")
    assert any("the check test_idle passes without an answer" in fault for fault in prove(provable, SLUG).faults)
