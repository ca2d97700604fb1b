"""Text that no terminal and no page can take for anything else."""

from __future__ import annotations

import re

__all__ = ["one_line", "plain_text"]

ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
TEXT_LIMIT = 50_000


def plain_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """Return `text` without terminal codes, controls, bidirectional overrides and lone surrogates, cut to `limit`."""
    return CONTROL.sub("", ANSI.sub("", text[: 2 * limit]))[:limit]


def one_line(text: str) -> str:
    """Return `text` as plain text without anything by which a student's folder could write a line of its own."""
    return plain_text(text).replace("\n", " ").replace("\t", " ")
