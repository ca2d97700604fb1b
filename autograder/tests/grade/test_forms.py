"""The form of a probe's answer is read from its text; what has another form was made by somebody else."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from autograder.grade.facts import Definitions
from autograder.grade.forms import fits, forms_of
from autograder.grade.student import Student
from autograder.sandbox.frames import ProtocolError

PROBES = """
def three(namespace, x):
    made = [namespace["f"](one) for one in x]
    def inner():
        return 7
    return [made, bool(inner()), {"a": len(made), "b": x}]

def either(namespace, x):
    if x:
        return [1, 2]
    return [1, 2, 3]

def pairs(namespace):
    return [(one, two) for one, two in namespace["f"]()]

def grown(namespace):
    rows = []
    rows.append(1)
    return rows

def starred(namespace):
    return [1, *namespace["f"]()]

def twice(namespace):
    first = [1]
    first = namespace["f"]()
    return first, sorted(first)

def anything(namespace):
    return namespace["f"]()
"""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("three", [[1, "a"], True, {"a": 1, "b": None}]),
        ("three", ([], False, {"a": 0, "b": torch.zeros(2)})),
        ("either", [1]),
        ("pairs", []),
        ("pairs", [[1, 2], (torch.zeros(1), None)]),
        ("grown", [1, 2, 3]),
        ("starred", [1]),
        ("twice", [7, [1]]),
        ("anything", None),
    ],
)
def test_what_a_probe_makes(name: str, value: Any) -> None:
    """Lists may arrive as tuples; what the text leaves open, or says in two ways, may be anything."""
    assert fits(value, forms_of(PROBES).get(name))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("three", [[1], True]),
        ("three", [[1], 1, {"a": 1, "b": 2}]),
        ("three", [[1], True, {"a": 1}]),
        ("three", [[1], True, {"a": True, "b": 2}]),
        ("three", [torch.zeros(3), True, {"a": 1, "b": 2}]),
        ("three", np.zeros(3)),
        ("three", "abc"),
        ("pairs", [[1, 2], [1]]),
        ("pairs", torch.zeros(2, 2)),
        ("grown", {"a": 1}),
        ("starred", None),
        ("twice", [7, 1]),
    ],
)
def test_what_it_does_not_make(name: str, value: Any) -> None:
    """Another length, other keys, a tensor for a list, a number for a truth value."""
    assert not fits(value, forms_of(PROBES)[name])


def test_a_forged_answer_never_reaches_the_check() -> None:
    """The student's side is refused as one that speaks another language, and the check is not run on."""

    class Says:
        def ask(self, _steps: list[Any], _seconds: float | None = None) -> Any:
            return [1]

    tape: Any = Says()
    student = Student(tape, Definitions([]), PROBES)
    with pytest.raises(ProtocolError, match="another form than the probe three returns"):
        student.probe("three", [1])
    assert student.probe("either", 1) == [1]
