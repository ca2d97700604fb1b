"""What goes wrong in a way that the person at the keyboard can mend."""

from __future__ import annotations

__all__ = ["CourseDataError", "DamagedFileError"]


class CourseDataError(Exception):
    """The message says what is wrong and what to do; commands show it without a traceback."""


class DamagedFileError(CourseDataError):
    """A file's bytes are not those that the registry knows it by."""
