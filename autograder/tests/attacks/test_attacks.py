"""Each attack in `submissions/`: what it got, and that the next student is graded as if it had never been."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from autograder.grade.report import Report

pytestmark = pytest.mark.sandbox

GROWN_MB = 600
"""A trusted process may grow by this while it grades, by far less than a machine would notice: a message of the arena
has 8 MB, a notebook 50 MB, and objects of Python take many times what they are written with."""


def test_attack(attack: Any, battery: Any, arena: Any, got: Callable[..., None]) -> None:
    """The attack gets no point but what a claim is worth, reads, changes and leaves nothing; others are as ever."""
    path = battery.write_submission(attack, arena.submitted())
    beside = attack.category == "neighbours"
    for purpose in attack.header.get("before", []):
        arena.grade(path, purpose=purpose)
    harm = arena.harm(path, impatient=attack.impatient, beside=beside, student=attack.student)
    report = harm.report
    earned = f"{report.points:g} of {attack.most:g}" if attack.most else f"{report.points:g}"
    row = (earned, " ".join(harm.read) or "-", str(len(harm.changed) or "-"), str(len(harm.left) or "-"))
    got(attack.name, attack.category, *row, f"{harm.seconds:.1f}", str(harm.grown_mb))

    verdicts = [(f.check, f.verdict, f.reason) for p in report.parts for f in p.findings]
    assert attack.earns <= report.points <= attack.most + attack.slack, verdicts
    assert (harm.read, harm.changed, harm.left) == ((), (), ())
    assert not harm.leaked(attack.cells), harm.seen()
    assert [finding.staff for finding in report.internal_errors] == []
    assert harm.seconds < attack.header.get("seconds", 45)
    assert harm.grown_mb < GROWN_MB
    assert report.cpu_seconds <= harm.seconds * (os.cpu_count() or 1)  # what pages say is no channel for what is asked
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
    for wanted in attack.header.get("shows", []):
        assert wanted in harm.seen(), harm.seen()
    for spelt in attack.header.get("hides", []):
        assert spelt not in harm.seen(), harm.seen()
    for other in (*harm.beside, arena.grade(arena.honest())):
        assert arena.as_usual(other), [(p.part, f.verdict, f.staff) for p in other.parts for f in p.findings]


@pytest.mark.full
def test_computing_beside_an_attack(battery: Any, arena: Any) -> None:
    """Who computes for half of what a cell may take is not out of time because a neighbour keeps every core busy."""
    path = next(path for path in battery.attack_files() if path.stem == "hogs_every_core")
    hog = battery.write_submission(battery.read_attack(path), arena.submitted())
    busy = "import time\nuntil = time.process_time() + 1\nwhile time.process_time() < until: pass"
    notebook = arena.honest({"demean": f"{busy}\ndef demean(x): return x - x.mean()"})
    other = arena.beside(notebook, hog)
    assert (other.points, other.internal_errors) == (arena.exercise.points, [])
