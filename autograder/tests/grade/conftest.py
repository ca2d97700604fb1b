"""A released copy of the tiny course, for tests that grade a cohort and look at what it leaves."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import SandboxUnavailable
from autograder.grade.cohort import Graded, grade_cohort
from autograder.grade.importer import Importer
from autograder.grade.ledger import Line, read_ledger
from autograder.grade.seeds import cohort_secret
from autograder.manifest import Cohort, Repository
from autograder.release.build import notebook_dict
from autograder.release.publish import release
from autograder.release.source import read_source

ROOT = Path(__file__).parents[3]


@dataclass
class Course:
    """A course of one cohort, `tiny`."""

    repo: Repository
    cohort: Cohort
    sandboxed: bool

    def hand_in(self, student: str, slug: str, answers: dict[str, str] | None = None) -> Path:
        """Put a solved notebook where submissions arrive, with the cells in `answers` replaced; return its path."""
        exercise = self.repo.exercise(slug)
        notebook: dict[str, Any] = notebook_dict(exercise, read_source(exercise.folder), answers=True)
        for cell in notebook["cells"]:
            cell["source"] = (answers or {}).get(cell["id"], cell["source"])
        folder = self.cohort.folder / "course" / "submitted" / student / slug
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{slug}.ipynb").write_text(json.dumps(notebook), "utf-8")
        return folder / f"{slug}.ipynb"

    def grade(self, slug: str, students: list[str] | None = None) -> Graded:
        """Grade whoever handed in, or `students`."""
        return grade_cohort(self.repo, self.cohort, slug, students, sandboxed=self.sandboxed)

    def lines(self) -> list[Line]:
        """Return the ledger's lines; reading them checks the chain."""
        return list(read_ledger(self.cohort.folder / "ledger.jsonl", cohort_secret(self.cohort.folder)))

    def tree(self) -> dict[str, bytes]:
        """Return every file of the cohort's folder with its content."""
        paths = (path for path in self.cohort.folder.rglob("*") if path.is_file())
        return {str(path.relative_to(self.cohort.folder)): path.read_bytes() for path in paths}


@pytest.fixture(scope="session")
def sandboxed() -> bool:
    """Whether this machine can hold student code; the tiny course's own submissions need no sandbox."""
    try:
        Importer(1, (), sandboxed=True).close()
    except SandboxUnavailable:
        return False
    return True


@pytest.fixture(scope="session")
def new_course(tmp_path_factory: pytest.TempPathFactory, sandboxed: bool) -> Callable[..., Course]:  # noqa: FBT001
    """Return a function that lays out the course, released, in a folder; what has no deadline is graded for good."""
    made: dict[str, Path] = {}

    def lay_out(root: Path, settings: str = "") -> Course:
        if settings not in made:
            made[settings] = _released(tmp_path_factory.mktemp("released") / "tiny", settings)
        shutil.copytree(made[settings], root)
        repo = Repository(root)
        return Course(repo, repo.cohort("tiny"), sandboxed)

    return lay_out


def _released(root: Path, settings: str) -> Path:
    rest = shutil.ignore_patterns("__pycache__", "tests", ".*_cache", "slides")
    shutil.copytree(ROOT / "autograder" / "tests" / "courses" / "tiny", root, ignore=rest)
    shutil.copytree(ROOT / "datasets", root / "datasets", ignore=rest)
    repo = Repository(root)
    path = repo.cohorts / "tiny" / "cohort.toml"
    path.write_text(path.read_text("utf-8").partition("[assignments")[0] + settings, "utf-8")
    release(repo, repo.cohort("tiny"), repo.slugs(), lambda *_: None)
    return root
