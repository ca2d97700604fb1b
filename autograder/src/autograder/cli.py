"""The command `autograder`: every target of the Makefile, and what staff need beyond it.

Heavy modules are imported inside the commands: torch takes 1.5 s, nbgrader 2.9 s, and most commands need neither.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.environment import preload_path, venv_bin_first
from autograder.errors import AutograderError, UserError

if TYPE_CHECKING:
    from autograder.manifest import Repository
    from autograder.progress import Say

__all__ = ["main"]

GRADING = {"grade", "demo", "prove", "bench"}
"""Commands that fork a process in which torch may have used threads."""

cohort_option = click.option("--cohort", required=True, metavar="NAME", help="Folder in autograder/cohorts.")
exercise_option = click.option("--exercise", metavar="SLUG", help="One exercise (default: all).")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Tensor to Pulse: release a course, grade what comes back, look after both."""


def main() -> None:
    """Run the command; a user's mistake ends with one line and exit code 2, a grader's fault with 3."""
    venv_bin_first()
    _start_again_for_forks()
    try:
        cli.main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        sys.exit(130)
    except AutograderError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)


def _start_again_for_forks() -> None:
    """Start again, once and only for commands that grade, in an environment that makes forks safe and cheap.

    An OpenMP whose threads survive a fork, and a heap in huge pages: a fork of the warm process then copies fewer page
    tables, which took 26 ms of CPU a submission to 18 ms.
    """
    library = preload_path()
    if not GRADING & set(sys.argv[1:2]) or "GLIBC_TUNABLES" in os.environ or sys.platform != "linux":
        return
    os.environ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1"
    if library is not None and "LD_PRELOAD" not in os.environ:
        os.environ["LD_PRELOAD"] = str(library)
    os.execv(sys.executable, [sys.executable, "-m", "autograder.cli", *sys.argv[1:]])  # noqa: S606


def _repo() -> Repository:
    from autograder.manifest import Repository

    return Repository.find()


@contextmanager
def _progress() -> Iterator[Say]:
    from autograder.progress import progress

    with progress() as say:
        yield say


@cli.command()
def doctor() -> None:
    """Print what this machine can give, and how to get what it cannot."""
    from autograder.doctor import main as report

    sys.exit(report())


@cli.command()
@cohort_option
@exercise_option
def release(cohort: str, exercise: str | None) -> None:
    """Write what the students of a cohort get: notebooks, decks, the data package, in one zip."""
    from autograder.release.publish import release as publish

    repo = _repo()
    chosen = repo.cohort(cohort)
    with _progress() as say:
        released = publish(repo, chosen, [exercise] if exercise else None, say)
    click.echo(f"{released.students} students are in the gradebook of {cohort}.")
    for student in released.not_in_roster:
        click.echo(f"note: {student} is in the gradebook but not in students.csv", err=True)
    for note in released.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"For students: {_shown(released.archive)}")
    click.echo(f"May be published, and nothing else: {_shown(released.publish)}")


@cli.command()
def exercises() -> None:
    """Write exercises/ anew from solutions/."""
    from autograder.release.publish import write_exercises

    for path in write_exercises(_repo()):
        click.echo(_shown(path))


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
            sys.exit(single.with_pytest(_repo(), submission, exercise, cohort, expression, pdb=pdb))
        sys.exit(single.show(_repo(), submission, exercise, cohort))
    if cohort is None:
        raise UserError("say what to grade: --cohort NAME, or --submission FILE")
    from autograder.grade.table import print_cohort

    repo = _repo()
    chosen = repo.cohort(cohort)
    slugs = [repo.exercise(exercise).slug] if exercise else _handed_in(repo, cohort)
    from autograder.grade.cohort import grade_cohort

    with _progress() as say:
        graded = [grade_cohort(repo, chosen, slug, list(student) or None, again=again, progress=say) for slug in slugs]
    sys.exit(max(print_cohort(chosen, one) for one in graded))


def _handed_in(repo: Repository, cohort: str) -> list[str]:
    from autograder.grade.cohort import submitted

    slugs = [slug for slug in repo.slugs() if submitted(repo.cohort(cohort), slug)]
    if not slugs:
        raise UserError(f"nobody of {cohort} has handed in anything yet")
    return slugs


@cli.command()
@cohort_option
@exercise_option
def feedback(cohort: str, exercise: str | None) -> None:
    """Write feedback pages and summaries anew, for example after grading by hand."""
    from autograder import gradebook

    repo = _repo()
    chosen = repo.cohort(cohort)
    slugs = [exercise] if exercise else [s for s in repo.slugs() if (chosen.folder / "reports" / s).is_dir()]
    if not slugs:
        raise UserError(f"nothing of {cohort} has been graded yet: run `make grade COHORT={cohort}` first")
    for slug in slugs:
        pages = gradebook.write_feedback(chosen, repo.exercise(slug))
        summary = gradebook.write_summary(chosen, repo.exercise(slug))
        click.echo(f"{slug}: {len(pages)} feedback pages beside {_shown(pages[0]) if pages else '-'}")
        click.echo(f"{slug}: summary {_shown(summary)}")


