"""Submissions that are no notebooks, or odd ones: each gets a clear sentence, and nobody else notices."""

from __future__ import annotations

import copy
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.sandbox
Check = Callable[[Any], None]


@pytest.fixture(autouse=True)
def _next_student_is_whole(arena: Any, full_marks: Check) -> Any:
    yield
    full_marks(arena.grade(arena.honest()))


def flags(report: Any) -> str:
    return " ".join(flag.message for flag in report.flags)


def deep(levels: int) -> bytes:
    return b'{"cells": [], "metadata": ' + b"[" * levels + b"]" * levels + b"}"


def many(count: int) -> bytes:
    return json.dumps({"cells": [{"cell_type": "code", "source": "1"}] * count}).encode()


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t", "is empty"),
    "no_json": (b"print('hello')", "no valid JSON"),
    "half_json": (b'{"cells": [{"cell_type"', "no valid JSON"),
    "binary": (bytes(range(256)) * 10, "no valid JSON"),
    "a_list": (b"[1, 2, 3]", "holds no cells"),
    "a_number": (b"NaN", "holds no cells"),
    "format_three": (b'{"worksheets": [{"cells": []}], "nbformat": 3}', "holds no cells"),
    "cells_are_a_dict": (b'{"cells": {"0": 1}}', "holds no cells"),
    "nested_10000_deep": (deep(10_000), "nested too deeply"),
    "nested_a_million_deep": (deep(1_000_000), "nested too deeply"),
    "huge_number": (b'{"cells": [], "x": ' + b"9" * 100_000 + b"}", "no valid JSON"),
    "too_many_cells": (many(2001), "2001 cells"),
    "one_huge_cell": (json.dumps({"cells": [{"cell_type": "code", "source": "x" * 2**21}]}).encode(), "One cell holds"),
    "many_large_cells": (
        json.dumps({"cells": [{"cell_type": "code", "source": "#" * 2**20}] * 10}).encode(),
        "eight million",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_no_notebook(name: str, arena: Any) -> None:
    """What cannot be read is refused with what is wrong, for every part, and is nobody's fault but the file's."""
    data, words = BAD[name]
    report = arena.grade(data)
    assert (report.points, report.max_points, report.internal_errors) == (0, arena.exercise.points, [])
    assert words in flags(report)
    assert {f.verdict.value for part in report.parts for f in part.findings} == {"refused"}


def test_missing(arena: Any) -> None:
    """No notebook under the exercise's name."""
    assert "No notebook was handed in" in flags(arena.grade(arena.folder / "nowhere" / "01_arena.ipynb"))


def test_notebooks_of_other_names_are_named(arena: Any, tmp_path: Path) -> None:
    """Who handed in two, or one in a folder too deep, reads what was found and what it should be called."""
    for name in ("a.ipynb", "01_arena/01_arena.ipynb", "B.IPYNB"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("{}")
    (tmp_path / "b.ipynb").write_text("{}")
    said = flags(arena.grade(tmp_path / "01_arena.ipynb"))
    assert "hand in one file named 01_arena.ipynb; what was found: 'B.IPYNB', 'a.ipynb', 'b.ipynb'." in said


def test_the_notebook_of_another_week(arena: Any) -> None:
    """It says so itself, and so is its student told before anything else."""
    notebook = arena.honest() | {"cells": []}
    notebook["metadata"]["t2p"]["exercise"] = "00_setup"
    report = arena.grade(notebook)
    assert report.flags[0].message == "This is the notebook of `00_setup`: hand in the one of `01_arena`."


def test_two_hundred_megabytes(arena: Any) -> None:
    """A sparse file of 200 MB is refused without being read."""
    path = arena.save(b"{}")
    os.truncate(path, 200 << 20)
    report = arena.grade(path)
    assert "200 MB" in flags(report)
    assert report.overhead_seconds < 1


@pytest.mark.parametrize("make", ["link", "dangling", "fifo", "folder", "device"])
def test_no_regular_file(make: str, arena: Any) -> None:
    """Links are not followed, FIFOs and devices not waited for."""
    path = arena.save(b"{}")
    path.unlink()
    if make == "fifo":
        os.mkfifo(path)
    elif make == "folder":
        path.mkdir()
    else:
        targets = {
            "link": arena.world.folder / "neighbour/neighbour.txt",
            "dangling": "/nowhere",
            "device": "/dev/zero",
        }
        path.symlink_to(targets[make])
    harm = arena.harm(path)
    assert harm.report.points == 0
    assert "hand in the file itself" in flags(harm.report)
    assert (harm.read, harm.changed, harm.left) == ((), (), ())


def test_wrong_kernel(arena: Any, full_marks: Check) -> None:
    """A notebook that names R is run as Python, and says so."""
    notebook = arena.honest()
    notebook["metadata"]["kernelspec"] = {"name": "ir", "language": "R", "display_name": "R"}
    report = arena.grade(notebook)
    full_marks(report)
    assert "names another kernel ('R')" in flags(report)


def test_older_release(arena: Any, full_marks: Check) -> None:
    """Answers to an older release are put into the current one."""
    notebook = arena.honest()
    notebook["metadata"]["t2p"] = {"exercise": "01_arena", "release": "0" * 16}
    report = arena.grade(notebook)
    full_marks(report)
    assert "older release" in flags(report)


def without(notebook: dict[str, Any], name: str) -> None:
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != name]


def test_locked_cell_deleted(arena: Any, full_marks: Check) -> None:
    """A locked cell that was deleted is put back."""
    notebook = arena.honest()
    without(notebook, "imports")
    report = arena.grade(notebook)
    full_marks(report)
    assert "`imports` was deleted" in flags(report)


def test_locked_cell_changed(arena: Any, full_marks: Check) -> None:
    """A locked cell that was changed is replaced."""
    report = arena.grade(arena.honest({"imports": "import os; os._exit(1)"}))
    full_marks(report)
    assert "`imports` was changed" in flags(report)


def test_solution_cell_deleted(arena: Any) -> None:
    """A deleted answer costs its own part."""
    notebook = arena.honest()
    without(notebook, "unit")
    report = arena.grade(notebook)
    assert {part.part: part.points for part in report.parts if part.points < part.max_points} == {"unit": 0}
    assert "`unit` is not in your notebook" in flags(report)


def test_all_cells_deleted(arena: Any) -> None:
    """A notebook without cells has no points and one sentence a cell."""
    report = arena.grade({"cells": [], "metadata": {}, "nbformat": 4})
    assert report.points == 0
    assert {f.verdict.value for part in report.parts for f in part.findings} == {"missing"}


def test_cells_duplicated(arena: Any, full_marks: Check) -> None:
    """Of two copies the one at the template's place counts, a placeholder only where nothing else is."""
    notebook = arena.honest()
    wrong = copy.deepcopy(next(cell for cell in notebook["cells"] if cell["id"] == "softmax"))
    released = arena.source.released("softmax")
    notebook["cells"] += [wrong | {"id": "copy", "source": "def softmax(x): return x"}]
    notebook["cells"].insert(0, wrong | {"id": "first", "source": released})
    report = arena.grade(notebook)
    full_marks(report)
    assert "`softmax` is there 3 times" in flags(report)


def test_of_versions_side_by_side_the_last_counts(arena: Any, full_marks: Check) -> None:
    """As for the cells below them when all run; and so does a right one after notes and other cells of one's own."""
    notebook = arena.honest()
    place = next(place for place, cell in enumerate(notebook["cells"]) if cell["id"] == "softmax")
    right = notebook["cells"][place]
    old = copy.deepcopy(right) | {"id": "old", "source": "def softmax(x): return x"}
    note = {"cell_type": "markdown", "id": "note", "metadata": {}, "source": "my second try"}
    notebook["cells"][place : place + 1] = [old, note, right]
    full_marks(arena.grade(notebook))
    notebook["cells"][place : place + 3] = [right, note, old]
    report = arena.grade(notebook)
    assert [part.part for part in report.parts if part.points < part.max_points] == ["softmax"]


def test_cells_reordered(arena: Any, full_marks: Check) -> None:
    """The template's order counts."""
    notebook = arena.honest()
    notebook["cells"].reverse()
    full_marks(arena.grade(notebook))


def test_cells_retyped(arena: Any, full_marks: Check) -> None:
    """A solution that was turned into text or raw is read as code; cells of unknown types are left out."""
    notebook = arena.honest()
    types = iter(["markdown", "raw", "heading", None, 7, {}])
    for cell in notebook["cells"]:
        if cell["id"] in arena.exercise.parts:
            cell["cell_type"] = next(types, "code")
    report = arena.grade(notebook)
    full_marks(report)
    assert "was turned into markdown" in flags(report)


def test_metadata_edited(arena: Any, full_marks: Check) -> None:
    """Points, flags and schemas in the metadata are not believed, and wrong types are no error."""
    notebook = arena.honest()
    for number, cell in enumerate(notebook["cells"]):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"] |= {"points": 1e9, "locked": 0, "grade": [], "schema_version": "9" * number}
    notebook["cells"][0]["metadata"] = ["a list"]
    notebook["cells"] += [7, None, "text", {}, {"cell_type": "code", "source": {"a": 1}, "metadata": {"nbgrader": 3}}]
    notebook["metadata"] = [1]
    full_marks(arena.grade(notebook))


def test_grade_id_copied(arena: Any, full_marks: Check) -> None:
    """An answer under the grade_id of another part is still the answer to its own, and to that alone."""
    notebook = arena.honest()
    cells = {cell["id"]: cell for cell in notebook["cells"]}
    cells["unit"]["metadata"]["nbgrader"]["grade_id"] = "softmax"
    report = arena.grade(notebook)
    full_marks(report)
    assert "`unit` is not in your notebook" in flags(report)
    cells["unit"]["source"] = cells["softmax"]["source"]
    report = arena.grade(notebook)
    assert {part.part: part.points for part in report.parts if part.points < part.max_points} == {"unit": 0}
    assert "`softmax` is there 2 times" in flags(report)


def test_lone_surrogates_and_nul(arena: Any, full_marks: Check) -> None:
    """Text that no file can hold is replaced."""
    notebook = arena.honest()
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "x = '\ud800'", "outputs": []})
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": "y = '\x00'", "outputs": []})
    full_marks(arena.grade(notebook))


