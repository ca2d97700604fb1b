"""The name of a piece of work: a hash of all that decides a report, so that nothing is graded twice or stale."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from autograder.grade.asked import asked_of, environment_of
from autograder.grade.collect import Refused, collect, digest_of
from autograder.grade.report import Report
from autograder.grade.seeds import fingerprint
from autograder.manifest import Exercise

__all__ = ["SOURCES", "content_of", "content_of_report", "environment_of", "refusal_digest", "submission_of", "unit_of"]

SOURCES = ("exercise.toml", "notebook.py", "checks.py", "probes.py")
"""The files of an exercise that decide what is asked; a change in one of them may touch a grade."""
Worth = tuple[str, float, bool]
"""A part, its points, and whether a person grades it."""


def content_of(exercise: Exercise, asked: dict[str, str] | None = None) -> str:
    """Return the hash of everything that decides what a submission is asked and what the answers are worth.

    Args:
        exercise: where the checks, the reference and the points are.
        asked: what `asked_of` says of it, where that is known.
    """
    worth = ((name, part.points, part.written) for name, part in exercise.parts.items())
    return _content(asked_of(exercise) if asked is None else asked, worth)


def content_of_report(report: Report) -> str:
    """Return what `content_of` said when `report` was made."""
    return _content(report.asked, ((part.part, part.max_points, part.written) for part in report.parts))


def unit_of(content: str, submission: str, purpose: str, secret: bytes) -> str:
    """Return the hash of (submission, checks and environment, seed) from `content_of` and the digest of what came."""
    parts = (submission, content, fingerprint(secret), purpose)
    return hashlib.sha256("\x00".join(parts).encode()).hexdigest()[:32]


def submission_of(notebook: Path, student: str) -> str:
    """Return the digest of what was handed in, or of why it is refused without being read."""
    digest = digest_of(notebook)
    if digest:
        return digest
    try:
        return collect(notebook, student).digest
    except Refused as refusal:
        return refusal_digest(refusal)


def refusal_digest(refusal: Refused) -> str:
    """Return what stands for the submission in the unit of a refused one."""
    return refusal.digest or hashlib.sha256(str(refusal).encode()).hexdigest()


def _content(asked: dict[str, str], worth: Iterable[Worth]) -> str:
    text = msgspec.json.encode((sorted(asked.items()), sorted((one, float(points), by) for one, points, by in worth)))
    return hashlib.sha256(text).hexdigest()
