"""One line of what `autograder doctor` reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["Row", "State"]


class State(Enum):
    """What a row means for grading."""

    GOOD = "good"
    LESS = "less"
    """Something is missing; grading goes on without it."""
    BLOCKING = "blocking"
    """A cohort's submissions cannot be graded here."""


@dataclass(frozen=True)
class Row:
    """What one part of this machine gives, and how to get what it does not."""

    group: str
    """The heading it stands under, for example "sandbox"."""
    name: str
    found: str
    state: State = State.GOOD
    remedy: str = ""
    """What to type or to ask for; empty for good rows."""
