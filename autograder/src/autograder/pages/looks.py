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
from autograder.plain import clean, plain

__all__ = ["PICTURE", "WORDS", "VerdictWord", "code", "page", "plain", "points", "render", "share", "template", "words"]

PICTURE = Markup("<picture>")
"""Stands where `page` puts a picture; text cannot look like it, since a text's `<` is escaped."""
LONGEST_HIGHLIGHT = 40_000
"""Characters of source that are coloured; longer text is shown plainly."""
PNG = b"\x89PNG\r\n\x1a\n"
BACKQUOTED = re.compile(r"`([^`\n]{1,200})`")


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
        auto_reload=False,
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
    # Importing them in each template would run them anew for each cell.
    macros = environment.get_template("macros.html.j2").module
    environment.globals |= {name: getattr(macros, name) for name in ("bar", "icon", "plural", "said")}
    return environment


def template(name: str) -> Template:
    """Return a template, compiled once."""
    return _templates().get_template(name)


def render(name: str, **values: Any) -> Markup:
    """Return what a template makes of `values`; characters that no page may hold are gone wherever they came from."""
    return Markup(clean(template(name).render(**values)))  # noqa: S704  (templates escape)


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


def words(text: str, lines: int = 12) -> Markup:
    """Return a sentence as HTML: escaped, what stands in backquotes as code."""
    return Markup(BACKQUOTED.sub(r"<code>\1</code>", str(escape(plain(text, lines)))))  # noqa: S704  (escaped)


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
