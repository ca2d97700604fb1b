"""The first cells of every notebook in Google Colab, held against a stand-in for Colab and Drive."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.manifest import Repository
from autograder.release.source import read_source

COURSE = Repository.find(Path(__file__))
SLUGS = COURSE.slugs()
WHEEL = "coursedata-0.1.0-py3-none-any.whl"

COLAB = """
import importlib.util, json, os, subprocess, sys, types
done, installed = {"mounted": [], "installed": []}, INSTALLED
colab = types.ModuleType("google.colab")
colab.drive = types.SimpleNamespace(mount=done["mounted"].append)
sys.modules |= {"google": types.ModuleType("google"), "google.colab": colab}
subprocess.run = lambda command, check: done["installed"].append(os.path.realpath(command[-1]))
importlib.util.find_spec = lambda name: installed or None
"""
LEFT = "\nprint()\nprint(json.dumps(done | {'works in': os.getcwd()}))\n"


def _first_cells(slug: str) -> list[str]:
    cells = read_source(COURSE.solutions / slug).cells
    return [cell.source for cell in cells if cell.id.startswith("colab_")]


def _in_colab(slug: str, machine: Path, *, installed: bool = False) -> tuple[dict[str, object], str]:
    """Run the cells in a new process whose /content is `machine`; return what they did and what they printed."""
    cells = "\n\n".join(_first_cells(slug)).replace("/content", machine.as_posix())
    code = COLAB.replace("INSTALLED", str(installed)) + cells + LEFT
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=machine, capture_output=True, text=True, timeout=60, check=True
    )
    said, _, last = done.stdout.rstrip().rpartition("\n")
    return json.loads(last), said.strip()


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A fresh machine of Colab: an empty disk and a Drive with other folders."""
    (tmp_path / "drive" / "MyDrive" / "holiday" / "exercises").mkdir(parents=True)
    return tmp_path


def _unpacked(machine: Path, below: str, slug: str) -> Path:
    """Put a course's folder into Drive, as its zip unpacks; return it."""
    course = machine / "drive" / "MyDrive" / below / "students-tiny"
    (course / "exercises" / slug).mkdir(parents=True)
    (course / WHEEL).touch()
    return course


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("below", ["", "students-tiny", "uni/term"], ids=["on top", "unpacked twice", "two below"])
def test_the_folder_in_drive_is_mounted_entered_and_installed(machine: Path, slug: str, below: str) -> None:
    """Three steps in this order, without a word from the student but the permission."""
    course = _unpacked(machine, below, slug)
    done, said = _in_colab(slug, machine)
    assert done == {
        "mounted": [(machine / "drive").as_posix()],
        "installed": [str(course / WHEEL)],
        "works in": str(course / "exercises" / slug),
    }
    assert said == f"This notebook works in {course / 'exercises' / slug}"


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_installed_is_left_alone(machine: Path, slug: str) -> None:
    """After a restart of the kernel the folder is entered again and nothing is installed."""
    course = _unpacked(machine, "", slug)
    done, said = _in_colab(slug, machine, installed=True)
    assert done["installed"] == []
    assert done["works in"] == str(course / "exercises" / slug)
    assert said.endswith("coursedata is installed")


@pytest.mark.parametrize("slug", SLUGS)
def test_a_wheel_beside_the_notebook_is_enough(machine: Path, slug: str) -> None:
    """Whoever uploads it without the folder can work, and is told that the folder is not in Drive."""
    (machine / WHEEL).touch()
    done, said = _in_colab(slug, machine)
    assert done["installed"] == [str(machine / WHEEL)]
    assert said.startswith("Put the unpacked folder of the course into your Google Drive")


@pytest.mark.parametrize("slug", SLUGS)
def test_what_is_missing_is_told(machine: Path, slug: str) -> None:
    """Nothing is installed, and one sentence each says what to do."""
    done, said = _in_colab(slug, machine)
    assert (done["installed"], done["works in"]) == ([], str(machine))
    assert [line.split()[0] for line in said.splitlines()] == ["Put", "This", "Upload"]


@pytest.mark.parametrize("slug", SLUGS)
def test_elsewhere_the_cells_do_nothing(tmp_path: Path, slug: str) -> None:
    """On one's own machine and in the grader they print nothing and make nothing."""
    code = "\n\n".join(_first_cells(slug))
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr, list(tmp_path.iterdir())) == ("", "", [])


def test_every_notebook_has_the_same_cells() -> None:
    """But for the name of the exercise."""
    assert len({tuple(cell.replace(slug, "SLUG") for cell in _first_cells(slug)) for slug in SLUGS}) == 1
    assert len(_first_cells(SLUGS[0])) == 2
