"""How long a hand-in waits for its report and its page while a watcher runs and the machine does nothing else."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.bench.course import COHORT, OurCourse, hand_in
from autograder.errors import GraderFault
from autograder.grade.report import read_report
from autograder.manifest import Exercise
from autograder.progress import Say

__all__ = ["Waits", "measure_waits"]

MOST_SECONDS = 120.0
LOOK_SECONDS = 0.005
PARTING_SECONDS = 30.0
BETWEEN_SECONDS = 1.0
"""Until the next one is handed in, so that none waits for another."""


@dataclass(frozen=True)
class Waits:
    """Seconds by the clock from handing in, for each submission."""

    reports: list[float]
    pages: list[float]
    own: list[float]
    """CPU seconds of each student's own compute."""


def measure_waits(exercise: Exercise, notebooks: Sequence[bytes], folder: Path, say: Say) -> Waits:
    """Hand in the first of `notebooks`, then, when everything is warm, one after another; raises GraderFault."""
    course = OurCourse.create(exercise, notebooks[:1], folder)
    cohort, slug = course.cohort.folder, exercise.slug
    waits = Waits([], [], [])
    with _watcher(course) as watcher:
        for number, notebook in enumerate(notebooks):
            say(f"waiting for the report of {slug}", number, len(notebooks))
            began = time.monotonic()
            (student,) = hand_in(cohort / "course", slug, [notebook], first=number) if number else ["student000"]
            written = cohort / "reports" / slug / f"{student}.json"
            report = _seconds_until(written, began, watcher)
            page = _seconds_until(cohort / "feedback" / slug / f"{student}.html", began, watcher)
            if number:
                waits.reports.append(report)
                waits.pages.append(page)
                waits.own.append(read_report(written).cpu_seconds)
            time.sleep(BETWEEN_SECONDS)
    return waits


@contextmanager
def _watcher(course: OurCourse) -> Iterator[subprocess.Popen[bytes]]:
    command = [str(Path(sys.executable).with_name("autograder")), "watch", "--cohort", COHORT]
    log = course.cohort.folder / "watch.log"
    with (
        log.open("wb") as file,
        subprocess.Popen(command, cwd=course.cohort.folder.parents[2], stdout=file, stderr=file) as watcher,
    ):
        try:
            yield watcher
        finally:
            watcher.send_signal(signal.SIGINT)
            try:
                watcher.wait(PARTING_SECONDS)
            except subprocess.TimeoutExpired:
                watcher.kill()


def _seconds_until(path: Path, began: float, watcher: subprocess.Popen[bytes]) -> float:
    while not path.exists():
        if watcher.poll() is not None or time.monotonic() - began > MOST_SECONDS:
            raise GraderFault(f"the watcher wrote no {path.name}: `autograder doctor` says what this machine lacks")
        time.sleep(LOOK_SECONDS)
    return time.monotonic() - began
