"""The notebooks that are built: metadata, ids, bytes, and what nbgrader itself says of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from autograder.manifest import Repository
from autograder.release.build import build_notebook, notebook_bytes, notebook_dict, release_hash
from autograder.release.source import read_source

ROOT = Path(__file__).parents[3]
REAL = Repository(ROOT)
WHERE = [(slug, REAL) for slug in REAL.slugs() if (REAL.solutions / slug / "notebook.py").is_file()] + [
    (slug, Repository(Path(__file__).parents[1] / "courses" / "tiny")) for slug in ("01_numbers", "02_words")
]


@pytest.fixture(params=WHERE, ids=lambda pair: pair[0])
def notebooks(request: pytest.FixtureRequest) -> tuple[nbformat.NotebookNode, nbformat.NotebookNode]:
    """The release and the reference of every exercise there is."""
    slug, repo = request.param
    exercise = repo.exercise(slug)
    source = read_source(exercise.folder)
    return build_notebook(exercise, source), build_notebook(exercise, source, answers=True)


def test_both_are_valid_and_twins(notebooks: tuple[nbformat.NotebookNode, nbformat.NotebookNode]) -> None:
    """Release and reference are valid nbformat 4.5 with the same ids and metadata, without outputs."""
    release, reference = notebooks
    for notebook in notebooks:
        nbformat.validate(notebook)
        assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
        assert not any(cell.get("outputs") for cell in notebook.cells)
    assert [(cell.id, cell.metadata) for cell in release.cells] == [
        (cell.id, cell.metadata) for cell in reference.cells
    ]
    assert release.metadata == reference.metadata


def test_checksums_are_nbgraders(notebooks: tuple[nbformat.NotebookNode, nbformat.NotebookNode]) -> None:
    """Nbgrader computes the checksums that we wrote without importing it."""
    cells = [cell for cell in notebooks[0].cells if "nbgrader" in cell.metadata]
    assert [cell.metadata.nbgrader.checksum for cell in cells] == [compute_checksum(cell) for cell in cells]


def test_flags_of_each_kind(course: Repository) -> None:
    """Solution and written cells are graded and open, setup and example locked, free open, prose unmarked."""
    exercise = course.exercise("01_numbers")
    cells = {cell.id: cell for cell in build_notebook(exercise, read_source(exercise.folder)).cells}
    flags = {
        name: (marks.grade, marks.solution, marks.locked, marks.get("points"))
        for name, cell in cells.items()
        if (marks := cell.metadata.get("nbgrader"))
    }
    assert flags == {
        "imports": (False, False, True, None),
        "running_total": (True, True, False, 3),
        "running_total_seen": (False, False, True, None),
        "guess_spread": (False, True, False, None),
        "spread": (True, True, False, 2),
        "spread_raises": (False, False, True, None),
        "why_float": (True, True, False, 1),
    }
    assert cells["spread_raises"].metadata.tags == ["raises-exception"]
    assert cells["why_float"].metadata.nbgrader.schema_version == 3


def test_tokens_become_points_tier_and_minutes(course: Repository) -> None:
    """`[[part]]`, `[[points]]` and `[[minutes]]` say what exercise.toml says."""
    exercise = course.exercise("01_numbers")
    text = "\n".join(cell.source for cell in build_notebook(exercise, read_source(exercise.folder)).cells)
    assert "6 points, 10 minutes" in text
    assert "3 points · core · about 4 minutes" in text
    assert "1 point · stretch · about 3 minutes" in text
    assert "[[" not in text.replace("[][0]", "")


def test_commands_are_commands_in_the_notebook(course: Repository) -> None:
    """`# %timeit` in the source is `%timeit` in the notebook."""
    exercise = course.exercise("02_words")
    cells = build_notebook(exercise, read_source(exercise.folder)).cells
    assert "\n%timeit -n 10" in cells[-1].source


def test_same_source_same_bytes(course: Repository) -> None:
    """Bytes do not depend on the run, the interpreter's hash seed or the way there."""
    exercise = course.exercise("01_numbers")
    code = (
        "import sys; from pathlib import Path; from autograder.manifest import load_exercise;"
        "from autograder.release.build import notebook_bytes, notebook_dict;"
        "from autograder.release.source import read_source; folder = Path(sys.argv[1]);"
        "sys.stdout.buffer.write(notebook_bytes(notebook_dict(load_exercise(folder), read_source(folder))))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code, str(exercise.folder)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert runs == {notebook_bytes(notebook_dict(exercise, read_source(exercise.folder)))}
    data = runs.pop()
    assert data == notebook_bytes(nbformat.reads(data.decode(), 4))


def test_the_release_hash_follows_the_text(course: Repository) -> None:
    """One changed letter of public text is another release; a changed answer is not."""
    exercise = course.exercise("01_numbers")
    path = exercise.folder / "notebook.py"
    before = release_hash(exercise, read_source(exercise.folder))
    path.write_text(path.read_text("utf-8").replace("so_far += value", "so_far = so_far + value"), "utf-8")
    assert release_hash(exercise, read_source(exercise.folder)) == before
    path.write_text(path.read_text("utf-8").replace("A small exercise", "A tiny exercise"), "utf-8")
    assert release_hash(exercise, read_source(exercise.folder)) != before


@pytest.mark.parametrize("pair", WHERE, ids=lambda pair: pair[0])
def test_nbgrader_validate(pair: tuple[str, Repository], tmp_path: Path) -> None:
    """`nbgrader validate` fails on every cell of the release that has points and passes on the reference."""
    slug, repo = pair
    exercise = repo.exercise(slug)
    source = read_source(exercise.folder)
    if (exercise.folder / "files").is_dir():
        shutil.copytree(exercise.folder / "files", tmp_path, dirs_exist_ok=True)
    for name, answers in (("release", False), ("reference", True)):
        (tmp_path / f"{name}.ipynb").write_bytes(notebook_bytes(notebook_dict(exercise, source, answers=answers)))
    assert _validate(tmp_path / "release.ipynb").count("The following cell failed") == sum(
        part.points > 0 for part in exercise.parts.values()
    )
    assert "Success! Your notebook passes all the tests." in _validate(tmp_path / "reference.ipynb")


def _validate(path: Path) -> str:
    programs = str(Path(sys.executable).parent)
    done = subprocess.run(
        [f"{programs}/nbgrader", "validate", path.name],
        cwd=path.parent,
        env={**os.environ, "PATH": programs + os.pathsep + os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout + done.stderr
