"""Look after the machine and the course itself: what is there, does it hold, what does it cost."""

from __future__ import annotations

import sys

import click

from autograder.cli.group import cli, progress, repository


@cli.command()
def doctor() -> None:
    """Print what this machine can give, and how to get what it cannot."""
    from autograder.doctor import main as report

    sys.exit(report())


@cli.command()
def lint() -> None:
    """Check decks, links, and whether generated files and proofs are fresh."""
    from autograder.lint import lint as run

    with progress() as say:
        complaints = run(repository(), say)
    for complaint in complaints:
        click.echo(complaint)
    sys.exit(1 if complaints else 0)


@cli.command()
@click.option("--exercise", metavar="SLUG", help="One exercise (default: all).")
def prove(exercise: str | None) -> None:
    """Prove that an exercise's checks work, and write proof.json."""
    from autograder.prove.prove import prove as run
    from autograder.prove.table import print_proof

    repo = repository()
    codes = []
    for slug in [repo.exercise(exercise).slug] if exercise else repo.slugs():
        with progress() as say:
            proof = run(repo, slug, say)
        codes.append(print_proof(proof))
    sys.exit(max(codes, default=0))


@cli.command()
def demo() -> None:
    """Release, grade and show the cohort `demo`, with the project's own submissions."""
    from autograder.demo import demo as run

    with progress() as say:
        shown = run(repository(), say)
    sys.exit(shown())
