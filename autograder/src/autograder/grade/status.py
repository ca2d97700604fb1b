"""How grading stands: what waits, what was done, what failed, who is at work. It only reads."""

from __future__ import annotations

import shutil
import statistics
import time
from collections import Counter
from collections.abc import Iterator

import msgspec

from autograder.doctor.row import State
from autograder.doctor.sandbox import sandbox_rows
from autograder.environment import cores
from autograder.grade.arrivals import Arrival, arrivals, astray, closed_folders, where_it_lies
from autograder.grade.deadline import passed
from autograder.grade.explain import explain_command
from autograder.grade.keep import is_unfinished
from autograder.grade.lock import WATCH, holder
from autograder.grade.screen import seconds_text
from autograder.grade.seeds import cohort_secret
from autograder.grade.standing import Brief, Standing, brief_of, standing_of
from autograder.grade.text import one_line
from autograder.grade.unit import content_of
from autograder.manifest import Cohort, Repository

__all__ = ["ExerciseStatus", "Fault", "Status", "status_lines", "status_of"]

SLOW_WATCHER_SECONDS = 30.0
"""A watcher shows every second that it lives; starting processes for an exercise takes a few."""
LOW_DISK_BYTES = 2 << 30


class Fault(msgspec.Struct, frozen=True):
    """A check that the grader itself failed at."""

    student: str
    part: str
    check: str
    command: str
    """What shows it."""


class ExerciseStatus(msgspec.Struct, frozen=True):
    """One exercise that was released to the cohort."""

    slug: str
    due: str
    """Local time of the cohort; empty where there is none."""
    final: bool
    """Whether the deadline has passed, so that gradings count."""
    later: int
    """Students whose own deadline, a later one, has not passed."""
    submitted: int
    standings: dict[Standing, int]
    seconds_each: float
    """CPU seconds of one submission, grading included, by the reports so far; 0 where there is none."""
    oldest_seconds: float
    """How long the first of those who wait has waited; 0 where nobody does."""
    faults: list[Fault]

    @property
    def waiting(self) -> int:
        """How many are still to be graded."""
        return sum(count for standing, count in self.standings.items() if standing.due)


class Status(msgspec.Struct, frozen=True):
    """How a cohort stands."""

    cohort: str
    exercises: list[ExerciseStatus]
    seconds_to_go: float
    """Until all that waits is graded, by what gradings have taken so far; 0 where nothing waits."""
    unmeasured: int
    """Submissions that wait for an exercise of which nothing was graded yet, and which that time leaves out."""
    grading: str
    """Who holds the lock; empty for nobody."""
    watcher: str
    watcher_seconds: float
    """Since the watcher last showed that it lives."""
    unentered: list[str]
    """Exercises some of whose reports are not in the gradebook yet."""
    closed: list[str]
    """Students' folders that may not be entered: what lies in them is not counted."""
    astray: list[str]
    """Notebooks and links among the submissions that nobody looks at."""
    disk_free_bytes: int
    slots: int
    layers: dict[str, str]
    """Layers of the sandbox that this machine lacks, and what it says of each."""
    can_grade: bool
    """Whether none of those layers is needed."""

    @property
    def faults(self) -> list[tuple[str, Fault]]:
        """Exercise and internal error, of all exercises."""
        return [(exercise.slug, fault) for exercise in self.exercises for fault in exercise.faults]


def status_of(repo: Repository, cohort: Cohort, slug: str | None = None) -> Status:
    """Return how `cohort` stands (in `slug` alone, if one is named); raises UserError on a wrong name."""
    slugs = [repo.exercise(slug).slug] if slug else repo.slugs()
    released = [one for one in slugs if cohort.released(one).is_dir()]
    found = arrivals(cohort, released)
    slots = cohort.slots or cores()
    exercises = [_exercise(repo, cohort, one, [a for a in found.values() if a.slug == one]) for one in released]
    watcher = holder(cohort, WATCH) or ""
    lacking = [row for row in sandbox_rows() if row.state is not State.GOOD]
    return Status(
        cohort=cohort.name,
        exercises=exercises,
        seconds_to_go=round(sum(one.waiting * one.seconds_each for one in exercises) / slots, 1),
        unmeasured=sum(one.waiting for one in exercises if not one.seconds_each),
        grading=holder(cohort) or "",
        watcher=watcher,
        watcher_seconds=round(time.time() - (cohort.folder / WATCH).stat().st_mtime, 1) if watcher else 0.0,
        unentered=[one for one in released if is_unfinished(cohort, one)],
        closed=[str(folder) for folder in closed_folders(cohort)],
        astray=astray(cohort),
        disk_free_bytes=shutil.disk_usage(cohort.folder).free,
        slots=slots,
        layers={row.name: row.found for row in lacking},
        can_grade=not any(row.state is State.BLOCKING for row in lacking),
    )


