"""Building: what students get, what the lecturer gets, and what stops it."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from pathlib import Path
from typing import Any

import pytest

from autograder import decks
from autograder.decks.anchors import deck_anchors
from autograder.errors import UserError
from autograder.manifest import Assignment, Cohort, Repository

NOTE = "<!-- 2 min. A word for the lecturer alone. -->"
FRONT = '---\nmarp: true\ntheme: pulse\nfooter: "{{ course }} · {{ week }}"\n---\n'
WHO = f"## Who\n\n{{{{ lecturer }}}}\n{{{{ affiliation }}}}\n{{{{ date }}}}\n\n{NOTE}"


def test_students_get_no_notes_and_the_lecturer_does(real: Repository, built: Path) -> None:
    """Not one of the presenter's notes stands in a students' page; every one stands in the lecturer's."""
    for slug in decks.slugs_of(real):
        notes = [slide.notes for slide in decks.read_deck(real.slides / f"{slug}.md").slides]
        starts = [" ".join(note.split()[2:7]) for note in notes if note]
        assert len(starts) >= 25
        for variant in (".html", ".dark.html"):
            student = _words(built / "students" / f"{slug}{variant}")
            lecturer = _words(built / "instructor" / f"{slug}{variant}")
            assert [start for start in starts if start in student] == []
            assert [start for start in starts if start not in lecturer] == []


def test_a_page_needs_nothing_from_outside(real: Repository, built: Path) -> None:
    """Fonts, pictures and demos are inside the page; nothing is fetched, and its language is set."""
    for page in built.rglob("*.html"):
        text = page.read_text("utf-8")
        assert '<html lang="en"' in text
        assert re.findall(r"url\((?!&quot;data:|\"?'?data:|#)[^)]{0,80}", text) == []
        assert re.findall(r"<(?:img|script|link|iframe)\b[^>]*?\s(?:src|href)=\"(?!data:)[^\"]{0,80}", text) == []
        assert text.count("font/woff2") >= (20 if '<span class="katex' in text else 1)


def test_the_headings_are_the_anchors_that_feedback_links_to(real: Repository, built: Path) -> None:
    """The ids of a students' page are those that are told from its source."""
    for slug in decks.slugs_of(real):
        text = (built / "students" / f"{slug}.html").read_text("utf-8")
        ids = [html.unescape(name) for name in re.findall(r'<h[1-6]\b[^>]*?\sid="([^"]+)"', text)]
        assert ids == list(deck_anchors(real.slides / f"{slug}.md"))


def test_the_title_is_filled_from_the_cohort(course: Any, tmp_path: Path) -> None:
    """Lecturer, affiliation, date, course and week come from the cohort; no mark-up in a name is read as such."""
    course.put("03_deck", WHO, front=FRONT)
    cohort = Cohort(
        title="T",
        course="Deep <b>Course</b>",
        lecturer='A. *"Quoted"* $x$ {{ week }}',
        affiliation="Uni: <script>alert(1)</script>",
        assignments={"03_deck": Assignment(release=dt.datetime(2026, 10, 5, 8))},  # noqa: DTZ001  (local time of the cohort)
    )
    built = decks.build(course.repo, None, cohort=cohort, out=tmp_path, notes=False, pdf=False)
    text = (tmp_path / "students" / "03_deck.html").read_text("utf-8")
    shown = html.unescape(re.sub(r"<[^>]+>", " ", text))
    assert [path.name for path in built.files] == ["03_deck.dark.html", "03_deck.html"]
    assert "<script>alert" not in text
    for words in ('A. *"Quoted"* $x$ {{ week }}', "Uni: <script>alert(1)</script>", "5 October 2026", "Course</b> · 3"):
        assert words in shown


def test_a_line_that_nobody_fills_is_left_out(course: Any) -> None:
    """A cohort without affiliation and dates leaves no empty lines behind."""
    from autograder.decks.fill import fill

    text = fill("**{{ lecturer }}**\n{{ affiliation }}\n{{ date }}\nend", "01_deck", Cohort(title="T", lecturer="Ada"))
    assert text == "**Ada**\nend"


@pytest.mark.parametrize(
    ("slide", "front", "words"),
    [
        (f"## A\n\n{{{{ lecterer }}}}\n\n{NOTE}", FRONT, "nothing fills {{ lecterer }}"),
        (
            f"## A\n\n![w:9 gone](figures/gone.svg)\n\n{NOTE}",
            FRONT,
            r"01_deck.md:\d+: slide 2: figures/gone.svg is missing",
        ),
        (f"## A\n\n{NOTE}", FRONT.replace("pulse", "plus"), "there is no theme 'plus'"),
    ],
)
def test_a_fault_stops_the_build_and_nothing_is_written(
    course: Any, tmp_path: Path, slide: str, front: str, words: str
) -> None:
    """Whoever builds a deck with a silent failure is told, and no half of a build is left."""
    course.put("01_deck", slide, front=front)
    with pytest.raises(UserError, match=words):
        decks.build(course.repo, None, out=tmp_path / "out", pdf=False)
    assert not (tmp_path / "out").exists()


def test_what_marp_itself_refuses_stops_the_build(course: Any, tmp_path: Path) -> None:
    """A picture that only the plugin sees to be missing ends the build with marp's words."""
    (course.repo.slides / "theme" / "pulse.css").write_text("/* @theme pulse */ section { color: ; } {{{", "utf-8")
    course.put("01_deck")
    with pytest.raises(UserError, match="marp could not build the decks"):
        decks.build(course.repo, None, out=tmp_path / "out", pdf=False)
    assert not (tmp_path / "out").exists()


def test_without_chromium_there_is_html_and_a_line(
    course: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No browser costs the PDF and no more."""
    monkeypatch.setenv("T2P_CHROMIUM", str(tmp_path / "none"))
    course.put("01_deck")
    built = decks.build(course.repo, None, out=tmp_path / "out")
    assert {path.suffix for path in built.files} == {".html"}
    assert len(built.notes) == 1
    assert "no Chromium" in built.notes[0]


@pytest.mark.chromium
@pytest.mark.usefixtures("needs_chromium")
def test_all_decks_come_in_one_go_with_pdf_and_progress(course: Any, tmp_path: Path) -> None:
    """Two decks, five files each; progress counts every one."""
    course.put("01_a")
    course.put("02_b")
    said: list[tuple[str, int, int]] = []
    built = decks.build(course.repo, None, out=tmp_path, progress=lambda *step: said.append(step))
    assert len(built.files) == 10
    assert said[-1] == ("decks", 10, 10)
    assert (tmp_path / "students" / "02_b.pdf").read_bytes().startswith(b"%PDF")


def test_the_theme_has_the_palette_of_the_figures(real: Repository) -> None:
    """The style sheets of decks and demos and palette.json agree on every colour."""
    palette = json.loads((real.slides / "theme" / "palette.json").read_text("utf-8"))
    for sheet in (real.slides / "theme" / "pulse.css", real.slides / "demos" / "demo.css"):
        text = sheet.read_text("utf-8")
        light, dark = (
            dict(re.findall(r"--(\w+): (#\w{6})", part)) for part in re.split(r"\.dark \{", text, maxsplit=1)
        )
        assert light == palette["light"]
        assert {name: dark[name] for name in palette["dark"]} == palette["dark"] or sheet.stem == "pulse"


def _words(page: Path) -> str:
    return " ".join(html.unescape(page.read_text("utf-8")).split())
