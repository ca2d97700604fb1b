"""What the gradebook says about one student's submission, as plain data for pages and tables."""

from __future__ import annotations

import datetime as dt

import msgspec

__all__ = ["Entry", "PartEntry", "Recorded"]


class PartEntry(msgspec.Struct, frozen=True):
    """One part in the gradebook: a manual score, where there is one, stands before the autograder's."""

    part: str
    max_score: float
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float = 0.0
    needs_manual_grade: bool = False
    comment: str = ""
    """What a person wrote; the autograder's own comment is in the report."""

    @property
    def score(self) -> float:
        """Points that count, extra credit included."""
        reached = self.auto_score if self.manual_score is None else self.manual_score
        return (reached or 0.0) + self.extra_credit


class Entry(msgspec.Struct, frozen=True):
    """One student's submission of one exercise in the gradebook."""

    student: str
    first_name: str = ""
    last_name: str = ""
    submitted: dt.datetime | None = None
    """UTC."""
    seconds_late: float = 0.0
    """After the deadline, an extension included."""
    penalty: float = 0.0
    """Points taken off for lateness."""
    parts: dict[str, PartEntry] = {}
    comments: dict[str, str] = {}
    """What a person wrote below cells without points, by the cell's name."""

    @property
    def name(self) -> str:
        """First and last name, or the id where the roster has none."""
        return f"{self.first_name} {self.last_name}".strip() or self.student

    @property
    def score(self) -> float:
        """Points before the late penalty."""
        return round(sum(part.score for part in self.parts.values()), 2)

    @property
    def total(self) -> float:
        """Points that count: the score less the late penalty, never below 0."""
        return round(max(0.0, self.score - self.penalty), 2)

    @property
    def max_score(self) -> float:
        """Points of all parts."""
        return round(sum(part.max_score for part in self.parts.values()), 2)

    @property
    def needs_manual_grade(self) -> bool:
        """Whether a part waits for a person."""
        return any(part.needs_manual_grade for part in self.parts.values())


class Recorded(msgspec.Struct, frozen=True):
    """What `record` wrote: whom, and what staff should know about it."""

    students: list[str]
    notes: list[str] = []
    """One sentence each, for staff: strangers to the roster, unreadable timestamps."""
