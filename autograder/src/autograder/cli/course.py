"""What the students get, and the exercises and decks it is made of."""

from __future__ import annotations

import click

from autograder.cli.group import cli, cohort_option, exercise_option, progress, repository, shown


@cli.command()
@cohort_option
@exercise_option
def release(cohort: str, exercise: str | None) -> None:
    """Write what the students of a cohort get: notebooks, decks, the data package, in one zip."""
    from autograder.disk import telling
    from autograder.release.publish import release as publish

    repo = repository()
    chosen = repo.cohort(cohort)
    with progress() as say, telling("the release", chosen.folder):
        released = publish(repo, chosen, [exercise] if exercise else None, say)
    click.echo(f"{released.students} students are in the gradebook of {cohort}.")
    for student in released.not_in_roster:
        click.echo(f"note: {student} is in the gradebook but not in students.csv", err=True)
    for note in released.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"For students: {shown(released.archive)}")
    click.echo(f"May be published, and nothing else: {shown(released.publish)}")


@cli.command()
def exercises() -> None:
    """Write exercises/ anew from solutions/."""
    from autograder.release.publish import write_exercises

    for path in write_exercises(repository()):
        click.echo(shown(path))


@cli.command()
@click.argument("exercise")
def edit(exercise: str) -> None:
    """Open an exercise's source in JupyterLab; what is saved there comes back byte-clean."""
    from autograder.release.edit import edit as open_lab

    open_lab(repository(), exercise)


@cli.command("new-exercise")
@click.argument("name")
def new_exercise(name: str) -> None:
    """Begin an exercise NN_topic with everything that lint asks for, and a list of what is left to do."""
    from autograder.skeleton import new_exercise as begin

    for line in begin(repository(), name):
        click.echo(line)


@cli.command()
@click.option("--week", metavar="NN", help="One deck, by its slug or its number (default: all).")
@click.option("--cohort", metavar="NAME", help="Fill the title slides for this cohort.")
def slides(week: str | None, cohort: str | None) -> None:
    """Build the decks: HTML for students, HTML with notes and PDF for instructors."""
    from autograder import decks

    repo = repository()
    chosen = repo.cohort(cohort) if cohort else None
    with progress() as say:
        built = decks.build(repo, [decks.slug_of(repo, week)] if week else None, cohort=chosen, progress=say)
    for path in built.files:
        click.echo(shown(path))
    for note in built.notes:
        click.echo(f"note: {note}", err=True)


@cli.command()
@click.option("--week", required=True, metavar="NN", help="The deck, by its slug or its number.")
@click.option("--cohort", metavar="NAME", help="Fill the title slide for this cohort.")
def present(week: str, cohort: str | None) -> None:
    """Serve a deck with presenter view and demos from loopback, offline."""
    from autograder import decks

    repo = repository()
    decks.present(repo, decks.slug_of(repo, week), repo.cohort(cohort) if cohort else None)
