"""Preflight: what it says about the notebooks that students really hand in."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coursedata.preflight import Verdict, verdict
from coursedata.preflight.notebook import read_notebook
from coursedata.preflight.run import run_notebook

Document = dict[str, Any]
Judge = Callable[..., Verdict]


def cell(document: Document, grade_id: str) -> Document:
    """Return a cell of the notebook by its name."""
    found: Document = next(
        c for c in document["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    )
    return found


def own_cell(source: str, count: int | None = 99) -> Document:
    """Return a code cell that a student added."""
    return {"cell_type": "code", "execution_count": count, "metadata": {}, "outputs": [], "source": source}


def signs(result: Verdict) -> dict[str, str]:
    """Return the worst sign for each name that is not ok."""
    return {row.name: row.sign for row in sorted(result.rows, key=lambda row: row.sign) if row.sign != "ok"}


def texts(result: Verdict) -> str:
    """Return all that was said."""
    return "\n".join(f"{row.name}: {row.text} {row.todo}" for row in result.rows)


def test_a_finished_notebook_may_be_handed_in(finished: Document, judge: Judge) -> None:
    """No complaint, exit 0, and the line says so."""
    result = judge(finished)
    assert signs(result) == {}
    assert result.code == 0
    assert result.todo.startswith("Next: hand it in.")


def test_a_notebook_as_released_lists_every_part_to_write(released: Document, judge: Judge) -> None:
    """Parts still raising NotImplementedError and answers not written lose points: exit 1, in reading order."""
    result = judge(released)
    assert [row.name for row in result.rows if row.sign == "problem"] == ["double", "half", "why"]
    assert result.code == 1
    assert "begin with double" in result.todo


def test_an_answer_deleted_altogether_is_not_written(finished: Document, judge: Judge) -> None:
    """An empty cell is no answer, in code or in text."""
    cell(finished, "double")["source"] = "# later\n"
    cell(finished, "why")["source"] = "  \n"
    assert signs(judge(finished)) == {"double": "problem", "why": "problem", "parts": "note"}


def test_not_implemented_error_of_ones_own_is_an_answer(finished: Document, judge: Judge) -> None:
    """Only the placeholder counts as empty, not an exception that the student raises on purpose."""
    cell(finished, "half")["source"] = (
        'def half(x):\n    if not x:\n        raise NotImplementedError("no zero")\n    return x / 2'
    )
    assert signs(judge(finished)) == {}


def test_a_renamed_function_is_told(finished: Document, judge: Judge) -> None:
    """The checks ask for the name of the part."""
    cell(finished, "half")["source"] = "def halve(x):\n    return x / 2"
    result = judge(finished)
    assert signs(result)["half"] == "problem"
    assert "keep that name" in texts(result)


def test_a_class_goes_by_its_own_kind_of_name(finished: Document, judge: Judge) -> None:
    """The class Half is the part `half`; a class of another name is told."""
    cell(finished, "half")["source"] = "class Half:\n    pass"
    assert signs(judge(finished)) == {}
    cell(finished, "half")["source"] = "class HalfOf:\n    pass"
    assert signs(judge(finished))["half"] == "problem"


def test_a_syntax_error_is_told_with_its_line(finished: Document, judge: Judge) -> None:
    """Line in the cell, Python's words, and that the whole cell is lost."""
    cell(finished, "half")["source"] = "def half(x):\n    y = (x\n    return y / 2"
    result = judge(finished)
    assert "half: syntax error in line 2 (cell 5): '(' was never closed" in texts(result)
    assert result.code == 1


def test_deleted_cells(finished: Document, judge: Judge) -> None:
    """A lost part loses its points; a lost locked cell is put back by the grader; a lost free cell is nothing."""
    kept = {"imports": False, "half": False, "guess": False}
    finished["cells"] = [c for c in finished["cells"] if kept.get(c["id"], True)]
    assert signs(judge(finished)) == {"imports": "note", "half": "problem", "parts": "note"}


