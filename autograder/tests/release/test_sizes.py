"""Other literals in setup cells: put exactly there, or refused with file and line."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.errors import UserError
from autograder.manifest import load_exercise
from autograder.release.sizes import sized_source, with_literals
from autograder.release.source import read_source

TRAINED = Path(__file__).parents[1] / "courses" / "trained" / "solutions" / "01_line"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise to be changed."""
    return Path(shutil.copytree(TRAINED, tmp_path / "01_line"))


def add(folder: Path, code: str, kind: str = "setup") -> None:
    path = folder / "notebook.py"
    path.write_text(path.read_text("utf-8") + f'\n# %% more kind="{kind}"\n{code}\n', "utf-8")


def run(folder: Path, literals: dict[str, Any]) -> dict[str, Any]:
    """Return the names that setup and solution cells define with other literals."""
    names: dict[str, Any] = {}
    exec(with_literals(read_source(folder), literals).module_code(), names)  # noqa: S102
    return names


def test_proof_size(folder: Path) -> None:
    """The small size stands where the literals stood, beside what stays, and nothing else has changed."""
    exercise = load_exercise(folder)
    assert sized_source(exercise) == read_source(folder)
    small = sized_source(exercise.at_proof_size())
    assert small.cell("sizes").source == "SEED = 0  # of the data\nSTEPS, RATE = 30, 0.1\nPOINTS = 20"
    assert [one for one in small.cells if one.id != "sizes"] == [
        one for one in read_source(folder).cells if one.id != "sizes"
    ]


def test_kinds_of_literals(folder: Path) -> None:
    """Text with quotes and letters of any script, tuples, annotated names, several lines, chains."""
    code = (
        "WORD = 'ä'; LAYERS = (\n    32,\n    16,\n)\nRATE_OF: float = 1\nA = B = True\n# %timeit -n 1 A\nÜ, C = 'é', 1"
    )
    add(folder, code)
    literals = {"WORD": 'it\'s "ü"', "LAYERS": [4], "RATE_OF": 0.5, "A": False, "C": 7}
    names = run(folder, literals)
    assert [names[name] for name in ("WORD", "LAYERS", "RATE_OF", "A", "B", "C", "Ü")] == [
        *('it\'s "ü"', (4,), 0.5, False, False, 7, "é")
    ]
    lines = with_literals(read_source(folder), literals).cell("more").source.split("\n")
    assert len(lines) == len(code.split("\n"))
    assert lines[6] == "%timeit -n 1 A"


def test_twice_assigned(folder: Path) -> None:
    """A name that two setup cells assign gets the value in both."""
    add(folder, "STEPS = 5000")
    assert run(folder, {"STEPS": 3})["STEPS"] == 3


REFUSED: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "no cell assigns it": ("setup", "x = 1", {"EPOCHS": 1}, r"notebook\.py: no setup cell .* assigns EPOCHS"),
    "only another kind of cell does": ("example", "EPOCHS = 5", {"EPOCHS": 1}, "no setup cell of notebook.py assigns"),
    "only inside something": ("setup", "if x is None:\n    EPOCHS = 5", {"EPOCHS": 1}, "no setup cell of notebook.py"),
    "no literal": ("setup", "EPOCHS = 2 * STEPS", {"EPOCHS": 1}, r"notebook\.py:67: EPOCHS is no plain value here"),
    "another kind of value": ("setup", "EPOCHS = 5", {"EPOCHS": "1"}, r":67: EPOCHS is 5 here and cannot become '1'"),
}


@pytest.mark.parametrize("why", REFUSED)
def test_refused(folder: Path, why: str) -> None:
    """What could not be put in its place is said with the place."""
    kind, code, literals, message = REFUSED[why]
    add(folder, code, kind)
    with pytest.raises(UserError, match=message):
        run(folder, literals)


def test_place_in_the_manifest(folder: Path) -> None:
    """A misspelt name of the proof size is found in exercise.toml."""
    path = folder / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace("STEPS = 30", "STEP = 30"), "utf-8")
    with pytest.raises(UserError, match=r"exercise\.toml:5: no setup cell of notebook\.py assigns STEP: write"):
        sized_source(load_exercise(folder).at_proof_size())


MANIFESTS = {
    "two sides": ("at_most = 0.09", "at_most = 0.09\nat_least = 0.01", "one of `at_least` and `at_most`"),
    "no side": ("at_most = 0.09", "", "one of `at_least` and `at_most`"),
    "misspelt": ("at_most = 0.09", "at_mots = 0.09", "unknown field `at_mots`"),
    "files without their mode": ("[training.proof]", '[training]\nweights = ["a.pt"]\n[training.proof]', "write both"),
    "mode without its files": ("[training.proof]", '[training]\nmode = "weights"\n[training.proof]', "write both"),
    "literals are no key": ("minutes = 10", "minutes = 10\nliterals = 3", "object"),
}


@pytest.mark.parametrize("mistake", MANIFESTS)
def test_mistakes_in_the_manifest(folder: Path, mistake: str) -> None:
    """Each is a line for the person who wrote it."""
    old, new, message = MANIFESTS[mistake]
    path = folder / "exercise.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(UserError, match=message):
        load_exercise(folder)
