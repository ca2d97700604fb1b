"""What a person who types `make …` sees."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import cli

Run = Callable[..., subprocess.CompletedProcess[str]]


ROOT = Path(__file__).resolve().parents[3]
BOOTSTRAP = ROOT / "autograder" / "bootstrap"

WANTED = {
    *("help", "setup", "demo", "test", "test-full", "lint", "prove", "slides", "present", "release", "grade"),
    *("watch", "status", "regrade"),
    *("feedback", "formgrader", "export", "edit", "new-exercise", "bench", "doctor", "system", "lock", "clean"),
}
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A repository with two cohorts, one exercise and one deck, whose set-up is done."""
    for name in ("autumn", "spring"):
        (tmp_path / "autograder/cohorts" / name).mkdir(parents=True)
        (tmp_path / "autograder/cohorts" / name / "cohort.toml").write_text('title = "A"\n')
    (tmp_path / "solutions/01_tensors").mkdir(parents=True)
    (tmp_path / "solutions/01_tensors/exercise.toml").touch()
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides/01_tensors.md").touch()
    shutil.copy(ROOT / "Makefile", tmp_path)
    return tmp_path


def test_help_lists_every_target(run: Run) -> None:
    """`make help` has one line for each target, taken from the Makefile itself."""
    done = run("make", "help")
    listed = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert set(listed) >= WANTED
    assert set(listed) == set(re.findall(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE))
    assert all(len(line) <= 120 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("release COHORT=nope", 'there is no cohort "nope": there are autumn spring; a new one is a folder '),
        ("grade COHORT=aut", 'there is no cohort "aut"'),
        ("feedback COHORT=%", 'there is no cohort "%"'),
        ("grade COHORT=autumn\\ spring", 'there is no cohort "autumn spring"'),
        ("release", "say which cohort: COHORT=autumn"),
        ("edit", "say which exercise: EXERCISE=01_tensors"),
        ("watch", "say which cohort: COHORT=autumn"),
        ("status COHORT=nope", 'there is no cohort "nope"'),
        ("regrade COHORT=autumn", "say which exercise: EXERCISE=01_tensors"),
        ("prove EXERCISE=09_nothing", 'there is no exercise "09_nothing": there are 01_tensors; make new-exercise '),
        ("present", "say which week: WEEK=01_tensors"),
        ("slides WEEK=07", 'there is no week "07": there are 01_tensors 01; a week is a deck '),
        ("new-exercise", "say how the exercise is called: NAME=06_topic"),
        ("prove EXERCIZE=01_tensors", "there is no argument EXERCIZE: there are COHORT, EXERCISE, WEEK, NAME and ARGS"),
        ("relaese COHORT=autumn", 'there is no target "relaese": make help lists them'),
    ],
)
def test_wrong_argument_gets_one_line(copy: Path, arguments: str, said: str, run: Run) -> None:
    """Nothing is set up, one line says what is wrong and what to do, and the exit code is 2."""
    words = [word.replace("\0", " ") for word in arguments.replace("\\ ", "\0").split()]
    done = run("make", *words, cwd=copy)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
    assert not (copy / ".venv").exists()


@pytest.mark.parametrize(
    ("arguments", "command"),
    [
        (("release", "COHORT=spring"), 'autograder release --cohort "$COHORT"'),
        (("grade", "COHORT=spring", "EXERCISE=01_tensors"), '--cohort "$COHORT" --exercise "$EXERCISE"'),
        (("watch", "COHORT=spring"), 'autograder watch --cohort "$COHORT"'),
        (("status", "COHORT=spring"), 'autograder status --cohort "$COHORT"'),
        (
            ("regrade", "COHORT=spring", "EXERCISE=01_tensors"),
            'autograder regrade --cohort "$COHORT" --exercise "$EXERCISE"',
        ),
        (("slides", "WEEK=01"), 'autograder slides --week "$WEEK"'),
        (("new-exercise", "NAME=06_it's"), 'autograder new-exercise "$NAME"'),
    ],
)
def test_arguments_reach_the_command(copy: Path, arguments: tuple[str, ...], command: str, run: Run) -> None:
    """Arguments travel as environment variables, so that no character in them can break a command."""
    for prerequisites in re.findall(r"^\$\(DONE\)/\w+: (.*)$", MAKEFILE, re.MULTILINE):
        for name in prerequisites.replace("$(BOOTSTRAP)", "autograder/bootstrap").split():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).touch()
    done = run("make", "--dry-run", *arguments, cwd=copy)
    assert command in " ".join(done.stdout.split())


def test_every_command_of_the_makefile_exists() -> None:
    """Each `autograder COMMAND` that a target calls is a command, and takes the options that the target gives."""
    options = {"$(cohort)": "--cohort", "$(exercise)": "--exercise", "$(deck)": "--week"}
    for name, arguments in re.findall(r"^\t@autograder ([a-z-]+)(.*)$", MAKEFILE, re.MULTILINE):
        taken = {flag for parameter in cli.commands[name].params for flag in parameter.opts}
        assert {options[word] for word in arguments.split() if word in options} <= taken


def test_name_of_a_windows_machine_is_no_argument(copy: Path, run: Run) -> None:
    """Windows' own Linux sets NAME for everyone: only NAME= after `make` counts."""
    done = run("make", "new-exercise", cwd=copy, NAME="DESKTOP-4711")
    assert "say how the exercise is called" in done.stderr


