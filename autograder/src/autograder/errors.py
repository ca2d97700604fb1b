"""Every error that ends a command, and the exit code that it ends with."""

from __future__ import annotations

__all__ = ["AutograderError", "CellsChanged", "GraderFault", "SandboxUnavailable", "UserError"]


class AutograderError(Exception):
    """Base of all errors of ours; the message is shown as it is, without a traceback."""

    exit_code = 1


class UserError(AutograderError):
    """The person at the keyboard can mend this: the message says what is wrong and what to do next."""

    exit_code = 2


class CellsChanged(UserError):
    """The cells of a release are not those that have grades; the message names them."""


class GraderFault(AutograderError):
    """The grader, a check or this machine failed: never counted against a student."""

    exit_code = 3


class SandboxUnavailable(GraderFault):
    """A sandbox layer that the policy requires cannot be had here; the message says which and how to get it."""
