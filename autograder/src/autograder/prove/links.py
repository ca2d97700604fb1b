"""Every link, file and data name that a notebook's prose mentions must be there once a student has the notebook."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from markdown_it import MarkdownIt

from autograder.decks.anchors import deck_anchors, slug_of
from autograder.manifest import Exercise, Repository
from autograder.prove.content import files_of
from autograder.prove.listed import unlisted
from autograder.prove.targets import DeckLink, deck_link, prose_of, targets_of, tokens_of
from autograder.release.source import Cell, Source

__all__ = ["broken_links", "unknown_data"]

OUTSIDE = ("http://", "https://", "mailto:", "data:")
FILE = re.compile(r"(?:[\w-]+/)*[\w-]+\.(?:avi|csv|gif|gz|ipynb|jpe?g|json|mp4|np[yz]|pdf|png|pt|svg|toml|txt|y4m|zip)")
FROM_COURSEDATA = re.compile(r"\bcoursedata(?:\.\w+)+")
LIBRARY = "coursedata"


def broken_links(repo: Repository, exercise: Exercise, source: Source) -> list[str]:
    """Return one line for each link, and each file in backticks, that leads nowhere in what students get."""
    shown = f"solutions/{exercise.slug}/notebook.py"
    code = "\n".join(cell.source for cell in source.cells if cell.cell_type == "code")
    here = _here(exercise)
    headings = {anchor for cell in prose_of(source) for anchor in _headings(cell)}
    found = []
    for cell in prose_of(source):
        for target in targets_of(cell):
            problem = _problem(target, repo, exercise, here, headings)
            if problem:
                found.append(f"{shown}:{cell.line}: the link {target!r} {problem}")
        found += [
            f"{shown}:{cell.line}: `{name}` is no file that students get and no code cell names it: "
            f"put it into solutions/{exercise.slug}/files, or mend the name"
            for name in _files_named(cell)
            if name not in here and PurePosixPath(name).name not in code
        ]
    return found


def unknown_data(repo: Repository, exercise: Exercise, source: Source) -> list[str]:
    """Return one line for each name of `coursedata`, and each data set of exercise.toml, that does not exist."""
    shown = f"solutions/{exercise.slug}"
    names = {name for cell in source.cells if cell.cell_type == "code" for name in _imported(cell)}
    names |= {name for cell in source.cells for name in FROM_COURSEDATA.findall(cell.source)}
    found = [
        f"{shown}/notebook.py: there is no {name} in {LIBRARY}: mend the name"
        for name in sorted(names)
        if not _exists(name)
    ]
    missing = unlisted(repo, exercise.data)
    return found + [f"{shown}/exercise.toml: data names {name!r}: add it to datasets/registry.toml" for name in missing]


def _here(exercise: Exercise) -> set[str]:
    return {*files_of(exercise.folder / "files"), f"{exercise.slug}.ipynb"}


def _files_named(cell: Cell) -> list[str]:
    return [t.content for t in tokens_of(cell.source) if t.type == "code_inline" and FILE.fullmatch(t.content)]


def _headings(cell: Cell) -> Iterator[str]:
    previous = None
    for token in MarkdownIt("commonmark").parse(cell.source):
        if previous == "heading_open":
            yield token.content.strip().replace(" ", "-")  # as JupyterLab makes them
            yield slug_of(token.content)
        previous = token.type


def _problem(target: str, repo: Repository, exercise: Exercise, here: set[str], headings: set[str]) -> str:
    """Return why a link leads nowhere for somebody who opens the notebook among the files that a release hands out."""
    if target.startswith(OUTSIDE):
        return ""
    path, _, fragment = unquote(target).partition("#")
    if not path:
        return "" if fragment in headings else "names no heading of this notebook: mend the name after #"
    if path in here:
        return ""
    deck = deck_link(target)
    if deck:
        return _deck_problem(repo.slides / f"{deck.slug}.md", deck)
    parts = PurePosixPath(path).parts
    if parts[:1] == ("..",) and len(parts) == 3 and parts[1] in repo.slugs() and parts[2] == f"{parts[1]}.ipynb":
        return "" if parts[1] <= exercise.slug else "leads to a later exercise: a student may not have it yet"
    folder = f"solutions/{exercise.slug}/files"
    return f"leads nowhere: put the file into {folder}, or link ../../slides/NN_topic.html#heading"


def _deck_problem(deck: Path, link: DeckLink) -> str:
    if not deck.is_file() or link.suffix not in (".html", ".pdf"):
        return "names no deck: there is slides/NN_topic.md for each ../../slides/NN_topic.html"
    if link.heading and link.heading not in deck_anchors(deck):
        return f"names no heading of slides/{deck.name}: mend the name after #"
    return ""


def _imported(cell: Cell) -> Iterator[str]:
    for node in ast.walk(ast.parse(cell.python)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == LIBRARY:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _exists(name: str) -> bool:
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for attribute in parts[length:]:
            if not hasattr(found, attribute):
                return False
            found = getattr(found, attribute)
        return True
    return False
