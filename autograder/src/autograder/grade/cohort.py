"""Grade what a cohort handed in: find it, grade it, keep the reports, and tell gradebook and pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.grade import ledger
from autograder.grade.batch import cores, grade_batch
from autograder.grade.collect import Refused, collect
from autograder.grade.job import Job
from autograder.grade.lock import grading_lock
from autograder.grade.report import Report, read_report, write_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.unit import content_of, unit_of
from autograder.manifest import Cohort, Exercise, Repository
from autograder.stages import stage

__all__ = ["Graded", "grade_cohort", "is_final", "submitted"]

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
    again: bool = False,
    sandboxed: bool = True,
    progress: Progress | None = None,
) -> Graded:
    """Grade an exercise for `students` (default: all who handed in) and write reports, gradebook and pages.

    A submission whose report is there and would be asked the same again is not graded anew, unless `again` says so:
    so a run that was killed goes on where it stopped, and a check that was mended regrades whom it touches.
    Raises UserError when nothing was handed in, the exercise was not released, or somebody else grades this cohort;
    SandboxUnavailable where this machine cannot hold student code.
    """
    with grading_lock(cohort):
        return _grade(repo, cohort, slug, students, again=again, sandboxed=sandboxed, progress=progress)


def _grade(
    repo: Repository,
    cohort: Cohort,
    slug: str,
    students: list[str] | None,
    *,
    again: bool,
    sandboxed: bool,
    progress: Progress | None,
) -> Graded:
    exercise = repo.exercise(slug)
    secret = cohort_secret(cohort.folder)
    chosen = _chosen(cohort, slug, students)
    kept = {} if again else _kept(cohort, exercise, chosen, secret)
    jobs = _jobs(cohort, slug, {student: path for student, path in chosen.items() if student not in kept}, secret)
    graded = Graded(exercise, list(kept.values()))
    if kept:
        graded.notes.append(f"{len(kept)} of {len(chosen)} were graded before, and nothing has changed since: kept")
    say = progress or (lambda _what, _done, _all: None)
    say("warming up", 0, len(jobs))
    slots = cohort.slots or cores()
    for number, report in enumerate(
        grade_batch(exercise, jobs, lambda: secret, slots=slots, sandboxed=sandboxed) if jobs else (), start=1
    ):
        ledger.append(cohort.folder / "ledger.jsonl", secret, [report])
        write_report(report, _report_path(cohort, slug, report.student))
        graded.reports.append(report)
        say("grading", number, len(jobs))
    say("entering points into the gradebook", len(jobs), len(jobs))
    _publish(cohort, graded)
    return graded


def _report_path(cohort: Cohort, slug: str, student: str) -> Path:
    return cohort.folder / "reports" / slug / f"{student}.json"


def _chosen(cohort: Cohort, slug: str, students: list[str] | None) -> dict[str, Path]:
    """Return the notebook of each student to grade; raises UserError when there is nothing to do."""
    found = submitted(cohort, slug)
    if not (cohort.folder / "course" / "release" / slug).is_dir():
        raise UserError(f"{slug} was not released to {cohort.name}: run `make release COHORT={cohort.name}` first")
    missing = sorted(set(students or ()) - set(found))
    if missing:
        raise UserError(f"{', '.join(missing)} handed in nothing for {slug}")
    chosen = sorted(found if students is None else set(students))
    if not chosen:
        place = cohort.folder / "course" / "submitted" / "STUDENT" / slug / f"{slug}.ipynb"
        raise UserError(f"nobody has handed in {slug}: a submission lies at {place}")
    return {student: found[student] for student in chosen}


def _kept(cohort: Cohort, exercise: Exercise, chosen: dict[str, Path], secret: bytes) -> dict[str, Report]:
    """Return the reports that grading again would only repeat."""
    final, content = is_final(cohort, exercise.slug), content_of(exercise)
    kept = {}
    for student, notebook in chosen.items():
        try:
            report = read_report(_report_path(cohort, exercise.slug, student))
            digest = collect(notebook, student).digest
        except (OSError, ValueError, Refused):  # never graded, damaged, or refused: all cost little to do again
            continue
        fits = (report.purpose == "final") == final and not report.internal_errors
        if fits and report.unit == unit_of(content, digest, report.purpose, secret):
            kept[student] = report
    return kept


def _jobs(cohort: Cohort, slug: str, chosen: dict[str, Path], secret: bytes) -> list[Job]:
    if is_final(cohort, slug):
        return [Job(student, str(path)) for student, path in chosen.items()]
    lines = list(ledger.read_ledger(cohort.folder / "ledger.jsonl", secret))
    return [Job(student, str(path), f"try-{ledger.next_try(lines, slug, student)}") for student, path in chosen.items()]


def is_final(cohort: Cohort, slug: str) -> bool:
    """Before the deadline every grading is a practice try with inputs of its own; the grade comes after it."""
    assignment = cohort.assignments.get(slug)
    due = assignment.due if assignment else None
    return due is None or _aware(due, cohort) <= dt.datetime.now(dt.UTC)


def _aware(moment: dt.datetime, cohort: Cohort) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=cohort.zone)


@stage("import of nbgrader")
def _publish(cohort: Cohort, graded: Graded) -> None:
    """Write gradebook and pages; imports nbgrader, which takes 2.9 s, so it comes last."""
    from autograder import gradebook

    recorded = gradebook.record(cohort, graded.exercise, graded.reports)
    graded.notes += recorded.notes
    students = [report.student for report in graded.reports]
    gradebook.write_feedback(cohort, graded.exercise, students=students)
    graded.summary = gradebook.write_summary(cohort, graded.exercise)
