"""Markdown of a student's keeps its look and loses its teeth, whoever reads it."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urlparse

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbconvert.filters import markdown2html

from autograder.gradebook.notebook import JOINER, defuse_markdown

FROM_MARKDOWN = {
    *("a", "blockquote", "br", "code", "del", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "input", "li"),
    *("ol", "p", "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}
HARMLESS_SCHEMES = {"", "http", "https", "mailto"}
TOKENS = st.sampled_from(
    [
        *("<", ">", "</", "<!--", "-->", "<![CDATA[", "<?", "&lt;", "&#60;", "\\<", "<\\", "\\", "`", "```\n", "~~~\n"),
        *(
            "$",
            "$$",
            "\\(",
            "\\[",
            "\\begin{x}",
            "\\end{x}",
            "\n",
            "\n\n",
            "    ",
            "\t",
            "> ",
            "- ",
            "# ",
            "|",
            "*",
            "_",
        ),
        *(
            "img src=x onerror=window.hit=1",
            "script",
            "svg onload=x",
            "a href=javascript:x",
            "x",
            " ",
            '"',
            "'",
            "/",
            "=",
        ),
        *("[x](", "[x](<", "![x](", "[x]: ", "[x][x]", "[x]", "](", "]:", ")", "(", "[", "]", "!"),
        *("javascript:x", "JaVaScRiPt:x", "java\nscript:x", "java&#115;cript:x", "javascript\\:x", "vbscript:x"),
        *("data:text/html,x", "&#106;avascript:x", "\x01javascript:x", "//evil.example/x", "https://ok.example/x"),
        *(JOINER, "\u200b", "\u0000", "file:x", "javascript&colon;x", "%6aavascript:x", "ja\u0130vascript:x"),
    ]
)


class Found(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: set[str] = set()
        self.schemes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag, its handlers and where its addresses lead."""
        self.tags.add(tag)
        for name, value in attrs:
            if name.startswith("on"):
                self.handlers.add(name)
            if name in {"href", "src", "action"}:
                # What the address standard drops before it looks for a scheme.
                address = (value or "").strip("".join(map(chr, range(33)))).translate(dict.fromkeys(map(ord, "\t\n\r")))
                self.schemes.add(urlparse(address).scheme.lower() if ":" in address else "")


def found(text: str) -> Found:
    """Return what stands in the HTML that nbconvert, as the formgrader uses it, makes of `text`."""
    parser = Found()
    parser.feed(markdown2html(text))
    parser.close()
    return parser


@settings(max_examples=500, deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=14).map("".join))
def test_nothing_live_is_left(text: str) -> None:
    """Whatever is written, the formgrader's HTML holds Markdown's own tags, no handlers and no script addresses."""
    seen = found(defuse_markdown(text))
    assert seen.tags <= FROM_MARKDOWN
    assert seen.handlers == set()
    assert seen.schemes <= HARMLESS_SCHEMES


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x]: javascript:alert(1)\n\n[x]"],
)
def test_the_test_would_see_a_live_page(text: str) -> None:
    """Without us, the same reader lets each of these through."""
    seen = found(text)
    assert seen.handlers or not seen.schemes <= HARMLESS_SCHEMES


@pytest.mark.parametrize(
    "path",
    [
        *("../../../files/x.html", "/files/x.html", "./../x", "a/../../x", "//evil.example/x", "\\x"),
        *("a\xa0/../../x", "\xa0mailto:x/../../x", "a\u2003/../../x", "a./../x", "a/..", "a/.\\./x"),
    ],
)
def test_no_link_leads_up(path: str) -> None:
    """A server that shows the notebook also has other files of its student: no link leads there."""
    assert "href" not in markdown2html(defuse_markdown(f"[x]({path})"))
    assert "href" not in markdown2html(defuse_markdown(f"[x]\n\n[x]: {path}"))


@pytest.mark.parametrize(
    "text",
    [
        "if $a < b$ then **bold** and `x <= y`",
        "[a file](notes.md), [b](./a/b.c_d-e.txt 'title'), [c](\n  a.md)... [e](a.b.c) and so on ..\n\n[f]: notes.md\n",
        "- [the docs](https://pytorch.org/docs)\n- [below](#why) and [a file](files/notes.md)",
        "| a | b |\n| - | - |\n| 1 | 2 |",
        "```python\nx = y[0] + f(1)\n```",
        "Ask me@example.org, 3 > 2, a -> b",
    ],
)
def test_honest_markdown_is_untouched(text: str) -> None:
    """Formulas, code, tables and links to the web stay byte for byte."""
    assert defuse_markdown(text) == text
