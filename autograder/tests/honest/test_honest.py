"""Correct work in odd clothing: every submission in `submissions/`, and every editor's way to save one, has full marks."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.sandbox

FILES = sorted((Path(__file__).parent / "submissions").glob("*.py"))
Check = Callable[[Any], None]


def read(path: Path) -> list[tuple[str, str]]:
    """Return a submission's cells as (title, source)."""
    _, _, body = path.read_text("utf-8").split('"""', 2)
    pieces = re.split(r"^# %% (\w+)\n", body, flags=re.MULTILINE)
    return list(zip(pieces[1::2], pieces[2::2], strict=True))


def dressed(arena: Any, cells: list[tuple[str, str]]) -> dict[str, Any]:
    """Return the reference's notebook with these cells: `extra` after the imports or the cell before it."""
    known = {cell.id for cell in arena.source.cells}
    notebook = arena.honest({title: source for title, source in cells if title in known})
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "imports")
    for number, (title, source) in enumerate(cells):
        if title in known:
            place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == title)
            continue
        place = len(notebook["cells"]) - 1 if title == "extra_end" else place
        extra = {"cell_type": "code", "id": f"x{number}", "metadata": {}, "source": source, "outputs": []}
        notebook["cells"].insert(place + 1, extra | {"execution_count": None})
        place += 1
    return notebook


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_honest(path: Path, arena: Any, full_marks: Check) -> None:
    """An honest submission loses nothing to what it does beside answering."""
    full_marks(arena.grade(dressed(arena, read(path))))


def colab(notebook: dict[str, Any]) -> None:
    """As Colab saves: its own metadata, ids in the metadata, nbformat 4.0, sources as lists, no language."""
    notebook["nbformat_minor"] = 0
    notebook["metadata"] = {
        "colab": {"provenance": [], "toc_visible": True, "gpuType": "T4"},
        "kernelspec": {"name": "python3", "display_name": "Python 3"},
        "language_info": {"name": "python"},
        "accelerator": "GPU",
    }
    for cell in notebook["cells"]:
        cell["metadata"] = cell["metadata"] | {"id": cell.pop("id"), "colab": {"base_uri": "https://localhost:8080/"}}
        cell["source"] = cell["source"].splitlines(keepends=True)
    notebook["cells"].append({"cell_type": "code", "metadata": {"id": "new"}, "source": [], "outputs": []})


def visual_studio_code(notebook: dict[str, Any]) -> None:
    """As VS Code saves: a version in the metadata, a virtual environment's kernel, cell ids of its own."""
    notebook["metadata"]["kernelspec"] = {"display_name": ".venv (3.12.3)", "language": "python", "name": "python3"}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.12.3", "file_extension": ".py"}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] = {"vscode": {"languageId": "python"}} | cell["metadata"]
        cell["id"] = f"{number:08x}"


def jupyterlab(notebook: dict[str, Any]) -> None:
    """As JupyterLab 4 saves: execution times, slide types, collapsed cells, trusted flags."""
    notebook["metadata"]["toc-autonumbering"] = False
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"slideshow": {"slide_type": ""}, "editable": True, "jupyter": {"source_hidden": True}}
        if cell["cell_type"] == "code":
            cell["execution_count"] = number
            cell["metadata"] |= {"execution": {"iopub.execute_input": "2030-01-01T00:00:00Z"}, "trusted": True}


def notebook_7(notebook: dict[str, Any]) -> None:
    """As Notebook 7 saves: widget state in the metadata."""
    state = {"state": {"abc": {"model_name": "IntSliderModel"}}, "version_major": 2, "version_minor": 0}
    notebook["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": state}


def stale_outputs(notebook: dict[str, Any]) -> None:
    """Outputs of another run: errors, huge texts, HTML and counts out of order."""
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = 100 - number
            cell["outputs"] = [
                {"output_type": "error", "ename": "NameError", "evalue": "x", "traceback": ["\x1b[31mNameError"]},
                {"output_type": "stream", "name": "stdout", "text": "x" * 100_000},
                {"output_type": "display_data", "data": {"text/html": "<b>x</b>"}, "metadata": {}},
            ]


