"""The name of a piece of work: a hash of all that decides a report, so that nothing is graded twice or stale."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version

from autograder.grade.seeds import fingerprint
from autograder.manifest import Exercise

__all__ = ["content_of", "environment_of", "unit_of"]

SOURCES = ("exercise.toml", "notebook.py", "checks.py", "probes.py")


def content_of(exercise: Exercise) -> str:
    """Return the hash of everything that decides what a submission is asked."""
    digest = hashlib.sha256()
    for name in SOURCES:
        path = exercise.folder / name
        digest.update(name.encode() + (path.read_bytes() if path.exists() else b"") + b"\x00")
    return digest.hexdigest()


@cache  # finding a version reads a file of the installation
def environment_of() -> str:
    """Return what the points may depend on beside the submission and the checks."""
    return f"python {platform.python_version()}, torch {version('torch')}, numpy {version('numpy')}"


def unit_of(content: str, submission: str, purpose: str, secret: bytes) -> str:
    """Return the hash of (submission, checks, environment, seed) from `content_of` and the digest of what came."""
    parts = (submission, content, environment_of(), fingerprint(secret), purpose)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]
