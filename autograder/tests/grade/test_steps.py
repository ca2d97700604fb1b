"""A count of steps is the worker's word: one that cannot be is refused before anything is calculated with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import pytest

from autograder.grade.facts import Definitions
from autograder.grade.student import Student
from autograder.grade.tape import Tape
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Step


@dataclass
class Says:
    """A tape on which every question gets one answer."""

    answer: Any

    def ask(self, _steps: list[Step]) -> Any:
        """Return it."""
        return self.answer


def student(answer: Any) -> Student:
    return Student(cast("Tape", Says(answer)), Definitions([]))


@pytest.mark.parametrize("count", [-1, 1.5, True, "9", None, 1 << 63, 10**400])
def test_a_count_that_cannot_be_is_refused(count: object) -> None:
    with pytest.raises(ProtocolError, match="no number came for a count of steps"):
        student(count).events("mean_green")


def test_a_count_comes_back_as_it_is() -> None:
    assert student(412).events("mean_green") == 412
