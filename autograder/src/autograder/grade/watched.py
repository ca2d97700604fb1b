"""What a watcher knows of its cohort and exercises, read anew when somebody has edited them meanwhile."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from autograder.errors import UserError
from autograder.grade.asked import asked_of
from autograder.grade.data import use_folder_of
from autograder.grade.deadline import Passed, doubtful_extensions, passed
from autograder.grade.unit import SOURCES, content_of
from autograder.manifest import EXTENSIONS, Cohort, Exercise, Repository

__all__ = ["Watched", "WatchedCourse"]

Stamp = tuple[tuple[int, int], ...]


@dataclass
class Watched:
    """One exercise that was released to the cohort."""

    exercise: Exercise
    asked: dict[str, str]
    content: str
    passed: Passed
    stamp: Stamp


class WatchedCourse:
    """The cohort and its released exercises, `slug` alone if one is named; raises UserError when there are none."""

    def __init__(self, repo: Repository, name: str, slug: str | None, say: Callable[[str], None]) -> None:
        """Read everything once; `say` gets a sentence for each change that is noticed later."""
        self.repo = repo
        self.cohort: Cohort = repo.cohort(name)
        self.exercises: dict[str, Watched] = {}
        self._only = slug
        self._say = say
        self._cohort_stamp = _stamp(self._cohort_files)
        self._warn()
        for one in [repo.exercise(slug).slug] if slug else repo.slugs():
            if self._released(one):
                self._add(one)
        if not self.exercises:
            what = f"{slug} was not released" if slug else "nothing was released"
            raise UserError(f"{what} to {name}: run `make release COHORT={name} EXERCISE={slug or 'SLUG'}` first")

    def refresh(self) -> Iterator[str]:
        """Take in what was edited; yield each slug whose submissions must be looked at once more, and say why."""
        self._refresh_cohort()
        for slug in [self._only] if self._only else self.repo.slugs():
            if slug not in self.exercises:
                if self._released(slug) and self._guarded(slug, partial(self._add, slug)):
                    self._say(f"{slug} was released: it is watched from now on")
                    yield slug
                continue
            if self._content_changed(slug) or self._deadline_passed(slug):
                yield slug

    @property
    def open(self) -> list[str]:
        """The exercises that submissions are expected for now; the last one where there is none."""
        now = dt.datetime.now(dt.UTC)
        found = [slug for slug in self.exercises if self._is_open(slug, now)]
        return found or list(self.exercises)[-1:]

    @property
    def _cohort_files(self) -> list[Path]:
        return [self.cohort.folder / name for name in ("cohort.toml", EXTENSIONS)]

    def _released(self, slug: str) -> bool:
        return self.cohort.released(slug).is_dir()

    def _add(self, slug: str) -> None:
        use_folder_of(self.cohort)
        exercise = self.repo.exercise(slug, self.cohort)
        stamp, asked = self._source_stamp(slug), asked_of(exercise)
        self.exercises[slug] = Watched(exercise, asked, content_of(exercise, asked), passed(self.cohort, slug), stamp)

    def _refresh_cohort(self) -> None:
        stamp = _stamp(self._cohort_files)
        if stamp != self._cohort_stamp:
            self._cohort_stamp = stamp
            if self._guarded("the cohort", self._read_cohort):
                self._say("the cohort has changed: its dates and rules count from now on")
                self._warn()

    def _read_cohort(self) -> None:
        cohort = self.repo.cohort(self.cohort.name)
        _ = cohort.zone  # which may be none
        self.cohort = cohort
        use_folder_of(self.cohort)

    def _warn(self) -> None:
        for sentence in doubtful_extensions(self.cohort):
            self._say(sentence)

    def _content_changed(self, slug: str) -> bool:
        watched, stamp = self.exercises[slug], self._source_stamp(slug)
        if stamp == watched.stamp:
            return False
        before = watched.content
        watched.stamp = stamp
        if not self._guarded(slug, partial(self._add, slug)) or self.exercises[slug].content == before:
            return False
        name = self.cohort.name
        self._say(
            f"{slug} has changed: what comes from now on is graded so, what was graded keeps its points "
            f"(autograder regrade --cohort {name} --exercise {slug} shows what would differ)"
        )
        return True

    def _deadline_passed(self, slug: str) -> bool:
        watched, now = self.exercises[slug], passed(self.cohort, slug)
        before, watched.passed = watched.passed, now
        if now == before:
            return False
        if now.class_ != before.class_:
            over = f"the deadline of {slug} has passed: whoever handed in is graded for the grade itself now"
            self._say(over if now.class_ else f"the deadline of {slug} was moved: gradings are practice tries again")
        for student in sorted(now.late - before.late):
            self._say(f"the deadline of {slug} has passed for {student} too")
        return True

    def _is_open(self, slug: str, now: dt.datetime) -> bool:
        plan, closes = self.cohort.assignments.get(slug), self.cohort.closes(slug)
        if plan is None or closes is None:
            return True
        return (plan.release is None or self.cohort.aware(plan.release) <= now) and now <= closes

    def _source_stamp(self, slug: str) -> Stamp:
        folder = self.repo.solutions / slug
        return _stamp([*(folder / name for name in SOURCES), *sorted((folder / "files").rglob("*"))])

    def _guarded(self, what: str, read: Callable[[], None]) -> bool:
        """Try to read what a person is just editing; half an edit is said once and the old state stays."""
        try:
            read()
        except (UserError, OSError, SyntaxError, ValueError) as error:
            self._say(f"{what} cannot be read, what was read before stays in force: {error}")
            return False
        return True


def _stamp(paths: list[Path]) -> Stamp:
    stamp = []
    for path in paths:
        with contextlib.suppress(OSError):
            status = path.stat()
            stamp.append((status.st_mtime_ns, status.st_size))
    return tuple(stamp)
