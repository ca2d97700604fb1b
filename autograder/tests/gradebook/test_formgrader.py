"""The formgrader as staff use it, in a real browser: autograde, read, grade by hand, give feedback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import nbformat
import pytest

from autograder import gradebook
from autograder.environment import chromium_path
from autograder.manifest import Cohort, Repository
from autograder.release.build import build_notebook
from autograder.release.source import read_source
from autograder.roster import read_roster

pytestmark = [pytest.mark.chromium, pytest.mark.sandbox, pytest.mark.timeout(300)]

TINY = Path(__file__).parents[1] / "courses" / "tiny"
SLUG = "01_numbers"
ANSWER = (
    "Binary fractions end at $2^{-52}$:\n\n$$0.1 \\ne \\frac{1}{10}$$\n\n"
    '<img src="x" onerror="window.hit = 1"> [click](javascript:window.hit=2) ![far](https://far.example/p.png)'
)


@dataclass
class Visit:
    """A page that is logged in, and the requests it made."""

    page: Any
    address: str
    login: str
    requests: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        """Open `path` of the formgrader and wait until it is at rest."""
        self.page.goto(f"{self.address}/formgrader/{path}")
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory, hostile: ModuleType) -> Cohort:
    """Return a course with two submissions: Ada's is good and hostile, Emil's has every cell twice."""
    root = tmp_path_factory.mktemp("repository") / "tiny"
    shutil.copytree(TINY, root)
    repo = Repository(root)
    cohort, exercise = repo.cohort("tiny"), repo.exercise(SLUG)
    source = read_source(exercise.folder)
    course = gradebook.prepare_course(cohort)
    released = build_notebook(exercise, source)
    _write(course / "source" / SLUG / f"{SLUG}.ipynb", released)
    gradebook.generate_assignment(cohort, SLUG)
    gradebook.sync_roster(cohort, read_roster(cohort))
    answered = json.loads(nbformat.writes(build_notebook(exercise, source, answers=True)))
    next(cell for cell in answered["cells"] if cell["id"] == "why_float")["source"] = ANSWER
    hostile.spoil(answered)
    work = course / "submitted" / "ada" / SLUG
    work.mkdir(parents=True)
    (work / f"{SLUG}.ipynb").write_text(json.dumps(answered), "utf-8")
    for name in ("evil.html", f"<img src=x onerror={hostile.RUN}>.txt", "\u202egnp.exe"):
        (work / name).write_text(hostile.LIVE["script"], "utf-8")
    doubled = json.loads(nbformat.writes(released))
    doubled["cells"] *= 2
    path = course / "submitted" / "emil" / SLUG / f"{SLUG}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(doubled), "utf-8")
    return cohort


@pytest.fixture(scope="module")
def by_command(cohort: Cohort) -> str:
    """Return what `nbgrader autograde` said about both, or skip where student code cannot be held."""
    program = str(Path(sys.prefix) / "bin" / "nbgrader")
    outcome = subprocess.run(
        [program, "autograde", SLUG],
        cwd=cohort.folder / "course",
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=200,
    )
    if "exit code 3" in outcome.stderr and "sandbox" in outcome.stderr:
        pytest.skip("no sandbox here: `autograder doctor` says what is missing")
    assert outcome.returncode == 0, outcome.stderr
    return outcome.stderr


@pytest.fixture(scope="module")
def visit(cohort: Cohort, by_command: str) -> Iterator[Visit]:
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    with gradebook.formgrader_server(cohort) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        seen = Visit(page, server.address, server.url)
        page.on("request", lambda request: seen.requests.append(request.url))
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        yield seen
        browser.close()


def _write(path: Path, notebook: nbformat.NotebookNode) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), "utf-8")


def test_nbgrader_autograde_takes_our_path(cohort: Cohort, by_command: str) -> None:
    """A notebook in which every cell stands twice, which stops nbgrader, is graded, and its report is ours."""
    assert "Grading 01_numbers of ada, emil in the sandbox" in by_command
    assert (cohort.folder / "reports" / SLUG / "emil.json").is_file()
    assert (cohort.folder / "course" / "autograded" / "emil" / SLUG / f"{SLUG}.ipynb").is_file()
    assert {name: entry.score for name, entry in gradebook.entries(cohort, SLUG).items()} == {"ada": 5.0, "emil": 0.0}


def test_the_login_address_opens_the_assignments(visit: Visit) -> None:
    """The address that the command prints ends at the list, with its data: page and API are both logged in."""
    page = visit.open("manage_assignments")
    row = page.inner_text("table tbody tr")
    assert row.startswith(SLUG)
    assert "2" in page.inner_text("td.num-submissions")


def open_ada(visit: Visit) -> Any:
    """Open Ada's notebook in the formgrader."""
    page = visit.open(f"gradebook/{SLUG}/{SLUG}")
    names = page.eval_on_selector_all("td.name a.name-hidden, td.name a", "links => links.map(link => link.href)")
    for address in dict.fromkeys(names):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        if "Binary fractions" in page.inner_text("body"):
            page.wait_for_function("window.MathJax && MathJax.Hub.queue.pending === 0")
            return page
    raise AssertionError("Ada's notebook is not in the formgrader")


