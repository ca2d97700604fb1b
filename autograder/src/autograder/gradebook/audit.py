"""Everything that the gradebook says in numbers, for whoever derives them again."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.gradebook.database import ensure_gradebook, reading
from autograder.gradebook.sealed import read_head
from autograder.gradebook.sheet import Sheet, read_sheet, slugs_of
from autograder.manifest import Cohort

__all__ = ["Book", "read_book"]


@dataclass(frozen=True)
class Book:
    """The whole gradebook."""

    head: str
    """The ledger's head when it was last written."""
    sheets: list[Sheet]


def read_book(cohort: Cohort) -> Book:
    """Return the whole gradebook, as it stands at one moment."""
    ensure_gradebook(cohort)
    with reading(cohort) as session:
        sheets = [read_sheet(session, slug) for slug in sorted(slugs_of(session))]
        return Book(read_head(session), [sheet for sheet in sheets if sheet is not None])
