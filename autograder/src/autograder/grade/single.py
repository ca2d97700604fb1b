"""Grade one notebook from the command line: a report within seconds, or the checks as plain pytest."""

from __future__ import annotations

import sys
from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Exercise, Repository

__all__ = ["exercise_of", "show", "with_pytest"]

PRACTICE_SECRET = bytes(32)
"""Seeds of a look at one notebook without a cohort: it decides no grade."""


def show(repo: Repository, notebook: Path, slug: str | None, cohort: str | None) -> int:
    """Grade `notebook`, print its report and return the exit code."""
    from autograder.grade.grader import Grader, Job
    from autograder.grade.seeds import cohort_secret
    from autograder.grade.table import print_report

    exercise = exercise_of(repo, notebook, slug)
    folder = repo.cohort(cohort).folder if cohort else None
    with Grader(exercise, b"") as grader:
        grader.secret = cohort_secret(folder) if folder else PRACTICE_SECRET
        report = grader.grade(Job("student", str(notebook), side_files=False))
    return print_report(report)


def with_pytest(
    repo: Repository, notebook: Path, slug: str | None, cohort: str | None, expression: str | None, *, pdb: bool
) -> int:
    """Run the exercise's checks against `notebook` with pytest's own reporting; return pytest's exit code."""
    import pytest

    checks = exercise_of(repo, notebook, slug).folder / "checks.py"
    options = [str(checks), "-v", "--no-header", "-p", "no:cacheprovider", "--import-mode=importlib"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]
    options += ["-c", "/dev/null", f"--rootdir={repo.root}", f"--submission={notebook}"]
    options += [f"--seed-cohort={cohort}"] if cohort else []
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