def test_a_copied_part_is_told_with_both_places(finished: Document, judge: Judge) -> None:
    """Copying a cell copies its name."""
    finished["cells"].append(copy.deepcopy(cell(finished, "half")))
    result = judge(finished)
    assert signs(result)["half"] == "problem"
    assert "stands 2 times: cells 5, 7" in texts(result)


@pytest.mark.parametrize(("grade_id", "kind"), [("half", "markdown"), ("half", "raw"), ("why", "code")])
def test_a_retyped_cell_is_told(finished: Document, judge: Judge, grade_id: str, kind: str) -> None:
    """Jupyter's M and Y keys are easily pressed."""
    cell(finished, grade_id)["cell_type"] = kind
    result = judge(finished)
    assert signs(result)[grade_id] == "problem"
    assert f"into a {kind} one" in texts(result)


def test_a_changed_locked_cell_is_told_and_loses_nothing(finished: Document, judge: Judge) -> None:
    """The original is run: exit 0, with a note."""
    cell(finished, "imports")["source"] = "import math, os"
    result = judge(finished)
    assert signs(result) == {"imports": "note"}
    assert result.code == 0
    assert "None of them costs points by itself" in result.todo


def test_edited_marks_moved_cells_and_strangers(finished: Document, judge: Judge) -> None:
    """None of them loses points; each is said."""
    cell(finished, "half")["metadata"]["nbgrader"]["locked"] = True
    finished["cells"].insert(0, finished["cells"].pop(4))
    stranger = copy.deepcopy(cell(finished, "double"))
    stranger["metadata"]["nbgrader"]["grade_id"] = "bonus"
    finished["cells"].append(stranger)
    result = judge(finished)
    assert {"half", "order", "bonus"} <= set(signs(result))
    assert result.code == 0


def test_a_notebook_of_no_release_is_still_looked_at(finished: Document, judge: Judge) -> None:
    """Without the release's list the code is judged all the same."""
    del finished["metadata"]["t2p"]
    finished["cells"].append(own_cell("def broken(:"))
    result = judge(finished)
    assert signs(result)["template"] == "note"
    assert signs(result)["cell 7"] == "problem"


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("data = open('/home/ada/face.png')", "line 1 names the path '/home/ada/face.png'"),
        ("data = open(r'C:\\Users\\ada\\face.png')", "names the path"),
        ("!pip install einops", "installs a package: !pip install einops"),
        ("%pip install einops", "installs a package"),
        ("name = input('name?')", "calls input()"),
        ("import requests", "imports requests"),
        ("from urllib.request import urlretrieve\nurlretrieve('x')", "downloads with urlretrieve"),
        ("!wget http://example.org/x", "downloads by a shell command"),
    ],
)
def test_what_works_on_ones_own_machine_alone(finished: Document, judge: Judge, source: str, words: str) -> None:
    """Each is a note with its line: in a cell of the student's it may be harmless."""
    finished["cells"].append(own_cell(source))
    result = judge(finished)
    assert words in texts(result)
    assert signs(result) == {"cell 7": "note"}


def test_input_inside_a_part_breaks_it(finished: Document, judge: Judge) -> None:
    """There it loses points: exit 1."""
    cell(finished, "half")["source"] = "def half(x):\n    return float(input()) / 2"
    assert judge(finished).code == 1


@pytest.mark.parametrize(
    "source",
    [
        "%matplotlib inline\nx = 1",
        "files = !ls\nfor f in files:\n    !echo {f}",
        "%%time\ndef f():\n    return 1",
        "%%bash\nfor f in *; do echo $f; done",
        "math.sqrt?",
        "x = 7\nx = (x\n% 3)",
        'text = """\n! not a command\n% neither\n"""',
        "print('why?')",
        "!pip install coursedata-0.1.0-py3-none-any.whl",
        "ratio = '3/4'; where = './home/x'",
    ],
)
def test_honest_cells_get_no_complaint(finished: Document, judge: Judge, source: str) -> None:
    """Magics, shell lines and things that only look like them."""
    finished["cells"].append(own_cell(source))
    assert signs(judge(finished)) == {}


