"""Nothing that a student writes, in any field, becomes more than text on a page of ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from markupsafe import escape

from autograder.grade.entry import Entry
from autograder.grade.report import CellResult, Output
from autograder.grade.run import Finished
from autograder.manifest import Cohort, Exercise
from autograder.pages.feedback import render_feedback
from autograder.pages.summary import render_summary
from autograder.plain import plain
from autograder.sandbox.messages import CellDone, Display

Open = Callable[[bytes], list[str]]
PAGES = ("feedback", "summary")


@pytest.fixture
def offences(chromium: Any, browsing: ModuleType, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens a page and says what it did that a text would not."""
    path = tmp_path / "page.html"
    own = {path.as_uri(), "data:,"}
    watch = browsing.Watch(chromium, lambda url: url.partition("#")[0] in own or url.startswith("data:image/png;"))

    def open_page(html: bytes) -> list[str]:
        path.write_bytes(html)
        watch.offences.clear()
        watch.open(path.as_uri(), script=False)
        return list(watch.offences)

    yield open_page
    watch.close()


def page(name: str, text: str, exercise: Exercise, cohort: Cohort, hostile: ModuleType) -> bytes:
    """Return a page that holds `text` in every field of report, gradebook and cohort."""
    report, entry = hostile.report(text, exercise.slug), hostile.entry(text)
    cohort = msgspec.structs.replace(cohort, title=text, lecturer=text, affiliation=text, course=text)
    if name == "feedback":
        return render_feedback(report, exercise, cohort, entry)
    return render_summary([report], exercise, cohort, {text: entry})


@pytest.mark.chromium
@pytest.mark.parametrize("name", PAGES)
def test_hostile_text_stays_text(
    name: str, exercise: Exercise, cohort: Cohort, hostile: ModuleType, offences: Open
) -> None:
    """All texts at once: no script runs, nothing is asked for, no element, link or address comes of them."""
    assert offences(page(name, hostile.ALL, exercise, cohort, hostile)) == []


@pytest.mark.full
@pytest.mark.chromium
@pytest.mark.parametrize("name", PAGES)
def test_each_hostile_text_stays_text(
    name: str, exercise: Exercise, cohort: Cohort, hostile: ModuleType, offences: Open
) -> None:
    """Each text alone, so that none hides behind what another one opens."""
    found = {title: offences(page(name, text, exercise, cohort, hostile)) for title, text in hostile.TEXTS.items()}
    assert {title: seen for title, seen in found.items() if seen} == {}


@pytest.mark.chromium
def test_the_watch_sees_what_a_careless_page_lets_through(hostile: ModuleType, offences: Open) -> None:
    """Each live text on a page that takes it for HTML is noticed: without this, the tests above say nothing."""
    seen = {title: offences(f"<!DOCTYPE html><body>{text}</body>".encode()) for title, text in hostile.LIVE.items()}
    assert [title for title, found in seen.items() if not found] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_page_holds_what_no_page_may_hold(
    name: str, exercise: Exercise, cohort: Cohort, hostile: ModuleType
) -> None:
    """Terminal codes, control characters, turning marks and what takes no room are in no text and no attribute."""
    html = page(name, hostile.ALL, exercise, cohort, hostile).decode()
    assert not set(html) & set("\x00\x07\x1b\x85\u202e\u2066\u200b\u2060\ufeff\u3164\U000e0041\ud800")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b]8;;https://t2p-evil.example\x07link\x1b]8;;\x07 \x1b[31mred\x1b[0m", "link red"),
        ("\u202egnirts ad\u200ba", "⟨U+202E⟩gnirts ad⟨U+200B⟩a"),
        ("a" + "\u200b" * 1000 + "b", "a⟨U+200B \u00d7 1000⟩b"),
        ("\u202e\u2066a" + "\u200b\u00ad" * 500, "⟨U+202E, U+2066⟩a⟨U+200B, U+00AD \u00d7 1000⟩"),
        ("\u2060\u2061\u2062\u2063\u2060", "⟨U+2060, U+2061, U+2062, … \u00d7 5⟩"),
        ("a\u200b" * 300, "a⟨U+200B⟩" * 200 + "a\ufffd" * 100),
        ("Z" + "\u0301\u0302\u0303" * 200, "Z\u0301\u0302\u0303\u0301"),
        ("10 %\r50 %\r100 %\r\ndone\r\n", "100 %\ndone\n"),
        ("a\x00b\ud800c\x9bd", "abcd"),
        ("\n".join(["line"] * 130), "\n".join([*["line"] * 120, "… 10 more lines"])),
        ("x" * 2005, "x" * 2000 + " … 5 more characters"),
    ],
)
def test_text_is_made_plain(text: str, shown: str) -> None:
    """Codes and what a terminal has overwritten are dropped, what misleads is shown, what piles up is cut."""
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["\u200b", "\u200b\u00ad", "a\u200b", "a\u200b\u00ad"])
def test_marks_take_no_more_room_than_they_had(
    text: str, exercise: Exercise, cohort: Cohort, samples: ModuleType
) -> None:
    """A page of nothing but invisible letters, in outputs and in sources, is about as large as they were."""
    text = "\n".join([(text * 2000)[:2000]] * 25)
    cells = [CellResult(f"extra-{n}", "extra", "code", text, [Output("text", text)] * 3) for n in range(10)]
    bare = [CellResult(f"extra-{n}", "extra", "code", "0", [Output("text", "0")] * 3) for n in range(10)]
    with_marks, without = (
        len(render_feedback(samples.make_report("ada", cells=shown), exercise, cohort)) for shown in (cells, bare)
    )
    assert with_marks - without < 1.1 * 40 * len(text.encode())


