"""What is wrong with a deck, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Complaint"]


@dataclass(frozen=True, order=True)
class Complaint:
    """One fault of a deck; `str()` is a line that editors can jump to."""

    deck: str
    """The deck's slug."""
    line: int
    """Line of the deck's source, from 1."""
    slide: int
    """Number of the slide, from 1; 0 means the deck as a whole."""
    problem: str
    fix: str
    """What to do about it."""

    def __str__(self) -> str:
        """Return `slides/DECK.md:LINE: slide N: problem: what to do`."""
        where = f"slide {self.slide}: " if self.slide else ""
        return f"slides/{self.deck}.md:{self.line}: {where}{self.problem}: {self.fix}"
