"""What both pages share: the templates' environment, the words for verdicts, and text made safe and readable."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from autograder.grade.report import Verdict

__all__ = ["WORDS", "VerdictWord", "code", "picture", "plain", "points", "render", "share", "words"]

LEXER, FORMATTER = PythonLexer(stripnl=False), HtmlFormatter(nowrap=True)
LONGEST_HIGHLIGHT = 40_000
"""Characters of source that are coloured; longer text is shown plainly."""
LONGEST_LINES = 120
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
BACKQUOTED = re.compile(r"`([^`\n]{1,200})`")
TURNING = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Marks that make text read otherwise than it stands; mere direction marks in names are left alone."""


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
        "picture": picture,
        "plain": plain,
        "points": points,
        "share": share,
        "words": words,
    }
    environment.globals |= {"WORDS": WORDS}
    return environment


def render(template: str, **values: Any) -> str:
    """Return a page; characters that no page may hold are gone from it wherever they came from."""
    return _visible(_templates().get_template(template).render(**values))


def plain(text: str, lines: int = LONGEST_LINES) -> str:
    """Return `text` without terminal codes and unseen characters, turning marks made visible, long text cut."""
    rows = _visible(ESCAPES.sub("", text.replace("\r\n", "\n"))).split("\n")
    if len(rows) > lines:
        rows = [*rows[:lines], f"… {len(rows) - lines} more lines"]
    return "\n".join(row if len(row) <= 2000 else f"{row[:2000]} … {len(row) - 2000} more characters" for row in rows)


def words(text: str, lines: int = 12) -> Markup:
    """Return a sentence as HTML: escaped, what stands in backquotes as code."""
    return Markup(BACKQUOTED.sub(r"<code>\1</code>", str(escape(plain(text, lines)))))  # noqa: S704


@lru_cache(maxsize=4096)  # most cells are the same in every notebook of a class
def code(text: str) -> Markup:
    """Return Python source as HTML: escaped, with spans for the colours of the style sheet."""
    text = plain(text, 2000)
    if len(text) > LONGEST_HIGHLIGHT:
        return escape(text)
    return Markup(highlight(text, LEXER, FORMATTER).rstrip("\n"))  # noqa: S704


def picture(png: bytes) -> str:
    """Return a PNG as an address that needs no network; nothing for bytes that are none."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return "data:,"
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"


def points(value: float) -> str:
    """Return points as people write them: 4, 2.5, 0.33."""
    return f"{round(value, 2):g}"


def share(value: float, of: float) -> str:
    """Return `value` of `of` in percent for a style sheet, between 0 and 100."""
    return f"{100 * min(1.0, max(0.0, value / of)) if of > 0 else 0:.2f}%"


def _visible(text: str) -> str:
    return TURNING.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", UNSEEN.sub("", text))
