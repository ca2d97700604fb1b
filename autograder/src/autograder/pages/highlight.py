"""Python source in colours, by one pass of one expression: a page holds a student's code only once, so speed counts."""

from __future__ import annotations

import builtins
import keyword
import re

from markupsafe import Markup

__all__ = ["highlight"]

WORDS = {name: "b" for name in vars(builtins) if name.islower() and not name.startswith("_")}
WORDS |= dict.fromkeys(keyword.kwlist, "k")
TOKEN = re.compile(
    r"""
      (?P<c> \#[^\n]* )
    | (?P<s> (?: \b[bfrtuBFRTU]{1,2} )?
        (?: \"\"\" [^"\\]* (?: (?: \\(?:.|\Z) | "(?!"") ) [^"\\]* )* (?: \"\"\" | \Z )
          | ''' [^'\\]* (?: (?: \\(?:.|\Z) | '(?!'') ) [^'\\]* )* (?: ''' | \Z )
          | " [^"\\\n]* (?: \\(?:.|\Z) [^"\\\n]* )* "?
          | ' [^'\\\n]* (?: \\(?:.|\Z) [^'\\\n]* )* '?
        ) )
    | (?P<f> (?<= \bdef\ ) \w+ | (?<= \bclass\ ) \w+ | (?m: ^[ \t]*@[\w.]+ ) )
    | (?<![\w.]) (?: (?P<w> [A-Za-z]\w* ) | (?P<n> [0-9][\w.]* ) )
    """,
    re.VERBOSE | re.DOTALL,
)
"""What cannot be closed reaches to the end of its line or of the text, so nothing is ever tried twice."""


def highlight(text: str) -> Markup:
    """Return source as HTML: escaped, with elements `i` of a class of one letter for the colours of the style sheet.

    Classes: c comment, s string, k keyword, f name that is defined, b builtin, n number.
    """
    # Quotes may stand as they are: what is returned is the content of an element, never an attribute.
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Markup(TOKEN.sub(_coloured, escaped))  # noqa: S704  (escaped above)


def _coloured(found: re.Match[str]) -> str:
    kind = found.lastgroup
    if kind == "w":
        kind = WORDS.get(found[0])
    return f'<i class="{kind}">{found[0]}</i>' if kind else found[0]
