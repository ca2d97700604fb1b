"""The same answers have full marks whatever wrote the notebook, and whatever a hand did to its cells."""

from __future__ import annotations

import copy
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.sandbox
Check = Callable[[Any], None]
dress: Any = sys.modules["tests_dress"]


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


def colab_after_copying(notebook: dict[str, Any]) -> None:
    """A copy in Google Drive: nbgrader's metadata lost, ids in the metadata, a chart with Colab's own output."""
    colab(notebook)
    for cell in notebook["cells"]:
        cell["metadata"].pop("nbgrader", None)
        cell["metadata"] |= {
            "outputId": "9c1e",
            "executionInfo": {"status": "ok", "elapsed": 3, "user": {"userId": ""}},
        }
    data = {"text/plain": "x", "application/vnd.google.colaboratory.intrinsic+json": {"type": "dataframe"}}
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 3}
    notebook["cells"].append(dress.code("data.head()") | {"outputs": [output]})


def kaggle(notebook: dict[str, Any]) -> None:
    """As Kaggle saves: papermill's times, identifiers of its own, another version of Python."""
    notebook["metadata"] |= {"kaggle": {"accelerator": "gpu", "dataSources": []}, "papermill": {"duration": 3.5}}
    notebook["metadata"]["language_info"] = {"name": "python", "version": "3.7.12", "mimetype": "text/x-python"}
    for cell in notebook["cells"]:
        cell["metadata"] |= {"_uuid": "8f2839f2", "_cell_guid": "b1076dfc", "trusted": True, "tags": []}
        cell["metadata"] |= {"papermill": {"duration": 0.01, "status": "completed"}}


def pycharm(notebook: dict[str, Any]) -> None:
    """As PyCharm and DataSpell save: its own cell marks, sources with a marker's line, no ids, nbformat 4.2."""
    notebook["nbformat_minor"] = 2
    notebook["metadata"]["kernelspec"] = {"name": "pycharm-7f3", "language": "python", "display_name": "PyCharm (dl)"}
    for cell in notebook["cells"]:
        cell.pop("id")
        cell["metadata"] |= {"pycharm": {"name": "#%%\n", "is_executing": True}, "collapsed": False}
        cell["metadata"]["ExecuteTime"] = {"end_time": "2030-01-01T00:00:00.1Z", "start_time": "2030-01-01T00:00:00Z"}
        if cell["cell_type"] == "code":
            cell["source"] = "#%%\n" + cell["source"]


def deepnote(notebook: dict[str, Any]) -> None:
    """As Deepnote saves: ids, types and hashes in the metadata."""
    notebook["metadata"] = {"deepnote": {}, "deepnote_notebook_id": "d", "deepnote_execution_queue": []}
    for number, cell in enumerate(notebook["cells"]):
        cell["metadata"] |= {"cell_id": f"{number:032x}", "deepnote_cell_type": "code", "source_hash": "b6"}
        cell["metadata"] |= {"execution_start": 1.7e12, "execution_millis": 3, "deepnote_to_be_reexecuted": False}


def other_kernel(notebook: dict[str, Any]) -> None:
    """A kernel that is called otherwise, or not at all."""
    notebook["metadata"]["kernelspec"] = {"name": "conda-env-dl-py", "display_name": "Python [conda env:dl]"}
    notebook["metadata"].pop("language_info", None)


def format_4_0(notebook: dict[str, Any]) -> None:
    """The oldest of the formats that Jupyter still opens: no ids."""
    notebook["nbformat_minor"] = 0
    for cell in notebook["cells"]:
        cell.pop("id")


def format_4_9(notebook: dict[str, Any]) -> None:
    """A format that is not invented yet."""
    notebook["nbformat_minor"] = 9
    notebook["provenance"] = {"saved": "2030"}
    for cell in notebook["cells"]:
        cell["future"] = {"a": [1]}


def huge_outputs(notebook: dict[str, Any]) -> None:
    """Outputs near the limit of what is read: figures that carry Plotly along, and numbers that are no JSON."""
    figure = {"text/html": "<script>" + "x" * 4_800_000 + "</script>", "application/vnd.plotly.v1+json": {"z": [[1.5]]}}
    output = {"output_type": "display_data", "data": figure, "metadata": {"nan": float("nan"), "inf": float("inf")}}
    for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][:8]:
        cell["outputs"] = [output]


def spaces_at_the_ends(notebook: dict[str, Any]) -> None:
    """Blank lines, trailing spaces and tabs, as formatters leave or remove them."""
    for cell in notebook["cells"]:
        cell["source"] = "\n\n" + cell["source"].replace("\n", "  \t\n") + "\n\n\n"


def formatted(notebook: dict[str, Any]) -> None:
    """A formatter went over every cell, the locked ones too."""
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["source"] = cell["source"].replace('"', "'").replace("    ", "  ")


def byte_order_mark(notebook: dict[str, Any]) -> None:
    """A note in the metadata that is no ASCII."""
    notebook["metadata"]["title"] = "Übung \ufeff"


