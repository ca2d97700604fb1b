"""Grade: a cohort, or one notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import cli, cohort_option, exercise_option, progress, repository, required_exercise_option
from autograder.errors import AutograderError, UserError

if TYPE_CHECKING:
    from autograder.manifest import Cohort, Repository


@cli.command()
@click.option(
    "--cohort",
    metavar="NAME",
    help="Grade what this cohort handed in. With --submission: take its choices and its hidden inputs.",
)
@exercise_option
@click.option(
    "--student",
    multiple=True,
    metavar="ID",
    help="Only this student; may be given more than once. With --submission: whose inputs.",
)
@click.option("--again", is_flag=True, help="Grade anew also what has not changed since it was graded.")
@click.option("--submission", type=click.Path(path_type=Path), metavar="FILE", help="Grade one notebook and print it.")
@click.option("--part", metavar="ID", help="With --submission: only this part.")
@click.option("--purpose", default="final", metavar="NAME", help="With --submission: inputs of `final` or a `try-1`.")
@click.option("--verbose", is_flag=True, help="With --submission: run the checks as plain pytest and show its report.")
@click.option("-k", "expression", metavar="EXPR", help="With --verbose: only checks whose name matches, as in pytest.")
@click.option("--pdb", is_flag=True, help="With --verbose: open the debugger where a check fails.")
def grade(  # noqa: PLR0913, PLR0917  (the options of a command)
    cohort: str | None,
    exercise: str | None,
    student: tuple[str, ...],
    again: bool,
    submission: Path | None,
    part: str | None,
    purpose: str,
    verbose: bool,
    expression: str | None,
    pdb: bool,
) -> None:
    """Grade a cohort, or one notebook with --submission."""
    repo = repository()
    if submission is not None:
        from autograder.grade import single

        chosen = repo.cohort(cohort) if cohort else None
        name = student[0] if student else "student"
        look = single.Look(submission, single.exercise_of(repo, submission, exercise), chosen, name, purpose, part)
        sys.exit(single.with_pytest(repo, look, expression, pdb=pdb) if verbose else single.show(look))
    for name, given in (("--part", part), ("--verbose", verbose), ("-k", expression), ("--pdb", pdb)):
        if given:
            raise UserError(f"{name} is about one notebook: say which, --submission FILE")
    if cohort is None:
        raise UserError("say what to grade: --cohort NAME, or --submission FILE")
    slugs = [repo.exercise(exercise).slug] if exercise else _handed_in(repo, cohort)
    sys.exit(_grade_each(repo, repo.cohort(cohort), slugs, list(student) or None, again=again))


def _grade_each(repo: Repository, cohort: Cohort, slugs: list[str], students: list[str] | None, *, again: bool) -> int:
    """Grade and print one exercise after the other, what could not be graded at the end; return the exit code."""
    from autograder.grade.cohort import grade_cohort
    from autograder.grade.table import print_cohort

    code, refusals = 0, dict[str, int]()
    for slug in slugs:
        try:
            with progress() as say:
                graded = grade_cohort(repo, cohort, slug, students, again=again, progress=say)
        except AutograderError as error:  # the other exercises go on
            refusals[str(error)] = error.exit_code
        else:
            code = max(code, print_cohort(cohort, graded))
    for refusal in refusals:
        click.echo(f"error: {refusal}", err=True)
    return max(code, *refusals.values(), 0)


def _handed_in(repo: Repository, cohort: str) -> list[str]:
    from autograder.grade.cohort import submitted

    slugs = [slug for slug in repo.slugs() if submitted(repo.cohort(cohort), slug)]
    if not slugs:
        raise UserError(f"nobody of {cohort} has handed in anything yet")
    return slugs


@cli.command()
@cohort_option
@required_exercise_option
@click.option("--student", multiple=True, metavar="ID", help="Only this student; may be given more than once.")
@click.option("--yes", is_flag=True, help="Write without asking.")
def regrade(cohort: str, exercise: str, student: tuple[str, ...], yes: bool) -> None:
    """Redo what a mended check touches, show what would differ per student, and write it when told to."""
    from autograder.grade.regrade import regrade as redo
    from autograder.grade.table import print_cohort, print_regrade

    repo = repository()
    chosen = repo.cohort(cohort)
    with progress() as say:
        found = redo(repo, chosen, repo.exercise(exercise).slug, list(student) or None, say)
    print_regrade(found)
    if not found.something_to_write:
        click.echo("nothing to write")
        return
    if not yes and not _agreed(f"Write this into ledger, gradebook and pages of {cohort}?"):
        click.echo("nothing was written")
        return
    sys.exit(print_cohort(chosen, found.write()))


def _agreed(question: str) -> bool:
    """Ask; nobody at the keyboard is a no, with a word on how to say yes."""
    if sys.stdin.isatty():
        return click.confirm(question, default=False)
    click.echo("nobody is there to ask: --yes writes without asking")
    return False