def _exercise(repo: Repository, cohort: Cohort, slug: str, handed_in: list[Arrival]) -> ExerciseStatus:
    due = cohort.due(slug)
    content, over = content_of(repo.exercise(slug, cohort)), passed(cohort, slug)
    # asking must not make one
    secret = cohort_secret(cohort.folder) if (cohort.folder / "secret").exists() else b""
    counts: Counter[Standing] = Counter()
    briefs: list[Brief] = []
    faults: list[Fault] = []
    since: list[float] = []
    for arrival in handed_in:
        brief = brief_of(cohort, slug, arrival.student)
        standing = standing_of(arrival, brief, content, secret, final=over.of(arrival.student))
        counts[standing] += 1
        if standing.due:
            since.append(arrival.moment)
        if brief is not None:
            briefs.append(brief)
            faults += _faults(cohort, slug, arrival.student, brief)
    return ExerciseStatus(
        slug=slug,
        due=f"{cohort.local(due):%Y-%m-%d %H:%M}" if due else "",
        final=over.class_,
        later=len(over.extended - over.late),
        submitted=len(handed_in),
        standings=dict(counts),
        seconds_each=_seconds_each(briefs),
        oldest_seconds=round(max(0.0, time.time() - min(since)), 1) if since else 0.0,
        faults=faults,
    )


def _seconds_each(briefs: list[Brief]) -> float:
    spent = [brief.cpu_seconds + brief.overhead_seconds for brief in briefs if brief.cpu_seconds]
    return round(statistics.fmean(spent), 3) if spent else 0.0


def _faults(cohort: Cohort, slug: str, student: str, brief: Brief) -> Iterator[Fault]:
    for part, check in brief.faults:
        yield Fault(student, part, check, explain_command(cohort, slug, student, part))


def status_lines(status: Status) -> Iterator[str]:
    """Yield what staff read, the most urgent last, where the eye is."""
    if not status.exercises:
        yield f"nothing was released to {status.cohort}: run `make release COHORT={status.cohort} EXERCISE=SLUG` first"
    for exercise in status.exercises:
        yield _exercise_line(exercise)
    yield ""
    yield f"to go      {_to_go(status)}"
    yield f"watcher    {_watcher(status)}"
    yield f"grading    {status.grading or 'nobody'}"
    yield f"gradebook  {_gradebook(status)}"
    yield f"disk       {_disk(status)}"
    yield f"sandbox    {_sandbox(status)}"
    if status.closed:
        yield f"\n{len(status.closed)} folders may not be entered, so nobody knows what lies there: `chmod u+rwx` them"
        yield from (f"  {one_line(folder)}" for folder in status.closed)
    if status.astray:
        yield ""
        yield from (where_it_lies(name) for name in status.astray)
    if status.faults:
        yield f"\n{len(status.faults)} internal errors: they count nothing until they are graded again. Look at each:"
        yield from (f"  {fault.command}" for _, fault in status.faults)


def _exercise_line(exercise: ExerciseStatus) -> str:
    phase = f"due {exercise.due}, {'which has passed' if exercise.final else 'practice until then'}"
    phase = f"{phase}, later for {exercise.later}" if exercise.later else phase
    phase = phase if exercise.due else "no deadline"
    counts = ", ".join(f"{exercise.standings[one]} {one}" for one in Standing if exercise.standings.get(one))
    oldest = f"; the first waits since {seconds_text(exercise.oldest_seconds)}" if exercise.waiting else ""
    return f"{exercise.slug}  ({phase})\n  {exercise.submitted} handed in{': ' if counts else ''}{counts}{oldest}"


def _to_go(status: Status) -> str:
    waiting = sum(exercise.waiting for exercise in status.exercises)
    if not waiting:
        return "nothing waits"
    unmeasured = f", {status.unmeasured} of them of an exercise not graded before" if status.unmeasured else ""
    about = (
        f"about {seconds_text(status.seconds_to_go)} on {status.slots} slots"
        if status.seconds_to_go
        else "not known yet"
    )
    return f"{waiting} submissions{unmeasured}: {about}"


def _watcher(status: Status) -> str:
    if not status.watcher:
        return f"none: `autograder watch --cohort {status.cohort}` starts one"
    if status.watcher_seconds > SLOW_WATCHER_SECONDS:
        return f"{status.watcher} HANGS, silent for {seconds_text(status.watcher_seconds)}: kill it, start it anew"
    return status.watcher


def _gradebook(status: Status) -> str:
    if not status.unentered:
        return "has every report"
    slugs = ", ".join(status.unentered)
    if status.grading or status.watcher:
        return f"{slugs}: being entered"
    return f"{slugs}: a grading was stopped before all was entered; `make grade COHORT={status.cohort}` goes on"


def _disk(status: Status) -> str:
    low = " - LOW: free some, or grading stops" if status.disk_free_bytes < LOW_DISK_BYTES else ""
    return f"{status.disk_free_bytes / (1 << 30):.1f} GB free{low}"


def _sandbox(status: Status) -> str:
    if not status.can_grade:
        return f"CANNOT BE MADE: {', '.join(status.layers)}; `autograder doctor` says how to get it"
    return f"every layer but {', '.join(status.layers)} (`autograder doctor`)" if status.layers else "every layer"
