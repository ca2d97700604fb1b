"""The student's notebook as it ran here: cells as HTML, those that are the same in every notebook made once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from autograder.grade.report import CellResult, Verdict
from autograder.pages.looks import render

__all__ = ["notebook"]

FROM_STUDENT = {"solution", "written", "free", "extra"}
HEADING = re.compile(r"^#{1,3}[ \t]+(?P<text>[^\n]+)", re.MULTILINE)
PRICE = re.compile(r"[ ·]*\[\[\w+\]\]")
"""Stands in a heading of the source where the release writes the points of a part."""
MOST_CELLS, MOST_OUTPUTS = 400, 50
"""Cells on a page and outputs of a cell; a browser lays out these at once, and not ten thousand."""
KEPT_CHARACTERS = 20_000
"""Longer cells are made anew for each page, so that what is kept stays small."""


def notebook(cells: list[CellResult], titles: dict[str, str], comments: dict[str, str]) -> tuple[Markup, list[bytes]]:
    """Return the cells that hold work or results below the headings between them, and their pictures in order.

    Args:
        cells: the rebuilt notebook after it ran.
        titles: what each part is called.
        comments: what a person wrote below cells without points; such a cell is shown however many there are.
    """
    pieces, pictures, shown = [], [], 0
    heading = ""
    for cell in cells:
        if cell.kind == "prose":
            found = HEADING.search(cell.source)
            heading = PRICE.sub("", found["text"]).strip(" #") if found else heading
        elif cell.kind in FROM_STUDENT or cell.kind == "example" or cell.outputs:
            shown += 1
            comment = comments.get(cell.id, "") if cell.kind == "free" else ""
            if shown <= MOST_CELLS or comment:
                pieces.append(_piece(cell, heading, titles.get(cell.id, ""), comment))
                pictures += [output.png for output in cell.outputs[:MOST_OUTPUTS] if output.kind == "png"]
                heading = ""
    if shown > len(pieces):
        pieces.append(Markup("<p>… {} more cells.</p>").format(shown - len(pieces)))
    return Markup("").join(pieces), pictures


@dataclass(frozen=True)
class Shown:
    """What a page shows of one cell."""

    id: str
    kind: str
    cell_type: str
    source: str
    outputs: tuple[tuple[str, str], ...]
    """Kind and text of each; a picture's text is empty."""
    left_out: int
    """Further outputs."""
    verdict: Verdict
    heading: str
    """What stands above it; empty where it is the same as above the cell before."""
    title: str
    comment: str


def _piece(cell: CellResult, heading: str, title: str, comment: str) -> Markup:
    outputs = tuple(
        (output.kind, "" if output.kind == "png" else output.text) for output in cell.outputs[:MOST_OUTPUTS]
    )
    left_out = len(cell.outputs) - len(outputs)
    which = cell.id, cell.kind, cell.cell_type
    shown = Shown(*which, cell.source, outputs, left_out, cell.verdict, heading, title, comment)
    size = len(cell.source) + len(comment) + sum(len(text) for _, text in outputs)
    return _kept(shown) if size <= KEPT_CHARACTERS else _made(shown)


def _made(cell: Shown) -> Markup:
    return render("cell.html.j2", cell=cell)


_kept = lru_cache(maxsize=1024)(_made)
