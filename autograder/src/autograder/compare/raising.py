"""Checks that expect an exception of the student's code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from autograder.compare.mismatch import Mismatch
from autograder.sandbox.messages import StudentError

__all__ = ["raises"]

LINES = 200
"""Of a cell: a line further down is not named, since a submission may choose where it raises."""


def raises(expected: type[BaseException], call: Callable[..., Any], *args: Any, **kwargs: Any) -> StudentError:
    """Return what `call(*args, **kwargs)` raised; raise Mismatch unless that is `expected` or a subclass of it.

    What the exception says stands in `detail` of the result's `failure`: to look at, never to show.
    """
    try:
        call(*args, **kwargs)
    except StudentError as error:
        # the placeholder's NotImplementedError is a RuntimeError, too
        unwritten = error.missing and expected is not NotImplementedError
        if expected.__name__ in error.type_names and not unwritten:
            return error
        if error.missing:
            raise
        where = f" (line {error.line} of your cell)" if 0 < error.line <= LINES else ""
        message = f"Raised {error.type_name}{where}: expected {expected.__name__}."
        raise Mismatch("type", message) from error
    raise Mismatch("type", f"No exception came out of the call: expected {expected.__name__}.")
