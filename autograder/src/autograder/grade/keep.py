"""What is kept of grading, in an order that a kill at any moment leaves mendable: ledger line, then report."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.disk import sweep, telling
from autograder.errors import UserError
from autograder.grade.asked import asked_of
from autograder.grade.deadline import Passed
from autograder.grade.job import Job
from autograder.grade.ledger import Ledger, Line
from autograder.grade.report import Report, outcome_of, read_report, write_report
from autograder.grade.timestamps import read_timestamp
from autograder.grade.unit import content_of, submission_of, unit_of
from autograder.manifest import Cohort, Exercise

__all__ = ["Keeper", "Pending", "is_unfinished", "report_path", "stored", "submitted_at"]


class Keeper:
    """Decides which submissions must be graded, and keeps what grading them found: first the line, then the report.

    So a report that is there has its line; a run that was killed between the two grades that submission again, finds
    the same, and adds no second line.
    """

    def __init__(
        self,
        cohort: Cohort,
        exercise: Exercise,
        ledger: Ledger,
        secret: bytes,
        *,
        passed: Passed,
        asked: dict[str, str] | None = None,
    ) -> None:
        """Keep reports of `exercise`; `asked` is what `asked_of` says of it, where that is known."""
        self.cohort = cohort
        self.exercise = exercise
        self.asked = asked_of(exercise) if asked is None else asked
        self.content = content_of(exercise, self.asked)
        self._ledger = ledger
        self._secret = secret
        self._passed = passed

    def sort(self, chosen: dict[str, Path], *, again: bool = False) -> tuple[list[Report], list[Job]]:
        """Return the reports that grading again would only repeat (none, with `again`), and what is left to grade."""
        kept, jobs = [], []
        for student, notebook in chosen.items():
            digest = submission_of(notebook, student)
            report = None if again else self._kept(student, digest)
            if report is not None:
                kept.append(report)
            else:
                jobs.append(Job(student, str(notebook), self._purpose(student, digest), content=self.content))
        return kept, jobs

    def keep(self, report: Report, *, why: str = "") -> Report:
        """Write line and report; return the report as it was written."""
        report = msgspec.structs.replace(report, asked=self.asked)
        self.enter(report, why=why)
        path = report_path(self.cohort, report.exercise, report.student)
        with telling(f"the report of {report.student}", path):
            write_report(report, path)
        return report

    def enter(self, report: Report, *, why: str = "") -> None:
        """Write the line of a report, unless it is there."""
        submitted = submitted_at(self.cohort, report.exercise, report.student)
        self._ledger.append(report, submitted=submitted, why=why)

    def stored(self, student: str) -> Report | None:
        """Return the report of a student that the ledger vouches for."""
        return stored(self.cohort, self.exercise.slug, student, self._ledger.latest(self.exercise.slug, student))

    def knows_time(self, student: str) -> bool:
        """Return whether the ledger has the time that came with a submission, also where it came after the grading."""
        line = self._ledger.latest(self.exercise.slug, student)
        return line is not None and line.submitted == submitted_at(self.cohort, self.exercise.slug, student)

    def _kept(self, student: str, digest: str) -> Report | None:
        report = self.stored(student)
        if report is None or report.internal_errors or (report.purpose == "final") != self._passed.of(student):
            return None
        return report if report.unit == unit_of(self.content, digest, report.purpose, self._secret) else None

    def _purpose(self, student: str, digest: str) -> str:
        """Return what a submission is graded for; the same one again is the same try, and nobody learns from it."""
        if self._passed.of(student):
            return "final"
        line = self._ledger.latest(self.exercise.slug, student)
        is_try = line is not None and line.purpose.startswith("try-")
        if is_try and line is not None and line.unit == unit_of(self.content, digest, line.purpose, self._secret):
            return line.purpose
        return f"try-{self._ledger.next_try(self.exercise.slug, student)}"


class Pending:
    """A file that stands beside the reports from the first that is written until all are in gradebook and pages."""

    def __init__(self, cohort: Cohort, slug: str, notes: list[str]) -> None:
        self._file = _unfinished(cohort, slug)
        self._sweep(cohort.folder, slug)
        self.was_there = self._file.exists()
        if self.was_there:
            notes.append(f"an earlier grading of {slug} was stopped before all was in the gradebook")

    def begin(self) -> None:
        """Say that there is work under way."""
        with telling("the reports", self._file.parent):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.touch()

    def end(self, *, complete: bool) -> None:
        """Say that it is done; what an earlier run left is done only when this one was about all students."""
        if complete or not self.was_there:
            with telling("the reports", self._file.parent):
                self._file.unlink(missing_ok=True)

    def _sweep(self, folder: Path, slug: str) -> None:
        """Remove what a killed run had not finished writing."""
        twins = f"course/autograded/*/{slug}", f"course/feedback/*/{slug}"
        with telling("what a stopped grading left", folder):
            for place in (f"reports/{slug}", f"feedback/{slug}", *twins, "summary", "."):
                sweep(folder, place)


def is_unfinished(cohort: Cohort, slug: str) -> bool:
    """Return whether reports of an exercise are there, or are being made, which the gradebook does not have yet."""
    return _unfinished(cohort, slug).exists()


def _unfinished(cohort: Cohort, slug: str) -> Path:
    return cohort.reports(slug) / ".unfinished"


def stored(cohort: Cohort, slug: str, student: str, line: Line | None) -> Report | None:
    """Return a student's report if `line`, the ledger's last on it, vouches for it: its unit, how each check ended."""
    try:
        report = read_report(report_path(cohort, slug, student))
    except (OSError, UserError):  # never graded, or damaged
        return None
    vouched = line is not None and (line.student, line.unit, line.outcome) == (
        report.student,
        report.unit,
        outcome_of(report),
    )
    return report if vouched else None


def report_path(cohort: Cohort, slug: str, student: str) -> Path:
    """Return where the report of a student's submission lies."""
    return cohort.reports(slug) / f"{student}.json"


def submitted_at(cohort: Cohort, slug: str, student: str) -> str:
    """Return the time that came with a submission, UTC, or nothing where none did; the gradebook counts by it."""
    path = cohort.handed_in(student, slug) / "timestamp.txt"
    try:
        moment = read_timestamp(path, cohort.zone)
    except (UserError, OSError):
        return ""
    return moment.isoformat() if moment else ""
