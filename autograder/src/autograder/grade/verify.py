"""Derive every number of the gradebook again from the ledger."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.grade.ledger import Line, read_ledger
from autograder.grade.seeds import cohort_secret
from autograder.manifest import Cohort

__all__ = ["differences"]

CENT = 0.005
"""Points have two decimals."""


def differences(cohort: Cohort) -> Iterator[str]:
    """Yield a sentence for each automatic score that does not follow from the ledger's last line on it.

    Raises UserError naming the first line of the ledger that was changed, taken out or put in.
    """
    from autograder import gradebook

    last: dict[tuple[str, str], Line] = {}
    for line in read_ledger(cohort.folder / "ledger.jsonl", cohort_secret(cohort.folder)):
        last[line.exercise, line.student] = line
    books = {slug: gradebook.entries(cohort, slug) for slug in sorted({slug for slug, _ in last})}
    for (slug, student), line in sorted(last.items()):
        entry = books[slug].get(student)
        if entry is None:
            yield f"{slug}: the ledger has a grading of {student}, the gradebook has none"
            continue
        for part, points in line.parts.items():
            booked = entry.parts[part].auto_score if part in entry.parts else None
            if booked is None or abs(booked - points) > CENT:
                yield f"{slug}: {student}, {part}: the gradebook says {booked}, the ledger {points:g}"
    for slug, entries in books.items():
        for student, entry in entries.items():
            scored = any(part.auto_score for part in entry.parts.values())
            if (slug, student) not in last and scored:
                yield f"{slug}: the gradebook has points of {student}, the ledger no grading"
