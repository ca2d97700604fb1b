"""The deck lint: the text's own rules, the blocks run, and every slide looked at in Chromium, light and dark."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from autograder.decks.blocks import run_blocks
from autograder.decks.build import write_sources
from autograder.decks.complaint import Complaint
from autograder.decks.marp import measure, run_marp
from autograder.decks.rules import stop_rules, text_rules
from autograder.decks.source import Deck, read_deck, slugs_of
from autograder.environment import chromium_path
from autograder.manifest import Repository

__all__ = ["lint"]

SENTENCES = {
    "overflow": ("something runs over its edge ({detail})", "shorten it, or make two slides of it"),
    "footer": ("{detail!r} stands in the footer's zone", "shorten the slide"),
    "font": ("too small to read from the back row: {detail}", "take the theme's own sizes"),
    "alt": (
        "a picture without words for those who cannot see it ({detail})",
        "write an alt text, or a title for an iframe",
    ),
    "broken": ("a picture that does not show ({detail})", "draw it again"),
    "heading": ("a slide without a heading", "give it one with `##`"),
    "network": ("the deck asks the network for {detail}", "put the file into slides/"),
    "outside": ("{detail} is not inside the page", "show it with `![…](…)`, `<img>` or `<iframe>`"),
    "link": ("a link that leads nowhere: {detail}", "mend it, or use a full https address"),
    "script": ("a script fails: {detail}", "mend the demo"),
    "axe": ("hard to use for some: {detail}", "mend the colours or the markup"),
}


def lint(repo: Repository, slugs: list[str] | None = None, *, run: bool = True) -> list[Complaint]:
    """Return what is wrong with the decks `slugs` (default: all), by deck and line; `run=False` leaves the blocks out.

    Where there is no Chromium the slides are not looked at, and one line on stderr says so.
    """
    slugs = slugs_of(repo) if slugs is None else slugs
    decks = [read_deck(repo.slides / f"{slug}.md") for slug in slugs]
    complaints = {
        complaint
        for deck in decks
        for rules in (stop_rules(deck, repo.slides), text_rules(deck))
        for complaint in rules
    }
    if run:
        complaints.update(complaint for slug in slugs for complaint in run_blocks(repo.slides / f"{slug}.md"))
    sound = [deck for deck in decks if not any(stop_rules(deck, repo.slides))]
    if sound:
        complaints.update(_look(repo, sound))
    return sorted(complaints)


def _look(repo: Repository, decks: list[Deck]) -> list[Complaint]:
    chromium = chromium_path()
    if chromium is None:
        sys.stderr.write(
            "note: no Chromium here, so nobody looked at the slides: `autograder doctor` says how to get one\n"
        )
        return []
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="t2p-lint-") as temporary:
        source = write_sources(repo, [deck.slug for deck in decks], None, Path(temporary) / "source")
        pages = []
        for dark in (False, True):
            out = Path(temporary) / ("dark" if dark else "light")
            run_marp(
                repo.slides,
                source,
                out,
                "--template",
                "bare",
                variant={"notes": False, "dark": dark},
                done=lambda: None,
            )
            pages += [out / f"{deck.slug}.html" for deck in decks]
        found = measure(repo.slides, pages, chromium)
    by_slug = {deck.slug: deck for deck in decks}
    return [_complaint(by_slug[finding["deck"]], finding) for finding in found]


def _complaint(deck: Deck, finding: dict[str, Any]) -> Complaint:
    problem, fix = SENTENCES[finding["rule"]]
    line = finding["line"] if finding["slide"] else _line_of(deck, finding["detail"])
    slide = finding["slide"] or deck.slide_at(line)
    return Complaint(deck.slug, line, slide, problem.format(detail=finding["detail"]), fix)


def _line_of(deck: Deck, text: str) -> int:
    lines = deck.text.splitlines()
    return next((number for number, line in enumerate(lines, start=1) if text.rstrip("/") in line), 1)