@cli.command()
@cohort_option
def verify(cohort: str) -> None:
    """Derive every number of the gradebook again from the ledger, and look for tampering."""
    from autograder.grade.verify import differences

    found = list(differences(_repo().cohort(cohort)))
    for line in found:
        click.echo(line)
    click.echo(f"{len(found)} differences" if found else "every number follows from the ledger")
    sys.exit(3 if found else 0)


@cli.command()
@cohort_option
@click.option("--exercise", required=True, metavar="SLUG", help="The exercise.")
@click.argument("student")
@click.argument("part")
def explain(cohort: str, exercise: str, student: str, part: str) -> None:
    """Say what was asked of a student's part, what came, and how to run it again."""
    from autograder.grade.explain import explain as tell

    repo = _repo()
    for line in tell(repo.cohort(cohort), repo.exercise(exercise), student, part):
        click.echo(line)


@cli.command()
@cohort_option
@click.option("--to", "target", type=click.Path(path_type=Path), default=Path("grades.csv"), show_default=True)
def export(cohort: str, target: Path) -> None:
    """Write the gradebook as CSV."""
    from autograder import gradebook

    click.echo(_shown(gradebook.export_csv(_repo().cohort(cohort), target)))


@cli.command()
@cohort_option
@click.option("--port", default=0, help="Port on 127.0.0.1 (default: a free one).")
def formgrader(cohort: str, port: int) -> None:
    """Serve nbgrader's formgrader on loopback, to grade written answers by hand."""
    from autograder import gradebook

    with gradebook.formgrader_server(_repo().cohort(cohort), port=port) as server:
        click.echo(f"Open {server.url}\nCtrl-C ends it.")
        server.process.wait()


@cli.command()
@click.option("--exercise", metavar="SLUG", help="One exercise (default: all).")
def prove(exercise: str | None) -> None:
    """Prove that an exercise's checks work, and write proof.json."""
    from autograder.prove.prove import prove as run
    from autograder.prove.table import print_proof

    repo = _repo()
    codes = []
    for slug in [repo.exercise(exercise).slug] if exercise else repo.slugs():
        with _progress() as say:
            proof = run(repo, slug, say)
        codes.append(print_proof(proof))
    sys.exit(max(codes, default=0))


@cli.command()
def lint() -> None:
    """Check decks, links, and whether generated files and proofs are fresh."""
    from autograder.lint import lint as run

    with _progress() as say:
        complaints = run(_repo(), say)
    for complaint in complaints:
        click.echo(complaint)
    sys.exit(1 if complaints else 0)


@cli.command()
@click.option("--week", metavar="NN", help="One deck, by its slug or its number (default: all).")
@click.option("--cohort", metavar="NAME", help="Fill the title slides for this cohort.")
def slides(week: str | None, cohort: str | None) -> None:
    """Build the decks: HTML for students, HTML with notes and PDF for instructors."""
    from autograder import decks

    repo = _repo()
    chosen = repo.cohort(cohort) if cohort else None
    with _progress() as say:
        built = decks.build(repo, [decks.slug_of(repo, week)] if week else None, cohort=chosen, progress=say)
    for path in built.files:
        click.echo(_shown(path))
    for note in built.notes:
        click.echo(f"note: {note}", err=True)


@cli.command()
@click.option("--week", required=True, metavar="NN", help="The deck, by its slug or its number.")
@click.option("--cohort", metavar="NAME", help="Fill the title slide for this cohort.")
def present(week: str, cohort: str | None) -> None:
    """Serve a deck with presenter view and demos from loopback, offline."""
    from autograder import decks

    repo = _repo()
    decks.present(repo, decks.slug_of(repo, week), repo.cohort(cohort) if cohort else None)


@cli.command()
@click.argument("exercise")
def edit(exercise: str) -> None:
    """Open an exercise's source in JupyterLab; what is saved there comes back byte-clean."""
    from autograder.release.edit import edit as open_lab

    open_lab(_repo(), exercise)


@cli.command("new-exercise")
@click.argument("name")
def new_exercise(name: str) -> None:
    """Begin an exercise NN_topic with everything that lint asks for, and a list of what is left to do."""
    from autograder.release.skeleton import new_exercise as begin

    for line in begin(_repo(), name):
        click.echo(line)


@cli.command()
def demo() -> None:
    """Release, grade and show the cohort `demo`, with the project's own submissions."""
    from autograder.demo import demo as run

    with _progress() as say:
        shown = run(_repo(), say)
    sys.exit(shown())


@cli.command()
@click.option("--submissions", default=20, show_default=True, help="How many to grade.")
@click.option("--write", is_flag=True, help="Put the table into README.md.")
def bench(submissions: int, write: bool) -> None:  # noqa: FBT001
    """Measure what grading costs beyond the students' own compute, beside nbgrader."""
    from autograder.bench import bench as run

    with _progress() as say:
        table = run(_repo(), submissions, say, write=write)
    click.echo(table)


def _shown(path: Path) -> str:
    """Return a path as short as it can be said from here."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_absolute() and path.is_relative_to(here) else str(path)


if __name__ == "__main__":
    main()
