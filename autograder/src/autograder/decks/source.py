"""A deck's Markdown as data: slides, notes, fences; and where the decks of a repository are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from autograder.errors import UserError
from autograder.manifest import Repository

__all__ = ["FRONT_MATTER", "Deck", "Fence", "Slide", "line_of", "read_deck", "slug_of", "slugs_of", "tokens_of"]

NAME = re.compile(r"\d\d_\w+\.md")
FRONT_MATTER = re.compile(r"\A---\n(?P<text>.*?)\n---\n", re.DOTALL)
COMMENT = re.compile(r"<!--(?P<text>.*?)-->", re.DOTALL)
DIRECTIVE = re.compile(
    r"_?(?:class|paginate|header|footer|theme|style|math|size|headingDivider|lang|transition|color|background\w*)\s*:"
)
MINUTES = re.compile(r"\s*(?P<minutes>\d+(?:\.\d+)?) min\.")
CLASS = re.compile(r"<!--\s*_class:\s*(?P<names>[^>]*?)\s*-->")


@dataclass(frozen=True)
class Fence:
    """One fenced block."""

    line: int
    """Line of the opening fence, from 1."""
    info: str
    """What stands after the opening fence, for example `python no-run`."""
    code: str

    @property
    def language(self) -> str:
        """The first word of the info."""
        return self.info.partition(" ")[0]


@dataclass(frozen=True)
class Slide:
    """One slide of a deck."""

    number: int
    line: int
    """First line of the slide, from 1."""
    text: str
    fences: tuple[Fence, ...]

    @cached_property
    def notes(self) -> str:
        """What the presenter sees: all comments but Marp's directives."""
        comments = (match["text"].strip() for match in COMMENT.finditer(self.text))
        return "\n\n".join(comment for comment in comments if not DIRECTIVE.match(comment))

    @property
    def minutes(self) -> float | None:
        """Minutes that the notes plan for this slide: they begin with `1.5 min.`."""
        match = MINUTES.match(self.notes)
        return float(match["minutes"]) if match else None

    @property
    def classes(self) -> frozenset[str]:
        """The slide's own classes, for example `question`."""
        match = CLASS.search(self.text)
        return frozenset(match["names"].split()) if match else frozenset()


@dataclass(frozen=True)
class Deck:
    """One deck, read from `slides/SLUG.md`."""

    slug: str
    text: str
    slides: tuple[Slide, ...]

    @cached_property
    def settings(self) -> dict[str, str]:
        """The front matter's plain `key: value` lines."""
        match = FRONT_MATTER.match(self.text)
        lines = match["text"].splitlines() if match else []
        pairs = (line.partition(":") for line in lines if re.match(r"\w+:", line))
        return {key: value.strip().strip("\"'") for key, _, value in pairs}

    @property
    def minutes(self) -> float:
        """Minutes that the whole deck takes."""
        return sum(slide.minutes or 0.0 for slide in self.slides)

    def slide_at(self, line: int) -> int:
        """Return the number of the slide that holds a line."""
        return max((slide.number for slide in self.slides if slide.line <= line), default=0)


def slugs_of(repo: Repository) -> list[str]:
    """Return the slugs of all decks, in the order they are taught."""
    return sorted(path.stem for path in repo.slides.glob("*.md") if NAME.fullmatch(path.name))


def slug_of(repo: Repository, week: str) -> str:
    """Return the slug of the deck that `week` names: a slug or its number; UserError says which there are."""
    slugs = slugs_of(repo)
    for slug in slugs:
        if week in {slug, slug.partition("_")[0], str(int(slug[:2]))}:
            return slug
    raise UserError(f"there is no deck {week!r}; there are: {', '.join(slugs) or 'none yet'}")


def read_deck(path: Path) -> Deck:
    """Return the deck in `path`; raises UserError when the file is not there."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError(f"there is no deck {path}: write it, or ask for another week") from error
    return Deck(path.stem, text, _slides(text))


def tokens_of(text: str) -> list[Token]:
    """Return the Markdown tokens of a deck's text; the front matter counts as empty lines."""
    return MarkdownIt("commonmark").enable("table").parse(_body(text))


def line_of(token: Token) -> int:
    """Return the line of the deck's source on which a block begins, from 1."""
    return (token.map or [0])[0] + 1


def _body(text: str) -> str:
    return FRONT_MATTER.sub(lambda match: "\n" * match[0].count("\n"), text)


def _slides(text: str) -> tuple[Slide, ...]:
    tokens = tokens_of(text)
    rulers = [line_of(token) for token in tokens if token.type == "hr" and token.level == 0]
    starts = [_first_line(text), *(line + 1 for line in rulers)]
    lines = _body(text).splitlines()
    ends = [*rulers, len(lines) + 1]
    slides = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        fences = tuple(
            Fence(line_of(token), token.info.strip(), token.content)
            for token in tokens
            if token.type == "fence" and start <= line_of(token) < end
        )
        slides.append(Slide(number, start, "\n".join(lines[start - 1 : end - 1]), fences))
    return tuple(slides)


def _first_line(text: str) -> int:
    match = FRONT_MATTER.match(text)
    return match[0].count("\n") + 1 if match else 1
