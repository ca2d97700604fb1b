"""Grade what a cohort handed in: find it, grade it, keep the reports, and tell gradebook and pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from autograder.disk import telling
from autograder.environment import cores
from autograder.errors import UserError
from autograder.grade.arrivals import (
    arrivals,
    astray,
    closed_folders,
    is_closed,
    is_gone,
    notebook_in,
    strange_names,
    where_it_lies,
)
from autograder.grade.batch import grade_batch
from autograder.grade.data import use_folder_of
from autograder.grade.deadline import doubtful_extensions, passed
from autograder.grade.keep import Keeper, Pending
from autograder.grade.ledger import Ledger
from autograder.grade.lock import grading_lock
from autograder.grade.released import refuse_other_parts
from autograder.grade.report import Report, Verdict
from autograder.grade.seeds import cohort_secret
from autograder.manifest import Cohort, Exercise, Repository
from autograder.progress import Say
from autograder.roster import can_be_kept, cannot_be_kept
from autograder.sandbox import cgroup
from autograder.stages import stage

__all__ = ["Graded", "chosen_of", "grade_cohort", "publish", "submitted", "vanished"]

NAMED = 5
"""Notebooks in the wrong place that grading names one by one."""


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
    found = {student: arrival.notebook for (_, student), arrival in arrivals(cohort, [slug]).items()}
    strange = {name: cohort.handed_in(name, slug) for name in strange_names(cohort)}
    found |= {name: notebook_in(folder, slug) for name, folder in strange.items() if not is_gone(folder)}
    return dict(sorted(found.items()))


def grade_cohort(
    repo: Repository,
    cohort: Cohort,
    slug: str,
    students: list[str] | None = None,
    *,
    again: bool = False,
    sandboxed: bool = True,
    progress: Say | None = None,
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
    progress: Say | None,
) -> Graded:
    use_folder_of(cohort)
    exercise = repo.exercise(slug, cohort)
    secret = cohort_secret(cohort.folder)
    chosen, notes = chosen_of(cohort, slug, students)
    refuse_other_parts(cohort, exercise)
    graded = Graded(exercise, notes=notes)
    graded.notes += doubtful_extensions(cohort)
    pending = Pending(cohort, slug, graded.notes)
    say = progress or (lambda _what, _done, _all: None)
    with Ledger(cohort.ledger, secret) as ledger:
        graded.notes += ledger.notes
        keeper = Keeper(cohort, exercise, ledger, secret, passed=passed(cohort, slug))
        kept, jobs = keeper.sort(chosen, again=again)
        pending.begin()
        for report in kept:
            keeper.enter(report)
        graded.reports += kept
        if kept:
            graded.notes.append(f"{len(kept)} of {len(chosen)} were graded before, and nothing has changed since: kept")
        cgroup.remove_left()
        say("warming up", 0, len(jobs))
        slots = cohort.slots or cores()
        batch = grade_batch(exercise, jobs, lambda: secret, slots=slots, sandboxed=sandboxed) if jobs else ()
        for number, made in enumerate(batch, start=1):
            if vanished(made, chosen[made.student]):
                graded.notes.append(f"{made.student}: the submission was taken away while it was graded: not entered")
            else:
                graded.reports.append(keeper.keep(made))
            say("grading", number, len(jobs))
    say("entering points into the gradebook", len(jobs), len(jobs))
    publish(cohort, graded)
    pending.end(complete=students is None)
    return graded


def vanished(report: Report, notebook: Path) -> bool:
    """Return whether nothing was found because the student's whole folder is gone: no reason to give them nothing."""
    findings = [finding for part in report.parts for finding in part.findings]
    refused = all(finding.verdict is Verdict.REFUSED for finding in findings)
    return refused and is_gone(notebook.parent)


def chosen_of(cohort: Cohort, slug: str, students: list[str] | None) -> tuple[dict[str, Path], list[str]]:
    """Return the notebook of each student to grade, and a sentence for staff on each who cannot be.

    Raises UserError when there is nothing to do.
    """
    found = submitted(cohort, slug)
    if not cohort.released(slug).is_dir():
        command = f"make release COHORT={cohort.name} EXERCISE={slug}"
        raise UserError(f"{slug} was not released to {cohort.name}: run `{command}` first")
    missing = sorted(set(students or ()) - set(found))
    if missing:
        raise UserError(f"{', '.join(missing)} handed in nothing for {slug}")
    chosen = sorted(found if students is None else set(students))
    if not chosen:
        place = cohort.handed_in("STUDENT", slug) / f"{slug}.ipynb"
        raise UserError(f"nobody has handed in {slug}: a submission lies at {place}")
    notes = [is_closed(folder) for folder in closed_folders(cohort)]
    notes += [cannot_be_kept(student) for student in chosen if not can_be_kept(student)]
    notes += _told(astray(cohort))
    return {student: found[student] for student in chosen if can_be_kept(student)}, notes


def _told(names: list[str]) -> list[str]:
    more = [f"and {len(names) - NAMED} more beside: `autograder status` tells of all"] if len(names) > NAMED else []
    return [where_it_lies(name) for name in names[:NAMED]] + more


@stage("import of nbgrader")
def publish(cohort: Cohort, graded: Graded) -> None:
    """Write gradebook and pages; imports what they need, so it comes last."""
    from autograder import gradebook

    recorded = gradebook.record(cohort, graded.exercise, graded.reports)
    graded.notes += recorded.notes
    students = [report.student for report in graded.reports]
    with telling("the pages", cohort.folder):
        written = gradebook.write_feedback(cohort, graded.exercise, students=students, reports=graded.reports)
        graded.notes += written.notes
        graded.summary = gradebook.write_summary(cohort, graded.exercise, reports=graded.reports)
