"""Releasing: the committed `exercises/`, a cohort's nbgrader course, and the one folder that may be published.

Everything is first built in a temporary folder and read by the leak check; only then anything is written.
"""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder import gradebook
from autograder.disk import link_or_copy
from autograder.errors import UserError
from autograder.manifest import Cohort, Repository
from autograder.progress import Say
from autograder.release.leaks import refuse_leaks
from autograder.release.students import build_wheel, fix_pdf_dates, write_guide, write_readme, write_zip
from autograder.release.tree import Tree, exercise_tree, put_tree, stale_files
from autograder.roster import Student, read_roster

__all__ = ["Released", "release", "stale_exercises", "write_exercises"]

STEPS = 7
Step = Callable[[str], None]


@dataclass(frozen=True)
class Released:
    """What a release wrote."""

    publish: Path
    """The only folder that may be published."""
    archive: Path
    """The zip for students, inside `publish`."""
    exercises: list[Path]
    """The files in the repository's `exercises/`."""
    course: Path
    """The cohort's nbgrader course folder; private."""
    students: int
    """Students of the roster, now in the gradebook."""
    not_in_roster: list[str]
    """Students whom the gradebook knows and the roster does not."""
    notes: list[str]
    """What is less than it could be, one sentence each."""


def write_exercises(repo: Repository, slugs: list[str] | None = None) -> list[Path]:
    """Write `exercises/` from the sources (all, or `slugs`), byte for byte the same each time; return its files.

    Files there that come from no source are deleted. Raises UserError, with nothing written, when private text would
    be published.
    """
    tree = exercise_tree(repo, slugs or repo.slugs())
    with _temporary(repo.root) as folder:
        put_tree(folder, tree, whole=True)
        refuse_leaks(repo, folder, "exercises/ was not written")
    return put_tree(repo.exercises, tree, whole=_whole(repo, slugs))


def stale_exercises(repo: Repository) -> list[str]:
    """Return one line for each file of `exercises/` that is not what the sources say; none when it is fresh."""
    tree = exercise_tree(repo, repo.slugs())
    return [f"{line}: run `autograder exercises`" for line in stale_files(repo.exercises, tree, whole=True)]


def release(repo: Repository, cohort: Cohort, slugs: list[str] | None = None, progress: Say | None = None) -> Released:
    """Release `slugs` (default: all exercises) to `cohort`.

    Raises UserError, with nothing written, for a mistake in a source or in the roster and when private text would be
    published.
    """
    say = _counted(progress or (lambda _what, _done, _all: None))
    say("reading sources and roster")
    chosen = sorted(slugs or repo.slugs())
    if not chosen:
        raise UserError("there is nothing to release: `make new-exercise NAME=01_topic` begins an exercise")
    students = read_roster(cohort)
    tree = exercise_tree(repo, chosen, cohort)
    with _temporary(cohort.folder) as folder:
        publish = folder / "publish"
        content, notes = _content(repo, cohort, chosen, tree, publish, say)
        say("looking for private text in what would be published")
        refuse_leaks(repo, publish, f"{cohort.name} was not released")
        archive = write_zip(content, publish / f"students-{cohort.name}.zip")
        say("entering assignments and students into the gradebook")
        course, gone = _enter(cohort, chosen, tree, students)
        say("writing exercises/ and the students' zip")
        # exercises/ is what is committed, which no cohort decides
        exercises = put_tree(repo.exercises, exercise_tree(repo, chosen), whole=_whole(repo, slugs))
        target = _swap(publish, cohort.folder / "publish")
        _keep_decks(cohort, chosen, target / content.name / "slides")
    say("done")
    notes += _early(repo, cohort, chosen) + gradebook.dates_beside(cohort, repo.slugs())
    return Released(target, target / archive.name, exercises, course, len(students), gone, notes)


def _content(
    repo: Repository, cohort: Cohort, slugs: list[str], tree: Tree, publish: Path, say: Step
) -> tuple[Path, list[str]]:
    """Write what students get into a folder below `publish`; return it, and what staff should know about it."""
    content = publish / f"students-{cohort.name}"
    put_tree(content / "exercises", tree, whole=True)
    say("building the decks")
    notes = _decks(repo, cohort, slugs, content / "slides")
    say("building the students' package")
    wheel = build_wheel(repo, content)
    write_guide(repo, content, wheel.name)
    write_readme(content, cohort, [repo.exercise(slug, cohort) for slug in slugs], wheel.name)
    return content, notes


def _decks(repo: Repository, cohort: Cohort, slugs: list[str], folder: Path) -> list[str]:
    """Put the students' decks (no notes) of `slugs` into `folder`, as pages and, where there is a browser, as PDF."""
    with_deck = [slug for slug in slugs if (repo.slides / f"{slug}.md").is_file()]
    if not with_deck:
        return []
    from autograder import decks

    with _temporary(folder.parent.parent) as out:
        built = decks.build(repo, with_deck, cohort=cohort, out=out, notes=False)
        (out / "students").rename(folder)
    for path in folder.glob("*.pdf"):
        fix_pdf_dates(path)
    return list(built.notes)


def _keep_decks(cohort: Cohort, slugs: list[str], released: Path) -> None:
    """Keep the decks of this release, to which feedback pages link, out of reach of the next one."""
    for slug in slugs:
        if (deck := released / f"{slug}.html").is_file():
            cohort.deck(slug).parent.mkdir(exist_ok=True)
            link_or_copy(deck, cohort.deck(slug))


def _enter(cohort: Cohort, slugs: list[str], tree: Tree, students: list[Student]) -> tuple[Path, list[str]]:
    """Put the released notebooks into nbgrader's course and the students into its gradebook.

    nbgrader's `source/` gets the released notebook as well: should someone press its own Generate button, there is no
    answer that it could ship.
    """
    course = gradebook.prepare_course(cohort)
    for slug in slugs:
        own = {name: data for name, data in tree.items() if name.startswith(f"{slug}/")}
        put_tree(course / "source", own, whole=False)
        gradebook.generate_assignment(cohort, slug)
        put_tree(course / "release", own, whole=False)
    return course, gradebook.sync_roster(cohort, students)


def _early(repo: Repository, cohort: Cohort, slugs: list[str]) -> list[str]:
    """Return one sentence if an exercise comes out while answers to the one before it still count."""
    now = dt.datetime.now(dt.UTC)
    early = []
    for before, slug in itertools.pairwise(repo.slugs()):
        closes = cohort.closes(before)
        if slug in slugs and closes and now <= closes and repo.exercise(before).points:
            early.append(f"{slug} ({before} counts until {cohort.local(closes):%Y-%m-%d %H:%M})")
    if not early:
        return []
    what = "released while the exercise before can still be handed in, and may show answers to it"
    return [f"{what}: {', '.join(early)}; EXERCISE= releases one exercise alone"]


def _whole(repo: Repository, slugs: list[str] | None) -> bool:
    return slugs is None or set(slugs) == set(repo.slugs())


def _counted(progress: Say) -> Step:
    steps: Iterator[int] = iter(range(STEPS + 1))
    return lambda what: progress(what, next(steps), STEPS - 1)


@contextmanager
def _temporary(beside: Path) -> Iterator[Path]:
    """Yield an empty folder on the same disk as `beside`, so that it can be renamed into place."""
    with tempfile.TemporaryDirectory(prefix=".releasing-", dir=beside) as folder:
        yield Path(folder)


def _swap(new: Path, target: Path) -> Path:
    """Rename `new` to `target`; what stood there is deleted once the new one is in place."""
    old = new.with_name("old")
    if target.exists():
        target.rename(old)
    new.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return target
