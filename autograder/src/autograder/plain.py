"""Text made plain: without what a terminal or a page would act on, and with what misleads a reader made visible."""

from __future__ import annotations

import re

__all__ = ["clean", "plain", "visible"]

LONGEST_LINES, LONGEST_LINE = 120, 2000
ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
MISLEADING = re.compile(
    r"[\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u2060-\u2065"
    r"\u206a-\u206f\u3164\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]+"
)
"""Marks that make text read otherwise than it stands, and what takes no room; left alone are direction marks, joiners
and the selectors of emoji, which names and words need."""
NAMED, KINDS = 200, 3
"""Runs of them that are named in one text, and different ones of a run: a name takes four times the room of a mark."""
FURTHER = "\ufffd"
MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
STACKED = re.compile(f"({MARKS}{{4}}){MARKS}+")
"""More marks on one letter than any language needs: they would cover the lines above and below."""


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
    return visible("\n".join(rows))


def visible(text: str) -> str:
    """Return `text` without unseen characters and piled-up marks, with what misleads made visible."""
    return text if text.isascii() and _is_clean(text) else STACKED.sub(r"\1", clean(text))


def clean(text: str) -> str:
    """Return `text` without unseen characters and with what misleads made visible; costs little where all is well."""
    if _is_clean(text):
        return text
    return MISLEADING.sub(FURTHER, MISLEADING.sub(_named, UNSEEN.sub("", text), count=NAMED))


def _named(run: re.Match[str]) -> str:
    kinds = list(dict.fromkeys(run[0]))
    names = ", ".join(f"U+{ord(mark):04X}" for mark in kinds[:KINDS])
    more = ", …" if len(kinds) > KINDS else ""
    times = f" \u00d7 {len(run[0])}" if len(run[0]) > min(len(kinds), KINDS) else ""
    return f"⟨{names}{more}{times}⟩"


def _is_clean(text: str) -> bool:
    """Return whether nothing can be wrong with `text`; much faster than looking for each wrong character."""
    return text.replace("\n", "").replace("\t", "").isprintable()
