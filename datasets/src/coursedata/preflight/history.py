"""What the saved outputs tell: cells never run, an order that hides state, errors, sizes, the kernel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from coursedata.console import Row
from coursedata.preflight.code import is_empty_part
from coursedata.preflight.notebook import LARGEST_FILE, Cell, Notebook

__all__ = ["check_file", "check_history", "check_outputs"]

LARGEST_WEIGHTS = 20 << 20
"""Bytes of all files beside a notebook that a grader takes."""
LARGE_OUTPUT = 2 << 20
"""Bytes of one cell's saved output: more than any plot of the course."""
RESTART = "Kernel > Restart Kernel and Run All Cells, then save."


def check_file(notebook: Notebook) -> Iterator[Row]:
    """Yield what the file as a whole is: its size and its kernel."""
    text = f"{notebook.path.name}, {notebook.size / 1024:,.0f} KiB, {len(notebook.cells)} cells"
    if notebook.size > LARGEST_FILE * 0.8:
        text += f", and at most {LARGEST_FILE >> 20} MiB are taken"
        yield Row("problem", "file", text, "Edit > Clear Outputs of All Cells, then save.")
    else:
        yield Row("ok", "file", text + (f", exercise {notebook.exercise}" if notebook.exercise else ""))
    yield from _check_weights(notebook)
    if notebook.language and notebook.language.lower() not in {"python", "python3", "ipython"}:
        text = f"the notebook is set to the language {notebook.language}"
        yield Row("problem", "kernel", text, "Kernel > Change Kernel > Python 3, then save.")
    elif notebook.kernel and notebook.kernel != "python3":
        text = f"the notebook asks for the kernel {notebook.kernel!r}"
        yield Row("note", "kernel", text, "Nothing is lost: the grader runs it with python3.")


def _check_weights(notebook: Notebook) -> Iterator[Row]:
    for name in notebook.weights:
        path = notebook.path.with_name(name)
        if not path.is_file():
            todo = "Train, run the cell that saves it, and hand in both."
            yield Row("problem", name, "the trained weights do not lie beside the notebook", todo)
        elif path.stat().st_size > LARGEST_WEIGHTS:
            text = f"it has {path.stat().st_size / (1 << 20):,.0f} MiB, and at most {LARGEST_WEIGHTS >> 20} are taken"
            yield Row("problem", name, text, "Save model.state_dict() of a smaller model, and nothing else.")
        else:
            yield Row("ok", name, f"{path.stat().st_size / 1024:,.0f} KiB: hand it in with the notebook")


def check_history(notebook: Notebook) -> Iterator[Row]:
    """Yield what the counts beside the cells say: in which order they were run before it was saved."""
    code = [cell for cell in notebook.cells if cell.kind == "code" and cell.source.strip()]
    unrun = [cell for cell in code if cell.count is None]
    if code and len(unrun) == len(code):
        yield Row("note", "outputs", "no cell was run since the outputs were cleared", RESTART)
    elif unrun:
        yield Row("note", "outputs", f"never run: {_names(unrun)}", RESTART)
    counts = [cell.count for cell in code if cell.count is not None]
    if counts != sorted(counts):
        late = next(b for a, b in pairwise(counts) if b < a)
        name = next(cell.name for cell in code if cell.count == late)
        text = f"cells were run out of order (first at {name}): it may work only because of what was run before"
        yield Row("note", "order of running", text, RESTART)


def check_outputs(notebook: Notebook) -> Iterator[Row]:
    """Yield saved outputs that are an error or too large."""
    for cell in notebook.cells:
        if cell.raised and not cell.may_raise and not (cell.role == "solution" and is_empty_part(cell)):
            yield Row("note", cell.name, f"its saved output is an error: {cell.raised}", RESTART)
        if cell.output_bytes > LARGE_OUTPUT:
            text = f"its saved output has {cell.output_bytes / 2**20:,.0f} MiB"
            yield Row(
                "note", cell.name, text, "Print or draw less: text beyond 512 KiB a cell is cut when it is graded."
            )


def _names(cells: Sequence[Cell]) -> str:
    names = ", ".join(cell.name for cell in cells[:8])
    return names + (f" and {len(cells) - 8} more" if len(cells) > 8 else "")
