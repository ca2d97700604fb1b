"""Look after the machine and the course itself: what is there, does it hold, what does it cost."""

from __future__ import annotations

import sys

import click

from autograder.cli.group import cli, cohort_option, progress, repository, required_exercise_option


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
@required_exercise_option
@click.option("--seeds", default=20, show_default=True, type=click.IntRange(min=1), help="Runs of the reference.")
@click.option("--again", is_flag=True, help="Run all seeds anew, also those whose runs still hold.")
@click.option("--choose", default="", metavar="VALUE", help="As cohorts have it that chose this value, as in mnist.")
def calibrate(exercise: str, seeds: int, again: bool, choose: str) -> None:
    """Run the reference over seeds; write mean, spread and false-fail rate of its thresholds."""
    from autograder.calibrate.calibrate import calibrate as run
    from autograder.calibrate.table import print_calibration

    with progress() as say:
        done = run(repository(), exercise, seeds, say, again=again, chosen=choose)
    sys.exit(print_calibration(done))


@cli.command()
@cohort_option
def data(cohort: str) -> None:
    """Download, verify and keep what a cohort's digits, videos and exercises need, once for everyone."""
    from autograder.grade.data import provide

    repo = repository()
    with progress() as say:
        folder, files = provide(repo, repo.cohort(cohort), say)
    if not files:
        click.echo(f"{cohort} needs no downloads: its digits and videos are made, and no exercise asks for others")
        return
    click.echo(f"{len(files)} files verified in {folder}")
    click.echo(
        f"Students who reach this folder set T2P_DATA={folder}; everybody else downloads once, verified as well."
    )


@cli.command()
def reached() -> None:
    """Write docs/reached.md anew from what calibration and the exercises' scripts have measured."""
    from autograder.reached.page import PAGE, write_page

    write_page(repository())
    click.echo(f"written: {PAGE}")


@cli.command()
def demo() -> None:
    """Release, grade and show the cohort `demo`, with the project's own submissions."""
    from autograder.demo import demo as run

    with progress() as say:
        shown = run(repository(), say)
    sys.exit(shown())
