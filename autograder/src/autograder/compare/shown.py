"""How much of an answer a sentence for students may say.

Whoever wrote the answer chose its shape, its lengths and how much of it is wrong, and could spell a hidden input by
them. So each number that is shown is one of few: those of honest mistakes. The longest sentence carries about 20 bits,
where the sides of eight axes carried 130.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

__all__ = ["count", "items", "rank", "shape", "share"]

SMALL = 16
"""Numbers up to this are shown as they are."""
NEAR = 2
"""So are those this far from what was expected: a window or a difference that lost its ends."""
EXACT = 100
"""Of so many values each number of wrong ones is shown; of more the small ones, and the share in percent."""
SHOWN_SIDE = 100_000
SHOWN_RANK = 8
MOST_AXES = 5
FREE_AXES = 4
"""Axes that may all have any small side: with more, small ones alone would carry more than 20 bits."""
FREE_AXES_OF_ANOTHER_RANK = 2
"""Where the rank is wrong, it says most by itself."""


def count(number: int) -> str:
    """Return a number, or that it is more than a small one."""
    return str(number) if number <= SMALL else f"more than {SMALL}"


def items(number: int, expected: int) -> str:
    """Return how many items came, or in which direction they miss the `expected` ones."""
    if number <= SMALL or _akin(number, expected):
        return f"{number} items"
    return "too many items" if number > expected else "too few items"


def rank(axes: int) -> str:
    """Return a rank, or that it is higher than any answer's."""
    return f"rank {axes}" if axes <= SHOWN_RANK else f"a rank above {SHOWN_RANK}"


def shape(came: Sequence[int], expected: Sequence[int]) -> str:
    """Return `shape (…)`, or nothing where it is none that an honest mistake makes of the `expected` one.

    Honest are its sides in another order, small ones and, with the right rank, those near it, half or twice it; with
    one axis more or less, axes of length 1 and two neighbours that became one.
    """
    sides = tuple(came)
    if sides == tuple(expected):
        known = len(sides) <= SHOWN_RANK and max(sides, default=0) <= SHOWN_SIDE
        return f"shape {sides}" if known else ""
    same_rank = len(sides) == len(expected)
    if len(sides) > MOST_AXES or abs(len(sides) - len(expected)) > 1:
        return ""
    free = len(sides) <= (FREE_AXES if same_rank else FREE_AXES_OF_ANOTHER_RANK)
    plain = {1, *expected, *(range(SMALL + 1) if free else ())}
    if same_rank:
        honest = all(side in plain or _akin(side, other) for side, other in zip(sides, expected, strict=True))
    else:
        plain.update(one * other for one, other in pairwise(expected))
        honest = plain.issuperset(sides)
    return f"shape {sides}" if honest else ""


def share(bad: int, size: int) -> str:
    """Return how many of `size` values are bad, a large number of many as a share."""
    if bad <= SMALL or bad == size or size <= EXACT:
        return f"{bad} of {size} values"
    return f"about {min(99, max(1, round(100 * bad / size)))} % of {size} values"


def _akin(side: int, expected: int) -> bool:
    return abs(side - expected) <= NEAR or side in (expected // 2, expected // 2 + 1, 2 * expected)
