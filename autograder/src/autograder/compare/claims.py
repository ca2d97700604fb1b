"""Checks on what a call did beside returning a value.

What the worker reports of aliasing, of changed inputs and of its own steps is a claim: it comes from the process that
ran the submission. So the source must agree where the source can tell, and such checks carry few points.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from autograder.compare.mismatch import Mismatch

if TYPE_CHECKING:
    from autograder.grade.student import Observation, Student

__all__ = ["is_copy", "is_view", "no_loop", "unmodified"]

LOOP_GROWTH = 1.5
"""Interpreter events may grow by this factor between two sizes that differ tenfold: 54 to 54 and 19,470 to 75,690 were
measured for a vectorised and a looping distance, so anything between separates them."""
LOOP_SLACK = 40
"""Events that do not count: a branch for small sizes, a cache that is filled."""


def unmodified(seen: Observation, *args: Any) -> None:
    """Raise Mismatch when a positional argument is not what it was before the call."""
    for number, (before, after) in enumerate(zip(args, seen.args_after, strict=False), start=1):
        if not _same(before, after):
            which = "The input" if len(args) == 1 else f"Argument {number}"
            raise Mismatch("side effect", f"{which} was changed by the call: it must stay as it was.")


def is_view(seen: Observation, arg: int = 0) -> None:
    """Raise Mismatch unless the answer shares its memory with positional argument `arg`."""
    if not seen.shares_memory[arg]:
        raise Mismatch(
            "side effect", "The answer is a copy: the text asks for a view, which shares the input's memory."
        )


def is_copy(seen: Observation, arg: int = 0) -> None:
    """Raise Mismatch when the answer shares its memory with positional argument `arg`."""
    if seen.shares_memory[arg]:
        raise Mismatch("side effect", "The answer shares its memory with the input: the text asks for a copy.")


def no_loop(student: Student, name: str, *, small: tuple[Any, ...], large: tuple[Any, ...]) -> None:
    """Raise Mismatch when `name` loops over elements in Python, by its source or by events counted at two sizes.

    Args:
        student: the submission.
        name: the function that is looked at.
        small: positional arguments of a small size.
        large: the same at least ten times larger in the dimension that must not be looped over.
    """
    if not student.source(name).text:
        raise Mismatch("source", f"The definition of `{name}` cannot be read: write it as a function in its own cell.")
    if student.source(name).has_loop:
        raise Mismatch("source", "The code holds a Python loop or a comprehension: the text asks for none.")
    few, many = student.events(name, *small), student.events(name, *large)
    if many > LOOP_GROWTH * few + LOOP_SLACK:
        raise Mismatch(
            "source", "The steps that Python takes grow with the input's size: somewhere it loops over elements."
        )


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, torch.Tensor) and isinstance(after, torch.Tensor):
        plain = before.dtype == after.dtype and before.shape == after.shape
        return plain and torch.equal(before.nan_to_num(), after.nan_to_num())
    if isinstance(before, np.ndarray) and isinstance(after, np.ndarray):
        return before.dtype == after.dtype and np.array_equal(before, after, equal_nan=before.dtype.kind in "fc")
    if isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
        return len(before) == len(after) and all(map(_same, before, after))
    return type(before) is type(after) and bool(before == after)
