"""The anchors of a deck: what `slide:ANCHOR` may name."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

__all__ = ["deck_anchors", "slug_of"]

DROPPED = re.compile(
    r"[\][!/'\"#$%&()*+,./:;<=>?@\\^{|}~`。，、；：？！…—·ˉ¨‘’“”々～‖∶＂＇｀｜〃〔〕〈〉《》「」『』．〖〗【】（）［］｛｝]"  # noqa: RUF001
)
"""What Marp drops from a heading to make its id."""
MATH = re.compile(r"\$[^$\s](?:[^$]*[^$\s])?\$")
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
SHOWN = ("text", "code_inline", "html_inline")


def deck_anchors(deck: Path) -> tuple[str, ...]:
    """Return the id that Marp gives to each heading of a deck, in order; a repeated one gets `-1`, `-2`."""
    seen: Counter[str] = Counter()
    anchors = []
    tokens = MarkdownIt("commonmark").enable("table").parse(FRONT_MATTER.sub("", deck.read_text(encoding="utf-8")))
    for heading, inline in itertools.pairwise(tokens):
        if heading.type == "heading_open":
            slug = slug_of(_text(inline.children or []))
            anchors.append(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return tuple(anchors)


def slug_of(heading: str) -> str:
    """Return the id of a heading's plain text: lower case, spaces become `-`, punctuation is dropped."""
    return re.sub(r"^-+|-+$", "", DROPPED.sub("", re.sub(r"\s+", "-", heading.strip().lower())), count=1)


def _text(children: list[Token]) -> str:
    return MATH.sub("", "".join(child.content for child in children if child.type in SHOWN))
