"""The anchors of a deck: what `slide:ANCHOR` may name."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from autograder.decks.source import line_of, tokens_of

__all__ = ["Heading", "deck_anchors", "headings", "slug_of"]

DROPPED = re.compile(
    r"[\][!/'\"#$%&()*+,./:;<=>?@\\^{|}~`。，、；：？！…—·ˉ¨‘’“”々～‖∶＂＇｀｜〃〔〕〈〉《》「」『』．〖〗【】（）［］｛｝]"  # noqa: RUF001  (github-slugger's own list)
)
"""What Marp drops from a heading to make its id."""
MATH = re.compile(r"\$[^$\s](?:[^$]*[^$\s])?\$")
SHOWN = ("text", "code_inline", "html_inline")


@dataclass(frozen=True)
class Heading:
    """A heading of a deck and the id that Marp gives to it."""

    line: int
    """Line of the deck's source, from 1."""
    level: int
    """1 for `#`, 2 for `##`."""
    slug: str
    """The id that it has if no heading above has the same."""
    anchor: str
    """The id that it has: a repeated one gets `-1`, `-2`."""


def deck_anchors(deck: Path) -> tuple[str, ...]:
    """Return the id that Marp gives to each heading of a deck, in order."""
    return tuple(heading.anchor for heading in headings(deck.read_text(encoding="utf-8")))


def headings(text: str) -> tuple[Heading, ...]:
    """Return the headings in a deck's text, in order."""
    seen: Counter[str] = Counter()
    found = []
    for token, inline in itertools.pairwise(tokens_of(text)):
        if token.type == "heading_open":
            slug = slug_of(_text(inline.children or []))
            anchor = f"{slug}-{seen[slug]}" if seen[slug] else slug
            seen[slug] += 1
            found.append(Heading(line_of(token), int(token.tag[1:]), slug, anchor))
    return tuple(found)


def slug_of(heading: str) -> str:
    """Return the id of a heading's plain text: lower case, spaces become `-`, punctuation is dropped."""
    return re.sub(r"^-+|-+$", "", DROPPED.sub("", re.sub(r"\s+", "-", heading.strip().lower())), count=1)


def _text(children: list[Token]) -> str:
    return MATH.sub("", "".join(child.content for child in children if child.type in SHOWN))
