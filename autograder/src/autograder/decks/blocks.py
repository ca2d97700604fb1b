"""Runs a deck's Python blocks in order and compares what they print with what the slide shows.

A block is a fence ` ```python `; the fence ` ```output ` below it holds what it prints. `no-run` opts out, `raises`
says that it raises, and a line of output may end in `…` where it was cut. Sybil's stock lexer would skip fences whose
info holds more than a word, without a sound: this one complains about what it does not know.
"""

from __future__ import annotations

import contextlib
import io
import itertools
import linecache
import re
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from sybil import Document, Example, Region, Sybil

from autograder.decks.complaint import Complaint
from autograder.decks.source import Deck, Fence, read_deck

__all__ = ["run_blocks", "unread_fences"]

OPENING = re.compile(r"^[ \t>*+-]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`\n]*)$")
PYTHON = re.compile(r"\{?\.?i?py", re.IGNORECASE)
OPTIONS = frozenset({"no-run", "raises"})
CUT = "…"


class Block:
    """A Python fence with the output that the slide shows for it."""

    def __init__(self, fence: Fence, shown: Fence | None) -> None:
        self.fence = fence
        self.shown = shown.code if shown else ""
        self.raises = "raises" in fence.info.split()

    def __call__(self, example: Example) -> str | None:
        """Run the block in the deck's namespace; return what is wrong, or None."""
        printed, error = self._run(example.namespace, f"{example.path}")
        if error and not self.raises:
            return f"the block raises {error}: mend it, or mark the fence `raises` and show the error as output"
        if self.raises and not error:
            return "the block is marked `raises` and raises nothing: take the mark away"
        printed += f"{error}\n" if error else ""
        return None if _same(printed, self.shown) else _difference(printed, self.shown)

    def _run(self, namespace: dict[str, object], path: str) -> tuple[str, str]:
        name = f"<{path}:{self.fence.line}>"
        linecache.cache[name] = (len(self.fence.code), None, self.fence.code.splitlines(keepends=True), name)
        out = io.StringIO()
        try:
            code = compile(self.fence.code, name, "exec")
            with contextlib.redirect_stdout(out):
                exec(code, namespace)  # noqa: S102  (the lecturer's own code)
        except Exception as error:  # noqa: BLE001  (whatever a block raises is what the slide is about)
            return out.getvalue(), "".join(traceback.format_exception_only(error)).strip().splitlines()[0]
        return out.getvalue(), ""


def run_blocks(path: Path) -> list[Complaint]:
    """Run the blocks of the deck in `path`; return a complaint for each that does not do what its slide shows."""
    deck = read_deck(path)
    complaints = list(unread_fences(deck))
    document = Sybil(parsers=[_parser(deck)], pattern="*.md").parse(path)
    seeded: dict[str, object] = document.namespace
    exec("import torch; torch.manual_seed(0); del torch", seeded)  # noqa: S102  (a constant)
    for example in document.examples():
        problem = example.region.evaluator(example) if example.region.evaluator else None
        if problem:
            what, _, fix = problem.rpartition(": ")
            complaints.append(_at(deck, example.line, what, fix))
    return complaints


def unread_fences(deck: Deck) -> Iterator[Complaint]:
    """Yield a complaint for each fence that the reader of blocks would pass over."""
    read = {fence.line for slide in deck.slides for fence in slide.fences}
    for line, info in _fence_lines(deck):
        if line not in read:
            yield _at(
                deck,
                line,
                "this fence is text inside HTML, so it is neither drawn as code nor run",
                "leave a blank line above it",
            )
        elif PYTHON.match(info):
            yield from _odd_info(deck, line, info)
    yield from _idle_outputs(deck)


def _idle_outputs(deck: Deck) -> Iterator[Complaint]:
    """Yield a complaint for each output that is compared with nothing."""
    for slide in deck.slides:
        for before, fence in itertools.pairwise((None, *slide.fences)):
            if not fence or fence.language != "output":
                continue
            if before is None or before.language != "python":
                yield _at(deck, fence.line, "this output belongs to no block", "put it right below its Python block")
            elif not _is_run(before):
                yield _at(
                    deck, fence.line, "the block above this output is `no-run`, so nobody compares it", "write `text`"
                )


def _odd_info(deck: Deck, line: int, info: str) -> Iterator[Complaint]:
    language, *options = info.split()
    unknown = [option for option in options if option not in OPTIONS]
    if language != "python":
        yield _at(deck, line, f"a fence `{language}` is not run", "write `python`")
    elif unknown:
        yield _at(
            deck, line, f"a fence does not know {' '.join(unknown)}", f"use {' or '.join(sorted(OPTIONS))}, or nothing"
        )


def _is_run(fence: Fence) -> bool:
    return fence.language == "python" and "no-run" not in fence.info.split()


def _fence_lines(deck: Deck) -> Iterator[tuple[int, str]]:
    """Yield (line, info) of each opening fence, read line by line and with no knowledge of Markdown."""
    mark = ""
    for number, line in enumerate(deck.text.splitlines(), start=1):
        match = OPENING.match(line)
        if not match:
            continue
        if not mark:
            mark = match["mark"]
            yield number, match["info"].strip()
        elif match["mark"].startswith(mark) and not match["info"].strip():
            mark = ""


def _parser(deck: Deck) -> Callable[[Document], Iterator[Region]]:
    starts = [0, *itertools.accumulate(len(line) for line in deck.text.splitlines(keepends=True))]

    def parse(_: Document) -> Iterator[Region]:
        for slide in deck.slides:
            for fence, below in itertools.pairwise((*slide.fences, None)):
                if fence and _is_run(fence):
                    shown = below if below and below.language == "output" else None
                    start = starts[fence.line - 1]
                    yield Region(start, start + len(fence.code), fence.code, Block(fence, shown))

    return parse


def _same(printed: str, shown: str) -> bool:
    got, want = (text.rstrip().split("\n") for text in (printed, shown))
    return len(got) == len(want) and all(_same_line(*pair) for pair in zip(got, want, strict=True))


def _same_line(got: str, want: str) -> bool:
    if want.endswith(CUT):
        return got.startswith(want.removesuffix(CUT).rstrip())
    return got.rstrip() == want.rstrip()


def _difference(printed: str, shown: str) -> str:
    if not shown:
        return f"the block prints {printed.strip()!r} and the slide does not show it: add it as an ```output fence"
    return f"the block prints {printed.strip()!r} and the slide shows {shown.strip()!r}: correct one of them"


def _at(deck: Deck, line: int, problem: str, fix: str) -> Complaint:
    return Complaint(deck.slug, line, deck.slide_at(line), problem, fix)
