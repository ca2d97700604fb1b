"""One warm process for every test that needs a sandbox, started as a batch starts it."""

from __future__ import annotations

import importlib.util
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest

from autograder.environment import chromium_path
from autograder.errors import SandboxUnavailable
from autograder.grade.report import Report
from autograder.manifest import Cohort, Exercise
from autograder.release.source import Source

if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # each has a core, so that slots of two do not share one
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[int(worker.removeprefix("gw")) % len(cores)]})


def load_beside(path: Path) -> ModuleType:
    """Return the module in `path`: no folder of tests is a package."""
    name = f"tests_{path.stem}"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


load_beside(Path(__file__).parent / "attacks" / "battery.py")
load_beside(Path(__file__).parent / "honest" / "dress.py")
pytest_terminal_summary = load_beside(Path(__file__).parent / "attacks" / "summary.py").pytest_terminal_summary
arena_module = load_beside(Path(__file__).parent / "arena.py")


if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The one warm process of a test run; skips where this machine cannot hold student code."""
    try:
        made = arena_module.Arena(tmp_path_factory.mktemp("arena"))
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.fixture(scope="session")
def arena_source(arena: Any) -> Source:
    """The arena exercise's source."""
    source: Source = arena.source
    return source


@pytest.fixture
def full_marks(arena: Any) -> Callable[[Report], None]:
    """Assert that a report has every point, and say what failed if not."""

    def check(report: Report) -> None:
        failed = [(f.check, f.verdict, f.reason, f.staff[-800:]) for p in report.parts for f in p.findings if f.reason]
        assert (report.points, failed) == (arena.exercise.points, [])

    return check


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; for one module only, since Playwright keeps an event loop running that others would trip over."""
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def samples() -> ModuleType:
    """Hand-made exercises, cohorts and reports."""
    return load_beside(Path(__file__).parent / "gradebook" / "samples.py")


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """Texts that want to be more than text, and what holds them."""
    return load_beside(Path(__file__).parent / "pages" / "hostile.py")


@pytest.fixture(scope="session")
def browsing() -> ModuleType:
    """A browser that notices what a page does."""
    return load_beside(Path(__file__).parent / "pages" / "browsing.py")


@pytest.fixture
def cohort(tmp_path: Path, samples: ModuleType) -> Cohort:
    """A cohort of the hand-made repository."""
    made: Cohort = samples.make_repository(tmp_path)
    return made


@pytest.fixture
def exercise(cohort: Cohort, samples: ModuleType) -> Exercise:
    """The exercise of the hand-made repository."""
    made: Exercise = samples.exercise_of(cohort)
    return made