def test_clean_leaves_cohorts_and_sources(copy: Path, run: Run) -> None:
    """`make clean` takes what was built and the caches, and nothing of a cohort, whatever it is called."""
    kept = [
        "autograder/cohorts/autumn/gradebook.db",
        "autograder/cohorts/autumn/build/x",
        "autograder/cohorts/autumn/course/submitted/ada/__pycache__/x",
        "autograder/src/autograder/errors.py",
        "datasets/src/coursedata/face.py",
    ]
    removed = ["build/x", "slides/build/x", ".mypy_cache/x", "autograder/src/autograder/__pycache__/errors.pyc"]
    (copy / "autograder/tests").mkdir()
    (copy / "autograder/bootstrap").mkdir()
    for name in kept + removed:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).touch()
    done = run("make", "clean", cwd=copy)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [name for name in kept + removed if (copy / name).exists()] == kept


@pytest.fixture
def other_pythons(tmp_path: Path) -> Path:
    """A PATH on which there is a Python, of a version that was never tested, and no packages of the system."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "env", "paste", "sort", "grep", "dirname"):
        (folder / name).symlink_to(str(shutil.which(name)))
    (folder / "python3").write_text("#!/usr/bin/env bash\necho 3.8\n")
    (folder / "python3").chmod(0o755)
    return folder


def test_untested_python_is_named_with_what_to_type(other_pythons: Path, run: Run) -> None:
    """Where no tested Python is found, the message names what was found, what is tested and what brings it."""
    done = run(BOOTSTRAP / "python.sh", "venv", cwd=other_pythons.parent, PATH=str(other_pythons))
    assert done.returncode == 2
    assert "no Python 3.11" in done.stderr
    assert "(found: 3.8)" in done.stderr
    assert "make setup PYTHON=" in done.stderr
    assert not (other_pythons.parent / "venv").exists()


def test_wanted_python_of_another_version_is_refused(other_pythons: Path, run: Run) -> None:
    """PYTHON= is taken at its word, and refused when it is not a tested version."""
    wanted = other_pythons / "python3"
    done = run(BOOTSTRAP / "python.sh", "venv", wanted, cwd=other_pythons.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"PYTHON={wanted} is 3.8: tested are 3.11")


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment that set-up has made there."""
    folder = tmp_path_factory.mktemp("course")
    subprocess.run([BOOTSTRAP / "python.sh", ".venv", sys._base_executable], cwd=folder, check=True)
    return folder


def test_environment_of_this_folder_stays(environment: Path, tmp_path: Path, run: Run) -> None:
    """What was made here is found to be so, also where the folder is reached by a link."""
    (tmp_path / "link").symlink_to(environment)
    for way in (environment, tmp_path / "link"):
        done = run(BOOTSTRAP / "python.sh", ".venv", cwd=way, PWD=str(way))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_copied_environment_is_made_anew(environment: Path, tmp_path: Path, run: Run) -> None:
    """Its programs would start the other folder's Python and packages: they are of this folder afterwards."""
    copied = tmp_path / "copied"
    shutil.copytree(environment, copied, symlinks=True)
    done = run(BOOTSTRAP / "python.sh", ".venv", sys._base_executable, cwd=copied)
    assert done.returncode == 0
    assert done.stdout.startswith(".venv was made for another folder (this one was copied or moved)")
    assert str(copied) in (copied / ".venv/bin/pip").read_text()
    assert str(environment) in (environment / ".venv/bin/pip").read_text()


def test_link_to_anothers_environment_is_left_alone(environment: Path, tmp_path: Path, run: Run) -> None:
    """Making it anew would take it from the folder that it belongs to: one line says what to type instead."""
    (tmp_path / ".venv").symlink_to(environment / ".venv")
    done = run(BOOTSTRAP / "python.sh", ".venv", sys._base_executable, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "rm .venv && make setup" in done.stderr
    assert (environment / ".venv/bin/pip").exists()


def test_copied_repository_is_set_up_again(copy: Path, tmp_path_factory: pytest.TempPathFactory, run: Run) -> None:
    """Every step is done once in a folder, and once more in a copy of it, whose stamps are of another place."""
    folder = tmp_path_factory.mktemp("programs")
    (folder / "python").write_text('#!/bin/sh\necho "did $*"\n')
    (folder / "python").chmod(0o755)
    for prerequisites in re.findall(r"^\$\(DONE\)/\w+: (.*)$", MAKEFILE, re.MULTILINE):
        for name in prerequisites.replace("$(BOOTSTRAP)", "autograder/bootstrap").split():
            if not name.startswith("$"):
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                (copy / name).touch(0o755)
    path = f"{folder}:{os.environ['PATH']}"

    def steps(place: Path) -> int:
        done = run("make", "setup", cwd=place, PATH=path)
        assert done.returncode == 0, done.stderr
        return done.stdout.count("did ")

    assert (steps(copy), steps(copy)) == (4, 0)
    copied = shutil.copytree(copy, folder / "copied", symlinks=True)
    assert (steps(copied), steps(copied)) == (4, 0)


def test_python_versions_agree() -> None:
    """The versions that set-up accepts are those that the packages declare."""
    accepted = re.search(r'^versions="([\d. ]+)"', (BOOTSTRAP / "python.sh").read_text(), re.MULTILINE)
    assert accepted is not None
    minors = sorted(int(version.partition(".")[2]) for version in accepted.group(1).split())
    declared = f">=3.{minors[0]},<3.{minors[-1] + 1}"
    assert minors == list(range(minors[0], minors[-1] + 1))
    for file in ("pyproject.toml", "autograder/pyproject.toml"):
        assert tomllib.loads((ROOT / file).read_text())["project"]["requires-python"] == declared
