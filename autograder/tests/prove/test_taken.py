"""What a proof rests on of `coursedata`: what the exercise's code uses, what that uses in turn, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.calibrate.freshness import calibrated_on
from autograder.manifest import Repository
from autograder.prove.content import content_of
from autograder.prove.taken import coursedata_hash

SLUG = "01_numbers"
MODULES = {
    "__init__.py": "from coursedata.faces import film\nfrom coursedata.digits import digit\n",
    "faces/__init__.py": "from coursedata.faces.film import film\nfrom coursedata.faces.still import photo\n",
    "faces/film.py": '"""Films."""\nfrom coursedata.exact import sine\ndef film():\n    """Show."""\n    return sine\n',
    "faces/still.py": "def photo(): return 1\n",
    "digits/__init__.py": "from .strokes import digit\n",
    "digits/strokes.py": "from . import ink\n\n\ndef digit(): return ink\n",
    "digits/ink.py": "INK = 1\n",
    "exact.py": "def sine(): return 0\n",
}


@pytest.fixture
def package(repo: Repository) -> Path:
    """A small `coursedata` in a course that does not use it yet."""
    root = repo.root / "datasets" / "src" / "coursedata"
    for name, text in MODULES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def counting(repo: Repository, package: Path, *texts: str) -> list[str]:
    """Return the modules whose change another hash of `texts` follows."""

    def changed(path: Path) -> Iterator[bool]:
        before, kept = coursedata_hash(repo, texts), path.read_text("utf-8")
        path.write_text(kept + "CHANGED = True\n", "utf-8")
        yield coursedata_hash(repo, texts) != before
        path.write_text(kept, "utf-8")

    return [name for name in MODULES for one in changed(package / name) if one]


FILM, DIGIT = ["faces/film.py", "exact.py"], ["digits/strokes.py", "digits/ink.py"]


@pytest.mark.parametrize(
    ("code", "modules"),
    [
        ("import coursedata\ncoursedata.film()", FILM),
        ("import coursedata as data\ndata.film().shape", FILM),
        ("from coursedata import film", FILM),
        ("def probe():\n    from coursedata.faces import film as shown", FILM),
        ("import coursedata.faces.film\ncoursedata.faces.film.film()", FILM),
        ("from coursedata.digits import digit", DIGIT),
        ("from coursedata.digits import strokes", DIGIT),
        ("import coursedata.faces as faces\nfaces.photo()", ["faces/still.py"]),
        ("import coursedata\nhelp(coursedata)", ["__init__.py", *FILM, *DIGIT]),
        ("from coursedata.faces import *", ["faces/__init__.py", "faces/film.py", "faces/still.py", "exact.py"]),
        ("import coursedata\nfilm = 'coursedata.film'", []),
        ("# %% broken\ndef (:\n# %% extra\nfrom coursedata import film", FILM),
        ("from . import coursedata\nfrom .coursedata import film", []),
        ("import numpy", []),
    ],
)
def test_modules_that_count(repo: Repository, package: Path, code: str, modules: list[str]) -> None:
    """Every way to name something leads to the module that defines it and to what that imports, and to no other."""
    assert sorted(counting(repo, package, code)) == sorted(modules)


def test_a_name_that_comes_from_elsewhere(repo: Repository, package: Path) -> None:
    """Where a package takes a name from counts, even where both modules did before."""
    code = "from coursedata.faces import film, photo"
    before = coursedata_hash(repo, [code])
    swapped = "from coursedata.faces.film import film as photo\nfrom coursedata.faces.still import photo as film\n"
    (package / "faces" / "__init__.py").write_text(swapped, "utf-8")
    assert coursedata_hash(repo, [code]) != before


def test_text_that_does_not_count(repo: Repository, package: Path) -> None:
    """A corrected docstring or comment of `coursedata` asks for no new proof, and the order of files says nothing."""
    codes = ["import coursedata", "coursedata.film()", "from coursedata import digit"]
    before = coursedata_hash(repo, codes)
    path = package / "faces" / "film.py"
    path.write_text(path.read_text("utf-8").replace("Films.", "A film.").replace("Show.", "Shown."), "utf-8")
    (package / "exact.py").write_text("# exact\ndef sine():\n    return 0\n", "utf-8")
    assert coursedata_hash(repo, reversed(codes)) == before


@pytest.mark.parametrize("name", ["notebook.py", "checks.py", "probes.py", "submissions/wrong_spread_ends.py"])
def test_every_file_that_is_proved_counts(repo: Repository, package: Path, name: str) -> None:
    """What a check, a probe or a submission imports decides what is found, as what the notebook imports does."""
    with (repo.solutions / SLUG / name).open("a", encoding="utf-8") as file:
        file.write("\nfrom coursedata.digits import digit\n")
    before = content_of(repo, SLUG)
    (package / "digits" / "ink.py").write_text("INK = 2\n", "utf-8")
    after = content_of(repo, SLUG)
    assert {key for key in after if after[key] != before[key]} == {"coursedata"}


@pytest.mark.parametrize(("name", "counts"), [("checks.py", True), ("submissions/wrong_spread_ends.py", False)])
def test_what_calibrated_runs_take(repo: Repository, package: Path, name: str, *, counts: bool) -> None:
    """A calibration rests on what the reference and its checks take; submissions are not run for it."""
    with (repo.solutions / SLUG / name).open("a", encoding="utf-8") as file:
        file.write("\nfrom coursedata.digits import digit\n")
    exercise = repo.exercise(SLUG)
    before = calibrated_on(repo, exercise)
    (package / "digits" / "ink.py").write_text("INK = 2\n", "utf-8")
    assert (calibrated_on(repo, exercise) != before) is counts
