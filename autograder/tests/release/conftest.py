"""A copy of the tiny course, to change and to release."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.manifest import Repository

TINY = Path(__file__).parents[1] / "courses" / "tiny"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def course(tmp_path: Path) -> Repository:
    """A repository with two small exercises and one cohort, without decks."""
    root = tmp_path / "course"
    shutil.copytree(TINY, root, ignore=shutil.ignore_patterns("__pycache__", "slides", "proof.json"))
    shutil.copytree(
        ROOT / "datasets", root / "datasets", ignore=shutil.ignore_patterns("__pycache__", "tests", ".*_cache")
    )
    (root / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "student-guide.md", root / "docs")
    return Repository(root)


@pytest.fixture
def course_with_decks(course: Repository) -> Repository:
    """The same with its decks, and with what builds them; skips where Node's packages are not installed."""
    packages = ROOT / "slides" / "node_modules"
    if not packages.is_dir():
        pytest.skip("slides/node_modules is missing: `make setup` installs it")
    of_this_course = shutil.ignore_patterns("node_modules", "build", "[0-9]*.md")
    shutil.copytree(ROOT / "slides", course.slides, ignore=of_this_course)
    shutil.copytree(TINY / "slides", course.slides, dirs_exist_ok=True)
    (course.slides / "node_modules").symlink_to(packages)
    return course


@pytest.fixture
def rewrite_dates(course: Repository) -> Callable[[str], None]:
    """Write another deadline of the first exercise into the cohort."""

    def change(due: str) -> None:
        path = course.cohorts / "tiny" / "cohort.toml"
        text = path.read_text("utf-8")
        assert text.count("due = 2030-05-01T23:59:00") == 1
        path.write_text(text.replace("due = 2030-05-01T23:59:00", f"due = {due}"), "utf-8")

    return change


@pytest.fixture
def rewrite(course: Repository) -> Callable[..., Path]:
    """Replace a text, which must be there, in a file of the first exercise."""

    def change(old: str, new: str, file: str = "notebook.py", slug: str = "01_numbers") -> Path:
        path = course.solutions / slug / file
        text = path.read_text("utf-8")
        assert text.count(old) >= 1, f"{old!r} is not in {path}"
        path.write_bytes(text.replace(old, new, 1).encode())
        return path

    return change
