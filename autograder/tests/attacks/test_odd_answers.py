"""Whatever comes as an answer, a check says what is wrong with it: none passes, and none fails by a fault of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from autograder.compare.mismatch import Mismatch
from autograder.grade.examiner import Examiner
from autograder.grade.facts import Definitions
from autograder.grade.student import Student
from autograder.manifest import load_exercise
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.values import Handle, Opaque, Slot

REPOSITORY = Path(__file__).parents[3]
EXERCISES = [
    *sorted(path.parent for path in REPOSITORY.glob("solutions/*/exercise.toml")),
    sys.modules["tests_battery"].ARENA,
]
NUMBERS = (True, 7, -1.5, float("nan"), 1j, 16**3000, np.float32(3), [16**3000] * 4, [[1], [2, 3]], (1,))
PLAIN = (None, "text", b"x", [], [None], {}, {"a": 1}, set(), ["a", "b"])
OBJECTS = (Handle(3, "x"), Opaque("tensor"), Slot(0), torch.float32, torch.device("cpu"), np.dtype("f8"), range(3))
ARRAYS = (
    *(
        torch.zeros(0),
        torch.tensor(1.0, requires_grad=True),
        torch.zeros(3, dtype=torch.bfloat16),
        torch.zeros((1,) * 9),
    ),
    *(torch.tensor(1 + 2j), torch.full((3, 3), float("nan")), torch.zeros(2, 2, dtype=torch.bool), [torch.zeros(2)]),
    *(np.zeros((2, 3)), np.zeros((0, 2), np.uint8), np.array(1.0)),
)


class Says:
    """A fork that answers everything with one value, and makes handles of what is to be kept."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def ask(self, steps: list[Any], _seconds: float | None = None) -> Any:
        return Handle(1, "x") if steps[-1].action == "make" else self.value


@pytest.mark.parametrize("folder", EXERCISES, ids=lambda folder: folder.name)
def test_odd_answers(folder: Path) -> None:
    """No check passes with one answer to all its questions, and none raises anything but what it found."""
    examiner = Examiner(load_exercise(folder), b"x" * 32, "final")
    faults = []
    for check in examiner.checks:
        for value in (*NUMBERS, *PLAIN, *OBJECTS, *ARRAYS):
            student: Any = Student(Says(value), Definitions([]), examiner.probes)
            try:
                check.function(**examiner.fixtures(check, student, "anna", ""))
                faults.append((check.name, value, "passed"))
            except (Mismatch, ProtocolError, AssertionError):
                pass
            except Exception as error:
                faults.append((check.name, value, repr(error)))
    assert faults == []