EDITORS = [
    *(colab, colab_after_copying, visual_studio_code, jupyterlab, notebook_7, kaggle, pycharm, deepnote, other_kernel),
    *(format_4_0, format_4_9, stale_outputs, huge_outputs, windows_lines, lists_of_lines, more_markdown, ids_only),
    *(spaces_at_the_ends, formatted, byte_order_mark),
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


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_saved_in_another_encoding(encoding: str, arena: Any, full_marks: Check) -> None:
    """Windows editors write UTF-16, and JSON says which it is by its first bytes."""
    full_marks(arena.grade(json.dumps(arena.honest(), ensure_ascii=False).encode(encoding)))


def test_saved_with_windows_lines_between_the_lines(arena: Any, full_marks: Check) -> None:
    """A file whose own lines end as Windows writes them, with keys in any order."""
    full_marks(arena.grade(json.dumps(arena.honest(), indent=1, sort_keys=True).replace("\n", "\r\n").encode()))


def index_of(notebook: dict[str, Any], name: str) -> int:
    return next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == name)


def split(notebook: dict[str, Any]) -> None:
    """An answer's cell was split in three, and each piece keeps the name."""
    place = index_of(notebook, "softmax")
    notebook["cells"][place]["source"] = "def softmax(x):\n    return helper(x)\n"
    notebook["cells"].insert(place, dress.code("def helper(x):\n    return F.softmax(x, 1)", "a", "softmax"))
    notebook["cells"].insert(place, dress.code("import torch.nn.functional as F", "b", "softmax"))
    notebook["cells"].insert(place + 3, dress.code("print(softmax(torch.ones(1, 2)))", "c", "softmax"))


def merged(notebook: dict[str, Any]) -> None:
    """All answers were merged into one cell."""
    parts = [cell for cell in notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("solution")]
    parts[0]["source"] = "\n\n".join(cell["source"] for cell in parts)
    for cell in parts[1:]:
        notebook["cells"].remove(cell)


def pasted(notebook: dict[str, Any]) -> None:
    """Cells were pasted to try something out, and keep the names of those they came from."""
    trial = "print(softmax(torch.randn(2, 3)).sum(1))"
    notebook["cells"].insert(index_of(notebook, "softmax"), dress.code("softmax = None", "a"))
    notebook["cells"].insert(0, dress.code(trial, "b", "softmax"))
    notebook["cells"] += [dress.code(trial, "c", "softmax"), dress.code("import math", "d", "imports")]


def moved(notebook: dict[str, Any]) -> None:
    """A class and the base that it needs were moved to the end, another answer to the start."""
    tally = notebook["cells"].pop(index_of(notebook, "tally"))
    tally["source"] = tally["source"].replace("class tally", "class tally(Base)")
    notebook["cells"] += [dress.code("class Base:\n    pass"), tally, dress.code("assert tally().count('x') == 0")]
    notebook["cells"].insert(0, notebook["cells"].pop(index_of(notebook, "predict")))


def mended_after_a_moved_cell(notebook: dict[str, Any]) -> None:
    """What follows a cell that was moved still comes last."""
    notebook["cells"][index_of(notebook, "demean")]["source"] = "def demean(x):\n    raise NotImplementedError"
    notebook["cells"].append(notebook["cells"].pop(index_of(notebook, "softmax")))
    notebook["cells"].append(dress.code("def demean(x):\n    return x - x.mean()"))


def locked_cells_changed(notebook: dict[str, Any]) -> None:
    """Imports were added to the locked cell of imports, which not every editor locks."""
    notebook["cells"][index_of(notebook, "imports")]["source"] += "\nimport torch.nn.functional as F"
    notebook["cells"][index_of(notebook, "softmax_seen")]["source"] = "eps = 0\nsoftmax(torch.zeros(1, 2))"
    notebook["cells"][index_of(notebook, "softmax")]["source"] = "def softmax(x):\n    return F.softmax(x, 1)"
    notebook["cells"][index_of(notebook, "demean")]["source"] = "def demean(x):\n    return x - x.mean() + eps"


def answers_elsewhere(notebook: dict[str, Any]) -> None:
    """The answers stand in new cells, the cells that were meant for them are empty or gone."""
    for number, cell in enumerate(list(notebook["cells"])):
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            notebook["cells"].append(dress.code(cell["source"], f"n{number}"))
            cell["source"] = ""
            if number % 2:
                notebook["cells"].remove(cell)


def retyped(notebook: dict[str, Any]) -> None:
    """An answer became raw text by a slip of the keyboard."""
    notebook["cells"][index_of(notebook, "unit")]["cell_type"] = "raw"


HANDS = [split, merged, pasted, moved, mended_after_a_moved_cell, locked_cells_changed, answers_elsewhere, retyped]


@pytest.mark.parametrize("change", HANDS, ids=lambda change: change.__name__)
def test_cells_changed_by(change: Callable[[dict[str, Any]], None], arena: Any, full_marks: Check) -> None:
    """What a hand does to cells in an evening's work costs nothing."""
    notebook = copy.deepcopy(arena.honest())
    change(notebook)
    full_marks(arena.grade(notebook))
