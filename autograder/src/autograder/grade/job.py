"""What the coordinator asks an examiner to do; importing it costs nothing."""

from __future__ import annotations

import msgspec

__all__ = ["Job"]


class Job(msgspec.Struct, frozen=True):
    """One submission to grade."""

    student: str
    notebook: str
    """Path of the notebook; files beside it belong to the submission."""
    purpose: str = "final"
    side_files: bool = True
    only: frozenset[str] = frozenset()
    """Parts to judge; empty for all."""
    content: str = ""
    """What `autograder.grade.unit.content_of` says of the exercise, where that was asked already."""