def windows_lines(notebook: dict[str, Any]) -> None:
    """Lines that end as Windows writes them, and tabs."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")


def lists_of_lines(notebook: dict[str, Any]) -> None:
    """Sources as lists of lines."""
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)


def more_markdown(notebook: dict[str, Any]) -> None:
    """Cells of text between all others, raw cells, attachments and empty cells."""
    cells = []
    for cell in notebook["cells"]:
        note = {"cell_type": "markdown", "metadata": {}, "source": "# My note\n$x^2$ ![a](attachment:a.png)"}
        raw = {"cell_type": "raw", "metadata": {}, "source": "raw"}
        empty = {"cell_type": "code", "metadata": {}, "source": "  \n", "outputs": [], "execution_count": None}
        cells += [note | {"attachments": {"a.png": {"image/png": "AAAA"}}}, cell, raw, empty]
    notebook["cells"] = cells


def ids_only(notebook: dict[str, Any]) -> None:
    """An editor that drops nbgrader's metadata and keeps the cells' ids."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}


def byte_order_mark(notebook: dict[str, Any]) -> None:
    """A note in the metadata that is no ASCII."""
    notebook["metadata"]["title"] = "Übung \ufeff"


EDITORS = [
    *(colab, visual_studio_code, jupyterlab, notebook_7, stale_outputs, windows_lines, lists_of_lines, more_markdown),
    *(ids_only, byte_order_mark),
]


@pytest.mark.parametrize("save", EDITORS, ids=lambda save: save.__name__)
def test_saved_by(save: Callable[[dict[str, Any]], None], arena: Any, full_marks: Check) -> None:
    """The same answers have full marks whatever saved them."""
    notebook = copy.deepcopy(arena.honest())
    save(notebook)
    full_marks(arena.grade(notebook))


def test_saved_with_a_byte_order_mark_and_escapes(arena: Any, full_marks: Check) -> None:
    """Some tools write UTF-8 with a byte order mark, and others escape every letter."""
    text = json.dumps(arena.honest(), ensure_ascii=True, indent=1)
    full_marks(arena.grade(b"\xef\xbb\xbf" + text.encode()))


def test_a_part_that_crashes_costs_itself_alone(arena: Any) -> None:
    """A cell that ends Python, one that hangs and one that takes all memory leave the other parts their points."""
    for code in ("import os; os._exit(1)", "while True: pass", "x = [0]\nwhile True: x += x"):
        report = arena.grade(arena.honest({"demean": code}))
        lost = {part.part: part.points for part in report.parts if part.points < part.max_points}
        assert lost == {"demean": 0.0}, code


def test_a_call_that_crashes_costs_its_check_alone(arena: Any) -> None:
    """So do a call that ends Python, one that hangs and one that takes all memory."""
    for body in ("import os; os._exit(1)", "while True: pass", "y = [0]\n    while True: y += y"):
        report = arena.grade(arena.honest({"demean": f"def demean(x):\n    {body}"}))
        lost = {part.part: part.points for part in report.parts if part.points < part.max_points}
        assert lost == {"demean": 0.0}, body


def test_the_same_points_again(arena: Any) -> None:
    """The same submission and seed give the same findings, in any company."""
    notebook = arena.honest({"softmax": "def softmax(x):\n    return x.softmax(0)", "unit": "unit = None"})
    first = arena.grade(notebook)
    arena.grade(arena.attack([("extra", "import torch; torch.manual_seed(5); torch.rand(3)")]))
    again = arena.grade(notebook)
    assert [(p.points, [(f.verdict, f.reason) for f in p.findings]) for p in first.parts] == [
        (p.points, [(f.verdict, f.reason) for f in p.findings]) for p in again.parts
    ]


def test_experiments_that_fail(arena: Any, full_marks: Check) -> None:
    """Cells that raise, break off or hold no Python cost nothing."""
    cells = ["1 / 0", "if True print('x')", "for", "%nothing", "!nothing", "%%nothing\nx", "raise SystemExit(3)"]
    full_marks(arena.grade(dressed(arena, [("extra", source) for source in cells])))
