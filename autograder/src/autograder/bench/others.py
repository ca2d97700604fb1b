"""The graders beside ours: stock nbgrader of this environment, and otter-grader in an environment of its own."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.bench.cost import Cost, measured
from autograder.bench.course import hand_in, release_of
from autograder.errors import UserError
from autograder.manifest import Exercise

__all__ = ["NBGRADER", "make_nbgrader_course", "make_otter_zip", "nbgrader_cost", "otter_cost", "otter_python"]

OTTER = "otter-grader==7.0.0"
NBGRADER = Path(sys.executable).with_name("nbgrader")
CONFIGURATION = """\
c = get_config()
c.CourseDirectory.course_id = 'bench'
c.ExecutePreprocessor.timeout = {timeout}
"""
ONE_AFTER_ANOTHER = """\
import pathlib, sys
from otter.api import grade_submission
for path in sorted(pathlib.Path(sys.argv[1]).glob("*/*/*.ipynb")):
    grade_submission(str(path), sys.argv[2], quiet=True)
"""
"""Otter's own interface for one submission without a container; one process for all, so that imports are paid once."""
IS_THERE = """\
from otter.test_files import test_case

OK_FORMAT = False
name = "{part}"
points = {points}

@test_case(points={points}, hidden=True)
def test_is_there({part}):
    assert callable({part})
"""


def nbgrader_cost(exercise: Exercise, notebooks: Sequence[bytes], folder: Path) -> Cost:
    """Return what `nbgrader autograde` costs for these submissions."""
    make_nbgrader_course(exercise.slug, release_of(exercise), folder)
    hand_in(folder, exercise.slug, notebooks)
    return measured([str(NBGRADER), "autograde", exercise.slug, "--create"], folder)


def make_nbgrader_course(slug: str, source: bytes, folder: Path, *, timeout: int = 600) -> None:
    """Make a course with one assignment, generated from `source`, as its instructor would."""
    place = folder / "source" / slug
    place.mkdir(parents=True)
    (place / f"{slug}.ipynb").write_bytes(source)
    (folder / "nbgrader_config.py").write_text(CONFIGURATION.format(timeout=timeout), encoding="utf-8")
    measured([str(NBGRADER), "generate_assignment", slug, "--create"], folder)


def otter_cost(exercise: Exercise, notebooks: Sequence[bytes], folder: Path, python: Path) -> Cost:
    """Return what otter-grader without a container costs for these submissions, with one small test for each part."""
    tests = {
        name: IS_THERE.format(part=name, points=part.points)
        for name, part in exercise.parts.items()
        if not part.written
    }
    folder.mkdir(parents=True)
    zipped = make_otter_zip(python, tests, folder)
    hand_in(folder, exercise.slug, notebooks)
    return measured([str(python), "-P", "-c", ONE_AFTER_ANOTHER, str(folder / "submitted"), str(zipped)], folder)


def make_otter_zip(python: Path, tests: Mapping[str, str], folder: Path) -> Path:
    """Write otter's test files, by name and text, and return the configuration made of them."""
    place = folder / "tests"
    place.mkdir(parents=True)
    for name, text in tests.items():
        (place / f"{name}.py").write_text(text, encoding="utf-8")
    target = folder / "autograder.zip"
    otter = python.with_name("otter")
    measured([str(otter), "generate", "-t", str(place), "-o", str(target), "--no-requirements"], folder)
    return target


def otter_python(cache: Path) -> Path:
    """Return the Python of an environment that has otter-grader, made below `cache` at first use.

    Our own packages come after otter's there, so that both grade with the same torch. Raises UserError where it
    cannot be installed.
    """
    place = cache / OTTER.replace("==", "-")
    python = place / "bin" / "python"
    if python.with_name("otter").exists():
        return python
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    site = Path(_asked(python, "import sysconfig; print(sysconfig.get_paths()['purelib'])"))
    ours = sysconfig.get_paths()["purelib"]
    (site / "ours.pth").write_text(f"import site; site.addsitedir({ours!r})\n", encoding="utf-8")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", OTTER]
    with tempfile.TemporaryFile() as output:
        if subprocess.run(command, stdout=output, stderr=output, check=False).returncode:
            output.seek(0)
            said = output.read().decode(errors="replace").strip()[-300:]
            raise UserError(f"{OTTER} cannot be installed for the comparison: {said}")
    return python


def _asked(python: Path, code: str) -> str:
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()