@pytest.mark.parametrize("place", ["cell_type", "grade_id", "id", "release", "kernel"])
def test_lone_surrogates_anywhere(place: str, arena: Any, full_marks: Check) -> None:
    """Whatever text of a notebook is no text, its report can be sent, and its answers count."""
    notebook = arena.honest()
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "softmax")
    odd = "\ud800" * 3
    if place == "grade_id":
        cell["metadata"]["nbgrader"]["grade_id"] = odd
    elif place == "release":
        notebook["metadata"]["t2p"] = {"release": odd}
    elif place == "kernel":
        notebook["metadata"]["kernelspec"] = {"language": odd}
    else:
        cell[place] = odd
    report = arena.grade(notebook)
    assert report.internal_errors == []
    if place == "grade_id":  # the answer is nobody's, and still runs
        assert "`softmax` is not in your notebook" in flags(report)
    else:
        full_marks(report)


@pytest.mark.parametrize("name", ["Zoë Müller", "a b  c", "\u202enosirrah", "王小明", "O'Brien; rm -rf", "x" * 200])
def test_names(name: str, arena: Any, full_marks: Check) -> None:
    """Names with spaces, accents and right-to-left marks are names."""
    report = arena.grade(arena.honest(), student=name)
    full_marks(report)
    assert report.student == name


