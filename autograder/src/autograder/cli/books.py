"""What lies in the gradebook: pages for students, a table of grades, grading by hand."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.group import cli, cohort_option, exercise_option, repository, shown
from autograder.errors import UserError


@cli.command()
@cohort_option
@exercise_option
def feedback(cohort: str, exercise: str | None) -> None:
    """Write feedback pages and summaries anew, for example after grading by hand."""
    from autograder import gradebook
    from autograder.disk import telling

    repo = repository()
    chosen = repo.cohort(cohort)
    slugs = [exercise] if exercise else [s for s in repo.slugs() if chosen.reports(s).is_dir()]
    if not slugs:
        raise UserError(f"nothing of {cohort} has been graded yet: run `make grade COHORT={cohort}` first")
    for slug in slugs:
        with telling("the pages", chosen.folder):
            written = gradebook.write_feedback(chosen, repo.exercise(slug, chosen))
            summary = gradebook.write_summary(chosen, repo.exercise(slug, chosen))
        pages = written.pages
        click.echo(f"{slug}: {len(pages)} feedback pages beside {shown(pages[0]) if pages else '-'}")
        click.echo(f"{slug}: summary {shown(summary)}")
        for note in written.notes:
            click.echo(f"note: {note}", err=True)


@cli.command()
@cohort_option
@click.option(
    "--to",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write it (default: grades.csv in the cohort's folder, which git ignores).",
)
def export(cohort: str, target: Path | None) -> None:
    """Write the gradebook as CSV."""
    from autograder import gradebook
    from autograder.disk import telling
    from autograder.roster import read_roster

    chosen = repository().cohort(cohort)
    target = target or chosen.folder / "grades.csv"
    if (chosen.folder / "students.csv").exists():
        for student in gradebook.sync_roster(chosen, read_roster(chosen)):
            click.echo(f"note: {student} is in the gradebook but not in students.csv", err=True)
    with telling("the grades", target):
        click.echo(shown(gradebook.export_csv(chosen, target)))
    for sentence in gradebook.unsettled(chosen):
        click.echo(f"note: {sentence}", err=True)


@cli.command()
@cohort_option
@click.option("--port", default=0, help="Port on 127.0.0.1 (default: a free one).")
def formgrader(cohort: str, port: int) -> None:
    """Serve nbgrader's formgrader on loopback, to grade written answers by hand."""
    from autograder import gradebook

    with gradebook.formgrader_server(repository().cohort(cohort), port=port) as server:
        click.echo(f"Open {server.url}\nCtrl-C ends it.")
        server.process.wait()
