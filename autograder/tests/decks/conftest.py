"""A course of decks with planted faults, and the real decks built once."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import decks
from autograder.environment import chromium_path
from autograder.manifest import Repository

FRONT = "---\nmarp: true\ntheme: pulse\nlang: en\npaginate: true\nfooter: A course\n---\n"
QUESTION = """<!-- _class: question -->

## Question {n}

1. this
2. that

<!-- 2 min. Answer: A. Common wrong answers: B. -->"""
PLAIN = "## Slide {n}\n\nSome words.\n\n<!-- 2 min. Say something. -->"
REAL = Repository.find(Path(__file__))


class Course:
    """A course whose decks are sound but for what is planted in them."""

    def __init__(self, root: Path) -> None:
        self.repo = Repository(root)
        for folder in ("solutions", "autograder", "slides/figures"):
            (root / folder).mkdir(parents=True)
        for part in ("theme", "marp", "demos"):
            shutil.copytree(REAL.slides / part, root / "slides" / part)
        shutil.copy(REAL.slides / "marp.config.mjs", root / "slides")
        (root / "slides" / "node_modules").symlink_to(REAL.slides / "node_modules")

    def put(self, slug: str, *planted: str, front: str = FRONT) -> Path:
        """Write a deck of 25 slides and 50 minutes, slide 2 and those after it planted; return its path."""
        questions = [QUESTION.format(n=n) for n in range(4)]
        plain = [PLAIN.format(n=n) for n in range(21 - len(planted))]
        path = self.repo.slides / f"{slug}.md"
        slides = [plain[0], *planted, *questions, *plain[1:]]
        path.write_text(front + "\n" + "\n\n---\n\n".join(slides) + "\n", "utf-8")
        return path


@pytest.fixture(scope="session", autouse=True)
def _needs_packages() -> None:
    if not (REAL.slides / "node_modules").is_dir():
        pytest.skip("the npm packages of slides/ are not installed: run `make setup`")


@pytest.fixture(scope="session")
def needs_chromium() -> None:
    """Skips where there is no browser."""
    if chromium_path() is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")


@pytest.fixture(scope="session")
def real() -> Repository:
    """The repository itself."""
    return REAL


@pytest.fixture(scope="module")
def new_course(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Course]:
    """Makes courses without decks."""
    return lambda: Course(tmp_path_factory.mktemp("course"))


@pytest.fixture
def course(new_course: Callable[[], Course]) -> Course:
    """A course without decks."""
    return new_course()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the real decks, built for nobody in particular, without PDF."""
    out = tmp_path_factory.mktemp("decks")
    decks.build(REAL, None, out=out, pdf=False)
    return out
