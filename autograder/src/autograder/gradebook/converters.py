"""Our steps in nbgrader's places: its `autograde` grades in our sandbox, its `feedback` writes our pages.

nbgrader's own steps copy, clean and run a submission inside its own process, where one duplicated cell stops the
whole class. Ours start `autograder grade` as a process of its own: the formgrader's button runs inside a Jupyter
server, which must neither fork workers nor hold a secret.
"""

from __future__ import annotations

import datetime as dt
import fnmatch
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from nbgrader import converters
from nbgrader.apps import NbGraderAPI
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory

from autograder.environment import venv_bin_first
from autograder.errors import AutograderError, GraderFault, UserError
from autograder.grade.keep import report_path
from autograder.grade.timestamps import read_timestamp
from autograder.gradebook.publish import write_feedback
from autograder.manifest import Cohort, Repository, load_cohort

__all__ = ["Autograde", "GenerateAssignment", "GenerateFeedback", "grading_command", "install_converters"]

NBGRADER_MODULES = (
    "nbgrader.converters",
    "nbgrader.apps.api",
    "nbgrader.apps.autogradeapp",
    "nbgrader.apps.generateassignmentapp",
    "nbgrader.apps.generatefeedbackapp",
)


def grading_command(cohort: Cohort, slug: str, students: list[str]) -> list[str]:
    """Return the command that grades `students` and enters what it found into the gradebook."""
    program = str(Path(sys.prefix) / "bin" / "autograder")
    chosen = [f"--student={student}" for student in students]
    return [program, "grade", f"--cohort={cohort.name}", f"--exercise={slug}", *chosen]


class Autograde(converters.Autograde):  # type: ignore[misc]
    """Grades what was submitted, in one process for all, and leaves nbgrader's choice of whom as it is."""

    def start(self) -> None:
        """Grade each student who was not graded, handed in again, or is named together with `--force`."""
        cohort, slug = load_cohort(Path(self.coursedir.root).parent), self.coursedir.assignment_id
        chosen = _chosen(Path(self.coursedir.root) / "submitted", slug, self.coursedir.student_id)
        if not chosen:
            raise _failure(self, f"nobody has handed in {slug}: there is no submitted/STUDENT/{slug}")
        students = [student for student in chosen if self._is_due(student, slug)]
        for student in sorted(set(chosen) - set(students)):
            self.log.info("Skipping %s, who is graded already; --force grades again", student)
        if students:
            self._grade(cohort, slug, students)

    def _is_due(self, student: str, slug: str) -> bool:
        course = Path(self.coursedir.root)
        graded = course / "autograded" / student / slug
        if self.force or not (graded / f"{slug}.ipynb").is_file():
            return True
        then = self.coursedir.get_existing_timestamp(str(graded))
        now = self.coursedir.get_existing_timestamp(str(course / "submitted" / student / slug))
        return bool(now and (then is None or now > then))

    def _grade(self, cohort: Cohort, slug: str, students: list[str]) -> None:
        venv_bin_first()
        self.log.info("Grading %s of %s in the sandbox", slug, ", ".join(students))
        notebooks = [cohort.nbgrader_course / "autograded" / student / slug / f"{slug}.ipynb" for student in students]
        before = [_written(notebook) for notebook in notebooks]
        code = self._run(grading_command(cohort, slug, students), cohort.folder)
        entered = all(_written(notebook) > then for notebook, then in zip(notebooks, before, strict=True))
        if code == GraderFault.exit_code and entered:
            self.log.warning("The grader failed at some checks: they wait for a person, the summary lists them")
        elif code or not entered:
            raise _failure(self, f"grading ended with exit code {code}; the lines above say why")

    def _run(self, command: list[str], folder: Path) -> int:
        with subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        ) as process:
            for line in process.stdout or ():
                self.log.info("%s", line.rstrip())
        return process.returncode


class GenerateAssignment(converters.GenerateAssignment):  # type: ignore[misc]
    """Enters an assignment's cells into the gradebook and releases its notebook as it lies in `source`."""

    def write_single_notebook(self, output: str, resources: dict[str, Any]) -> None:  # noqa: ARG002  (nbconvert's signature)
        """Copy the notebook byte for byte; what nbgrader would write differs in spaces."""
        names = resources["nbgrader"]["assignment"], resources["nbgrader"]["student"]
        notebook = f"{resources['nbgrader']['notebook']}.ipynb"
        released = Path(self._format_dest(*names))
        released.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(Path(self._format_source(*names)) / notebook, released / notebook)


class GenerateFeedback(converters.GenerateFeedback):  # type: ignore[misc]
    """Writes our own feedback pages, from the reports and from what persons entered since."""

    def start(self) -> None:
        """Write the page of each student chosen; raises when one who is named was not graded yet."""
        cohort, slug = load_cohort(Path(self.coursedir.root).parent), self.coursedir.assignment_id
        students = _chosen(Path(self.coursedir.root) / "autograded", slug, self.coursedir.student_id)
        if not students:
            raise _failure(self, f"there is nothing to give feedback on: {slug} has not been graded")
        try:
            exercise = Repository.find(cohort.folder).exercise(slug, cohort)
            written = write_feedback(cohort, exercise, students=self._with_report(cohort, slug, students))
        except AutograderError as error:
            raise _failure(self, str(error)) from error
        for path in written.pages:
            self.log.info("Wrote %s", path)
        for note in written.notes:
            self.log.warning("%s", note)

    def _with_report(self, cohort: Cohort, slug: str, students: list[str]) -> list[str] | None:
        """Return whom to write pages for, None for all; a folder that nobody's grading made stops no page."""
        if self.coursedir.student_id in students:
            return students
        stray = [student for student in students if not report_path(cohort, slug, student).is_file()]
        for student in stray:
            self.log.warning("Skipping autograded/%s/%s, which has no report: no grading made it", student, slug)
        everybody = self.coursedir.student_id == "*"
        return None if everybody else [student for student in students if student not in stray]


def install_converters() -> None:
    """Put our converters where nbgrader's programs and its formgrader look for theirs."""
    for name in NBGRADER_MODULES:
        module = import_module(name)
        for ours in (Autograde, GenerateAssignment, GenerateFeedback):
            if hasattr(module, ours.__name__):
                setattr(module, ours.__name__, ours)
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp


def _existing_timestamp(course: CourseDirectory, folder: str) -> dt.datetime | None:
    """Stand in for nbgrader's reading, in which one student's `timestamp.txt` can break everybody's page."""
    zone = load_cohort(Path(course.root).parent).zone
    try:
        return read_timestamp(Path(folder) / "timestamp.txt", zone)
    except UserError as error:
        course.log.warning("%s", error)
        return None


def _submitted_timestamp(api: NbGraderAPI, assignment_id: str, student_id: str) -> dt.datetime | None:
    submitted = Path(api.coursedir.root) / "submitted" / student_id / assignment_id
    return _existing_timestamp(api.coursedir, str(submitted))


def _chosen(step: Path, slug: str, pattern: str) -> list[str]:
    folders = [folder.parent for folder in step.glob(f"*/{slug}") if folder.is_dir() and not folder.is_symlink()]
    return sorted(folder.name for folder in folders if pattern in {"*", folder.name} or _fits(folder.name, pattern))


def _fits(student: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(student, pattern)


def _failure(converter: converters.BaseConverter, message: str) -> NbGraderException:
    converter.log.error("%s", message)
    return NbGraderException(message)


def _written(notebook: Path) -> int:
    return notebook.stat().st_mtime_ns if notebook.is_file() else 0
