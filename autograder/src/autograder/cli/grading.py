"""Grade: a cohort, or one notebook."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.group import cli, exercise_option, progress, repository
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.manifest import Repository


@cli.command()
@click.option("--cohort", metavar="NAME", help="Grade what this cohort handed in.")
@exercise_option
@click.option("--student", multiple=True, metavar="ID", help="Only this student; may be given more than once.")
@click.option("--again", is_flag=True, help="Grade anew also what has not changed since it was graded.")
@click.option("--submission", type=click.Path(path_type=Path), metavar="FILE", help="Grade one notebook and print it.")
@click.option("--verbose", is_flag=True, help="With --submission: run the checks as plain pytest and show its report.")
@click.option("-k", "expression", metavar="EXPR", help="With --verbose: only checks whose name matches, as in pytest.")
@click.option("--pdb", is_flag=True, help="With --verbose: open the debugger where a check fails.")
def grade(  # noqa: PLR0913, PLR0917  (the options of a command)
    cohort: str | None,
    exercise: str | None,
    student: tuple[str, ...],
    again: bool,  # noqa: FBT001  (click passes options so)
    submission: Path | None,
    verbose: bool,  # noqa: FBT001
    expression: str | None,
    pdb: bool,  # noqa: FBT001
) -> None:
    """Grade a cohort, or one notebook with --submission."""
    if submission is not None:
        from autograder.grade import single

        if verbose:
            sys.exit(single.with_pytest(repository(), submission, exercise, cohort, expression, pdb=pdb))
        sys.exit(single.show(repository(), submission, exercise, cohort))
    if cohort is None:
        raise UserError("say what to grade: --cohort NAME, or --submission FILE")
    from autograder.grade.table import print_cohort

    repo = repository()
    chosen = repo.cohort(cohort)
    slugs = [repo.exercise(exercise).slug] if exercise else _handed_in(repo, cohort)
    from autograder.grade.cohort import grade_cohort

    with progress() as say:
        graded = [grade_cohort(repo, chosen, slug, list(student) or None, again=again, progress=say) for slug in slugs]
    sys.exit(max(print_cohort(chosen, one) for one in graded))


def _handed_in(repo: Repository, cohort: str) -> list[str]:
    from autograder.grade.cohort import submitted

    slugs = [slug for slug in repo.slugs() if submitted(repo.cohort(cohort), slug)]
    if not slugs:
        raise UserError(f"nobody of {cohort} has handed in anything yet")
    return slugs
