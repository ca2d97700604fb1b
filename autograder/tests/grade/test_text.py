"""Text for terminals and pages."""

from __future__ import annotations

import pytest

from autograder.grade.text import plain_text

CASES = {
    "\x1b[31mred\x1b[0m": "red",
    "\x1b]0;title\x07after": "after",
    "\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\": "link",
    "\x9b31mx": "31mx",
    "a\x00b\x08c\x7f": "abc",
    "\u202etxt.exe\u2066": "txt.exe",
    "tab\tline\nend": "tab\tline\nend",
    "<script>": "<script>",
    "äöü 数据 🎓": "äöü 数据 🎓",
    "\x1b" * 5: "",
    "a\ud800b\udfff": "ab",
}


@pytest.mark.parametrize("text", CASES, ids=range(len(CASES)))
def test_plain(text: str) -> None:
    """Terminal codes, control characters and overrides go, everything else stays."""
    assert plain_text(text) == CASES[text]


def test_long_text_is_cut_in_linear_time() -> None:
    """Texts made to keep a pattern busy take no longer than others."""
    for piece in ("\x1b[", "\x1b]x", "\x1b[0", "\x1b", "\x1b[0;"):
        assert len(plain_text(piece * 200_000)) <= 50_000
