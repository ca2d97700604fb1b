"""Look at what grading did: is it true, and why is it so."""

from __future__ import annotations

import sys

import click

from autograder.cli.group import cli, cohort_option, repository, required_exercise_option


@cli.command()
@cohort_option
def verify(cohort: str) -> None:
    """Derive every number of the gradebook again from the ledger, and look for tampering."""
    from autograder.grade.verify import differences

    found = list(differences(repository().cohort(cohort)))
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences" if found else "every number follows from the ledger")
    sys.exit(3 if found else 0)


@cli.command()
@cohort_option
@required_exercise_option
@click.argument("student")
@click.argument("part")
def explain(cohort: str, exercise: str, student: str, part: str) -> None:
    """Say what was asked of a student's part, what came, and how to run it again."""
    from autograder.grade.explain import explain as tell

    repo = repository()
    for line in tell(repo.cohort(cohort), repo.exercise(exercise), student, part):
        click.echo(line)
