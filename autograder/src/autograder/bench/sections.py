"""The measurements of `make bench` that grade a whole class, as numbers."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from autograder.bench import training
from autograder.bench.breakdown import StageCost, clock_group, read_stages, stage_costs
from autograder.bench.cost import Cost, Watch
from autograder.bench.course import OurCourse
from autograder.bench.memory import Memory, Role
from autograder.bench.others import nbgrader_cost, otter_cost
from autograder.environment import cores
from autograder.manifest import Exercise
from autograder.progress import Say

__all__ = ["FEW", "Scale", "Speed", "Training", "measure_scale", "measure_speed", "measure_stages", "measure_training"]

FEW = 2
"""Submissions of the short run: one for each slot of a small machine, so that both runs start the same processes."""
PLAIN_ROUNDS = 2
"""How often the cells that train run without us, before the grading and again after it."""


@dataclass(frozen=True)
class Speed:
    """What each grader costs for a few submissions and for many; `right` is ours where nobody made a mistake."""

    few: dict[str, Cost]
    many: dict[str, Cost]
    counts: dict[str, int]
    """Submissions of the long run."""
    own: dict[str, float]
    """CPU seconds of a student's own compute, on average, of the submissions of `ours` and of `right`."""

    def each(self, grader: str) -> Cost:
        """Return what each further submission costs."""
        return self.many[grader].each_beyond(self.few[grader], self.counts[grader] - FEW)

    def overhead(self, grader: str) -> float:
        """Return CPU seconds of each further submission beyond the student's own compute."""
        return max(self.each(grader).cpu - self.own.get(grader, self.own["ours"]), 1e-4)


def measure_speed(exercise: Exercise, notebooks: Sequence[bytes], right: Sequence[bytes], others: int,
                  python: Path | None, folder: Path, say: Say) -> Speed:  # fmt: skip
    """Grade `notebooks`, and those without a mistake, with ours, the fastest, and `others` of them with the others.

    Without `python`, the one that has otter-grader, otter is left out.
    """
    many = list(notebooks[:others])
    runs = {"ours": list(notebooks), "right": list(right), "nbgrader": many} | ({"otter": many} if python else {})
    speed = Speed({}, {}, {name: len(handed_in) for name, handed_in in runs.items()}, {})
    for step, (grader, handed_in) in enumerate(runs.items()):
        for number, (costs, submissions) in enumerate(((speed.few, handed_in[:FEW]), (speed.many, handed_in))):
            say(f"grading {len(submissions)} with {grader}", 2 * step + number, 2 * len(runs))
            place = folder / f"{grader}{number}"
            if grader in {"ours", "right"}:
                course = OurCourse.create(exercise, submissions, place)
                costs[grader] = course.grade(watch=_counting(course, submissions, say))
                speed.own[grader] = course.own_compute() / len(submissions)
            elif grader == "nbgrader":
                costs[grader] = nbgrader_cost(exercise, submissions, place)
            elif python is not None:
                costs[grader] = otter_cost(exercise, submissions, place, python)
    return speed


def _counting(course: OurCourse, submissions: Sequence[bytes], say: Say) -> Watch:
    return lambda _pid: say(f"grading {len(submissions)} of {course.exercise.slug}", course.graded, len(submissions))


def measure_stages(exercise: Exercise, notebooks: Sequence[bytes], folder: Path, say: Say) -> list[StageCost]:
    """Grade one submission at a time and return where the CPU time went."""
    totals = []
    for name, submissions in (("few", list(notebooks[:FEW])), ("many", list(notebooks))):
        place = folder / name
        course = OurCourse.create(exercise, submissions, place, slots=1)
        with clock_group(place) as pids:
            counted = _counting(course, submissions, say)
            cost = course.grade(extra={"T2P_STAGES": str(place)}, watch=_joining(pids, counted))
        stages = read_stages(place)
        stages[""] = [cost.cpu, course.own_compute(), 0.0]
        totals.append(stages)
    return stage_costs(totals[0], totals[1], len(notebooks) - FEW)


def _joining(pids: Path, then: Watch) -> Watch:
    joined: list[int] = []

    def watch(pid: int) -> None:
        if not joined:
            pids.write_text(str(pid))
            joined.append(pid)
        then(pid)

    return watch


@dataclass(frozen=True)
class Scale:
    """A large batch: time and memory."""

    count: int
    slots: int
    cost: Cost
    own: float
    """CPU seconds of all students' own compute."""
    roles: list[Role]
    together: float
    """MiB of all processes at their largest, what they share counted once."""

    @property
    def ratio(self) -> float:
        """Wall time over (student compute + overhead) / slots."""
        return self.cost.wall / (self.cost.cpu / self.slots)


def measure_scale(exercise: Exercise, notebooks: Sequence[bytes], folder: Path, say: Say) -> Scale:
    """Grade them all at once, with a slot for each core, and look at the memory of every process meanwhile."""
    course = OurCourse.create(exercise, notebooks, folder / "scale")
    memory = Memory()
    moments: dict[int, float] = {}
    counted = _counting(course, notebooks, say)

    def watch(pid: int) -> None:
        counted(pid)
        memory(pid)
        moments.setdefault(course.graded, time.monotonic())

    cost = course.grade(watch=watch)
    since, until = moments.get(min(set(moments) - {0}, default=0), 0.0), moments.get(len(notebooks), time.monotonic())
    return Scale(len(notebooks), cores(), cost, course.own_compute(), memory.roles(since, until), memory.peak_together)


@dataclass(frozen=True)
class Training:
    """Submissions that compute for long: what the machine does beside their code."""

    count: int
    seconds: float
    slots: int
    cost: Cost
    own: float
    """CPU seconds of all students' own compute, in the sandbox."""
    plain: list[float]
    """CPU seconds of one's cells in plain processes, as many at once as there are slots."""
    points: float
    """Reached on average, of 2."""

    @property
    def alone(self) -> float:
        """CPU seconds of a submission's cells in a plain process."""
        return median(self.plain)

    @property
    def ratio(self) -> float:
        """Wall time over CPU time of all cells in plain processes / slots."""
        return self.cost.wall / (self.count * self.alone / self.slots)

    @property
    def slower(self) -> float:
        """CPU time of students' compute in the sandbox over that in a plain process."""
        return self.own / self.count / self.alone


def measure_training(count: int, seconds: float, folder: Path, say: Say) -> Training:
    """Grade `count` submissions that train, each as long as takes `seconds` of CPU time in a plain process."""
    say("training in plain processes", 0, 0)
    exercise, slots = training.make_exercise(folder / "exercise"), cores()
    submission = training.notebook(exercise, training.steps_of(seconds))
    cells = training.cells_of(submission)

    def rounds() -> list[float]:
        return [one for _ in range(PLAIN_ROUNDS) for one in training.run_plain(cells, slots)]

    plain = rounds()
    course = OurCourse.create(exercise, [submission] * count, folder / "training")
    cost = course.grade(watch=_counting(course, [submission] * count, say))
    plain += rounds()  # before and after: machines change their pace
    points = sum(report.points for report in course.reports()) / count
    return Training(count, seconds, slots, cost, course.own_compute(), plain, points)
