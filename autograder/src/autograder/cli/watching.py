"""Deadline night: grade as submissions arrive, and see how far it is."""

from __future__ import annotations

from autograder.cli.group import cli, cohort_option, exercise_option, repository


@cli.command()
@cohort_option
@exercise_option
def watch(cohort: str, exercise: str | None) -> None:
    """Grade submissions as they arrive, until Ctrl-C."""
    from autograder.grade.watch import Watcher

    Watcher(repository(), cohort, exercise).run()
