"""Enter reports into gradebook and pages beside the grading, which so waits for no database."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from autograder.errors import UserError
from autograder.grade.keep import report_path
from autograder.grade.report import Report, outcome_of, read_report
from autograder.manifest import Cohort, Exercise

__all__ = ["Clerk"]

RETRY_SECONDS = 2.0
SUMMARY_SECONDS = 5.0
"""The summary is of the whole class: in a rush it is written anew this often, and at the end."""


class Clerk:
    """A thread that enters what it is given; what cannot be entered now is tried again until it can.

    While it cannot, somebody else may grade: what counts then is the report on the disk, not the one that was given.
    `say` gets a sentence when trouble begins, when it is over, and for each remark on a student.
    """

    def __init__(self, cohort: Cohort, say: Callable[[str], None]) -> None:
        self.cohort = cohort
        self.trouble = ""
        """Why the last attempt failed; empty when it did not."""
        self._say = say
        self._said: set[str] = set()
        self._waiting: dict[tuple[str, str], tuple[Exercise, Report]] = {}
        self._summaries: dict[str, Exercise] = {}
        self._summary_at = 0.0
        self._rehearsal: tuple[Exercise, Report] | None = None
        self._batch = 0
        self._working = self._closing = False
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, name="clerk", daemon=True)
        self._thread.start()

    def enter(self, exercise: Exercise, report: Report) -> None:
        """Enter a report soon; a newer one of the same student takes its place."""
        with self._changed:
            self._waiting[exercise.slug, report.student] = exercise, report
            self._changed.notify()

    def rehearse(self, exercise: Exercise, report: Report) -> None:
        """Make a page of a report about nobody and throw it away: the first real one then waits for no import."""
        with self._changed:
            self._rehearsal = exercise, report
            self._changed.notify()

    @property
    def waiting(self) -> int:
        """How many reports are not yet in the gradebook."""
        return len(self._waiting)

    @property
    def idle(self) -> bool:
        """Whether all is entered and every page written."""
        return not (self._waiting or self._summaries or self._working)

    def close(self, seconds: float) -> bool:
        """Enter what is left, for up to `seconds`; return whether all was entered."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        self._thread.join(seconds)
        return self.idle

    def _work(self) -> None:
        from autograder import gradebook

        gradebook.load("record", "write_feedback", "write_summary")  # takes a second, while the sandbox starts
        while True:
            with self._changed:
                self._changed.wait_for(self._something_to_do, timeout=self._until_summary())
                batch = self._taken()
                rehearsal, self._rehearsal = self._rehearsal, None
                if not batch and self._closing and not self._summaries:
                    return
            try:
                if rehearsal is not None and not batch:
                    self._make_page(*rehearsal)
                self._enter(batch)
                self._summarise()
            except Exception as error:  # noqa: BLE001  (whatever it is: the reports are kept, and tried again)
                if self._failed(batch, error):
                    return
            else:
                self._succeeded(batch)

    def _something_to_do(self) -> bool:
        return bool(self._waiting) or self._closing or self._rehearsal is not None

    def _until_summary(self) -> float | None:
        return max(0.0, self._summary_at + SUMMARY_SECONDS - time.monotonic()) if self._summaries else None

    def _taken(self) -> list[tuple[Exercise, Report]]:
        """Take the reports of one exercise; after a failure half as many, so that one bad one cannot hold up all."""
        slug = next(iter(self._waiting), ("",))[0]
        keys = [key for key in self._waiting if key[0] == slug]
        batch = [self._waiting.pop(key) for key in keys[: self._batch or None]]
        self._working = bool(batch)
        return batch

    def _make_page(self, exercise: Exercise, report: Report) -> None:
        from autograder.gradebook import entries
        from autograder.pages.feedback import render_feedback

        with suppress(Exception):  # what is wrong is said where it matters
            entries(self.cohort, exercise.slug)
            render_feedback(report, exercise, self.cohort)

    def _enter(self, batch: list[tuple[Exercise, Report]]) -> None:
        from autograder import gradebook

        if not batch:
            return
        exercise, written = batch[0][0], [self._written(report) for _, report in batch]
        reports = [self._newest(report) for _, report in batch]
        recorded = gradebook.record(self.cohort, exercise, reports)
        feedback = gradebook.write_feedback(self.cohort, exercise, students=recorded.students)
        self._summaries[exercise.slug] = exercise
        for report, before in zip(reports, written, strict=True):
            if self._written(report) != before:  # somebody else has graded since: whose points came last is unknown
                with self._changed:
                    self._waiting.setdefault((exercise.slug, report.student), (exercise, report))
        for note in [*recorded.notes, *feedback.notes]:
            self._say_once(note)

    def _newest(self, report: Report) -> Report:
        """Return the report that is stored now, if it is another one than this."""
        try:
            stored = read_report(report_path(self.cohort, report.exercise, report.student))
        except (OSError, UserError):
            return report
        other = (stored.unit, outcome_of(stored)) != (report.unit, outcome_of(report))
        theirs = (stored.exercise, stored.student) == (report.exercise, report.student)
        return stored if other and theirs else report

    def _written(self, report: Report) -> tuple[int, int] | None:
        try:
            status = report_path(self.cohort, report.exercise, report.student).stat()
        except OSError:
            return None
        return status.st_mtime_ns, status.st_ino

    def _summarise(self) -> None:
        from autograder import gradebook

        due = self._closing or time.monotonic() - self._summary_at >= SUMMARY_SECONDS
        for slug in list(self._summaries) if due and not self._waiting else ():
            gradebook.write_summary(self.cohort, self._summaries[slug])
            del self._summaries[slug]
            self._summary_at = time.monotonic()

    def _failed(self, batch: list[tuple[Exercise, Report]], error: Exception) -> bool:
        """Keep the batch for later; return whether to give up, since the watcher is ending."""
        with self._changed:
            for exercise, report in batch:
                self._waiting.setdefault((exercise.slug, report.student), (exercise, report))
            self._batch = max(1, len(batch) // 2)
            self._working = False
            new = "" if self.trouble else f"{type(error).__name__}: {error}".splitlines()[0]
            self.trouble = self.trouble or new
        if new:
            self._say(f"not in the gradebook yet, kept and tried again every moment: {new}")
        with self._changed:
            return self._closing or self._changed.wait_for(lambda: self._closing, timeout=RETRY_SECONDS)

    def _succeeded(self, batch: list[tuple[Exercise, Report]]) -> None:
        self._working = False
        if not batch and (self._waiting or self._summaries):
            return
        self._batch = 0
        if self.trouble:
            self.trouble = ""
            self._say("the gradebook can be written again")

    def _say_once(self, sentence: str) -> None:
        if sentence not in self._said:
            self._said.add(sentence)
            self._say(sentence)
