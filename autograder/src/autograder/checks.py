"""What an exercise's `checks.py` imports: the mark that makes a pytest test a check of one part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

__all__ = ["Check", "check"]

Test = TypeVar("Test", bound=Callable[..., Any])


@dataclass(frozen=True)
class Check:
    """What the mark `check` says of a test."""

    part: str
    weight: float
    hint: str
    see: str
    claim: bool


def check(part: str, *, hint: str, see: str, weight: float = 1.0, claim: bool = False) -> Callable[[Test], Test]:
    """Mark a pytest test as a check of `part`; the first line of its docstring is its title for students.

    Args:
        part: the `grade_id` of the part whose points it decides.
        hint: one sentence that helps without giving the answer.
        see: where the misconception is treated, `cell:GRADE_ID` or `slide:ANCHOR`.
        weight: its share of the part's points, relative to the part's other checks.
        claim: whether it rests on the word of the process that ran the submission (see `autograder.compare.claims`).
    """

    def mark(test: Test) -> Test:
        if not test.__doc__:
            message = f"{test.__name__} needs a docstring: its first line is the check's title for students"
            raise TypeError(message)
        test.t2p_check = Check(part, weight, hint, see, claim)  # type: ignore[attr-defined]
        return test

    return mark
