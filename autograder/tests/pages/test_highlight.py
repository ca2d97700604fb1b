"""Colours add elements of ours around a student's code, and nothing else."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pages.highlight import highlight

PIECES = [
    '"""',
    "'''",
    '"',
    "'",
    "\\",
    "\n",
    "#",
    "<b>",
    "&lt;",
    "&",
    "def ",
    "class ",
    "@a.b",
    "rb",
    "f",
    "x.print",
    " ",
    "1e-3",
]
OURS = re.compile(r'<i class="[cskfbn]">|</i>')


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join))
def test_the_text_stays_as_it_is(text: str) -> None:
    """Without our elements, and read as a browser reads it, every text is what it was; nothing else is an element."""
    shown = str(highlight(text))
    assert "<" not in OURS.sub("", shown)
    assert OURS.sub("", shown).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text


@pytest.mark.parametrize(
    ("code", "coloured"),
    [
        ("return x  # why <b>", {"return": "k", "# why <b>": "c"}),
        ('s = rb"a\\"b" + \'c', {'rb"a\\"b"': "s", "'c": "s"}),
        ("def f(x):\n    '''Doc\n    more''' ", {"def": "k", "f": "f", "'''Doc\n    more'''": "s"}),
        ("print(x.print, len_of, 0x1f, y1)", {"print": "b", "0x1f": "n"}),
        ("@torch.no_grad()\nclass A: pass", {"@torch.no_grad": "f", "class": "k", "A": "f", "pass": "k"}),
    ],
)
def test_each_kind_has_its_colour(code: str, coloured: dict[str, str]) -> None:
    """Comments, strings that end and that do not, keywords, definitions, builtins and numbers; no attribute."""
    found = re.findall(r'<i class="(\w)">(.*?)</i>', str(highlight(code)), re.DOTALL)
    assert {html.unescape(text): kind for kind, text in found} == coloured


@pytest.mark.parametrize(
    "piece", ['"""', "'''\"\"\"", '"\\', "<", '"""\'\'\'"', "\t", "rb", "1.", '"\n', '"""\\"""', "@a"]
)
@pytest.mark.timeout(30)
def test_no_text_takes_long(piece: str) -> None:
    """Two hundred thousand characters of what would lead an expression astray are coloured at once."""
    assert highlight(piece * (200_000 // len(piece)))