@pytest.mark.parametrize("text", ["'\"", "&", "<>", "plain", "\u200b"])
def test_what_is_kept_counts_as_a_page_writes_it(text: str) -> None:
    """Of outputs as many are kept as a page of the stated size can hold, whatever they are made of."""
    room, shown = 10_000, [Display("text", text * 20)] * 50
    finished = Finished(None, room=room)
    for name in range(10):
        finished.keep(CellDone(f"extra-{name}", "passed", displays=shown))
    kept = [display.text for cell in finished.cells.values() for display in cell.displays]
    assert 0 < sum(len(escape(one).encode()) for one in kept) <= room


def test_names_stay_apart_and_readable(exercise: Exercise, cohort: Cohort, samples: ModuleType) -> None:
    """A name of two alike is told from the other; names of all scripts are shown as they are."""
    for name in ("O'Brien", "名前", "\u0645\u06cc\u200c\u062e\u0648", "\u05d1\u05e8\u05df", "Zoë Núñez", "👩\u200d🔬"):
        assert f"<bdi>{name}".replace("'", "&#39;") in _named(name, exercise, cohort, samples)
    assert "<bdi>ad\u200ba" not in _named("ad\u200ba", exercise, cohort, samples)
    assert "<bdi>x</bdi>" not in _named("x" * 5000, exercise, cohort, samples)


def _named(name: str, exercise: Exercise, cohort: Cohort, samples: ModuleType) -> str:
    return render_feedback(samples.make_report("ada"), exercise, cohort, Entry("ada", name)).decode()


@pytest.mark.chromium
def test_a_page_of_masses_can_be_used(
    exercise: Exercise, cohort: Cohort, samples: ModuleType, visit: Callable[..., Any]
) -> None:
    """A line of a megabyte, ten thousand outputs and ten thousand cells leave a page that is soon there and fits."""
    cells = [
        CellResult("line", "extra", "code", "print('A' * 10**6)", [Output("text", "A" * 1_000_000)]),
        CellResult("many", "extra", "code", "for _ in range(10**4): print()", [Output("text", "one\n")] * 10_000),
        *(CellResult(f"extra-{n}", "extra", "code", "0", [Output("text", f"{n}\n")]) for n in range(10_000)),
    ]
    html = render_feedback(samples.make_report("ada", cells=cells), exercise, cohort)
    assert len(html) < 2_000_000
    page = visit(html.decode(), viewport={"width": 390, "height": 800}).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "more cells" in page.inner_text("main")
    assert "more outputs" in page.inner_text("main")
