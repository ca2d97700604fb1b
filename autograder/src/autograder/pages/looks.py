"""What both pages share: the templates' environment, the words for verdicts, and text made safe and readable."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup, escape

from autograder.grade.report import Verdict
from autograder.pages.highlight import highlight

__all__ = ["PICTURE", "WORDS", "VerdictWord", "code", "page", "plain", "points", "render", "share", "template", "words"]

PICTURE = Markup("<picture>")
"""Stands where `page` puts a picture; text cannot look like it, since a text's `<` is escaped."""
LONGEST_HIGHLIGHT = 40_000
"""Characters of source that are coloured; longer text is shown plainly."""
LONGEST_LINES, LONGEST_LINE = 120, 2000
PNG = b"\x89PNG\r\n\x1a\n"
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
BACKQUOTED = re.compile(r"`([^`\n]{1,200})`")
MISLEADING = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u2060-\u2065"
    r"\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
"""Marks that make text read otherwise than it stands, and what takes no room; left alone are direction marks, joiners
and the selectors of emoji, which names and words need."""
MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
STACKED = re.compile(f"({MARKS}{{4}}){MARKS}+")
"""More marks on one letter than any language needs: they would cover the lines above and below."""


@dataclass(frozen=True)
class VerdictWord:
    """How a verdict is shown: by word and by the shape of an icon, never by colour alone."""

    word: str
    icon: str
    tone: str
    """One of good, wrong, open, fault: the colour."""


WORDS = {
    Verdict.PASSED: VerdictWord("passed", "check", "good"),
    Verdict.WRONG: VerdictWord("not right yet", "cross", "wrong"),
    Verdict.RAISED: VerdictWord("raised an error", "bolt", "wrong"),
    Verdict.MISSING: VerdictWord("not answered yet", "ring", "open"),
    Verdict.TIMEOUT: VerdictWord("took too long", "clock", "wrong"),
    Verdict.MEMORY: VerdictWord("used too much memory", "stack", "wrong"),
    Verdict.OUTPUT_LIMIT: VerdictWord("printed too much", "stack", "wrong"),
    Verdict.CRASHED: VerdictWord("crashed", "bolt", "wrong"),
    Verdict.REFUSED: VerdictWord("refused", "bar", "wrong"),
    Verdict.INTERNAL_ERROR: VerdictWord("fault of the grader", "wrench", "fault"),
}


@cache
def _templates() -> Environment:
    """Return the environment of the pages: everything is escaped, an unknown name is an error."""
    environment = Environment(
        loader=PackageLoader("autograder.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "code": code,
        "plain": plain,
        "points": points,
        "share": share,
        "words": words,
    }
    environment.globals |= {"PICTURE": PICTURE, "WORDS": WORDS}
    return environment


def template(name: str) -> Template:
    """Return a template, compiled once."""
    return _templates().get_template(name)


def render(name: str, **values: Any) -> Markup:
    """Return what a template makes of `values`; characters that no page may hold are gone wherever they came from."""
    return Markup(_clean(template(name).render(**values)))  # noqa: S704


def page(html: str, pictures: Sequence[bytes] = ()) -> bytes:
    """Return the bytes of a page, in which each PICTURE has become one of `pictures`, in their order.

    A picture that is no PNG stays empty. Raises ValueError where the page has not as many places as pictures.
    """
    first, *rest = html.encode("utf-8", "replace").split(PICTURE.encode())
    pieces = [first]
    for picture, after in zip(pictures, rest, strict=True):
        known = picture.startswith(PNG)
        pieces += [b"data:image/png;base64,", base64.b64encode(picture), after] if known else [b"data:,", after]
    return b"".join(pieces)


def plain(text: str, lines: int = LONGEST_LINES) -> str:
    """Return `text` without terminal codes and unseen characters, what misleads made visible, long text cut."""
    if "\x1b" in text:
        text = ESCAPES.sub("", text)
    rows = text.split("\n", lines)
    if len(rows) > lines:
        rows[-1] = f"… {rows[-1].count(chr(10)) + 1} more lines"
    if "\r" in text:  # as a terminal shows it: of a progress bar the last state alone
        rows = [row.rstrip("\r").rpartition("\r")[2] for row in rows]
    if len(text) > LONGEST_LINE:
        rows = [
            row if len(row) <= LONGEST_LINE else f"{row[:LONGEST_LINE]} … {len(row) - LONGEST_LINE} more characters"
            for row in rows
        ]
    return _visible("\n".join(rows))


def words(text: str, lines: int = 12) -> Markup:
    """Return a sentence as HTML: escaped, what stands in backquotes as code."""
    return Markup(BACKQUOTED.sub(r"<code>\1</code>", str(escape(plain(text, lines)))))  # noqa: S704


def code(text: str) -> Markup:
    """Return Python source as HTML: escaped, with elements for the colours of the style sheet."""
    text = plain(text, 2000)
    return escape(text) if len(text) > LONGEST_HIGHLIGHT else highlight(text)


def points(value: float) -> str:
    """Return points as people write them: 4, 2.5, 0.33."""
    return f"{round(value, 2):g}"


def share(value: float, of: float) -> str:
    """Return `value` of `of` in percent for a style sheet, between 0 and 100."""
    return f"{100 * min(1.0, max(0.0, value / of)) if of > 0 else 0:.2f}%"


def _visible(text: str) -> str:
    return text if text.isascii() and _is_clean(text) else STACKED.sub(r"\1", _clean(text))


def _clean(text: str) -> str:
    if _is_clean(text):
        return text
    return MISLEADING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", UNSEEN.sub("", text))


def _is_clean(text: str) -> bool:
    """Return whether nothing can be wrong with `text`; much faster than looking for each wrong character."""
    return text.replace("\n", "").replace("\t", "").isprintable()
