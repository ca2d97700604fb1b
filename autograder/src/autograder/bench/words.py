"""The measurements as Markdown: full for docs/benchmark.md, short for README.md."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from autograder.bench.breakdown import StageCost
from autograder.bench.cost import core_text
from autograder.bench.memory import Role
from autograder.bench.sections import FEW, Scale, Speed, Training
from autograder.bench.waiting import Waits

__all__ = ["scale_text", "short_scale", "short_speed", "short_training", "speed_text", "stages_text", "training_text",
           "watch_text"]  # fmt: skip

TITLES = {
    "ours": "`autograder grade`",
    "right": "`autograder grade`, where nobody made a mistake",
    "nbgrader": "`nbgrader autograde`",
    "otter": "otter-grader, without a container",
}
WHAT_IT_DOES = {
    "ours": "sandbox, every hidden check, ledger, gradebook, autograded notebooks, feedback pages",
    "right": "the same; no check is asked a second time",
    "nbgrader": "runs the notebook in a kernel, gradebook, autograded notebooks; no checks, no sandbox, no pages",
    "otter": "runs the notebook in a kernel, one test a part (that it exists); no sandbox, no gradebook, no pages",
}
SCALE_BOUND, TRAINING_BOUND = 1.2, 1.05


def speed_text(slug: str, speed: Speed) -> str:
    """Return the comparison of the graders."""
    rows = []
    for name in speed.many:
        few, each, overhead = speed.few[name], speed.each(name), speed.overhead(name) * 1000
        rows.append(
            f"| {TITLES[name]} | {speed.counts[name]} | {few.cpu:.1f} | {each.cpu:.3f} | {overhead:,.0f} "
            f"| {each.wall:.3f} | {WHAT_IT_DOES[name]} |"
        )
    return "\n".join((
        f"Submissions of {slug}, every second one with a mistake of its own;",
        f"the students' own compute is {speed.own['ours']:.3f} CPU s each,",
        f"and {speed.own['right']:.3f} where nobody made a mistake.",
        "Overhead is the CPU time of all processes beyond it.",
        "",
        f"| | submissions | first {FEW}, CPU s | each further, CPU s | overhead, CPU ms | each, clock s | what |",
        "| --- | ---: | ---: | ---: | ---: | ---: | --- |",
        *rows,
        "",
        *(f"Overhead of {TITLES[name]} over ours: **{_times(speed, name)}**." for name in _others(speed)),
    ))  # fmt: skip


def _others(speed: Speed) -> list[str]:
    return [name for name in speed.many if name not in {"ours", "right"}]


def stages_text(slug: str, count: int, stages: Sequence[StageCost]) -> str:
    """Return where our overhead goes."""
    rows = [
        f"| {stage.name} | {stage.each:.1f} | {stage.times:.2f} | {stage.first:,.0f} |"
        for stage in sorted(stages, key=lambda stage: -stage.each)
    ]
    each, first = sum(stage.each for stage in stages), sum(stage.first for stage in stages)
    return "\n".join((
        f"CPU time of all processes beyond the students' own compute, {count} submissions of {slug}, one at a time.",
        "",
        f"| stage | each further submission, CPU ms | times | first {FEW} together, CPU ms |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        f"| **together** | **{each:.1f}** | | **{first:,.0f}** |",
    ))  # fmt: skip


def scale_text(slug: str, scale: Scale) -> str:
    """Return time and memory of a large batch."""
    overhead = (scale.cost.cpu - scale.own) / scale.count * 1000
    share = scale.cost.cpu / scale.slots
    return "\n".join((
        f"{scale.count} submissions of {slug} on {core_text(scale.slots)} took {scale.cost.wall:.1f} s by the clock,",
        f"start and gradebook included. Student compute was {scale.own:.1f} CPU s, overhead",
        f"{scale.cost.cpu - scale.own:.1f} CPU s ({overhead:.0f} ms a submission, with the start); both by",
        f"{scale.slots} are {share:.1f} s, so it took **{scale.ratio:.2f}** times that",
        f"(bound: {SCALE_BOUND}{_missed(scale.ratio, SCALE_BOUND)}).",
        "",
        "| process | how many were seen | largest resident set, MiB | last quarter against first, MiB |",
        "| --- | ---: | ---: | ---: |",
        *(f"| {role.name} | {role.processes} | {role.peak:.0f} | {_growth(role)} |" for role in scale.roles),
        "",
        f"All processes together, what they share counted once: at most {scale.together:.0f} MiB.",
    ))  # fmt: skip


def _growth(role: Role) -> str:
    return "does not last" if role.growth is None else f"{role.growth:+.1f}"


def training_text(training: Training) -> str:
    """Return how much of the time goes to code that computes for long."""
    every, own = training.count * training.alone, training.own / training.count
    return "\n".join((
        f"{training.count} submissions with the same steps of training, about {training.seconds:g} CPU s each, took",
        f"{training.cost.wall:.1f} s by the clock on {core_text(training.slots)}, start and gradebook included.",
        f"Without us, in plain processes, {training.slots} at once, the same cells use {training.alone:.2f} CPU s each",
        f"(median of {len(training.plain)}, half of them before the grading and half after it);",
        f"for all, by {training.slots}, that is {every / training.slots:.1f} s.",
        f"So grading took **{_longer(training.ratio)}**",
        f"(bound: {(TRAINING_BOUND - 1) * 100:.0f} %{_missed(training.ratio, TRAINING_BOUND)}).",
        f"In the sandbox the cells, with their answers to the checks, used {own:.2f} CPU s each:",
        f"{_longer(training.slower)} than in a plain process.",
    ))  # fmt: skip


def _longer(ratio: float) -> str:
    return f"{abs(ratio - 1) * 100:.1f} % {'longer' if ratio >= 1 else 'less'}"


def _missed(reached: float, bound: float) -> str:
    return "" if reached <= bound else ", **not reached**"


def watch_text(slug: str, waits: Waits) -> str:
    """Return how long a hand-in waits."""
    return "\n".join((
        f"`autograder watch` has the report of a hand-in of {slug} after {median(waits.reports):.1f} s,",
        f"its page after {median(waits.pages):.1f} s; {median(waits.own):.1f} s of it are the student's own compute",
        f"(medians of {len(waits.reports)}, one at a time;",
        f"the longest took {max(waits.reports):.1f} and {max(waits.pages):.1f} s).",
    ))  # fmt: skip


def short_speed(slug: str, speed: Speed) -> str:
    """Return what README.md says of the comparison."""
    others = _others(speed)
    rows = (
        f"| {TITLES[name]} | {speed.overhead(name) * 1000:,.0f} | {_times(speed, name) if name in others else ''} |"
        for name in speed.many
    )
    return "\n".join((
        f"| {slug}, its named submissions | overhead, CPU ms each | against ours |",
        "| --- | ---: | ---: |",
        *rows,
        "",
        f"The students' own compute, {speed.own['ours']:.2f} CPU s each, is not counted.",
        "Only ours runs the notebook in a sandbox, asks every hidden check and writes feedback pages.",
    ))  # fmt: skip


def short_scale(scale: Scale) -> str:
    """Return what README.md says of a large class."""
    return (
        f"{scale.count} submissions on {core_text(scale.slots)} take {scale.cost.wall:.0f} s: {scale.ratio:.2f} times "
        "what student code and overhead need."
    )


def short_training(training: Training) -> str:
    """Return what README.md says of an exercise that trains; a bound that is not reached is told there too."""
    bound = f"{(TRAINING_BOUND - 1) * 100:.0f} %"
    missed = f" (bound: {bound}, not reached)" if training.ratio > TRAINING_BOUND else ""
    return (
        f"Where students train for {training.seconds:g} s, grading takes {_longer(training.ratio)} "
        f"than the same cells alone in plain processes{missed}."
    )


def _times(speed: Speed, name: str) -> str:
    """Return how many times ours another's overhead is; the others ask no checks, and mistakes cost them nothing."""
    ours, right = (speed.overhead(name) / speed.overhead(own) for own in ("ours", "right"))
    return f"{ours:.0f} times; {right:.0f} where nobody made a mistake"
