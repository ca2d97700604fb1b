"""Checks that expect an exception of the student's code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.compare.mismatch import Mismatch
from autograder.sandbox.messages import StudentError

__all__ = ["raises"]


def raises(expected: type[BaseException], call: Callable[..., Any], *args: Any, **kwargs: Any) -> None:
    """Raise Mismatch unless `call(*args, **kwargs)` makes the student's code raise `expected` or a subclass of it."""
    try:
        call(*args, **kwargs)
    except StudentError as error:
        if expected.__name__ in error.type_names:
            return
        if error.missing:
            raise
        where = f" (line {error.line} of your cell)" if error.line else ""
        message = f"Raised {error.type_name}{where}: expected {expected.__name__}."
        raise Mismatch("type", message) from error
    raise Mismatch("type", f"No exception came for an input that is not allowed: expected {expected.__name__}.")
