"""Deadline night: grade as submissions arrive, and see how far it is."""

from __future__ import annotations

import click

from autograder.cli.group import cli, cohort_option, exercise_option, repository


@cli.command()
@cohort_option
@exercise_option
def watch(cohort: str, exercise: str | None) -> None:
    """Grade submissions as they arrive, until Ctrl-C."""
    from autograder.grade.watch import Watcher

    Watcher(repository(), cohort, exercise).run()


@cli.command()
@cohort_option
@exercise_option
@click.option("--json", "as_json", is_flag=True, help="For programs: all of it as JSON.")
def status(cohort: str, exercise: str | None, as_json: bool) -> None:
    """Say how grading stands: queue, time to go, internal errors, who is at work."""
    from autograder.grade.status import status_lines, status_of

    repo = repository()
    found = status_of(repo, repo.cohort(cohort), exercise)
    if as_json:
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=1).decode())
        return
    for line in status_lines(found):
        click.echo(line)
