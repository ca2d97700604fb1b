"""A course of its own for the bench, in a temporary folder: the exercise, a cohort, and what its students hand in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from autograder.bench.cost import Cost, Watch, measured
from autograder.errors import UserError
from autograder.grade.report import Report, read_report
from autograder.manifest import Cohort, Exercise, Repository
from autograder.prove.named import all_named, named_dict
from autograder.release.build import notebook_bytes, notebook_dict
from autograder.release.source import read_source
from autograder.roster import read_roster

__all__ = ["OurCourse", "cheap_notebooks", "hand_in", "release_of"]

COHORT = "bench"
CHEAP_VERDICTS = ("", "wrong", "raised", "missing")
"""Submissions that time out or crash measure the limits, not the grading."""


def cheap_notebooks(exercise: Exercise, *, mistakes: bool = True) -> list[bytes]:
    """Return the exercise's own named submissions as notebooks: a right one, one with a mistake, and so on.

    Without `mistakes` the right ones alone.
    Every mistake comes once, so that none is known from before; right answers agree in every class, and come again.
    Raises UserError where there are none.
    """
    source = read_source(exercise.folder)
    named = [one for one in all_named(exercise) if (one.verdict or "") in CHEAP_VERDICTS]
    if not named:
        raise UserError(f"{exercise.slug} has no submissions to grade: write some into {exercise.folder}/submissions")
    right, wrong = [one for one in named if not one.verdict], [one for one in named if one.verdict]
    if not mistakes:
        named = right
    elif right and wrong:
        named = [one for pair in zip(cycle(right), wrong, strict=False) for one in pair]
    made = {one.name: notebook_bytes(named_dict(exercise, source, one)) for one in named}
    return [made[one.name] for one in named]


def release_of(exercise: Exercise) -> bytes:
    """Return the notebook that students get."""
    return notebook_bytes(notebook_dict(exercise, read_source(exercise.folder)))


def hand_in(course: Path, slug: str, notebooks: Sequence[bytes], *, first: int = 0) -> list[str]:
    """Write a submission for each notebook into nbgrader's folders and return the students' ids, from `first` on."""
    students = [f"student{number:03d}" for number in range(first, first + len(notebooks))]
    for student, notebook in zip(students, notebooks, strict=True):
        folder = course / "submitted" / student / slug
        folder.mkdir(parents=True)
        (folder / f"{slug}.ipynb").write_bytes(notebook)
    return students


@dataclass(frozen=True)
class OurCourse:
    """A repository with one exercise and one cohort, graded by the command that people type."""

    exercise: Exercise
    cohort: Cohort

    @classmethod
    def create(cls, exercise: Exercise, notebooks: Sequence[bytes], folder: Path, *, slots: int = 0) -> OurCourse:
        """Make it in `folder`, released, with everything handed in."""
        from autograder import gradebook

        (folder / "solutions").mkdir(parents=True)
        (folder / "solutions" / exercise.slug).symlink_to(exercise.folder)
        repo = Repository(folder)
        place = repo.cohorts / COHORT
        place.mkdir(parents=True)
        (place / "cohort.toml").write_text(f'title = "Bench"\nslots = {slots}\n', encoding="utf-8")
        students = hand_in(place / "course", exercise.slug, notebooks)
        (place / "students.csv").write_text("\n".join(["id,first_name,last_name,email", *students]), encoding="utf-8")
        cohort = repo.cohort(COHORT)
        gradebook.prepare_course(cohort)
        source = place / "course" / "source" / exercise.slug
        source.mkdir(parents=True, exist_ok=True)
        (source / f"{exercise.slug}.ipynb").write_bytes(release_of(exercise))
        gradebook.generate_assignment(cohort, exercise.slug)
        gradebook.sync_roster(cohort, read_roster(cohort))
        return cls(exercise, cohort)

    def grade(self, *, extra: dict[str, str] | None = None, watch: Watch | None = None) -> Cost:
        """Grade everything with `autograder grade` and return its cost."""
        program = Path(sys.executable).with_name("autograder")
        command = [str(program), "grade", "--cohort", COHORT, "--exercise", self.exercise.slug]
        return measured(command, self.cohort.folder.parents[2], extra=extra, watch=watch)

    @property
    def graded(self) -> int:
        """How many reports there are by now."""
        return len(list((self.cohort.folder / "reports" / self.exercise.slug).glob("*.json")))

    def reports(self) -> list[Report]:
        """Return all reports."""
        paths = sorted((self.cohort.folder / "reports" / self.exercise.slug).glob("*.json"))
        return [read_report(path) for path in paths]

    def own_compute(self) -> float:
        """Return the CPU seconds that the students' code used, all submissions together."""
        return sum(report.cpu_seconds for report in self.reports())
