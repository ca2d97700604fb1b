"""`--run`: the notebook from top to bottom in a fresh kernel, as the grader will run it."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import Any

from coursedata.console import Row
from coursedata.preflight.code import is_empty_part
from coursedata.preflight.notebook import Notebook

__all__ = ["run_notebook"]

CELL_SECONDS = 120
START_SECONDS = 60


def run_notebook(notebook: Notebook, *, cell_seconds: int = CELL_SECONDS) -> Iterator[Row]:
    """Yield one row for each cell that raises when everything is run anew; nothing is saved."""
    try:
        import nbformat
        from nbclient import NotebookClient
        from nbclient.exceptions import CellTimeoutError, DeadKernelError
    except ImportError as error:
        yield Row("note", "run", f"cannot run here: {error}", "python -m pip install nbclient ipykernel")
        return
    document: Any = None
    begun: list[Any] = []  # the counts in the file say nothing: they are of earlier runs
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what nbformat says about missing ids is no student's business
            document = nbformat.read(notebook.path, as_version=4)  # type: ignore[no-untyped-call]
        client = NotebookClient(
            document,
            timeout=cell_seconds,
            startup_timeout=START_SECONDS,
            kernel_name="python3",
            allow_errors=True,
            extra_arguments=["--IPKernelApp.log_level=50"],
            on_cell_execute=lambda cell, cell_index: begun.append(cell),  # noqa: ARG005  (by these names)
            resources={"metadata": {"path": str(notebook.path.resolve().parent)}},
        )
        client.execute()
    except CellTimeoutError:
        text = f"a cell takes longer than {cell_seconds} seconds: {_named(begun[-1])}"
        yield Row("problem", "run", text, "Look for a loop without end; run less while you try.")
        return
    except DeadKernelError:
        text = "the kernel died (memory, or a crash inside a library)"
        yield Row("problem", "run", text, "Run the cells one by one and see which one it is.")
        return
    except Exception as error:  # noqa: BLE001  (Jupyter's own failures are many, and none is a student's)
        yield Row("note", "run", f"could not be run: {type(error).__name__}: {error}", "Run it in Jupyter instead.")
        return
    yield from _raised(notebook, document)


def _raised(notebook: Notebook, document: Any) -> Iterator[Row]:
    empty = {cell.grade_id for cell in notebook.cells if cell.role == "solution" and is_empty_part(cell)}
    waiting, clean = 0, True
    for cell, ran in zip(notebook.cells, document.cells, strict=True):
        error = next((output for output in ran.get("outputs", ()) if output.get("output_type") == "error"), None)
        if error is None or cell.may_raise:
            continue
        if error.get("ename") == "NotImplementedError" and error.get("evalue") in empty:
            waiting += 1
            continue
        clean = False
        text = f"raises {error.get('ename', '')}: {error.get('evalue', '')}"
        yield Row("problem", cell.name, text, f"It is cell {cell.number}; the cells before it were run first.")
    if waiting:
        yield Row("note", "run", f"{waiting} cells call a part that is still to be written")
    elif clean:
        yield Row("ok", "run", "every cell was run from top to bottom in a fresh kernel")


def _named(cell: Any) -> str:
    first_line = str(cell.source).strip().split("\n", 1)[0]
    return f"the one that begins with {first_line[:60]!r}"
