"""The group of commands, the options that many of them share, and how they find and show things."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.manifest import Repository
    from autograder.progress import Say

__all__ = [
    "GRADING",
    "cli",
    "cohort_option",
    "exercise_option",
    "progress",
    "repository",
    "required_exercise_option",
    "shown",
]

GRADING = {"grade", "watch", "regrade", "demo", "prove", "calibrate"}
"""Commands that fork a process in which torch may have used threads."""

cohort_option = click.option("--cohort", required=True, metavar="NAME", help="Folder in autograder/cohorts.")
exercise_option = click.option("--exercise", metavar="SLUG", help="One exercise (default: all).")
required_exercise_option = click.option("--exercise", required=True, metavar="SLUG", help="The exercise.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Tensor to Pulse: release a course, grade what comes back, look after both."""


def repository() -> Repository:
    """Return the repository that the command was started in."""
    from autograder.manifest import Repository

    return Repository.find()


@contextmanager
def progress() -> Iterator[Say]:
    """Yield a function that shows how far the work is."""
    from autograder.progress import progress as shown_progress

    with shown_progress() as say:
        yield say


def shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)
