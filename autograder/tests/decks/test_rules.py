"""What can be said of a deck from its text: each rule finds the fault that was planted, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.decks.rules import stop_rules, text_rules
from autograder.decks.source import read_deck, slug_of
from autograder.errors import UserError

NOTE = "<!-- 2 min. Talk. -->"
LONG = "```python no-run\n" + "pass\n" * 16 + "```"
TEXT_FAULTS = {
    "code": (f"## Long\n\n{LONG}\n\n{NOTE}", "16 lines of code"),
    "twice": (f"## Slide 0\n\n{NOTE}", "a second heading #slide-0"),
    "order": (f"## Alt\n\n![w:90 They blur at once](figures/a.svg)\n\n{NOTE}", "takes 'blur'"),
    "unplanned": ("## No note\n\nwords", "the notes do not plan this slide"),
    "unanswered": (f"<!-- _class: question -->\n\n## Why?\n\n{NOTE}", "'Answer:'"),
    "hurried": ("## Long\n\n<!-- 20 min. Talk. -->", "plan 68 minutes"),
}
STOP_FAULTS = {
    "missing": (f"## Gone\n\n![w:90 A picture](figures/gone.svg)\n\n{NOTE}", "figures/gone.svg is missing"),
    "demo": (f'## Gone\n\n<iframe title="d" src="demos/gone.html"></iframe>\n\n{NOTE}', "demos/gone.html is missing"),
    "remote": (f"## Far\n\n![w:90 A picture](https://example.org/a.png)\n\n{NOTE}", "is on the network"),
}


@pytest.mark.parametrize("name", TEXT_FAULTS)
def test_a_fault_in_the_text_is_found_at_its_slide(course: Any, name: str) -> None:
    """Every rule names deck, line and slide of the fault and says what to do."""
    slide, words = TEXT_FAULTS[name]
    deck = read_deck(course.put("01_planted", slide))
    complaints = [str(complaint) for complaint in text_rules(deck)]
    found = [complaint for complaint in complaints if words in complaint]
    assert found
    assert all(complaint.startswith("slides/01_planted.md:") for complaint in complaints)
    if name != "hurried":
        assert ": slide 2: " in found[0]


def test_a_sound_deck_has_no_complaint(course: Any) -> None:
    """The deck in which faults are planted is sound without them."""
    deck = read_deck(course.put("01_sound"))
    assert [*text_rules(deck), *stop_rules(deck, course.repo.slides)] == []


def test_too_few_slides_questions_and_minutes_are_found(course: Any) -> None:
    """A deck of one slide is no lecture."""
    path = course.repo.slides / "01_short.md"
    path.write_text("---\nmarp: true\ntheme: pulse\n---\n\n## One\n\n<!-- 1 min. -->\n", "utf-8")
    text = " ".join(str(complaint) for complaint in text_rules(read_deck(path)))
    assert "1 slides" in text
    assert "plan 1 minutes" in text
    assert "0 question slides" in text


@pytest.mark.parametrize("name", STOP_FAULTS)
def test_what_marp_passes_over_stops_a_build(course: Any, name: str) -> None:
    """A missing or remote picture is named with its line."""
    slide, words = STOP_FAULTS[name]
    deck = read_deck(course.put("01_planted", slide))
    (complaint,) = stop_rules(deck, course.repo.slides)
    assert words in complaint.problem
    assert complaint.slide == 2


@pytest.mark.parametrize("front", ["---\nmarp: true\ntheme: puls\n---\n", "---\nmarp: true\n---\n"])
def test_an_unknown_theme_stops_a_build(course: Any, front: str) -> None:
    """Marp would take its own theme without a word."""
    deck = read_deck(course.put("01_planted", front=front))
    (complaint,) = stop_rules(deck, course.repo.slides)
    assert "there is no theme" in complaint.problem
    assert "theme: pulse" in complaint.fix


def test_code_and_comments_are_not_read_as_slides(course: Any) -> None:
    """A ruler inside a fence parts no slides, and a heading in code is no heading."""
    slide = f"## Fence\n\n```text\n---\n## Slide 0\n```\n\n{NOTE}"
    deck = read_deck(course.put("01_planted", slide))
    assert len(deck.slides) == 25
    assert list(text_rules(deck)) == []


def test_a_week_may_be_named_by_slug_or_number(course: Any) -> None:
    """`01_a`, `01` and `1` name the same deck; anything else is answered with the decks there are."""
    course.put("01_a")
    assert {slug_of(course.repo, week) for week in ("01_a", "01", "1")} == {"01_a"}
    with pytest.raises(UserError, match="there are: 01_a"):
        slug_of(course.repo, "02")
