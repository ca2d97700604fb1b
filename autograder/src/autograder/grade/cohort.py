"""Grade what a cohort handed in: find it, grade it, keep the reports, and tell gradebook and pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.grade import ledger
from autograder.grade.batch import cores, grade_batch
from autograder.grade.job import Job
from autograder.grade.report import Report, write_report
from autograder.grade.seeds import cohort_secret
from autograder.manifest import Cohort, Exercise, Repository

__all__ = ["Graded", "grade_cohort", "submitted"]

Progress = Callable[[str, int, int], None]


@dataclass
class Graded:
    """What grading one exercise of a cohort wrote."""

    exercise: Exercise
    reports: list[Report] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """Sentences for staff."""
    summary: Path | None = None


def submitted(cohort: Cohort, slug: str) -> dict[str, Path]:
    """Return the notebook of each student who handed in something for `slug`, by the student's id."""
    found = {}
    for folder in sorted((cohort.folder / "course" / "submitted").glob(f"*/{slug}")):
        if folder.is_dir() and not folder.is_symlink() and not folder.parent.is_symlink():
            expected = folder / f"{slug}.ipynb"
            others = sorted(folder.glob("*.ipynb"))
            found[folder.parent.name] = others[0] if not expected.exists() and len(others) == 1 else expected
    return found


def grade_cohort(
    repo: Repository,
    cohort: Cohort,
    slug: str,
    students: list[str] | None = None,
    *,
    sandboxed: bool = True,
    progress: Progress | None = None,
) -> Graded:
    """Grade an exercise for `students` (default: all who handed in) and write reports, gradebook and pages.

    Raises UserError when nothing was handed in or the exercise was not released, SandboxUnavailable where this
    machine cannot hold student code.
    """
    exercise = repo.exercise(slug)
    jobs = _jobs(cohort, exercise, students)
    say = progress or (lambda _what, _done, _all: None)
    graded = Graded(exercise)
    folder = cohort.folder / "reports" / slug
    say("warming up", 0, len(jobs))
    slots = cohort.slots or cores()
    for report in grade_batch(exercise, jobs, lambda: cohort_secret(cohort.folder), slots=slots, sandboxed=sandboxed):
        write_report(report, folder / f"{report.student}.json")
        graded.reports.append(report)
        say("grading", len(graded.reports), len(jobs))
    say("entering points into the gradebook", len(jobs), len(jobs))
    ledger.append(cohort.folder / "ledger.jsonl", cohort_secret(cohort.folder), graded.reports)
    _publish(cohort, graded)
    return graded


def _jobs(cohort: Cohort, exercise: Exercise, students: list[str] | None) -> list[Job]:
    slug, found = exercise.slug, submitted(cohort, exercise.slug)
    if not (cohort.folder / "course" / "release" / slug).is_dir():
        raise UserError(f"{slug} was not released to {cohort.name}: run `make release COHORT={cohort.name}` first")
    missing = sorted(set(students or ()) - set(found))
    if missing:
        raise UserError(f"{', '.join(missing)} handed in nothing for {slug}")
    chosen = sorted(found if students is None else students)
    if not chosen:
        place = cohort.folder / "course" / "submitted" / "STUDENT" / slug / f"{slug}.ipynb"
        raise UserError(f"nobody has handed in {slug}: a submission lies at {place}")
    return [Job(student, str(found[student]), purpose) for student, purpose in _purposes(cohort, slug, chosen)]


def _purposes(cohort: Cohort, slug: str, students: list[str]) -> list[tuple[str, str]]:
    """Before the deadline every grading is a practice try with inputs of its own; the grade comes after it."""
    assignment = cohort.assignments.get(slug)
    due = assignment.due if assignment else None
    if due is None or _aware(due, cohort) <= dt.datetime.now(dt.UTC):
        return [(student, "final") for student in students]
    lines = list(ledger.read_ledger(cohort.folder / "ledger.jsonl", cohort_secret(cohort.folder)))
    return [(student, f"try-{ledger.next_try(lines, slug, student)}") for student in students]


def _aware(moment: dt.datetime, cohort: Cohort) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=cohort.zone)


def _publish(cohort: Cohort, graded: Graded) -> None:
    """Write gradebook and pages; imports nbgrader, which takes 2.9 s, so it comes last."""
    from autograder import gradebook

    recorded = gradebook.record(cohort, graded.exercise, graded.reports)
    graded.notes += recorded.notes
    students = [report.student for report in graded.reports]
    gradebook.write_feedback(cohort, graded.exercise, students=students)
    graded.summary = gradebook.write_summary(cohort, graded.exercise)
