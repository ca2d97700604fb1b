"""Where our overhead goes: CPU time of each stage of grading, of all processes, from marks in a real batch."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError

__all__ = ["StageCost", "clock_group", "read_stages", "stage_costs"]

WORDS = {
    "collect": "collect: read the submission",
    "rebuild": "rebuild: put the answers into the template",
    "start": "start: fork the warm process, namespaces, private root, filter",
    "cells": "run the cells, beyond what they computed themselves",
    "shared fork": "fork the finished notebook for the checks",
    "checks": "ask and judge all checks",
    "second looks": "second looks in fresh forks, where a check did not pass",
    "files": "decode files that the student wrote, in a clean sandbox",
    "end": "end the submission's processes",
    "report": "report: texts and pictures made safe",
    "examiner": "the examiner's rest",
    "ledger": "ledger",
    "report file": "write the report's file",
    "import of nbgrader": "import nbgrader, once a batch",
    "gradebook": "gradebook: scores, comments, autograded notebooks",
    "feedback pages": "feedback pages",
    "summary page": "summary page",
}
ELSEWHERE = "everything else: imports, messages, ends of processes"
REMOVAL_SECONDS = 10.0
CGROUPS = Path("/sys/fs/cgroup")
ADVICE = (
    "the stages need a control group that counts CPU time: run as root, or within "
    "`systemd-run --user --scope -p Delegate=yes`"
)


@dataclass(frozen=True)
class StageCost:
    """What one stage costs for each further submission, in CPU milliseconds beyond the student's own compute."""

    name: str
    each: float
    first: float
    """Of the short batch, all submissions together, in milliseconds."""
    times: float
    """How often it ran for each submission."""


def stage_costs(few: dict[str, list[float]], many: dict[str, list[float]], more: int) -> list[StageCost]:
    """Return each stage's cost, from the totals of a short batch and of one with `more` submissions.

    The entry "" holds [CPU seconds, student's own, 0] of everything; what no stage explains is shown as one of its own.
    """
    names = [name for name in WORDS if name in many] + sorted(set(many) - set(WORDS) - {""})
    rows = [_row(WORDS.get(name, name), few.get(name, [0.0] * 3), many[name], more) for name in names]
    whole = _row("", few[""], many[""], more)
    rest = whole.each - sum(row.each for row in rows)
    return [*rows, StageCost(ELSEWHERE, rest, whole.first - sum(row.first for row in rows), 1.0)]


def _row(words: str, few: list[float], many: list[float], more: int) -> StageCost:
    first, last = few[0] - few[1], many[0] - many[1]
    return StageCost(words, (last - first) / more * 1000, first * 1000, (many[2] - few[2]) / more)


def read_stages(folder: Path) -> dict[str, list[float]]:
    """Return the totals of each stage, summed over the processes that wrote into `folder`."""
    path = folder / "stages.jsonl"
    lines: Iterable[str] = path.read_text(encoding="utf-8").splitlines() if path.exists() else ()
    totals: dict[str, list[float]] = {}
    for line in lines:
        for name, values in json.loads(line).items():
            known = totals.setdefault(name, [0.0, 0.0, 0.0])
            totals[name] = [a + b for a, b in zip(known, values, strict=True)]
    return totals


@contextmanager
def clock_group(folder: Path) -> Iterator[Path]:
    """Make a control group that counts CPU time, with its `clock` in `folder`; yield the file that takes pids.

    Raises UserError where none can be made. Two groups, one in the other: where the grader makes groups of its own
    (version 2 of the kernel's interface) they then come between, and are counted.
    """
    parent = _parent() / f"t2p-bench-{os.getpid()}"
    inner = parent / "run"
    try:
        inner.mkdir(parents=True)
    except OSError as error:
        raise UserError(f"{ADVICE} ({error.strerror})") from None
    clock = next(path for path in (parent / "cpuacct.usage", parent / "cpu.stat") if path.exists())
    (folder / "clock").symlink_to(clock)
    try:
        yield inner / "cgroup.procs"
    finally:
        for group in (inner, parent):
            _remove(group)


def _parent() -> Path:
    if (CGROUPS / "cgroup.controllers").exists():
        return CGROUPS / Path("/proc/self/cgroup").read_text().strip().rpartition(":")[2].lstrip("/")
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        if "cpuacct" in controllers.split(","):
            return CGROUPS / controllers / path.lstrip("/")
    raise UserError(ADVICE)


def _remove(group: Path) -> None:
    until = time.monotonic() + REMOVAL_SECONDS
    while time.monotonic() < until:  # processes that have just ended still count as members
        with contextlib.suppress(OSError):
            group.rmdir()
        if not group.exists():
            return
        time.sleep(0.05)
