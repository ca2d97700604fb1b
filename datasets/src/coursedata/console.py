"""What the two commands print: aligned rows with a sign each, on any terminal, from any input."""

from __future__ import annotations

import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TextIO

__all__ = ["Row", "Sign", "clean", "render", "say"]

Sign = Literal["ok", "note", "problem"]
SIGNS: dict[Sign, tuple[str, str]] = {"ok": ("✓", "ok"), "note": ("!", "! "), "problem": ("✗", "X ")}
"""The sign where the terminal knows it, and where not (Windows' cp1252)."""
WIDEST = 120


@dataclass(frozen=True)
class Row:
    """One line of a report."""

    sign: Sign
    name: str
    """What was looked at."""
    text: str
    """What was found."""
    todo: str = ""
    """What to do about it."""


def say(text: str, stream: TextIO | None = None) -> None:
    """Print `text`; a character that the terminal cannot show becomes `?` and never an error."""
    out = stream or sys.stdout
    encoding = getattr(out, "encoding", None) or "utf-8"
    out.write(text.encode(encoding, errors="replace").decode(encoding) + "\n")
    out.flush()


def render(rows: Sequence[Row], *, encoding: str | None = None, width: int | None = None) -> str:
    """Return the rows as aligned lines, long texts wrapped under themselves."""
    fancy = _can_show("✓✗", encoding or getattr(sys.stdout, "encoding", None) or "utf-8")
    names = [clean(row.name, 28) for row in rows]
    indent = max((len(name) for name in names), default=0) + (4 if fancy else 5)
    room = max((width or min(shutil.get_terminal_size((100, 24)).columns, WIDEST)) - indent, 30)
    lines = []
    for row, name in zip(rows, names, strict=True):
        sign = SIGNS[row.sign][0 if fancy else 1]
        body = [line for part in (row.text, row.todo) for line in textwrap.wrap(clean(part, 2000), room)] or [""]
        lines.append(f"{sign} {name}".ljust(indent) + body[0])
        lines.extend(" " * indent + line for line in body[1:])
    return "\n".join(lines)


def clean(text: str, limit: int = 200) -> str:
    """Return `text` on one line without control or direction characters, cut at `limit`."""
    shown = "".join(" " if letter.isspace() else letter for letter in text[: limit * 2])
    shown = "".join(letter for letter in shown if unicodedata.category(letter)[0] != "C")
    return shown if len(shown) <= limit else shown[: limit - 3] + "..."


def _can_show(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
