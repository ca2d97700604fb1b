"""What a database refuses, in one line for the person who can mend it."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from autograder.errors import UserError

__all__ = ["explained"]

AGAIN = "and run this again; nothing was changed, what was graded is kept"
MANUAL = "every automatic score is derived again, grades that a person entered must come from a backup"
KNOWN = (
    (
        ("is locked", "lock timeout"),
        f"is locked by another process: end that one (a formgrader, sqlite3, a copy) {AGAIN}",
    ),
    (("disk is full", "No space left", "disk quota"), f"does not fit on its disk: free some room {AGAIN}"),
    (
        ("readonly database", "read-only", "permission denied"),
        f"cannot be written: give this user the right to write it and its folder, or mount it writable, {AGAIN}",
    ),
    (("unable to open",), f"cannot be opened: look whether its folder is there and may be written {AGAIN}"),
    (("disk I/O error",), f"cannot be read or written, its disk fails or is full: look at it {AGAIN}"),
    (
        ("malformed", "not a database", "no such table", "no such column", "does not exist", "UndefinedTable"),
        f"is damaged: restore it from a backup, or move it away, release and grade again; {MANUAL}",
    ),
    (
        ("could not connect", "Connection refused", "connection failed", "could not translate", "server closed"),
        f"cannot be reached: look whether its server runs and the address in cohort.toml is right, {AGAIN}",
    ),
    (
        ("password authentication", "no password supplied"),
        f"refuses the password or user of cohort.toml: mend it {AGAIN}",
    ),
)
"""Words of a database, and what they mean to a person."""


def explained(shown: str, error: SQLAlchemyError) -> UserError:
    """Return what to tell a person about `error` of the gradebook `shown`."""
    said = " ".join(str(error.orig if isinstance(error, DBAPIError) else error).split())
    for words, meaning in KNOWN:
        if any(word.lower() in said.lower() for word in words):
            return UserError(f"the gradebook {shown} {meaning} ({said[:200]})")
    return UserError(f"the gradebook {shown} failed, nothing was changed and what was graded is kept: {said[:400]}")
