"""Grade one notebook from the command line: a report within seconds, or the checks as plain pytest."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.errors import UserError
from autograder.manifest import Cohort, Exercise, Repository

__all__ = ["Look", "exercise_of", "show", "with_pytest"]

PRACTICE_SECRET = bytes(32)
"""Seeds of a look at one notebook without a cohort: it decides no grade."""


@dataclass(frozen=True)
class Look:
    """What is looked at, and with whose hidden inputs."""

    notebook: Path
    exercise: Exercise
    cohort: Cohort | None = None
    """Whose secret seeds the inputs; without one they decide no grade."""
    student: str = "student"
    purpose: str = "final"
    part: str | None = None
    """Judge this part alone."""

    def __post_init__(self) -> None:
        """Take the cohort's choices; raise UserError where there is no such part."""
        if self.cohort is not None:
            object.__setattr__(self, "exercise", self.exercise.for_cohort(self.cohort))
        if self.part is not None and self.part not in self.exercise.parts:
            parts = ", ".join(self.exercise.parts)
            raise UserError(f"{self.exercise.slug} has no part {self.part!r}; there are: {parts}")


def show(look: Look) -> int:
    """Grade the notebook, print its report and return the exit code."""
    from autograder.grade.batch import grade_batch
    from autograder.grade.job import Job
    from autograder.grade.seeds import cohort_secret
    from autograder.grade.table import print_report

    only = frozenset({look.part} if look.part else ())
    # a file that lies anywhere may lie beside anything; a cohort's submission has its folder to itself
    side_files = look.cohort is not None or bool(look.exercise.training.weights)
    job = Job(look.student, str(look.notebook), look.purpose, side_files=side_files, only=only)
    secret = cohort_secret(look.cohort.folder) if look.cohort else PRACTICE_SECRET
    (report,) = grade_batch(look.exercise, [job], lambda: secret)
    parts = [part for part in report.parts if not only or part.part in only]
    return print_report(msgspec.structs.replace(report, parts=parts))


def with_pytest(repo: Repository, look: Look, expression: str | None, *, pdb: bool) -> int:
    """Run the exercise's checks against the notebook with pytest's own reporting; return pytest's exit code."""
    import pytest

    options = [str(look.exercise.folder / "checks.py"), "-vv", "--no-header", "-p", "no:cacheprovider"]
    options += ["--import-mode=importlib", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += ["--showlocals"]  # hidden inputs and what came: who runs this is staff
    options += ["-c", "/dev/null", f"--rootdir={repo.root}", f"--submission={look.notebook}"]
    options += [f"--seed-student={look.student}", f"--seed-purpose={look.purpose}"]
    options += [f"--seed-cohort={look.cohort.name}"] if look.cohort else []
    options += [f"--part={look.part}"] if look.part else []
    options += ["-k", expression] if expression else []
    options += ["--pdb"] if pdb else []
    sys.stdout.flush()
    return int(pytest.main(options))


def exercise_of(repo: Repository, notebook: Path, slug: str | None) -> Exercise:
    """Return the exercise that `notebook` answers: `slug`, what its metadata says, or its file's name."""
    if not notebook.exists():
        raise UserError(f"there is no file {notebook}")
    if slug is None:
        from autograder.grade.collect import Refused, exercise_named_in

        try:
            named = exercise_named_in(notebook)
        except Refused:
            named = ""
        known = repo.slugs()
        slug = next((name for name in (named, notebook.stem, notebook.parent.name) if name in known), None)
    if slug is None:
        raise UserError(f"{notebook} does not say which exercise it answers: add --exercise SLUG")
    return repo.exercise(slug)
