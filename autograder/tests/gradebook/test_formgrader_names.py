"""Names are text in every page of the formgrader, whoever chose them."""

from __future__ import annotations

import datetime as dt
from types import ModuleType

import pytest

from autograder import gradebook
from autograder.environment import chromium_path
from autograder.gradebook import Student
from autograder.manifest import Cohort, Exercise

pytestmark = [pytest.mark.chromium, pytest.mark.timeout(120)]

HOSTILE = "<img src=x onerror=window.hit=1>"
IDS = ["ada", "O'Brien", "[x]*?", "名前", HOSTILE, "a&b", "\u200fمريم"]
PLACES = [
    "manage_submissions/01_tensors",
    "gradebook/01_tensors/01_tensors",
    "manage_students",
    f"manage_students/{HOSTILE}",
    "manage_students/%22;window.hit=2;%22",
    "manage_students/x%5C",
    "gradebook/%3Cimg%20src=x%20onerror=window.hit=3%3E",
]


def test_names_never_become_elements(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Ids and names with tags, quotes and glob signs are listed, opened and shown; nothing of theirs runs."""
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    gradebook.sync_roster(released, [Student("ada", HOSTILE, "</script><svg onload=window.hit=4>", HOSTILE)])
    for student in IDS:
        samples.hand_in(released, student, dt.datetime(2026, 11, 20, 9, 0))  # noqa: DTZ001
    gradebook.record(released, exercise, [samples.make_report(student) for student in IDS])
    with gradebook.formgrader_server(released) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        page = browser.new_page()
        failed = []
        page.on("response", lambda response: failed.append(response.url) if response.status >= 500 else None)
        page.goto(server.url)
        hits = []
        for place in PLACES:
            page.goto(f"{server.address}/formgrader/{place}")
            page.wait_for_load_state("networkidle")
            hits.append(page.evaluate("window.hit"))
        page.goto(f"{server.address}/formgrader/{PLACES[1]}")
        page.wait_for_load_state("networkidle")
        links = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
        notebooks = {link for link in links if "/submissions/" in link}
        for address in notebooks:
            page.goto(address, wait_until="load")
            hits.append(page.evaluate("window.hit"))
        browser.close()
    assert len(notebooks) == len(IDS)
    assert set(hits) == {None}
    assert failed == []
