"""Measure: what grading costs and what it withstands, beside other graders."""

from __future__ import annotations

import click

from autograder.bench.options import GRADERS, SECTIONS, Options
from autograder.cli.group import cli, progress, repository

NORMAL = Options()


@cli.command()
@click.option("--only", type=click.Choice(SECTIONS), multiple=True, help="One section; may be given more than once.")
@click.option("--exercise", metavar="SLUG", help="With which exercise (default: the first with points).")
@click.option("--submissions", default=NORMAL.submissions, show_default=True, help="To compare the graders with.")
@click.option("--rounds", default=NORMAL.rounds, show_default=True, help="How many times as many ours grades.")
@click.option("--scale", default=NORMAL.scale, show_default=True, help="Submissions of a large class.")
@click.option("--seconds", default=NORMAL.seconds, show_default=True, help="CPU seconds that one of a class trains.")
@click.option("--no-otter", is_flag=True, help="Leave otter-grader out (it is installed at first use).")
@click.option("--write", is_flag=True, help="Put the result into README.md, docs/benchmark.md and docs/reached.md.")
def bench(  # noqa: PLR0913, PLR0917  (the options of a command)
    only: tuple[str, ...],
    exercise: str | None,
    submissions: int,
    rounds: int,
    scale: int,
    seconds: float,
    no_otter: bool,
    write: bool,
) -> None:
    """Measure what grading costs beyond the students' own compute, beside nbgrader and otter-grader."""
    from autograder.bench.run import bench as run

    options = Options(only or SECTIONS, submissions, rounds, scale, seconds, not no_otter, write)
    with progress() as say:
        text = run(repository(), options, say, slug=exercise)
    click.echo(text)


@cli.command("bench-security")
@click.option("--only", default="*", show_default=True, metavar="GLOB", help="Attacks by name.")
@click.option("--grader", type=click.Choice(GRADERS), multiple=True, help="One grader; may be given more than once.")
@click.option("--again", is_flag=True, help="Run also the attacks whose outcome is kept from an earlier run.")
@click.option("--write", is_flag=True, help="Put the result into docs/attacks.md.")
def bench_security(only: str, grader: tuple[str, ...], again: bool, write: bool) -> None:
    """Run the attack battery against stock nbgrader, otter-grader and ours, side by side."""
    from autograder.bench.security.compare import bench_security as run

    with progress() as say:
        text = run(repository(), say, only=only, graders=grader or GRADERS, write=write, again=again)
    click.echo(text)
