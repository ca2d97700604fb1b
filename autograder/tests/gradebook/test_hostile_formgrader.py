"""Nothing that a student chose becomes more than text in nbgrader's own pages: the formgrader and its feedback."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import msgspec
import pytest

from autograder import gradebook
from autograder.gradebook.database import reading
from autograder.gradebook.sheet import read_sheet
from autograder.manifest import Cohort, Exercise
from autograder.roster import Student

pytestmark = [pytest.mark.chromium, pytest.mark.timeout(600)]

MOMENT = dt.datetime(2026, 11, 20, 9, 0)  # noqa: DTZ001, local time of the cohort
SLUG = "01_tensors"
ROSTER_ONLY = 1
"""Carl, who is in the roster and has handed in nothing."""
NAMES = ["ada", "O'Brien", "[x]*?", "名前", "a&b", "\u200f\u05d1\u05e8", "zoe ñ"]
LISTS = (f"manage_submissions/{SLUG}", f"gradebook/{SLUG}/{SLUG}", "manage_students")
"""Those that name students."""
OTHER_LISTS = (
    "manage_assignments",
    "gradebook",
    f"gradebook/{SLUG}",
    "manage_students/ada",
    "manage_students/ada/01_tensors",
)
FILLED_IN = ("manage_students/{}", "gradebook/{}", "gradebook/{}/{}", "manage_submissions/{}", "submissions/{}")
"""Addresses that anybody may send to staff as a link."""


@dataclass
class Handed:
    """A course whose students chose the worst names and answers."""

    cohort: Cohort
    students: list[str]


@pytest.fixture
def handed(released: Cohort, exercise: Exercise, samples: ModuleType, hostile: ModuleType) -> Handed:
    """Return the course; each text is a name somewhere, and the work of "ada" holds all of them everywhere."""
    students = [*NAMES, *hostile.IDS]
    texts = list(hostile.TEXTS.values())
    roster = [
        Student(name, texts[n % len(texts)], texts[-n % len(texts)], texts[n // 2]) for n, name in enumerate(students)
    ]
    gradebook.sync_roster(released, [_storable(student) for student in roster])
    for student in students:
        samples.hand_in(released, student, MOMENT)
    reports = [_report(hostile, student, hostile.ALL if student == "ada" else "ok") for student in students]
    gradebook.record(released, exercise, reports)
    return Handed(released, students)


def _storable(student: Student) -> Student:
    fields = msgspec.structs.asdict(student)
    return Student(
        **{key: text.encode("utf-8", "replace").decode().replace("\x00", "") for key, text in fields.items()}
    )


def _report(hostile: ModuleType, student: str, text: str) -> Any:
    """Return a report in which a written answer, an extra cell, outputs and findings hold `text`."""
    report = hostile.report(text, SLUG, student, "to_chw")
    parts = [part for part in report.parts if part.part in {"to_chw", "why_shift"}]
    # The text of the others is the instructor's.
    cells = [cell for cell in report.cells if cell.kind in {"solution", "written", "free", "extra"}]
    return msgspec.structs.replace(report, parts=parts, cells=cells)


@pytest.fixture
def watch(chromium: Any, browsing: ModuleType) -> Iterator[Callable[..., Any]]:
    made = []

    def start(allowed: Callable[[str], bool], **options: Any) -> Any:
        made.append(browsing.Watch(chromium, allowed, **options))
        return made[-1]

    yield start
    for one in made:
        one.close()


@dataclass
class Formgrader:
    """The formgrader in a browser under watch."""

    address: str
    watch: Any
    failed: list[str]

    def open(self, place: str) -> Any:
        """Open a page and wait for its lists."""
        return self.watch.open(f"{self.address}/formgrader/{place}", settle="networkidle")


@pytest.fixture
def formgrader(handed: Handed, watch: Callable[..., Any]) -> Iterator[Formgrader]:
    with gradebook.formgrader_server(handed.cohort) as server:
        seen = watch(lambda url: url.startswith((f"{server.address}/", "data:image/", "data:font/", "about:")))
        failed: list[str] = []
        seen.context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 500 else None)
        seen.open(server.url)
        yield Formgrader(server.address, seen, failed)


def test_the_formgrader_shows_text(handed: Handed, hostile: ModuleType, formgrader: Formgrader) -> None:
    """The lists of students, the page of the worst submission, an address with a text in it: nothing runs or leaves."""
    rows = [formgrader.open(place).locator("tbody tr").count() for place in LISTS]
    page = formgrader.open(f"submissions/{_row_of(handed.cohort, 'ada')}/")
    page.wait_for_function("window.MathJax && MathJax.Hub.queue.pending === 0")
    assert "__t2p_ran" in page.inner_text("#notebook-container")
    assert page.locator(".MathJax").count() > 0
    formgrader.watch.click_scripts()
    formgrader.open(f"manage_students/{quote(hostile.QUIET['string of a script'], safe='')}")
    assert rows == [len(handed.students)] * 2 + [len(handed.students) + ROSTER_ONLY]
    assert (formgrader.watch.offences, formgrader.failed) == ([], [])


@pytest.mark.full
def test_every_page_of_the_formgrader_shows_text(handed: Handed, hostile: ModuleType, formgrader: Formgrader) -> None:
    """Every list and submission, and every address that takes a name, with each text that breaks out of something."""
    for place in OTHER_LISTS:
        formgrader.open(place)
    for student in handed.students:
        formgrader.open(f"submissions/{_row_of(handed.cohort, student)}/")
    for title in ("image", "attribute", "string of a script", "string in single quotes", "backslash", "template"):
        name = quote(hostile.TEXTS[title], safe="")
        for place in FILLED_IN:
            formgrader.open(place.format(name, name))
    assert (formgrader.watch.offences, formgrader.failed) == ([], [])


def _row_of(cohort: Cohort, student: str) -> str:
    """Return what the formgrader calls the notebook of a student."""
    with reading(cohort) as session:
        sheet = read_sheet(session, SLUG, [student])
    assert sheet is not None
    return str(sheet.submissions[student].notebook_id)


def test_nbgraders_own_feedback_shows_text(handed: Handed, watch: Callable[..., Any], tmp_path: Path) -> None:
    """Stock `nbgrader generate_feedback`, without any setting of ours, on what we put into `autograded/`."""
    pages = stock_feedback(handed.cohort, tmp_path, "ada")
    formulas = Path(sys.prefix, "lib")
    mathjax = next(formulas.glob("python3*/site-packages/jupyter_server_mathjax/static"))
    own = {page.as_uri() for page in pages}
    seen = watch(lambda url: url.partition("#")[0] in own or url.startswith(("data:image/", CDN)))
    seen.context.route(lambda url: url.startswith(CDN), lambda route: _serve(route, mathjax))
    for path in pages:
        _give_formulas(path)
        page = seen.open(path.as_uri(), settle="networkidle")
        page.wait_for_function("window.MathJax && MathJax.Hub && MathJax.Hub.queue.pending === 0")
        assert page.locator("[class*=MathJax]").count() > 0
        seen.click_scripts()
    assert pages
    assert seen.offences == []


CDN = "https://cdnjs.cloudflare.com/"


def _give_formulas(path: Path) -> None:
    """Name the MathJax and the configuration that the package here has, which are others than those of the network."""
    html = path.read_text("utf-8")
    assert "latest.js?config=TeX-AMS_CHTML-full,Safe" in html
    known = html.replace("latest.js?config=TeX-AMS_CHTML-full", "MathJax.js?config=TeX-AMS-MML_HTMLorMML-full")
    path.write_text(known, "utf-8")


def _serve(route: Any, mathjax: Path) -> None:
    """Give the page the MathJax that it asks the network for."""
    name = route.request.url.partition("?")[0].rpartition("mathjax/")[2].partition("/")[2]
    path = mathjax / name
    if name and path.is_file():
        route.fulfill(path=path)
    else:
        route.abort()


def stock_feedback(cohort: Cohort, folder: Path, student: str) -> list[Path]:
    """Run nbgrader as somebody who never heard of us would, on the cohort's course; return its pages."""
    stock = folder / "stock"
    for name in ("source", "release", f"autograded/{student}"):
        shutil.copytree(cohort.folder / "course" / name, stock / name)
    shutil.copyfile(cohort.folder / "gradebook.db", stock / "gradebook.db")
    (stock / "nbgrader_config.py").write_text(f"get_config().CourseDirectory.course_id = {cohort.name!r}\n", "utf-8")
    outcome = subprocess.run(
        [str(Path(sys.prefix) / "bin" / "nbgrader"), "generate_feedback", SLUG],
        cwd=stock,
        env=os.environ | {"JUPYTER_CONFIG_DIR": str(stock), "HOME": str(stock)},
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=200,
    )
    assert outcome.returncode == 0, outcome.stderr[-3000:]
    return sorted((stock / "feedback").rglob("*.html"))
