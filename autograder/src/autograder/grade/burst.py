"""One stretch of a watcher's work: the lock and the ledger are held, and given back when there is nothing to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack

from autograder.grade.deadline import Passed
from autograder.grade.job import Job
from autograder.grade.keep import Keeper, Pending
from autograder.grade.ledger import Ledger
from autograder.grade.lock import grading_lock
from autograder.grade.watched import Watched
from autograder.manifest import Cohort

__all__ = ["Burst"]


class Burst:
    """Holds the grading lock and the open ledger; raises UserError when somebody else grades or the ledger is bad."""

    def __init__(self, cohort: Cohort, secret: bytes, pending: dict[str, Pending], say: Callable[[str], None]) -> None:
        """Begin; `pending`, by slug, is what earlier bursts could not say the end of."""
        self.cohort = cohort
        self.graded = 0
        self.other_checks: dict[str, set[str]] = {}
        """Who keeps points that were graded with other checks, by slug."""
        self._say = say
        self._secret = secret
        self._pending = pending
        self._keepers: dict[tuple[str, str, Passed], Keeper] = {}
        self._stack = ExitStack()
        try:
            self._stack.enter_context(grading_lock(cohort))
            self._ledger = self._stack.enter_context(Ledger(cohort.ledger, secret))
        except BaseException:
            self._stack.close()
            raise
        for note in self._ledger.notes:
            say(note)

    def keeper(self, watched: Watched) -> Keeper:
        """Return what sorts and keeps the submissions of an exercise, as it is now."""
        key = watched.exercise.slug, watched.content, watched.passed
        if key not in self._keepers:
            self._keepers[key] = Keeper(
                self.cohort, watched.exercise, self._ledger, self._secret, passed=watched.passed, asked=watched.asked
            )
        return self._keepers[key]

    def keeper_of(self, slug: str, job: Job) -> Keeper:
        """Return what keeps the report of a job that was given in this burst, as the exercise was then."""
        return next(one for (name, content, _), one in self._keepers.items() if (name, content) == (slug, job.content))

    def begin(self, slug: str) -> None:
        """Note on the disk that reports of `slug` are being made which the gradebook does not have yet."""
        if slug not in self._pending:
            notes: list[str] = []
            self._pending[slug] = Pending(self.cohort, slug, notes)
            for note in notes:
                self._say(note)
        self._pending[slug].begin()

    def close(self, *, entered: bool) -> None:
        """Give lock and ledger back; `entered` says that the gradebook has everything."""
        try:
            for slug in list(self._pending) if entered else ():
                self._pending[slug].end(complete=True)
                del self._pending[slug]
        finally:
            self._stack.close()
