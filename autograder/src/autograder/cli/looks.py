"""Look at what grading did: is it true, and why is it so."""

from __future__ import annotations

import sys

import click

from autograder.cli.group import cli, cohort_option, repository, required_exercise_option


@cli.command()
@cohort_option
def verify(cohort: str) -> None:
    """Derive every number of the gradebook again from the ledger, and look for tampering."""
    from autograder.grade.verify import verify as derive

    found = derive(repository().cohort(cohort))
    for line in found.by_hand:
        click.echo(f"entered by hand: {line}")
    for line in found.differences:
        click.echo(line)
    count = len(found.differences)
    good = f"every number follows from the {found.lines} lines of the ledger"
    click.echo(f"{count} differences" if count else good)
    sys.exit(3 if count else 0)


@cli.command()
@cohort_option
@required_exercise_option
@click.argument("student")
@click.argument("part")
def explain(cohort: str, exercise: str, student: str, part: str) -> None:
    """Say what was asked of a student's part, what came, and how to run it again."""
    from autograder.grade.explain import explain as tell

    repo = repository()
    for line in tell(repo.cohort(cohort), repo.exercise(exercise, repo.cohort(cohort)), student, part):
        click.echo(line)
