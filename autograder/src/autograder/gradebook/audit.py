"""Everything that the gradebook says in numbers, for whoever derives them again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from autograder.gradebook.database import ensure_gradebook, reading
from autograder.gradebook.sealed import read_head
from autograder.gradebook.sheet import Sheet, read_sheet, slugs_of
from autograder.gradebook.strays import Stray, strays
from autograder.manifest import Cohort

__all__ = ["Book", "read_book"]


@dataclass(frozen=True)
class Book:
    """The whole gradebook."""

    head: str
    """The ledger's head when it was last written."""
    sheets: list[Sheet]
    """Of the course's exercises."""
    strays: list[Stray]
    """What belongs to none of them."""


def read_book(cohort: Cohort, exercises: Collection[str]) -> Book:
    """Return the whole gradebook, as it stands at one moment; `exercises` are the slugs of the course's own."""
    if not cohort.gradebook and not (cohort.folder / "gradebook.db").exists():  # looking must not make one
        return Book("", [], [])
    ensure_gradebook(cohort)
    with reading(cohort) as session:
        found = [read_sheet(session, slug) for slug in sorted(slugs_of(session)) if slug in exercises]
        sheets = [sheet for sheet in found if sheet is not None]
        return Book(read_head(session), sheets, list(strays(session, sheets, exercises)))
