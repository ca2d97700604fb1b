"""Every exception the autograder raises on purpose, and the exit code each one ends a command with."""

from __future__ import annotations

__all__ = ["AutograderError", "GraderFault", "SandboxUnavailable", "UserError"]


class AutograderError(Exception):
    """Base of all errors of ours; the message is shown as it is, without a traceback."""

    exit_code = 1


class UserError(AutograderError):
    """The person at the keyboard can mend this: the message says what is wrong and what to do next."""

    exit_code = 2


class GraderFault(AutograderError):
    """The grader, a check or this machine failed: never counted against a student."""

    exit_code = 3


class SandboxUnavailable(GraderFault):
    """A sandbox layer that the policy requires cannot be had here; the message says which and how to get it."""