SIDE_FILES = {
    "torch.py": b"raise SystemExit",
    "numpy.py": b"raise SystemExit",
    "coursedata.py": b"1 / 0",
    "sitecustomize.py": b"import os; os._exit(1)",
    "usercustomize.py": b"import os; os._exit(1)",
    "conftest.py": b"import os; os._exit(1)",
    "pytest.ini": b"[pytest]\naddopts = --pwned",
    "checks.py": b"1 / 0",
    "evil.pth": b"import os; os._exit(1)",
    ".ipynb_checkpoints/01_arena-checkpoint.ipynb": b"{}",
    "__pycache__/torch.cpython-311.pyc": b"\x00",
    "DATA.txt": b"upper",
    "data.txt": b"lower",
    "\u00e9.txt": b"composed",
    "e\u0301.txt": b"decomposed",
    "deep/" * 20 + "x.txt": b"deep",
    "x" * 250: b"long",
    "timestamp.txt": b"never",
    "archive.zip": b"PK\x03\x04" + bytes(100),
    "other.ipynb": b"{}",
}


def test_side_files(arena: Any, full_marks: Check) -> None:
    """Side files with names that Python, pytest or Jupyter look for change nothing; other names arrive as they are."""
    notebook = arena.honest()
    code = "import os\nprint(sorted(os.listdir('.')), open('DATA.txt').read(), open('data.txt').read())"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": code, "outputs": []})
    report = arena.grade(arena.save(notebook, SIDE_FILES))
    full_marks(report)
    shown = next(cell.outputs[0].text for cell in report.cells if cell.kind == "extra")
    assert "upper lower" in shown
    assert "e\u0301.txt" in shown
    assert "\u00e9.txt" in shown
    assert "timestamp.txt" not in shown


