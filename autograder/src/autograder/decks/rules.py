"""What can be said of a deck from its text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from autograder.decks.anchors import headings
from autograder.decks.complaint import Complaint
from autograder.decks.source import FRONT_MATTER, Deck, Slide, line_of, tokens_of

__all__ = ["IMAGE", "stop_rules", "text_rules"]

MINUTES, SPREAD = 50.0, 5.0
SLIDES = (25, 45)
QUESTIONS = 4
CODE_LINES = 15
IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<url>[^)\s]+)[^)]*\)")
FILE = re.compile(
    rf"{IMAGE.pattern}|\s(?:src|poster)=[\"'](?P<raw>[^\"']+)[\"']|\burl\(\s*[\"']?(?P<css>[^\"')\s]+)[\"']?\s*\)"
)
KEYWORDS = re.compile(r"\b(?:invert|sepia|grayscale|blur|brightness|contrast|saturate|contain|cover|fit)\b")
THEME = re.compile(r"@theme\s+(?P<name>[\w-]+)")


def stop_rules(deck: Deck, slides: Path) -> Iterator[Complaint]:
    """Yield what marp would pass over in silence and what must therefore stop a build."""
    names = {
        match["name"] for path in (slides / "theme").glob("*.css") for match in THEME.finditer(path.read_text("utf-8"))
    }
    theme = deck.settings.get("theme", "")
    if theme not in names:
        problem = f"there is no theme {theme!r}, and marp would take its own"
        yield Complaint(
            deck.slug, 1, 0, problem, f"write `theme: {' or '.join(sorted(names)) or 'NAME'}` in the front matter"
        )
    if deck.settings.get("marp") != "true":
        yield Complaint(
            deck.slug, 1, 0, "editors do not know this for a deck", "write `marp: true` in the front matter"
        )
    for line, slide_number, url in _files(deck):
        if re.match(r"(https?:)?//", url):
            yield Complaint(
                deck.slug, line, slide_number, f"{url} is on the network", "put the file into slides/figures"
            )
        elif not url.startswith(("data:", "#")) and not (slides / unquote(url)).is_file():
            yield Complaint(deck.slug, line, slide_number, f"{url} is missing in slides/", "draw it, or mend the name")


def text_rules(deck: Deck) -> Iterator[Complaint]:
    """Yield what a lecture of this course must have: its length, questions, notes, short code, headings of its own."""
    yield from _whole(deck)
    yield from _fragments(deck)
    for slide in deck.slides:
        yield from _notes(deck, slide)
        code = [fence for fence in slide.fences if fence.language != "output"]
        lines = sum(len(fence.code.rstrip().splitlines()) for fence in code)
        if lines > CODE_LINES:
            yield Complaint(
                deck.slug, code[0].line, slide.number, f"{lines} lines of code", f"show at most {CODE_LINES} a slide"
            )
        for line, match in _matches(IMAGE, slide):
            word = KEYWORDS.search(match["alt"] or "")
            if word and not (match["alt"] or "").startswith("bg"):
                yield Complaint(
                    deck.slug,
                    line,
                    slide.number,
                    f"marp takes {word[0]!r} in an alt text for an order",
                    "use another word",
                )


def _whole(deck: Deck) -> Iterator[Complaint]:
    count, least = len(deck.slides), (MINUTES - SPREAD, MINUTES + SPREAD)
    if not SLIDES[0] <= count <= SLIDES[1]:
        yield Complaint(deck.slug, 1, 0, f"{count} slides", f"a lecture has {SLIDES[0]} to {SLIDES[1]}")
    if not least[0] <= deck.minutes <= least[1]:
        problem = f"the notes plan {deck.minutes:g} minutes"
        yield Complaint(deck.slug, 1, 0, problem, f"a lecture takes {MINUTES:g} ± {SPREAD:g}: cut, or plan anew")
    questions = sum("question" in slide.classes for slide in deck.slides)
    if questions < QUESTIONS:
        yield Complaint(
            deck.slug, 1, 0, f"{questions} question slides", f"a lecture asks at least {QUESTIONS} (`_class: question`)"
        )
    if deck.settings.get("paginate") != "true":
        yield Complaint(deck.slug, 1, 0, "slides without numbers", "write `paginate: true` in the front matter")
    for heading in headings(deck.text):
        if heading.level <= 2 and heading.anchor != heading.slug:
            yield Complaint(
                deck.slug,
                heading.line,
                deck.slide_at(heading.line),
                f"a second heading #{heading.slug}",
                "give each slide its own heading",
            )


def _fragments(deck: Deck) -> Iterator[Complaint]:
    for token in tokens_of(deck.text):
        if (token.type, token.markup) in (("bullet_list_open", "*"), ("ordered_list_open", ")")):
            line, instead = line_of(token), "-" if token.markup == "*" else "1."
            yield Complaint(
                deck.slug,
                line,
                deck.slide_at(line),
                f"marp shows a list with `{token.markup}` item by item",
                f"begin its items with `{instead}`",
            )


def _notes(deck: Deck, slide: Slide) -> Iterator[Complaint]:
    if slide.minutes is None:
        yield Complaint(
            deck.slug, slide.line, slide.number, "the notes do not plan this slide", "begin them with `1.5 min.`"
        )
    if "question" in slide.classes:
        for needed in ("Answer:", "Common wrong answers:"):
            if needed not in slide.notes:
                yield Complaint(
                    deck.slug, slide.line, slide.number, f"a question without {needed!r} in its notes", "write it"
                )


def _files(deck: Deck) -> Iterator[tuple[int, int, str]]:
    """Yield (line, slide, url) of each file that the deck shows, plays or takes as a background."""
    front = FRONT_MATTER.match(deck.text)
    whole = Slide(0, 1, front[0] if front else "", ())
    for slide in (whole, *deck.slides):
        for line, match in _matches(FILE, slide):
            yield line, slide.number, match["url"] or match["raw"] or match["css"]


def _matches(pattern: re.Pattern[str], slide: Slide) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield (line, match) of what stands on a slide outside its code."""
    text = slide.text
    for fence in slide.fences:
        if fence.code:
            text = text.replace(fence.code, re.sub(r"[^\n]", " ", fence.code), 1)
    for match in pattern.finditer(text):
        yield slide.line + text.count("\n", 0, match.start()), match
