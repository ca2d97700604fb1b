"""A cell of the gradebook, and what one submission has there: its grade, the comments below it."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grade.report import CENT

__all__ = ["Cell", "CommentRow", "GradeRow", "above_its_worth"]


@dataclass
class Cell:
    """A cell that nbgrader grades or takes a comment on, by its `grade_id`."""

    name: str
    grade_id: str = ""
    """Its row as a graded cell; empty where it is none."""
    solution_id: str = ""
    """Its row as a cell that takes a comment; empty where it is none."""
    max_score: float = 0.0
    released: str = ""
    """What was handed out."""


@dataclass
class GradeRow:
    """One graded cell of one submission."""

    id: str = ""
    auto_score: float | None = None
    manual_score: float | None = None
    extra_credit: float | None = None
    needs_manual_grade: bool = True
    answer: str = ""
    """What stands for the written answer that the scores are of; empty where none was kept."""

    @property
    def score(self) -> float:
        """Points that count: a person's before the autograder's, extra credit included."""
        reached = self.auto_score if self.manual_score is None else self.manual_score
        return (reached or 0.0) + (self.extra_credit or 0.0)

    def is_above(self, max_score: float) -> bool:
        """Whether a person gave more than the cell is worth, as after its points were lowered."""
        return self.manual_score is not None and self.manual_score > max_score + CENT


@dataclass
class CommentRow:
    """The comments below one answer."""

    id: str = ""
    auto_comment: str | None = None
    manual_comment: str | None = None


def above_its_worth(name: str, grade: GradeRow, max_score: float) -> str:
    """Return what staff are told of a score by hand that `is_above` what its cell is worth."""
    given = f"{name}: {grade.manual_score:g} by hand"
    return f"{given}, and it is worth {max_score:g} now: grade it anew (`make formgrader`)"
