"""How much `make bench` measures, and who meets the attacks of `make bench-security`."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["GRADERS", "SECTIONS", "Options"]

GRADERS = ("nbgrader", "otter", "ours")
SECTIONS = ("speed", "stages", "scale", "training", "watch", "course")


@dataclass(frozen=True)
class Options:
    """How much to measure; the defaults take about forty-five minutes on 2 cores."""

    only: tuple[str, ...] = SECTIONS
    submissions: int = 20
    """Different submissions for the comparison and for the stages."""
    rounds: int = 5
    """How many times as many ours grades, so that its small overhead is measured well."""
    scale: int = 200
    """Submissions of a large class, of the cheap exercise and of one that trains."""
    seconds: float = 10.0
    """CPU seconds that each submission trains."""
    otter: bool = True
    write: bool = False
