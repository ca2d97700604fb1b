"""What was changed against the release: lost, copied, retyped and edited cells, and answers not written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from coursedata.console import Row
from coursedata.preflight.notebook import LOCKED, Cell, Expected, Notebook

__all__ = ["check_template"]

ANSWERS = {"solution", "written"}
RELEASED = "copy the cell from the released notebook"


def check_template(notebook: Notebook) -> Iterator[Row]:
    """Yield what differs from the release in a way that a student would want to know."""
    if not notebook.expected:
        text = "it does not say which release it comes from"
        yield Row("note", "template", text, "Start from the released notebook: other files cannot be matched to parts.")
        return
    for expected in notebook.expected:
        yield from _check_cell(notebook, expected)
    yield from _check_order(notebook)
    yield from _check_strangers(notebook)


def _check_cell(notebook: Notebook, expected: Expected) -> Iterator[Row]:
    cells = notebook.named(expected.grade_id)
    answer = expected.kind in ANSWERS
    if not cells and expected.kind != "free":
        todo = f"Its points are lost: {RELEASED} and write your answer." if answer else "The grader puts it back."
        yield Row("problem" if answer else "note", expected.grade_id, "the cell was deleted", todo)
    if len(cells) > 1:
        places = ", ".join(str(cell.number) for cell in cells)
        todo = "Delete the copies: only the one nearest to the original's place counts."
        yield Row(
            "problem" if answer else "note", expected.grade_id, f"stands {len(cells)} times: cells {places}", todo
        )
    for cell in cells[:1]:
        yield from _check_kept(cell, expected)


def _check_kept(cell: Cell, expected: Expected) -> Iterator[Row]:
    if expected.cell_type not in {None, cell.kind}:
        text = f"was turned from a {expected.cell_type} cell into a {cell.kind or 'nameless'} one"
        yield Row("problem", expected.grade_id, text, f"Turn it back in the toolbar (cell {cell.number}).")
    elif expected.kind in LOCKED and cell.digest != expected.digest:
        todo = "The grader runs the original. Undo your change, or put it into a cell of your own."
        yield Row("note", expected.grade_id, "this locked cell was changed", todo)
    elif expected.kind == "written" and (cell.digest == expected.digest or not cell.source.strip()):
        yield Row("problem", expected.grade_id, "the answer is not written yet", "Double-click the cell and write it.")
    # nbgrader allows no text that may be edited and is not graded, so such a cell carries no mark
    answer = expected.kind not in LOCKED and not (expected.kind == "free" and cell.kind == "markdown")
    if cell.marks != (expected.kind in LOCKED, answer):
        yield Row("note", expected.grade_id, "its hidden marks were edited", "Nothing to do: the grader uses its own.")


def _check_order(notebook: Notebook) -> Iterator[Row]:
    places = {expected.grade_id: place for place, expected in enumerate(notebook.expected)}
    order = [places[cell.grade_id] for cell in notebook.cells if cell.grade_id in places]
    moved = next((later for earlier, later in pairwise(order) if later < earlier), None)
    if moved is not None:
        name = notebook.expected[moved].grade_id
        todo = "The grader runs the original order: move it back, and see that it still works."
        yield Row("note", "order", f"cells were moved: {name} stands later than it did", todo)


def _check_strangers(notebook: Notebook) -> Iterator[Row]:
    known = {expected.grade_id for expected in notebook.expected}
    for cell in notebook.cells:
        if cell.grade_id and cell.grade_id not in known:
            text = f"cell {cell.number} has a name that this exercise does not know"
            yield Row("note", cell.grade_id, text, "It is taken as a cell of your own and earns no points.")