def test_formulas_are_drawn_and_nothing_runs(visit: Visit) -> None:
    """A student's formulas are drawn without network; their `<img onerror>` and their links are text."""
    page = open_ada(visit)
    assert page.locator(".MathJax").count() >= 2
    assert "\\frac" not in page.inner_text("#notebook-container")
    assert '<img src="x"' in page.inner_text("#notebook-container").replace("\u2060", "")
    assert page.evaluate("window.hit") is None
    assert page.locator("#notebook-container img[src='x'], a[href^='javascript']").count() == 0
    outside = [url for url in visit.requests if not url.startswith((visit.address, "data:", "about:"))]
    assert outside == []


def test_nothing_of_what_was_handed_in_runs(visit: Visit, cohort: Cohort, browsing: ModuleType) -> None:
    """Ada's cells show texts in every way there is, and so do her notebook's outputs and metadata: all stays text.

    In the formgrader, on her feedback page, in the summary and as a notebook that anything may open.
    """
    address = open_ada(visit).url
    pages = [cohort.folder / "feedback" / SLUG / "ada.html", cohort.folder / "summary" / f"{SLUG}.html"]
    own = (f"{visit.address}/", "data:image/", "data:font/", "about:", *(page.as_uri() for page in pages))
    watch = browsing.Watch(visit.page.context.browser, lambda url: url.startswith(own))
    watch.open(visit.login)
    page = watch.open(address, settle="networkidle")
    page.wait_for_function("window.MathJax && MathJax.Hub.queue.pending === 0")
    watch.click_scripts()
    assert "__t2p_ran" in page.inner_text("#notebook-container")
    for path in pages:
        watch.open(path.as_uri(), script=False)
    assert watch.offences == []
    watch.close()
    graded = cohort.folder / "course" / "autograded" / "ada" / SLUG
    assert sorted(path.name for path in graded.iterdir()) == [f"{SLUG}.ipynb"]
    kinds = {kind for cell in nbformat.read(graded / f"{SLUG}.ipynb", 4).cells for kind in _kinds(cell)}
    assert kinds <= {"stream", "error", "image/png"}


def _kinds(cell: Any) -> set[str]:
    return {kind for output in cell.get("outputs", []) for kind in output.get("data", [output.output_type])}


def test_the_keys_of_the_formgrader_work(visit: Visit) -> None:
    """Its shortcuts are registered, which needs MathJax: Tab leads from field to field."""
    page = open_ada(visit)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className").count("tabbable") == 1


def test_a_manual_grade_lasts(visit: Visit, cohort: Cohort) -> None:
    """Entered in the browser, it is read back, shown on the student's page, and kept by the autograde button."""
    page = open_ada(visit)
    assert page.input_value("#why_float") == ""
    assert gradebook.waiting(cohort, SLUG) == ["ada"]
    page.fill("#why_float", "0.5")
    page.press("#why_float", "Tab")
    page.fill("#why_float-comment", "Which fraction <b>is</b> it?")
    with page.expect_response(lambda response: "/api/comment/" in response.url and response.request.method == "PUT"):
        page.press("#why_float-comment", "Tab")
    part = gradebook.entries(cohort, SLUG)["ada"].parts["why_float"]
    assert (part.manual_score, part.needs_manual_grade, part.comment) == (0.5, False, "Which fraction <b>is</b> it?")
    page = open_ada(visit)
    page.wait_for_function("document.querySelector('#why_float').value === '0.5'")

    press(visit, "generate-feedback")
    html = (cohort.folder / "feedback" / SLUG / "ada.html").read_text("utf-8")
    assert "Which fraction &lt;b&gt;is&lt;/b&gt; it?" in html
    assert "5.5<small> / 6 points" in html

    assert "Grading 01_numbers of ada in the sandbox" in press(visit, "autograde")
    part = gradebook.entries(cohort, SLUG)["ada"].parts["why_float"]
    assert (part.manual_score, part.needs_manual_grade) == (0.5, False)
    assert "5.5 / 6" in visit.open(f"manage_submissions/{SLUG}").inner_text("tbody")


def press(visit: Visit, button: str) -> str:
    """Press a button in Ada's row and return what the formgrader then says."""
    page = visit.open(f"manage_submissions/{SLUG}")
    page.locator("tbody tr", has_text="ada").locator(f"td.{button} a").click()
    page.wait_for_selector("#success-modal", timeout=120_000)
    return str(page.inner_text("#success-modal"))


def test_no_student_code_can_run_in_the_server(visit: Visit) -> None:
    """A notebook may be opened beside the formgrader, but no kernel that would run it is started."""
    visit.open("manage_assignments")
    status = visit.page.evaluate(
        """async () => (await fetch("/api/kernels", {
            method: "POST", body: "{}", headers: {"X-XSRFToken": document.cookie.match(/_xsrf=([^;]+)/)[1]}
        })).status"""
    )
    assert status == 403
    assert visit.page.evaluate("async () => (await (await fetch('/api/kernels')).json()).length") == 0