def test_side_files_that_are_no_files(arena: Any, full_marks: Check) -> None:
    """Links, FIFOs, sockets, names that are no text and endless folders are passed over."""
    notebook = arena.honest()
    code = "import os\nprint(sorted(os.listdir('.')))\nprint([open(f).read(99) for f in os.listdir('.')])"
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": code, "outputs": []})
    path = arena.save(notebook, {"fine.txt": b"fine"})
    (path.parent / "link.txt").symlink_to(arena.world.folder / "neighbour/neighbour.txt")
    (path.parent / "up").symlink_to("..")
    os.mkfifo(path.parent / "fifo")
    (path.parent / os.fsdecode(b"\xff\xfe")).write_bytes(b"x")
    with (path.parent / "sparse").open("wb") as file:
        file.truncate(1 << 40)
    bottom = path.parent
    for _ in range(150):
        bottom /= "d"
    bottom.mkdir(parents=True)
    harm = arena.harm(path)
    full_marks(harm.report)
    shown = next(cell.outputs[0].text for cell in harm.report.cells if cell.kind == "extra")
    assert "['fine.txt']" in shown
    assert (harm.read, harm.changed, harm.left) == ((), (), ())


def test_hard_link_to_a_neighbour_is_a_copy(arena: Any) -> None:
    """A hard link is read as the file that it is: what the sandbox writes to it stays there."""
    notebook = arena.attack([("extra", "open('n.txt', 'w').write('pwned'); print('written')")])
    path = arena.save(notebook)
    (path.parent / "n.txt").hardlink_to(arena.world.folder / "gradebook/gradebook.txt")
    harm = arena.harm(path)
    assert "written" in harm.seen()
    assert (harm.changed, harm.left) == ((), ())


def test_thousands_of_side_files(arena: Any, full_marks: Check) -> None:
    """More files than are read cost a moment and nothing else."""
    path = arena.save(arena.honest())
    for number in range(3000):
        (path.parent / f"f{number}").write_bytes(b"")
    full_marks(arena.grade(path))


def test_source_that_python_cannot_parse(arena: Any) -> None:
    """Code that breaks parsers is refused on this side: no crash, no loop check passed."""
    for code in (
        "(" * 90_000,
        "-" * 90_000 + "1",
        "a." * 90_000 + "b",
        "f(" * 50_000,
        "[" * 200 + "]" * 200,
        "1+" * 90_000,
    ):
        cells = [("extra", code), ("row_sums", f"def row_sums(t):\n    return t.sum(axis=1)\n    {code}")]
        report = arena.grade(arena.attack(cells))
        assert report.internal_errors == []
        assert report.points <= 2


def test_sys_limits_are_untouched() -> None:
    """No test of this file may have changed how deep Python recurses."""
    assert sys.getrecursionlimit() <= 3000


def test_notebook_of_outputs_alone(arena: Any, full_marks: Check) -> None:
    """Twenty megabytes of saved outputs are not looked at."""
    notebook = arena.honest()
    output = {"output_type": "display_data", "data": {"image/png": "A" * (1 << 20)}, "metadata": {}}
    notebook["cells"][1]["outputs"] = [output] * 20
    full_marks(arena.grade(notebook))


def test_path_of_a_folder_with_odd_names(arena: Any, full_marks: Check, tmp_path: Path) -> None:
    """A submission may lie under any path."""
    folder = tmp_path / "ä b\u202e" / "'quoted' $HOME"
    folder.mkdir(parents=True)
    (folder / "01_arena.ipynb").write_text(json.dumps(arena.honest()), "utf-8")
    full_marks(arena.grade(folder / "01_arena.ipynb"))
