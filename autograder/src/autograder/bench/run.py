"""`make bench`: measure, print, and put the result into README.md and docs/benchmark.md."""

from __future__ import annotations

import datetime as dt
import tempfile
from itertools import cycle, islice
from pathlib import Path

from autograder.bench import words
from autograder.bench.cost import machine
from autograder.bench.course import cheap_notebooks
from autograder.bench.options import SECTIONS, Options
from autograder.bench.others import otter_python
from autograder.bench.sections import FEW, measure_scale, measure_speed, measure_stages, measure_training
from autograder.bench.waiting import measure_waits
from autograder.between import put_between
from autograder.errors import UserError
from autograder.manifest import Exercise, Repository
from autograder.progress import Say
from autograder.reached.page import course_text, write_page

__all__ = ["bench"]

WAITS = 10
"""Submissions that a watcher is given, one at a time."""
HEADS = {
    "speed": "## Beside nbgrader and otter-grader",
    "stages": "## Where our overhead goes",
    "scale": "## A large class",
    "training": "## Where students train",
    "watch": "## Waiting for a report",
}


def bench(repo: Repository, options: Options, say: Say, *, slug: str | None = None) -> str:
    """Measure what `options` ask for; return it as Markdown. Raises UserError for numbers that mean nothing."""
    if min(options.submissions, options.scale) <= FEW:
        raise UserError(f"more than {FEW} submissions are needed: the first {FEW} pay for the start")
    exercise = repo.exercise(slug or next((one for one in repo.slugs() if repo.exercise(one).points), ""))
    with tempfile.TemporaryDirectory(prefix="t2p-bench-") as scratch:
        texts, short = _measured(repo, exercise, options, Path(scratch), say)
    where = f"Measured on {machine()}, {dt.datetime.now(dt.UTC):%Y-%m-%d}."
    texts = {section: f"{HEADS[section]}\n{where}\n\n{texts[section]}" for section in SECTIONS if section in texts}
    # what each exercise reaches was measured when it was calibrated, and says so itself
    course = course_text(repo) if "course" in options.only else ""
    if course and options.write:
        write_page(repo)
    for section in texts if options.write else ():  # a section that was not measured keeps what it had
        put_between(repo.root / "docs" / "benchmark.md", f"bench {section}", texts[section])
        if section in short:
            put_between(repo.root / "README.md", f"bench {section}", f"{short[section]}\n{where}")
    return "\n\n".join([*texts.values(), *([course] if course else [])])


def _measured(
    repo: Repository, exercise: Exercise, options: Options, scratch: Path, say: Say
) -> tuple[dict[str, str], dict[str, str]]:
    notebooks, slug = cheap_notebooks(exercise), exercise.slug
    chosen = list(islice(cycle(notebooks), options.submissions * options.rounds))
    texts, short = {}, {}
    if "speed" in options.only:
        say("looking for otter-grader", 0, 0)
        python = otter_python(repo.root / ".cache" / "bench") if options.otter else None
        right = list(islice(cycle(cheap_notebooks(exercise, mistakes=False)), len(chosen)))
        speed = measure_speed(exercise, chosen, right, options.submissions, python, scratch, say)
        texts["speed"], short["speed"] = words.speed_text(slug, speed), words.short_speed(slug, speed)
    if "stages" in options.only:
        stages = measure_stages(exercise, chosen, scratch, say)
        texts["stages"] = words.stages_text(slug, len(chosen), stages)
    if "scale" in options.only:
        scale = measure_scale(exercise, list(islice(cycle(notebooks), options.scale)), scratch, say)
        texts["scale"], short["scale"] = words.scale_text(slug, scale), words.short_scale(scale)
    if "training" in options.only:
        training = measure_training(options.scale, options.seconds, scratch, say)
        texts["training"], short["training"] = words.training_text(training), words.short_training(training)
    if "watch" in options.only:
        waits = measure_waits(exercise, notebooks[: WAITS + 1], scratch / "watch", say)
        texts["watch"] = words.watch_text(slug, waits)
    return texts, short
