"""The exception behind every wrong answer."""

from __future__ import annotations

from typing import Literal

__all__ = ["Mismatch", "Rule", "require"]

Rule = Literal["defined", "type", "rank", "shape", "dtype", "finite", "value", "side effect", "source", "file"]


class Mismatch(AssertionError):
    """The answer breaks a rule; `reason` is written for the student and holds no hidden value."""

    def __init__(self, rule: Rule, reason: str) -> None:
        """Keep the first rule that was broken and the sentence that says so."""
        super().__init__(f"{rule}: {reason}")
        self.rule = rule
        self.reason = reason


def require(condition: object, reason: str, *, rule: Rule = "value") -> None:
    """Raise Mismatch with `reason`, a sentence for the student, unless `condition` holds."""
    if not condition:
        raise Mismatch(rule, reason)
