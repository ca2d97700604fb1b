"""Nothing that a student writes, in any field, becomes more than text on a page."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import msgspec
import pytest

from autograder.grade.report import CellResult, Finding, Flag, Output, PartReport, Report, Verdict
from autograder.gradebook.entry import Entry, PartEntry
from autograder.manifest import Cohort, Exercise
from autograder.pages.feedback import render_feedback
from autograder.pages.summary import render_summary

HOSTILE = (
    "</script></style></title></pre></textarea><script>window.hit=1;alert(1)</script>"
    "<svg onload=\"window.hit=2\"><img src=x onerror='window.hit=3'>"
    "<iframe srcdoc='<script>parent.hit=4</script>'></iframe>"
    "\"onmouseover=\"window.hit=5\" autofocus onfocus='window.hit=6' x='"
    "<a href='javascript:window.hit=7'>[x](javascript:window.hit=8)</a>"
    "<style>@import 'https://evil.example/a.css';*{background:url(https://evil.example/b)}</style>"
    "<link rel=stylesheet href=https://evil.example/c><meta http-equiv=refresh content='0;url=https://evil.example/'>"
    "<base href=https://evil.example/><form action=https://evil.example><button autofocus>"
    "{{ 7*7 }}{% raw %}<!--]]>-->\x1b]8;;https://evil.example\x07link\x1b]8;;\x07\x1b[31mred\x1b[0m\x00\u202egnirts\ud800"
)


def hostile_report() -> Report:
    """Return a report with HOSTILE in every text it has."""
    findings = [
        Finding(HOSTILE, HOSTILE, HOSTILE, 1, verdict, HOSTILE, HOSTILE, see, HOSTILE)
        for verdict, see in zip(Verdict, [f"cell:{HOSTILE}", f"slide:{HOSTILE}", HOSTILE, "cell:", ""] * 2, strict=True)
    ]
    outputs = [
        Output("text", HOSTILE),
        Output("error", HOSTILE),
        Output("png", HOSTILE, HOSTILE.encode("utf-8", "replace")),
    ]
    kinds = ("prose", "setup", "solution", "example", "written", "free", "extra")
    return Report(
        exercise=HOSTILE,
        student=HOSTILE,
        unit=HOSTILE,
        purpose=HOSTILE,
        parts=[
            PartReport(HOSTILE, HOSTILE, "core", 1, 3, findings),
            PartReport("w", HOSTILE, "stretch", 0, 1, written=True),
        ],
        cells=[
            CellResult(f"{HOSTILE}{kind}", kind, cell_type, f"# {HOSTILE}", outputs, Verdict.RAISED)
            for kind in kinds
            for cell_type in ("code", "markdown")
        ]
        + [CellResult("w", "written", "markdown", HOSTILE)],
        flags=[Flag("student", HOSTILE), Flag("staff", HOSTILE)],
    )


def hostile_pages(exercise: Exercise, cohort: Cohort) -> dict[str, str]:
    """Return both pages of the hostile report, with a gradebook that is as hostile."""
    report = hostile_report()
    parts = {HOSTILE: PartEntry(HOSTILE, 3, 1, 2, 0, comment=HOSTILE), "w": PartEntry("w", 1, None, 1, comment=HOSTILE)}
    entry = Entry(HOSTILE, HOSTILE, HOSTILE, None, 99999, 1, parts)
    cohort = msgspec.structs.replace(cohort, title=HOSTILE, lecturer=HOSTILE, affiliation=HOSTILE, course=HOSTILE)
    return {
        "feedback": render_feedback(report, exercise, cohort, entry).decode(),
        "summary": render_summary([report], exercise, cohort, {HOSTILE: entry}).decode(),
    }


@pytest.mark.chromium
@pytest.mark.parametrize("name", ["feedback", "summary"])
def test_hostile_text_stays_text(
    name: str, exercise: Exercise, cohort: Cohort, visit: Callable[..., Any], tmp_path: Any
) -> None:
    """No script runs, no request leaves, no element comes from a student's text."""
    seen = visit(hostile_pages(exercise, cohort)[name])
    page = seen.page
    for key in ["Tab"] * 5:
        page.keyboard.press(key)
    page.mouse.move(200, 200)
    assert page.evaluate("window.hit") is None
    assert seen.dialogs == []
    assert {url.partition("#")[0] for url in seen.requests} <= {(tmp_path / "page.html").as_uri(), "data:,"}
    counts = page.evaluate(
        """() => Object.fromEntries(["script", "iframe", "form", "button", "link", "base", "object", "embed"]
            .map(name => [name, document.getElementsByTagName(name).length]))"""
    )
    assert set(counts.values()) == {0}
    assert (
        page.evaluate(
            """() => [...document.querySelectorAll("*")].flatMap(element => [...element.attributes])
            .filter(a => a.name.startsWith("on") || /^\\s*(javascript|https?):/i.test(a.value)).map(a => a.name)"""
        )
        == []
    )


@pytest.mark.parametrize("name", ["feedback", "summary"])
def test_terminal_codes_and_turning_marks_are_gone(name: str, exercise: Exercise, cohort: Cohort) -> None:
    """Colour codes are dropped, marks that turn the text's direction are shown."""
    html = hostile_pages(exercise, cohort)[name]
    assert not set(html) & set("\x00\x1b\x07\u202e\ud800")
    assert "⟨U+202E⟩" in html


@pytest.mark.parametrize(
    "names", [("Ada <b>", "O'Brien & Søn"), ("مريم", "בן־דוד"), ("  ", ""), ("李", "雷"), ("\u202eadA", "x" * 3000)]
)
def test_names_of_all_kinds_are_shown(
    names: tuple[str, str], exercise: Exercise, cohort: Cohort, samples: ModuleType
) -> None:
    """A name with tags, spaces, another direction or great length gives a page."""
    entry = Entry("ada", *names)
    html = render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()
    assert "<b>" not in html
    assert "feedback for" in html.partition("</title>")[0]
