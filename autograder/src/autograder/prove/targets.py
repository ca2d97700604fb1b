"""Where the links of a notebook's prose lead to, as they are written: what is there is asked elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from autograder.release.source import Cell, Source

__all__ = ["DeckLink", "deck_link", "prose_of", "targets_of", "tokens_of"]

HTML_TARGET = re.compile(r"""<(?:a|img|iframe|video|source)\b[^>]*?\b(?:href|src)=["']([^"']+)["']""", re.IGNORECASE)


class DeckLink(NamedTuple):
    """A link to a deck, built beside the exercises."""

    slug: str
    suffix: str
    heading: str
    """What stands after #."""


def prose_of(source: Source) -> list[Cell]:
    """Return the cells of prose."""
    return [cell for cell in source.cells if cell.cell_type == "markdown"]


def targets_of(cell: Cell) -> Iterator[str]:
    """Yield where the links, pictures and videos of a cell lead to."""
    for token in tokens_of(cell.source):
        if token.type in ("link_open", "image"):
            yield str(token.attrGet("href") or token.attrGet("src") or "")
        elif token.type in ("html_block", "html_inline"):
            yield from HTML_TARGET.findall(token.content)


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of Markdown, those within a line too."""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        yield token
        yield from token.children or []


def deck_link(target: str) -> DeckLink | None:
    """Return what `../../slides/NN_topic.html#heading` names, or None where `target` is another kind of link."""
    path, _, heading = unquote(target).partition("#")
    place = PurePosixPath(path)
    if place.parts[:3] != ("..", "..", "slides") or len(place.parts) != 4:
        return None
    return DeckLink(place.stem, place.suffix, heading)
