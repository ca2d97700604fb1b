"""`make demo`: from source to feedback in minutes, with the project's own submissions as a cohort."""

from __future__ import annotations

import datetime as dt
import random
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from autograder.errors import CellsChanged, SandboxUnavailable, UserError
from autograder.manifest import Cohort, Exercise, Repository
from autograder.progress import Say
from autograder.prove.named import Named, all_named, named_dict
from autograder.release.build import notebook_bytes
from autograder.release.sizes import sized_source
from autograder.release.source import Source

__all__ = ["advising", "demo"]

COHORT = "demo"
FEW = 3
"""Students who hand in an exercise that trains, beside the hostile one: the demo takes minutes, and shows as much."""
HOSTILE = "mallory"
HOSTILE_CELL = "import os\nprint('trying to end the grader')\nos._exit(0)\n"
LATE, HOURS_LATE = "nadia", 30
WITHOUT_SANDBOX = (
    "!!! No sandbox on this machine: {why}\n"
    "!!! The demo goes on in plain processes, since its submissions are the project's own. A real cohort is refused."
)


def demo(repo: Repository, say: Say) -> Callable[[], int]:
    """Release every exercise, hand in, grade; return a function that prints the result and gives the exit code."""
    from autograder.grade.cohort import grade_cohort
    from autograder.release.publish import release

    cohort = repo.cohort(COHORT)
    with advising(cohort):
        released = release(repo, cohort, None, say)
    notes = released.notes
    graded = []
    for slug in repo.slugs():
        exercise = repo.exercise(slug, cohort)
        hand_in(cohort, exercise, say)
        try:
            graded.append(grade_cohort(repo, cohort, slug, again=True, progress=say))
        except SandboxUnavailable as error:
            notes = [*notes, WITHOUT_SANDBOX.format(why=error)]
            graded.append(grade_cohort(repo, cohort, slug, again=True, progress=say, sandboxed=False))

    def show() -> int:
        import click

        from autograder.grade.table import print_cohort

        code = max(print_cohort(cohort, one) for one in graded)
        click.echo(f"Deck:     {released.publish / f'students-{COHORT}' / 'slides'}/")
        click.echo(f"Students: {released.archive}")
        for note in notes:
            click.echo(note, err=True)
        click.echo("Next: open a feedback page, or `autograder formgrader --cohort demo` to grade by hand.")
        return code

    return show


@contextmanager
def advising(cohort: Cohort) -> Iterator[None]:
    """Say how a made-up class begins anew where its release is refused for the grades it has."""
    try:
        yield
    except CellsChanged as error:
        anew = f"git clean -fdx {shlex.quote(str(cohort.folder))}"
        raise CellsChanged(f"{error}; the demo's class is made up: `{anew}` lets it begin anew") from error


def hand_in(cohort: Cohort, exercise: Exercise, say: Say) -> None:
    """Put a submission of each student of the demo cohort where students' submissions arrive."""
    from autograder.roster import read_roster

    students = [student.id for student in read_roster(cohort)]
    source, named = sized_source(exercise), all_named(exercise)
    if not named:
        raise UserError(f"{exercise.slug} has no submissions: the demo hands in solutions/{exercise.slug}/submissions")
    submitted = cohort.hand_ins
    due = cohort.due(exercise.slug)
    for number, student in enumerate(students):
        folder = submitted / student / exercise.slug
        shutil.rmtree(folder, ignore_errors=True)
        if exercise.training.proof and number >= FEW and student != HOSTILE:
            continue
        folder.mkdir(parents=True)
        notebook = _notebook(exercise, source, named, number, student)
        (folder / f"{exercise.slug}.ipynb").write_bytes(notebook)
        _stamp(folder, due, cohort, student)
        say("handing in", number + 1, len(students))


def _notebook(exercise: Exercise, source: Source, named: list[Named], number: int, student: str) -> bytes:
    """Return a notebook with the mistakes of up to three wrong submissions of different parts, or a correct one."""
    if student == HOSTILE:
        notebook = named_dict(exercise, source, _named(named, "correct")[0])
        notebook["cells"].insert(2, _code_cell(HOSTILE_CELL))
        return notebook_bytes(notebook)
    if number % 4 == 0:
        return notebook_bytes(named_dict(exercise, source, _pick(_named(named, "correct"), number // 4)))
    chosen: dict[str, Named] = {}
    wrong = _named(named, "wrong")
    for other in random.Random(number).sample(wrong, min(len(wrong), number % 4 + 1)):
        chosen.setdefault(other.part, other)
    notebook = named_dict(exercise, source, next(iter(chosen.values())))
    for other in list(chosen.values())[1:]:
        answers = {cell["id"]: cell["source"] for cell in named_dict(exercise, source, other)["cells"]}
        for cell in notebook["cells"]:
            if cell["id"] == other.part and other.part in answers:
                cell["source"] = answers[other.part]
    return notebook_bytes(notebook)


def _named(named: list[Named], kind: str) -> list[Named]:
    return [one for one in named if one.name.startswith(kind)]


def _pick(named: list[Named], number: int) -> Named:
    return named[number % len(named)]


def _code_cell(source: str) -> dict[str, object]:
    return {"cell_type": "code", "execution_count": None, "id": "mine", "metadata": {}, "outputs": [], "source": source}


def _stamp(folder: Path, due: dt.datetime | None, cohort: Cohort, student: str) -> None:
    if due is not None:
        moment = cohort.local(due + dt.timedelta(hours=HOURS_LATE if student == LATE else -2))
        (folder / "timestamp.txt").write_text(f"{moment:%Y-%m-%d %H:%M:%S} {cohort.timezone}\n", encoding="utf-8")
