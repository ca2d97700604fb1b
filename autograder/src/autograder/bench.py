"""`make bench`: what grading costs beyond the students' own compute, beside stock nbgrader, in one run on one machine.

Two runs of each, with one submission and with many, separate what is paid once (imports, the gradebook's start) from
what each further submission costs. CPU seconds are the kernel's count over all processes of the command.
"""

from __future__ import annotations

import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import GraderFault, UserError
from autograder.grade.report import read_report
from autograder.manifest import Cohort, Exercise, Repository, load_cohort
from autograder.progress import Say
from autograder.prove.named import all_named, named_dict
from autograder.release.build import notebook_bytes, notebook_dict
from autograder.release.source import read_source

__all__ = ["bench"]

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
FEW = 2
"""Submissions of the short run: one for each slot of a small machine, so that both runs start the same processes."""
CHEAP_VERDICTS = ("", "wrong", "raised", "missing")
"""Submissions that time out or crash measure the limits, not the grading."""


@dataclass(frozen=True)
class Cost:
    """What a command cost in all."""

    cpu: float
    wall: float

    def each_beyond(self, few: Cost, more: int) -> Cost:
        """Return what each of the `more` submissions beyond those of `few` cost."""
        return Cost((self.cpu - few.cpu) / more, (self.wall - few.wall) / more)


def bench(repo: Repository, count: int, say: Say, *, slug: str | None = None, write: bool = False) -> str:
    """Grade `count` submissions with nbgrader and with ours; return the table as Markdown."""
    if count <= FEW:
        raise UserError(f"more than {FEW} submissions are needed: the first {FEW} pay for the start")
    exercise = repo.exercise(slug or next(iter(repo.slugs()), ""))
    with tempfile.TemporaryDirectory(prefix="t2p-bench-") as scratch:
        folder = Path(scratch)
        notebooks = _notebooks(exercise, count)
        costs = {}
        for step, (name, run, number) in enumerate(
            (name, run, number) for name, run in (("ours", _ours), ("nbgrader", _nbgrader)) for number in (FEW, count)
        ):
            say(f"grading {number} with {name}", step, 4)
            costs[name, number] = run(repo, exercise, notebooks[:number], folder / f"{name}{number}")
        own = _own_compute(folder / f"ours{count}" / "reports" / exercise.slug)
    table = _table(exercise, count, costs, own)
    if write:
        _put_into_readme(repo.root / "README.md", table)
    return table


def _notebooks(exercise: Exercise, count: int) -> list[bytes]:
    source = read_source(exercise.folder)
    named = [one for one in all_named(exercise) if (one.verdict or "") in CHEAP_VERDICTS]
    if not named:
        raise UserError(f"{exercise.slug} has no submissions to grade")
    return [notebook_bytes(named_dict(exercise, source, named[number % len(named)])) for number in range(count)]


def _hand_in(course: Path, slug: str, notebooks: list[bytes]) -> list[str]:
    students = [f"student{number:03d}" for number in range(len(notebooks))]
    for student, notebook in zip(students, notebooks, strict=True):
        folder = course / "submitted" / student / slug
        folder.mkdir(parents=True)
        (folder / f"{slug}.ipynb").write_bytes(notebook)
    return students


def _ours(repo: Repository, exercise: Exercise, notebooks: list[bytes], folder: Path) -> Cost:
    from autograder import gradebook

    folder.mkdir()
    (folder / "cohort.toml").write_text('title = "Bench"\n', encoding="utf-8")
    students = _hand_in(folder / "course", exercise.slug, notebooks)
    (folder / "students.csv").write_text("\n".join(["id,first_name,last_name,email", *students]), encoding="utf-8")
    cohort: Cohort = load_cohort(folder)
    gradebook.prepare_course(cohort)
    source = folder / "course" / "source" / exercise.slug
    source.mkdir(parents=True, exist_ok=True)
    (source / f"{exercise.slug}.ipynb").write_bytes(_release(exercise))
    gradebook.generate_assignment(cohort, exercise.slug)
    gradebook.sync_roster(cohort, gradebook.read_roster(cohort))
    return _measured([sys.executable, "-m", "autograder.bench", str(repo.root), str(folder), exercise.slug], folder)


def _nbgrader(_repo: Repository, exercise: Exercise, notebooks: list[bytes], folder: Path) -> Cost:
    folder.mkdir()
    source = folder / "source" / exercise.slug
    source.mkdir(parents=True)
    (source / f"{exercise.slug}.ipynb").write_bytes(_release(exercise))
    config = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\nc.ExecutePreprocessor.timeout = 600\n"
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    _measured(["nbgrader", "generate_assignment", exercise.slug, "--create"], folder)
    _hand_in(folder, exercise.slug, notebooks)
    return _measured(["nbgrader", "autograde", exercise.slug, "--create"], folder)


def _release(exercise: Exercise) -> bytes:
    return notebook_bytes(notebook_dict(exercise, read_source(exercise.folder)))


def _measured(command: list[str], folder: Path) -> Cost:
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    if command[0] == "nbgrader":  # as anybody would start it
        for name in ("LD_PRELOAD", "GLIBC_TUNABLES"):
            environment.pop(name, None)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise GraderFault(f"{' '.join(command[:3])} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def _own_compute(reports: Path) -> float:
    spent = [read_report(path).cpu_seconds for path in reports.glob("*.json")]
    return sum(spent) / len(spent)


def _table(exercise: Exercise, count: int, costs: dict[tuple[str, int], Cost], own: float) -> str:
    rows = []
    overheads = {}
    for name, title in (("nbgrader", "`nbgrader autograde`"), ("ours", "`autograder grade`")):
        each = costs[name, count].each_beyond(costs[name, FEW], count - FEW)
        overheads[name] = max(each.cpu - own, 1e-4)
        first = costs[name, FEW]
        rows.append(
            f"| {title} | {first.cpu:.1f} | {each.cpu:.3f} | {overheads[name]:.3f} | {each.wall:.3f} "
            f"| {costs[name, count].wall:.1f} |"
        )
    ratio = overheads["nbgrader"] / overheads["ours"]
    head = f"| | first {FEW}, CPU s | each further, CPU s | of it overhead, CPU s | each further, wall s |"
    return "\n".join((
        (
            f"{count} submissions of {exercise.slug}; the students' own compute is {own:.3f} CPU s each. "
            f"Measured on {_machine()}."
        ),
        "",
        f"{head} all {count}, wall s |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *rows,
        "",
        (
            f"Overhead of nbgrader over ours: **{ratio:.0f} times**. nbgrader only runs the notebook; ours also runs "
            "it in a sandbox, asks every hidden check and writes the feedback pages."
        ),
    ))  # fmt: skip


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.*)$", info.read_text(), re.MULTILINE) if info.exists() else []
    model = names[0] if names else platform.machine()
    return f"{len(os.sched_getaffinity(0))} cores of {model}, Python {platform.python_version()}"


def _put_into_readme(path: Path, table: str) -> None:
    text = path.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise UserError(f"{path} has no {BEGIN} … {END} to put the table between")
    before, rest = text.split(BEGIN, 1)
    path.write_text(f"{before}{BEGIN}\n{table}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def _grade(root: str, folder: str, slug: str) -> None:
    """Grade the bench's cohort in a process of its own."""
    from autograder.environment import venv_bin_first
    from autograder.grade.cohort import grade_cohort

    venv_bin_first()
    grade_cohort(Repository(Path(root)), load_cohort(Path(folder)), slug)


if __name__ == "__main__":
    _grade(*sys.argv[1:4])
