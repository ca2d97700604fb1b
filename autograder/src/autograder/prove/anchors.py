"""The anchors of a deck: what `slide:ANCHOR` may name."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

__all__ = ["deck_anchors", "slug_of"]

FENCE = re.compile(r"^ {0,3}(?P<fence>`{3,}|~{3,})")
HEADING = re.compile(r"^ {0,3}#{1,6}\s+(?P<text>.+?)(?:\s+#+)?\s*$")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\([^)]*\)")
MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|[`*]|(?<!\w)_+|_+(?!\w)")


def deck_anchors(deck: Path) -> tuple[str, ...]:
    """Return the slug of each heading in a deck, in order; a repeated heading gets `-1`, `-2`, as on GitHub."""
    seen: Counter[str] = Counter()
    anchors = []
    for text in _headings(deck.read_text(encoding="utf-8")):
        slug = slug_of(text)
        anchors.append(f"{slug}-{seen[slug]}" if seen[slug] else slug)
        seen[slug] += 1
    return tuple(anchors)


def slug_of(heading: str) -> str:
    """Return a heading's id, GitHub's way: lower case, spaces become `-`, other punctuation is dropped."""
    plain = MARKUP.sub("", LINK.sub(lambda match: match["text"], heading)).strip().lower()
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain)).strip("-")


def _headings(text: str) -> list[str]:
    found, fence = [], ""
    for line in COMMENT.sub("", text).split("\n"):
        mark = FENCE.match(line)
        if fence:
            if mark and mark["fence"].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark["fence"]
        elif heading := HEADING.match(line):
            found.append(heading["text"])
    return found