def test_helpers_and_plots_get_no_complaint(finished: Document, judge: Judge) -> None:
    """Extra cells with imports, helpers and a figure as output are welcome."""
    plot = own_cell("import matplotlib.pyplot as plt\nplt.plot([1, 2])")
    plot["outputs"] = [{"output_type": "display_data", "data": {"image/png": "A" * 300_000}, "metadata": {}}]
    finished["cells"].append(plot)
    assert signs(judge(finished)) == {}


def test_cells_never_run_and_cells_run_out_of_order(finished: Document, judge: Judge) -> None:
    """The counts beside the cells tell hidden state."""
    cell(finished, "double")["execution_count"] = 40
    cell(finished, "double_seen")["execution_count"] = None
    result = judge(finished)
    assert signs(result) == {"outputs": "note", "order of running": "note"}
    assert "never run: double_seen" in texts(result)
    assert "first at guess" in texts(result)


def test_cleared_outputs_are_one_note(finished: Document, judge: Judge) -> None:
    """A notebook whose outputs were cleared is no fault."""
    for one in finished["cells"]:
        one["execution_count"] = None
    result = judge(finished)
    assert signs(result) == {"outputs": "note"}
    assert result.code == 0


def test_saved_errors_and_giant_outputs_are_told(finished: Document, judge: Judge) -> None:
    """An error in the saved outputs, except in a cell that is meant to raise; and 3 MiB of text."""
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}
    cell(finished, "half")["outputs"] = [error]
    raising = own_cell("1 / 0", 100)
    raising |= {"outputs": [error], "metadata": {"tags": ["raises-exception"]}}
    loud = own_cell("print('x' * 3_000_000)", 101)
    loud["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "x" * (3 << 20)}]
    finished["cells"] += [raising, loud]
    result = judge(finished)
    assert signs(result) == {"half": "note", "cell 8": "note"}
    assert "its saved output is an error: ValueError" in texts(result)


@pytest.mark.parametrize(
    ("kernelspec", "sign"),
    [
        ({"name": "ir", "language": "R"}, "problem"),
        ({"name": "my-env", "language": "python"}, "note"),
        ({"name": "conda-env-course-py", "display_name": "x"}, "note"),
    ],
)
def test_the_wrong_kernel(finished: Document, judge: Judge, kernelspec: Document, sign: str) -> None:
    """Another language breaks everything; another Python environment nothing."""
    finished["metadata"]["kernelspec"] = kernelspec
    assert signs(judge(finished)) == {"kernel": sign}


def test_run_names_the_cell_that_raises(finished: Document, judge: Judge) -> None:
    """In a fresh kernel a name that only a deleted cell defined is missing."""
    cell(finished, "guess")["source"] = "guess = forgotten + 1"
    result = judge(finished, execute=True)
    assert signs(result)["guess"] == "problem"
    assert "guess: raises NameError: name 'forgotten' is not defined" in texts(result)


def test_run_forgives_what_is_meant_to_raise(finished: Document, judge: Judge) -> None:
    """An empty part that an own cell does not call, and a cell tagged raises-exception, are no faults of a run."""
    raising = own_cell("double('a') / 2")
    raising["metadata"] = {"tags": ["raises-exception"]}
    finished["cells"].append(raising)
    result = judge(finished, execute=True)
    assert signs(result) == {}
    assert result.todo == "Next: hand it in."


@pytest.mark.parametrize("count", [None, 4])
def test_run_names_the_cell_without_an_end(finished: Document, tmp_path: Path, count: int | None) -> None:
    """Whatever numbers stand beside the cells from earlier runs, it is the one that was running."""
    loop = cell(finished, "guess")
    loop["source"], loop["execution_count"] = "while True:\n    pass", count
    cell(finished, "imports")["execution_count"] = None
    path = tmp_path / "01_small.ipynb"
    path.write_text(json.dumps(finished), encoding="utf-8")
    (row,) = run_notebook(read_notebook(path), cell_seconds=2)
    assert row.text == "a cell takes longer than 2 seconds: the one that begins with 'while True:'"


def test_run_counts_the_cells_that_wait_for_an_empty_part(released: Document, judge: Judge) -> None:
    """An example that calls an empty part is no fault of its own."""
    cell(released, "double_seen")["source"] = "double(21)"
    result = judge(released, execute=True)
    assert signs(result)["run"] == "note"
    assert signs(result)["double_seen"] == "note"  # it was changed, and that is all


def test_several_notebooks_end_with_the_worst_code(finished: Document, judge: Judge, tmp_path: Path) -> None:
    """0, 1 and 2 as documented; on a cp1252 console too, and as JSON."""
    judge(finished)
    paths = [str(tmp_path / "01_small.ipynb"), str(tmp_path / "missing ✓ é.ipynb")]
    command = [sys.executable, "-m", "coursedata", "preflight"]
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    done = subprocess.run([*command, *paths], env=environment, capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr == b""
    assert b"there is no such file" in done.stdout
    asked = subprocess.run([*command, "--json", paths[0]], capture_output=True, timeout=60, check=False)
    assert asked.returncode == 0
    assert json.loads(asked.stdout)[0]["code"] == 0


def test_the_notebook_is_not_changed(finished: Document, judge: Judge, tmp_path: Path) -> None:
    """Looking and running leave the file as it was."""
    judge(finished, execute=True)
    assert json.loads((tmp_path / "01_small.ipynb").read_bytes()) == finished


def test_a_folder_is_no_notebook(tmp_path: Path) -> None:
    """Naming the folder in the place of the file is answered."""
    assert "name the notebook" in verdict(tmp_path).rows[0].text


def test_weights_that_are_handed_in(finished: Document, judge: Callable[..., Verdict], tmp_path: Path) -> None:
    """Where an exercise asks for trained weights, a missing or too large file is said before it costs points."""
    finished["metadata"]["t2p"]["weights"] = ["net.pt", "../etc/passwd", 3]
    found = judge(finished)
    assert [(row.sign, row.text) for row in found.rows if row.name == "net.pt"] == [
        ("problem", "the trained weights do not lie beside the notebook")
    ]
    for path in {tmp_path, *(one.parent for one in tmp_path.rglob("*.ipynb"))}:
        (path / "net.pt").write_bytes(bytes(2048))
    assert [row.text for row in judge(finished).rows if row.name == "net.pt"] == ["2 KiB: hand it in with the notebook"]
    for path in tmp_path.rglob("net.pt"):
        path.write_bytes(bytes((20 << 20) + 1))
    assert any("at most 20 are taken" in row.text for row in judge(finished).rows)


@pytest.mark.parametrize("body", ["pass", "...", '"""Half of it."""'])
def test_a_body_with_nothing_in_it_is_not_written(finished: Document, judge: Judge, body: str) -> None:
    """It defines its name, runs, and answers None."""
    cell(finished, "half")["source"] = f"def half(x):\n    {body}\n"
    result = judge(finished)
    assert (signs(result)["half"], result.code) == ("problem", 1)
    assert "still to be written" in texts(result)


@pytest.mark.parametrize(
    "line",
    ['open("C:/Users/anna/data.csv")', "!wget https://example.org/x", "urllib.request.urlretrieve('https://x.org')"],
)
def test_in_a_part_what_others_lack_is_a_problem(finished: Document, judge: Judge, line: str) -> None:
    """Elsewhere in the notebook it is a note; an answer that needs it is lost."""
    cell(finished, "half")["source"] += f"\n{line}\n"
    assert judge(finished).code == 1


def test_imports_of_what_the_grader_may_lack(finished: Document, judge: Judge, tmp_path: Path) -> None:
    """A package that the course does not bring, and a file that has to be handed in too; what it brings is no word."""
    (tmp_path / "my_helpers.py").write_text("")
    source = "import numpy as np, seaborn\nfrom my_helpers import (\n    half)\nfrom torch import nn\nimport os.path"
    finished["cells"].append(own_cell(source))
    found = texts(judge(finished))
    assert "seaborn, which the course does not bring" in found
    assert "Hand in my_helpers beside the notebook" in found
    assert found.count("imports ") == 2
