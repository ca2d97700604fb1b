"""A folder that the grader may not enter costs its own student alone, who is told what to do."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.grade.arrivals import arrivals, closed_folders, overlooked
from autograder.grade.cohort import chosen_of, submitted, vanished
from autograder.grade.collect import Incomplete, Refused, collect
from autograder.grade.explain import missing
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.grade.timestamps import read_timestamp
from autograder.manifest import Cohort

SLUG = "01_numbers"
NOBODY = 65534


@pytest.fixture
def cohort() -> Iterator[Cohort]:
    """A cohort in which eve's folder has lost its right to be entered, and zoe's to be listed."""
    with tempfile.TemporaryDirectory() as name:  # not tmp_path, which lies in a folder that is root's alone
        top = Path(name)
        top.chmod(0o755)
        for student, mode in (("ada", 0o755), ("eve", 0o644), ("zoe", 0o311)):
            folder = top / "course" / "submitted" / student / SLUG
            folder.mkdir(parents=True)
            (folder / f"{SLUG}.ipynb").write_text('{"cells": []}')
            folder.chmod(mode if os.geteuid() == 0 else mode & 0o700)
        yield Cohort("Tiny", name="tiny", folder=top)
        for folder in top.glob(f"course/submitted/*/{SLUG}"):
            folder.chmod(0o755)


def as_nobody(do: Callable[[], object]) -> str:
    """Return what `do` returns or raises, as text, in a process to which root's rights do not belong."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setresgid(NOBODY, NOBODY, NOBODY)
                os.setresuid(NOBODY, NOBODY, NOBODY)
            os.write(writing, repr(do()).encode())
        except BaseException as error:  # noqa: BLE001  (nothing may run on in the copy of the test)
            os.write(writing, repr(error).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        text = said.read().decode()
    os.waitpid(pid, 0)
    return text


def refusal(notebook: Path) -> str:
    """Return why a notebook is refused; empty where it is not."""
    try:
        collect(notebook, "anybody")
    except Incomplete as error:
        return f"it looks unfinished: {error}"
    except Refused as error:
        return str(error)
    return ""


def test_the_class_is_found_and_one_is_refused(cohort: Cohort) -> None:
    """All are graded; whoever cannot be read is told that it is a matter of permissions, and the command."""
    said = as_nobody(lambda: {one: refusal(path) for one, path in submitted(cohort, SLUG).items()})
    eve = (
        "The grader may not open the notebook: give the folder and the file back their permissions "
        "(`chmod -R u+rwX,go+rX FOLDER`) and hand in again."
    )
    assert said == repr({"ada": "", "eve": eve, "zoe": ""})


def test_a_watcher_sees_them(cohort: Cohort) -> None:
    """A folder that may not be entered has arrived, in another form once it may; an empty one has not."""
    (cohort.folder / "course" / "submitted" / "new" / SLUG).mkdir(parents=True)

    def names() -> list[tuple[str, list[str]]]:
        return [(one.student, [line[0] for line in one.stamp]) for one in arrivals(cohort, [SLUG]).values()]

    notebook = [f"{SLUG}.ipynb"]
    assert sorted(eval(as_nobody(names))) == [("ada", notebook), ("eve", ["."]), ("zoe", ["."])]  # noqa: S307
    for student in ("eve", "zoe"):
        (cohort.folder / "course" / "submitted" / student / SLUG).chmod(0o755)
    assert sorted(eval(as_nobody(names))) == [(student, notebook) for student in ("ada", "eve", "zoe")]  # noqa: S307


def test_its_time_of_handing_in_is_told_as_unreadable(cohort: Cohort) -> None:
    """The gradebook then counts that student as on time, with a note, and enters everybody else."""
    stamp = cohort.folder / "course" / "submitted" / "eve" / SLUG / "timestamp.txt"
    said = as_nobody(lambda: read_timestamp(stamp, ZoneInfo("UTC")))
    assert said.startswith("UserError(")
    assert "cannot be read" in said


@pytest.mark.parametrize("mode", [0o644, 0o711])
def test_a_closed_folder_above_the_exercises_is_told_to_staff(mode: int, cohort: Cohort) -> None:
    """Nobody knows what lies in it: who grades or watches is told, and so is who asks how the cohort stands.

    That is one that may not be entered, and one that may, but not be listed.
    """
    (cohort.folder / "course" / "release" / SLUG).mkdir(parents=True)
    folder = cohort.folder / "course" / "submitted" / "eve"
    folder.chmod(mode if os.geteuid() == 0 else {0o644: 0o600, 0o711: 0o300}[mode])

    def told() -> list[str]:
        return chosen_of(cohort, SLUG, None)[1]

    said = as_nobody(told), as_nobody(lambda: overlooked(cohort)), as_nobody(lambda: closed_folders(cohort))
    folder.chmod(0o755)
    sentence = f"{folder} may not be entered, so nothing in it is graded: `chmod u+rwx` it"
    assert said == (repr([sentence]), repr([sentence]), repr([folder]))
    assert as_nobody(told) == "[]"


def test_an_appeal_is_told_of_a_closed_folder(cohort: Cohort) -> None:
    """What may not be looked at is not told as gone."""
    submitted_here = cohort.folder / "course" / "submitted"
    said = as_nobody(lambda: [missing(submitted_here / one / SLUG / f"{SLUG}.ipynb") for one in ("ada", "eve", "new")])
    assert said == repr(["", "lies in a folder that may not be entered", "is gone"])


@pytest.mark.parametrize("student", ["eve", "a\ttab"])
def test_a_folder_that_closes_while_it_is_graded_is_not_gone(student: str, cohort: Cohort) -> None:
    """Whoever grades or watches goes on, and its student is told; only what is not there any more has vanished."""
    top = cohort.folder / "course" / "submitted"
    (top / student / SLUG).mkdir(parents=True, exist_ok=True)
    notebook = top / student / SLUG / f"{SLUG}.ipynb"
    part = PartReport("spread", "Spread", "core", 0.0, 1.0, [Finding("c", "spread", "c", 1.0, Verdict.REFUSED)])
    report = Report(SLUG, student, "", "final", [part])
    (top / student).chmod(0)
    said = as_nobody(lambda: (vanished(report, notebook), list(submitted(cohort, SLUG))))
    (top / student).chmod(0o755)
    found = ["ada", "zoe"] if student == "eve" else [student, "ada", "eve", "zoe"]
    assert said == repr((False, found))
    assert vanished(report, top / "nobody" / SLUG / f"{SLUG}.ipynb")
