"""Grade submissions as they arrive: everything stays warm, so that a report is there within moments of the file."""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from autograder.environment import cores
from autograder.errors import AutograderError, UserError
from autograder.grade.arrivals import Arrival, arrivals, overlooked_of
from autograder.grade.burst import Burst
from autograder.grade.clerk import Clerk
from autograder.grade.cohort import vanished
from autograder.grade.job import Job
from autograder.grade.keep import Keeper, Pending, report_path
from autograder.grade.lock import WATCH, watching_lock
from autograder.grade.pools import NOBODY, Pools
from autograder.grade.released import refuse_other_parts
from autograder.grade.report import Report
from autograder.grade.screen import Screen, result_line
from autograder.grade.seeds import cohort_secret
from autograder.grade.standing import Standing, brief_of, standing_of
from autograder.grade.waiting import Key, Waiting
from autograder.grade.watched import WatchedCourse
from autograder.manifest import Repository

__all__ = ["Watcher"]

LOOK_SECONDS = 0.05
LOOK_SHARE = 0.15
"""Of one core, at most, for looking at what lies there: a large class is looked at less often."""
REFRESH_SECONDS = 1.0
TROUBLE_SECONDS = 3.0
"""Until the next attempt when the disk, or whoever else grades, did not let us."""
PARTING_SECONDS = 5.0
TOLD = 20
"""Sentences on what lies in one student's folder and nobody grades; names there can change every second."""
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Watcher:
    """Grades what arrives for one cohort until it is stopped.

    It holds the grading lock only while there is something to grade, so that others can grade, regrade and look at the
    gradebook in between; what they did it sees and keeps.
    """

    def __init__(
        self,
        repo: Repository,
        cohort: str,
        slug: str | None = None,
        *,
        screen: Screen | None = None,
        sandboxed: bool = True,
    ) -> None:
        """Get ready; raises UserError when nothing was released to the cohort."""
        self.screen = screen or Screen()
        self.course = WatchedCourse(repo, cohort, slug, self.screen.say)
        self.graded = 0
        """Submissions graded since the start."""
        self._sandboxed = sandboxed
        self._waiting = Waiting()
        self._burst: Burst | None = None
        self._pending: dict[str, Pending] = {}
        """What was noted on the disk of exercises whose reports the gradebook may not have yet."""
        self._said = ""
        self._said_of: dict[str, str] = {}
        """Why an exercise cannot be graded, by slug."""
        self._pause_until = self._refresh_at = 0.0
        self._lost_once: dict[Key, Arrival] = {}
        self._told: dict[str, set[str]] = {}
        """What was said of things that nobody grades, by student."""
        self._stopping = False
        self._wake: socket.socket | None = None

    def run(self) -> None:
        """Watch until `stop` or a signal; raises UserError when somebody watches already, SandboxUnavailable."""
        cohort = self.course.cohort
        secret = cohort_secret(cohort.folder)
        with watching_lock(cohort), self._signals(), self._woken_by_stop():
            self._secret = secret
            self._pools = Pools(secret, cohort.slots or cores(), sandboxed=self._sandboxed)
            self._clerk = Clerk(cohort, self.screen.say)
            try:
                self._warm_up()
                while not self._stopping:
                    self._step()
            finally:
                self._end()

    def stop(self) -> None:
        """End soon, from any thread or signal handler: what is under way is graded at the next start."""
        self._stopping = True
        if self._wake is not None:
            with suppress(OSError):
                self._wake.send(b"x")

    def _step(self) -> None:
        self._refresh()
        seconds = self._look()
        for job, report in self._pools.take():
            if job.student == NOBODY:
                self._clerk.rehearse(self.course.exercises[report.exercise].exercise, report)
            else:
                self._keep(job, report)
        self._begin()
        self._rest()
        self._show()
        select.select([self._woken, *self._pools.sockets], [], [], max(LOOK_SECONDS, seconds / LOOK_SHARE))

    def _look(self) -> float:
        """Take in what lies there; return how many seconds that took."""
        began = time.monotonic()
        self._waiting.look(arrivals(self.course.cohort, self.course.exercises))
        return time.monotonic() - began

    def _warm_up(self) -> None:
        names = ", ".join(self.course.exercises)
        cohort = self.course.cohort
        self.screen.say(f"watching {cohort.hand_ins} for {names}; Ctrl-C ends it")
        for slug in self.course.open:
            release = cohort.released(slug) / f"{slug}.ipynb"
            try:
                self._pools.warm_up(self.course.exercises[slug], release)
            except UserError as error:
                self._set_aside(slug, error)

    def _refresh(self) -> None:
        """Take in, once a second, what was edited meanwhile, and show that this process lives."""
        now = time.monotonic()
        if now < self._refresh_at:
            return
        self._refresh_at = now + REFRESH_SECONDS
        with suppress(OSError):
            os.utime(self.course.cohort.folder / WATCH)
        for slug in self.course.refresh():
            self._waiting.again(slug)
        self._clerk.cohort = self.course.cohort
        for student, sentences in overlooked_of(self.course.cohort).items():
            told = self._told.setdefault(student, set())
            for sentence in [one for one in sentences if one not in told][: TOLD - len(told)]:
                told.add(sentence)
                self.screen.say(sentence)

    def _begin(self) -> None:
        """Give the slots that are free to those who have waited longest."""
        while self._pools.free > 0 and not self._stopping:
            arrival = self._waiting.next()
            burst = self._may_grade() if arrival is not None else None
            if arrival is None or burst is None:
                return
            try:
                self._serve(burst, arrival)
            except AutograderError as error:  # other parts, no data, no room on the disk: perhaps not in a moment
                self._set_aside(arrival.slug, error)

    def _serve(self, burst: Burst, arrival: Arrival) -> None:
        job = self._job(burst, arrival)
        if job is None:
            self._waiting.pass_over(arrival)
            return
        burst.begin(arrival.slug)
        self._pools.give(self.course.exercises[arrival.slug], job)
        self._waiting.begin(arrival)
        self._said_of.pop(arrival.slug, None)

    def _set_aside(self, slug: str, error: AutograderError) -> None:
        """Let the other exercises go on, and say why this one does not, once."""
        self._waiting.set_aside(slug)
        if self._said_of.get(slug) != str(error):
            self._said_of[slug] = str(error)
            self.screen.say(f"waiting: {error}")

    def _job(self, burst: Burst, arrival: Arrival) -> Job | None:
        """Return what is to be done about a submission; nothing where its report holds good."""
        slug, student = arrival.slug, arrival.student
        watched = self.course.exercises[slug]
        refuse_other_parts(self.course.cohort, watched.exercise)
        brief = brief_of(self.course.cohort, slug, student)
        standing = standing_of(arrival, brief, watched.content, self._secret, final=watched.passed.of(student))
        keeper = burst.keeper(watched)
        if standing.due or standing is Standing.FAULTY or not self._entered(keeper, burst, arrival):
            _, (job,) = keeper.sort({student: arrival.notebook}, again=True)
            return job
        if standing is Standing.OTHER_CHECKS:
            burst.other_checks.setdefault(slug, set()).add(student)
        return None

    def _entered(self, keeper: Keeper, burst: Burst, arrival: Arrival) -> bool:
        """Enter a report that a watcher before us graded and did not enter, or whose timestamp came after it.

        Return whether there is one that the ledger vouches for.
        """
        slug, student = arrival.slug, arrival.student
        page = self.course.cohort.feedback(slug) / f"{student}.html"
        newest = max(line[3] for line in arrival.stamp)
        with suppress(OSError):
            burst.begin(slug)
            written = report_path(self.course.cohort, slug, student).stat().st_mtime_ns
            if page.exists() and page.stat().st_mtime_ns >= max(newest, written) and keeper.knows_time(student):
                return True
        report = keeper.stored(student)
        if report is None:
            return False
        keeper.enter(report)
        self._clerk.enter(keeper.exercise, report)
        return True

    def _keep(self, job: Job, report: Report) -> None:
        """Write a report where it counts; where that cannot be, its submission waits again."""
        key = report.exercise, report.student
        arrival = self._waiting.running[key]
        watched = self.course.exercises[report.exercise]
        assert self._burst is not None  # noqa: S101  (jobs are given in a burst, which lasts until they have ended)
        if not report.unit and self._lost_once.get(key) != arrival:  # the examiner ended: once more
            self._lost_once[key] = arrival
            self._waiting.end(key, done=False)
            return
        if vanished(report, Path(job.notebook)):
            self._waiting.end(key, done=True)
            return
        try:
            report = self._burst.keeper_of(report.exercise, job).keep(report)
        except UserError as error:
            self._waiting.end(key, done=False)
            self._pause(f"not kept, and graded again in a moment: {error}")
            return
        self._waiting.end(key, done=report.purpose == "final" or not watched.passed.of(report.student))
        self._clerk.enter(watched.exercise, report)
        self._count(report, arrival)

    def _count(self, report: Report, arrival: Arrival) -> None:
        self.graded += 1
        if self._burst is not None:
            self._burst.graded += 1
        self._said = ""
        self.screen.say(result_line(report, max(0.0, time.time() - arrival.moment), self.course.cohort.name))

    def _may_grade(self) -> Burst | None:
        """Return the burst that holds the lock from here on, or nothing while somebody else does."""
        if time.monotonic() < self._pause_until:
            return None
        if self._burst is None:
            try:
                self._burst = Burst(self.course.cohort, self._secret, self._pending, self.screen.say)
            except UserError as error:
                self._pause(f"waiting: {error}")
        return self._burst

    def _rest(self) -> None:
        """Give the lock back when there is nothing to do, and say what was done."""
        idle = not self._waiting.running and self._waiting.next() is None
        if not idle or not (self._clerk.idle or self._clerk.trouble):
            return
        if self._burst is None and self._pending and self._clerk.idle:  # entered after the last burst was over
            self._may_grade()
        if self._burst is None:
            return
        burst, self._burst = self._burst, None
        self._close(burst, entered=self._clerk.idle)
        for slug, students in burst.other_checks.items():
            command = f"autograder regrade --cohort {burst.cohort.name} --exercise {slug}"
            self.screen.say(f"{len(students)} of {slug} keep points of other checks: {command} shows more")
        if burst.graded > 1:
            self.screen.say(f"all graded: {burst.graded}; waiting for more")

    def _close(self, burst: Burst, *, entered: bool) -> None:
        try:
            burst.close(entered=entered)
        except UserError as error:  # a full disk: what is there holds good
            self._pause(f"{error}")

    def _pause(self, why: str) -> None:
        self._pause_until = time.monotonic() + TROUBLE_SECONDS
        if why != self._said:
            self._said = why
            self.screen.say(why)

    def _show(self) -> None:
        parts = [f"{len(self._waiting.running)} being graded", f"{len(self._waiting.keys)} waiting"]
        parts.append(f"{self.graded} graded since the start")
        if self._clerk.waiting:
            parts.append(f"{self._clerk.waiting} not in the gradebook yet")
        self.screen.status(f"{self.course.cohort.name}: {', '.join(parts)}")

    def _end(self) -> None:
        running = len(self._waiting.running)
        self._pools.close()
        entered = self._clerk.close(PARTING_SECONDS)
        if self._burst is None and self._pending and entered:
            self._may_grade()
        if self._burst is not None:
            self._close(self._burst, entered=entered)
        self.screen.end()
        rest = f", {running} under way are graded at the next start" if running else ""
        missing = "" if entered else f", {self._clerk.waiting} reports are entered into the gradebook at the next start"
        self.screen.say(f"stopped: {self.graded} graded{rest}{missing}")

    @contextmanager
    def _woken_by_stop(self) -> Iterator[None]:
        self._wake, self._woken = socket.socketpair()
        self._wake.settimeout(0)
        with self._wake, self._woken:
            yield

    @contextmanager
    def _signals(self) -> Iterator[None]:
        """End cleanly on the first Ctrl-C, SIGTERM or hang-up; a second one ends at once."""

        def stop(number: int, _frame: FrameType | None) -> None:
            signal.signal(number, before[number])
            self.stop()

        before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
        with suppress(ValueError):  # not in the main thread: whoever started us calls `stop`
            for number in SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    before[number] = signal.signal(number, stop)
        try:
            yield
        finally:
            for known, handler in before.items():
                signal.signal(known, handler)
