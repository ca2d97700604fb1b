"""The student's page says what counts, why, and where to read on; it never says what is for staff."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from itertools import pairwise
from types import ModuleType
from typing import Any

import msgspec
import pytest

from autograder.grade.entry import Entry, PartEntry
from autograder.grade.report import CellResult
from autograder.manifest import Assignment, Cohort, Exercise
from autograder.pages.feedback import render_feedback

CONTRAST = """() => {
  const part = text => text.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = element => {
    for (let e = element; e; e = e.parentElement) {
      const colour = part(getComputedStyle(e).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  const poor = [];
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
    const [a, b] = [light(part(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) poor.push(e.outerHTML.slice(0, 80));
  }
  return poor;
}"""


@pytest.fixture
def entry() -> Entry:
    parts = [
        PartEntry("mean_green", 4, 4),
        PartEntry("to_chw", 3, 1),
        PartEntry("one_hot", 2, 0),
        PartEntry("why_shift", 3, None, None, needs_manual_grade=True),
    ]
    submitted = dt.datetime(2026, 11, 21, 10, 0)  # noqa: DTZ001, nbgrader keeps UTC without a zone
    return Entry("ada", "Ada", "Lovelace", submitted, 39660, 0.5, {part.part: part for part in parts})


def text_of(visit: Callable[..., Any], html: str, **options: Any) -> str:
    """Return what a person reads on the page who opens whatever can be opened."""
    page = visit(html, **options).page
    for summary in page.query_selector_all("summary"):
        summary.click()
    return str(page.inner_text("body"))


def test_nothing_for_staff_is_in_the_page(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry
) -> None:
    """No staff text, no staff flag, no name of a hidden check, in the page's whole source."""
    html = render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()
    assert "STAFF-ONLY" not in html
    for part in samples.make_parts():
        for finding in part.findings:
            assert finding.check not in html


@pytest.mark.chromium
def test_points_reasons_and_hints_are_shown(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry, visit: Callable[..., Any]
) -> None:
    """Total, penalty, each check's title with its verdict as a word, reason and hint can be read."""
    text = text_of(visit, render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode())
    for sentence in (
        "4.5 / 12 points",
        "11 hours late: 0.5 of the 5 points reached are taken off",
        "21 November 2026, 11:00",
        "Frames of any size give one number a frame. passed",
        "The pixels stay where they were. not right yet",
        "its values differ at 68 of 105 places",
        "Hint: reshape keeps the order in memory",
        "A thousand labels take no time. fault of the grader",
        "The cell 'mean_green_seen' was changed",
        "A person reads this answer; its points come later.",
        "my own try",
        "NotImplementedError",
    ):
        assert sentence in text


@pytest.mark.chromium
def test_read_on_leads_to_the_cell_and_to_the_slide(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, visit: Callable[..., Any]
) -> None:
    """`cell:` is an anchor that exists in the page, `slide:` the deck of the same slug."""
    page = visit(render_feedback(samples.make_report("ada"), exercise, cohort).decode()).page
    addresses = page.eval_on_selector_all("a", "links => links.map(link => link.getAttribute('href'))")
    assert "slides/01_tensors.html#permute-moves-axes" in addresses
    assert "#cell-mean_green_seen" in addresses
    inside = [address[1:] for address in addresses if address.startswith("#")]
    assert [name for name in inside if page.query_selector(f"[id='{name}']") is None] == []


def test_a_manual_grade_and_its_comment_are_shown(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry
) -> None:
    """What a person entered counts and is quoted."""
    graded = msgspec.structs.replace(entry.parts["why_shift"], manual_score=2.5, comment="Well seen.")
    entry = msgspec.structs.replace(entry, penalty=0.0, parts=entry.parts | {"why_shift": graded})
    html = render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()
    assert "Well seen." in html
    assert "2.5 / 3" in html
    assert "7.5<small> / 12 points" in html


def test_a_comment_on_a_cell_without_points_is_shown_there(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry
) -> None:
    """What a person wrote below a free cell stands at that cell, as text, also after more cells than are shown."""
    entry = msgspec.structs.replace(entry, comments={"last_words": "Ask me <b>about</b> reshape."})
    cells = samples.make_cells()
    many = [CellResult(f"extra-{n}", "extra", "code", "0") for n in range(500)]
    for report in (samples.make_report("ada"), samples.make_report("ada", cells=[*cells[:-1], *many, cells[-1]])):
        html = render_feedback(report, exercise, cohort, entry).decode()
        (told,) = html.split('id="cell-last_words"')[1:]
        assert "Your grader writes:</strong> <bdi>Ask me &lt;b&gt;about&lt;/b&gt; reshape.</bdi>" in told
        assert html.count("Your grader writes:") == 1
    assert "<p>… 107 more cells.</p>" in html


def test_an_override_of_a_checked_part_counts(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry
) -> None:
    """A person's score stands before the autograder's, and the page says so."""
    override = msgspec.structs.replace(entry.parts["to_chw"], manual_score=3.0)
    entry = msgspec.structs.replace(entry, parts=entry.parts | {"to_chw": override})
    html = render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()
    assert html.count("Graded by a person.") == 1


def test_a_refused_submission_still_gets_a_page(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """Without any cell the page has its parts and its flags."""
    html = render_feedback(samples.make_report("ada", cells=[]), exercise, cohort).decode()
    assert "Part by part" in html
    assert "as it ran here" not in html


def test_long_output_is_cut(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """Half a megabyte of prints leaves a page that a browser can show."""
    from autograder.grade.report import CellResult, Output

    cells = [CellResult("extra-1", "extra", "code", "spam()", [Output("text", "spam\n" * 100_000)])]
    html = render_feedback(samples.make_report("ada", cells=cells), exercise, cohort).decode()
    assert "more lines" in html
    assert len(html) < 60_000


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_is_wider_than_the_screen(
    scheme: str, width: int, exercise: Exercise, cohort: Cohort, samples: ModuleType, visit: Callable[..., Any]
) -> None:
    """A phone and a desk show the page without scrolling sideways, in both colour schemes, with a language set."""
    html = render_feedback(samples.make_report("ada"), exercise, cohort).decode()
    page = visit(html, viewport={"width": width, "height": 800}, color_scheme=scheme).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(
    scheme: str, exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry, visit: Callable[..., Any]
) -> None:
    """Every text reaches 4.5:1 against what is behind it (WCAG 2 AA)."""
    page = visit(
        render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode(), color_scheme=scheme
    ).page
    assert page.evaluate(CONTRAST) == []


def test_backquotes_become_code_and_nothing_else(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """A reason names things in `backquotes`; a tag between them stays text."""
    parts = samples.make_parts()
    finding = msgspec.structs.replace(parts[1].findings[1], reason="`dim=(1, 2)` is no `<b>` tag", hint="one ` alone")
    parts[1] = msgspec.structs.replace(parts[1], findings=[finding])
    html = render_feedback(samples.make_report("ada", parts=parts), exercise, cohort).decode()
    assert "<code>dim=(1, 2)</code> is no <code>&lt;b&gt;</code> tag" in html
    assert "one ` alone" in html


@pytest.mark.chromium
def test_paper_is_white(exercise: Exercise, cohort: Cohort, samples: ModuleType, visit: Callable[..., Any]) -> None:
    """Printed from a dark screen the page is dark on white."""
    page = visit(render_feedback(samples.make_report("ada"), exercise, cohort).decode(), color_scheme="dark").page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(CONTRAST) == []


def test_a_reason_is_told_once(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """Checks of a part that failed for one reason name it once and keep their own hints."""
    parts = samples.make_parts()
    one = msgspec.structs.replace(parts[1].findings[1], reason="The call raised TypeError.", hint="First hint.")
    other = msgspec.structs.replace(one, title="Another.", reason="The answer is None.", hint="Second hint.")
    again = msgspec.structs.replace(one, title="Once more.", hint="Third hint.")
    parts[1] = msgspec.structs.replace(parts[1], findings=[one, other, again])
    html = render_feedback(samples.make_report("ada", parts=parts), exercise, cohort).decode()
    assert (html.count("raised TypeError"), html.count("same reason as further up")) == (1, 1)
    assert [html.count(f"{place} hint.") for place in ("First", "Second", "Third")] == [1, 1, 1]


def test_what_cost_most_is_named_first(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """The page begins with the parts that lost points, core before stretch; nobody's page says so without any."""
    html = render_feedback(samples.make_report("ada"), exercise, cohort).decode()
    first = html.partition("Where to look first")[2].partition("</nav>")[0]
    assert first.index("From HWC to CHW") < first.index("One-hot without F.one_hot")
    assert "Mean green" not in first
    full = [msgspec.structs.replace(part, points=part.max_points, findings=[]) for part in samples.make_parts()]
    assert (
        "Where to look first" not in render_feedback(samples.make_report("ada", parts=full), exercise, cohort).decode()
    )


def test_headings_stand_as_the_release_wrote_them(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """A name in backquotes is code, and the place of the points is not shown."""
    cells = samples.make_cells()
    cells[2] = msgspec.structs.replace(cells[2], source="## Part: `mean_green` · [[mean_green]]\n\nText")
    html = render_feedback(samples.make_report("ada", cells=cells), exercise, cohort).decode()
    assert '<h3 class="section">Part: <code>mean_green</code></h3>' in html


@pytest.mark.chromium
def test_a_keyboard_and_a_screen_reader_can_read_it(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry, visit: Callable[..., Any]
) -> None:
    """Headings go down by one level, pictures have words, ids are unique, the first key leads to the content."""
    page = visit(render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()).page
    levels = page.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(one => Number(one.localName[1]))")
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.locator("img:not([alt]), img[alt='']").count() == 0
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("details[open]").count() == 1


def test_a_practice_try_is_told_as_one(exercise: Exercise, cohort: Cohort, samples: ModuleType, entry: Entry) -> None:
    """Its points do not count, and when the grade comes is said; on the page of the grade nothing is."""
    due = {exercise.slug: Assignment(due=dt.datetime(2026, 12, 1, 18, 0))}  # noqa: DTZ001, in the cohort's zone
    cohort = msgspec.structs.replace(cohort, assignments=due)
    page = render_feedback(samples.make_report("ada", purpose="try-2"), exercise, cohort, entry).decode()
    assert "This was a practice try" in page
    assert "(1 December 2026, 18:00)" in page
    assert "practice" not in render_feedback(samples.make_report("ada"), exercise, cohort, entry).decode()
