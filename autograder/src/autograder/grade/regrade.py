"""After a check was mended in mid-term: redo what the change touches, show what would differ, write when told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.environment import cores
from autograder.errors import UserError
from autograder.grade.asked import SHARED, asked_of
from autograder.grade.batch import grade_batch
from autograder.grade.cohort import Graded, chosen_of, publish
from autograder.grade.collect import digest_of
from autograder.grade.data import use_folder_of
from autograder.grade.deadline import passed
from autograder.grade.job import Job
from autograder.grade.keep import Keeper, Pending, is_unfinished, stored
from autograder.grade.ledger import Ledger, read_ledger
from autograder.grade.lock import grading_lock
from autograder.grade.released import refuse_other_parts
from autograder.grade.report import CENT, Report, parts_of
from autograder.grade.seeds import cohort_secret
from autograder.grade.unit import content_of, content_of_report, submission_of, unit_of
from autograder.manifest import Cohort, Exercise, Repository
from autograder.progress import Say

__all__ = ["Difference", "Regrade", "regrade"]

FAULTY = "the grader had failed on it"
MENDED = "its checks have changed"
NEW = "it is a new part"
RESTS = "what all parts rest on has changed: the reference, probes, limits, the engine or the environment"
WORTH = "what it is worth has changed"


@dataclass(frozen=True)
class Difference:
    """What a regrade changes for one part of one student."""

    student: str
    part: str
    old: float
    new: float
    why: str


@dataclass
class Redone:
    """One student's report before and after."""

    before: Report
    after: Report
    why: dict[str, str]
    """Why each part that was run again was."""

    def differences(self) -> list[Difference]:
        """Return what changes in points, by part."""
        before = {part.part: part.points for part in self.before.parts}
        after = {part.part: part.points for part in self.after.parts}
        return [
            Difference(self.before.student, name, before.get(name, 0.0), after.get(name, 0.0), self._why(name, after))
            for name in {**before, **after}
            if abs(before.get(name, 0.0) - after.get(name, 0.0)) > CENT
        ]

    def _why(self, name: str, after: dict[str, float]) -> str:
        return self.why.get(name, WORTH) if name in after else "it is no part any more"


@dataclass
class Regrade:
    """What regrading would change; nothing is written before `write`."""

    repo: Repository
    cohort: Cohort
    exercise: Exercise
    notes: list[str] = field(default_factory=list)
    """Sentences for staff: who could not be regraded, and why."""
    unfinished: bool = False
    """Whether an earlier grading was stopped before all was in the gradebook, which `write` then finishes."""
    whole: bool = True
    """Whether it is about everybody who handed in, and nobody had to be left out."""
    current: list[Report] = field(default_factory=list)
    """Reports that are as they would be made now."""
    redone: list[Redone] = field(default_factory=list)
    content: str = ""
    """What `content_of` said of the exercise."""

    @property
    def differences(self) -> list[Difference]:
        """What changes in points, by student and part."""
        return [difference for one in self.redone for difference in one.differences()]

    @property
    def students(self) -> list[str]:
        """Whom the change touches, also where their points stay."""
        return [one.before.student for one in self.redone]

    @property
    def parts(self) -> list[str]:
        """The parts that were run again."""
        touched = {part for one in self.redone for part in one.why}
        return [part for part in self.exercise.parts if part in touched]

    @property
    def something_to_write(self) -> bool:
        """Whether `write` would do anything."""
        return bool(self.redone) or self.unfinished

    def write(self) -> Graded:
        """Write reports, ledger, gradebook and pages of whom the change touches; return what was written.

        Raises UserError, before anything is written, when somebody graded or edited the checks meanwhile. Killed in
        between, it is made whole by another regrade.
        """
        slug, graded = self.exercise.slug, Graded(self.exercise)
        secret = cohort_secret(self.cohort.folder)
        with grading_lock(self.cohort):
            if content_of(self.repo.exercise(slug, self.cohort)) != self.content:
                raise UserError(f"{slug} has changed since the differences were shown: regrade again")
            with Ledger(self.cohort.ledger, secret) as ledger:
                self._refuse_if_graded_meanwhile(ledger)
                keeper = Keeper(self.cohort, self.exercise, ledger, secret, passed=passed(self.cohort, slug))
                current = list(self._current_now(keeper)) if self.unfinished else []
                pending = Pending(self.cohort, slug, graded.notes)
                pending.begin()
                for one in self.redone:
                    why = "regrade: " + "; ".join(sorted(set(one.why.values())) or [WORTH])
                    graded.reports.append(keeper.keep(one.after, why=why))
            graded.reports += current
            if graded.reports:
                publish(self.cohort, graded)
            pending.end(complete=self.unfinished and self.whole)
        return graded

    def _current_now(self, keeper: Keeper) -> Iterator[Report]:
        """Yield what counts now of those who need no regrade: somebody may have graded them while a person looked."""
        for one in self.current:
            report = keeper.stored(one.student)
            if report is None:
                raise UserError(f"the report of {one.student} is not the one that was looked at: regrade again")
            keeper.enter(report)
            yield report

    def _refuse_if_graded_meanwhile(self, ledger: Ledger) -> None:
        for one in self.redone:
            line = ledger.latest(self.exercise.slug, one.before.student)
            report = stored(self.cohort, self.exercise.slug, one.before.student, line)
            if report is None or report.unit != one.before.unit:
                raise UserError(f"{one.before.student} was graded since the differences were shown: regrade again")


