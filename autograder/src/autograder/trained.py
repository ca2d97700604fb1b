"""What `exercise.toml` says of training: how it is graded, how small it is made for a proof, and what it must reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

import msgspec

__all__ = ["Choice", "Threshold", "Training"]


class Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How what trains is graded, and how small it is made for a proof."""

    mode: Literal["again", "weights"] = "again"
    """`again`: the notebook's cells train while it is graded. `weights`: the files named below are judged."""
    weights: list[str] = []
    """Side files that a submission brings, by name; only with mode `weights`."""
    proof: dict[str, bool | int | float | str | list[bool | int | float | str]] = {}
    """The small size: what replaces the literal that a setup cell assigns to each of these names, for a proof."""

    def __post_init__(self) -> None:
        """Refuse a mode without its files, and files without their mode."""
        if (self.mode == "weights") != bool(self.weights):
            raise ValueError('`weights` names the files that mode = "weights" judges: write both or neither')


class Choice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A literal of the setup cells that each cohort decides: one `[choices.NAME]` table."""

    setting: Literal["digits", "videos"]
    """The key of cohort.toml whose value the name gets."""
    data: dict[str, list[str]] = {}
    """By value: what is needed with it beside the exercise's `data`, by the same names."""


class Threshold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a check demands of something that was trained or measured: one `[thresholds.NAME]` table."""

    at_least: float | None = None
    at_most: float | None = None
    proof: float | None = None
    """The bound at proof size; None means that the bound is the same there."""
    what: str = ""
    """For the student, as in "the accuracy of your MLP"."""
    unit: str = ""
    """As in "BPM"; with "%" a share of 0.93 is shown as 93 %."""
    where: dict[str, Threshold] = {}
    """What holds instead for a cohort that chose otherwise, by the value that it chose."""
    runs: int = 0
    """Written by calibration, as all that follows: runs of the reference, each with another seed."""
    mean: float | None = None
    spread: float | None = None
    """Standard deviation of the values that these runs reached."""
    false_fail: float | None = None
    """Share of honest runs that may be expected to miss the bound; how it is found stands in docs/adding-a-week.md."""

    def __post_init__(self) -> None:
        """Refuse a threshold with no side, or with two."""
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a threshold has one of `at_least` and `at_most`")
        if any(other.where for other in self.where.values()):
            raise ValueError("`where` stands once: the tables in it have none of their own")

    @property
    def bound(self) -> float:
        """The value that must be reached."""
        return self.at_most if self.at_least is None else self.at_least  # type: ignore[return-value]

    def missed_by(self, value: float, bound: float) -> bool:
        """Return whether `value` is on the wrong side of `bound`."""
        return value > bound if self.at_least is None else value < bound

    def where_chosen(self, values: Collection[str]) -> Threshold:
        """Return what holds for a cohort that chose `values`."""
        other = next((self.where[value] for value in values if value in self.where), self)
        return msgspec.structs.replace(other, what=other.what or self.what, unit=other.unit or self.unit, where={})