@dataclass(frozen=True)
class _Touched:
    """A submission whose report the change touches."""

    notebook: Path
    report: Report
    digest: str
    why: dict[str, str]
    """Why each part must be run again; no part where only its worth has changed."""


def regrade(
    repo: Repository,
    cohort: Cohort,
    slug: str,
    students: list[str] | None = None,
    progress: Say | None = None,
    *,
    sandboxed: bool = True,
) -> Regrade:
    """Run again what has changed since `students` (default: all) were graded; nothing is written.

    A mended check touches its part alone: the findings of the other parts are those of the kept report, whose inputs
    were the same. What all parts rest on touches all. Raises UserError as `grade_cohort` does.
    """
    use_folder_of(cohort)
    exercise, secret = repo.exercise(slug, cohort), cohort_secret(cohort.folder)
    asked = asked_of(exercise)
    found = Regrade(repo, cohort, exercise, content=content_of(exercise, asked))
    with grading_lock(cohort):
        found.unfinished = is_unfinished(cohort, slug)
        chosen, notes = chosen_of(cohort, slug, students)
        refuse_other_parts(cohort, exercise)
        found.notes += notes
        touched = list(_touched(found, chosen, asked, secret))
        jobs = [
            Job(
                one.report.student,
                str(one.notebook),
                one.report.purpose,
                only=frozenset(one.why),
                content=found.content,
            )
            for one in touched
            if one.why
        ]
        made = _run(found, jobs, secret, progress or (lambda _what, _done, _all: None), sandboxed=sandboxed)
    for one in touched:
        after = _merged(found, one, made.get(one.report.student), asked, secret)
        if after is not None:
            found.redone.append(Redone(one.report, after, one.why))
    found.whole = students is None and len(chosen) == len(found.redone) + len(found.current)
    return found


def _touched(found: Regrade, chosen: dict[str, Path], asked: dict[str, str], secret: bytes) -> Iterator[_Touched]:
    """Yield whom the change touches; put aside whom it does not, and say who cannot be regraded."""
    slug = found.exercise.slug
    over = passed(found.cohort, slug)
    ledger = read_ledger(found.cohort.ledger, secret)
    lines = {line.student: line for line in ledger if line.exercise == slug}
    for student, notebook in chosen.items():
        report, digest = stored(found.cohort, slug, student, lines.get(student)), submission_of(notebook, student)
        if report is None or not report.asked:
            found.notes.append(f"{student} has no report to compare with: `autograder grade` makes one")
        elif (report.purpose == "final") != over.of(student):
            found.notes.append(
                f"{student} was graded before the deadline passed or moved: `autograder grade` comes first"
            )
        elif _is_of_another(report, notebook, digest, secret):
            found.notes.append(f"{student} has handed in anew since: `autograder grade` grades it")
        elif content_of_report(report) == found.content and not report.internal_errors:
            found.current.append(report)
        else:
            yield _Touched(notebook, report, digest, _why(report, asked, found.exercise))


def _is_of_another(report: Report, notebook: Path, digest: str, secret: bytes) -> bool:
    """Return whether a report is not of what lies there now."""
    if not report.unit:  # the grader failed before it could say
        return report.submission != digest_of(notebook)
    return report.unit != unit_of(content_of_report(report), digest, report.purpose, secret)


def _why(report: Report, asked: dict[str, str], exercise: Exercise) -> dict[str, str]:
    faulty = {finding.part for finding in report.internal_errors}
    why = {}
    for part in (name for name, one in exercise.parts.items() if not one.written):
        if report.asked.get(SHARED) != asked[SHARED]:
            why[part] = RESTS
        elif part not in report.asked:
            why[part] = NEW
        elif report.asked[part] != asked[part]:
            why[part] = MENDED
        elif part in faulty:
            why[part] = FAULTY
    return why


def _run(found: Regrade, jobs: list[Job], secret: bytes, say: Say, *, sandboxed: bool) -> dict[str, Report]:
    say("warming up", 0, len(jobs))
    slots = found.cohort.slots or cores()
    batch = grade_batch(found.exercise, jobs, lambda: secret, slots=slots, sandboxed=sandboxed) if jobs else ()
    made = {}
    for number, report in enumerate(batch, start=1):
        made[report.student] = report
        say("grading again", number, len(jobs))
    return made


def _merged(found: Regrade, one: _Touched, made: Report | None, asked: dict[str, str], secret: bytes) -> Report | None:
    """Return the kept report with what was run again in it, or None and a note where that failed."""
    unit = unit_of(found.content, one.digest, one.report.purpose, secret)
    student = one.report.student
    if made is not None and made.internal_errors:
        first = made.internal_errors[0]
        found.notes.append(f"{student}: the grader failed at {first.check}: the points stay until that is mended")
        return None
    if made is not None and made.unit != unit:
        found.notes.append(f"{student} has handed in anew meanwhile, or taken it away: `autograder grade` comes first")
        return None
    graded = {name for name, part in found.exercise.parts.items() if not part.written}
    kept = [f for part in one.report.parts for f in part.findings if part.part in graded - one.why.keys()]
    new = [f for part in (made.parts if made else ()) for f in part.findings if part.part in one.why]
    # what a reader sees is of the run that most of the points are of
    base = made if made is not None and set(one.why) == graded else one.report
    return msgspec.structs.replace(base, unit=unit, parts=parts_of(found.exercise, [*kept, *new]), asked=asked)
