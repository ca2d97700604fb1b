"""Hidden checks of 00_setup: three small functions; inputs are drawn from `rng` wherever there is something to draw."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.checks import check
from autograder.compare import matches

ROUNDING = 1e-12
"""Relative error of a product and a quotient in another order, in Python's decimal numbers of 64 bits."""


def places(rng: np.random.Generator, count: int, low: int = 1, high: int = 9) -> list[int]:
    """Return the whole numbers of a version, each with one digit."""
    return [int(number) for number in rng.integers(low, high, count)]


def text(numbers: list[int]) -> str:
    """Return a version as it is written."""
    return ".".join(map(str, numbers))


# --------------------------------------------------------------------------------------------------- heart_rate


@check(
    "heart_rate",
    weight=2,
    hint="Use the names in the function's brackets, and hand the number over with `return`.",
    see="cell:pulse_rate",
)
def test_rate_of_another_count(student, rng):
    """Another count in another time gives another rate."""
    for beats, seconds in zip(rng.integers(20, 60, 3).tolist(), (20, 30, 45), strict=True):
        matches(student.heart_rate(beats, seconds), beats * 60 / seconds, rtol=ROUNDING)


@check("heart_rate", hint="Divide with `/`, and round nothing.", see="cell:heart_rate_seen")
def test_rate_keeps_its_decimals(student, rng):
    """A rate that is no whole number keeps its decimals, also after a time that is none."""
    beats = int(rng.integers(10, 30))
    matches(student.heart_rate(beats, 7), beats * 60 / 7, rtol=ROUNDING)
    seconds = float(rng.uniform(9.1, 9.9))
    matches(student.heart_rate(beats, seconds), beats * 60 / seconds, rtol=ROUNDING)


# ------------------------------------------------------------------------------------------------ choose_device


@pytest.mark.parametrize(("cuda", "mps", "name"), [(True, False, "cuda"), (False, True, "mps"), (False, False, "cpu")])
@check(
    "choose_device",
    hint="Answer from the two arguments alone; the machine that grades has other devices than yours.",
    see="cell:choose_device_seen",
)
def test_device_that_is_there(student, cuda, mps, name):
    """The device that is there is chosen, and the processor where there is no other."""
    matches(student.choose_device(cuda, mps), name)


@check("choose_device", hint="The first `if` decides where both are there.", see="slide:one-line-chooses-the-device")
def test_device_where_both_are_there(student):
    """Where both are there, cuda comes before mps."""
    matches(student.choose_device(cuda=True, mps=True), "cuda")


# --------------------------------------------------------------------------------------------------- new_enough


@check(
    "new_enough",
    weight=2,
    hint="Compare lists of whole numbers, not texts and not decimal numbers.",
    see="cell:versions_seen",
)
def test_two_digits_are_more(student, rng):
    """A place with two digits is more than one with a single digit."""
    major, low = places(rng, 2)
    high = int(rng.integers(10, 20))
    matches(student.new_enough(text([major, high]), text([major, low])), True)
    matches(student.new_enough(text([major, low]), text([major, high])), False)


@check("new_enough", hint="The first difference from the left decides.", see="cell:versions_seen")
def test_first_difference_decides(student, rng):
    """The first place that differs decides, whatever stands behind it."""
    major, minor, *rest = places(rng, 4)
    older, newer = [major, minor, 9, rest[0]], [major, minor + 1, 0, rest[1]]
    matches(student.new_enough(text(newer), text(older)), True)
    matches(student.new_enough(text(older), text(newer)), False)


@check("new_enough", hint="“At least” includes equal.", see="cell:new_enough_seen")
def test_the_same_is_enough(student, rng):
    """The very version that is needed is new enough, and the one before it is not."""
    *first, last = places(rng, 3)
    same = text([*first, last])
    matches(student.new_enough(same, same), True)
    matches(student.new_enough(text([*first, last - 1]), same), False)


@check("new_enough", hint="Put zeros at the end of the shorter list.", see="cell:new_enough_seen")
def test_missing_places_are_zero(student, rng):
    """A place that is missing on either side counts as 0, however many places there are."""
    for count in (1, 2, 3):
        short = places(rng, count)
        matches(student.new_enough(text(short), text([*short, 0, 0])), True)
        matches(student.new_enough(text([*short, 0]), text(short)), True)
        matches(student.new_enough(text(short), text([*short, *places(rng, 1)])), False)
        matches(student.new_enough(text(short), text([*short, 0, *places(rng, 1)])), False)
        matches(student.new_enough(text([*short, 0, *places(rng, 1)]), text(short)), True)


@check("new_enough", hint="Cut off the `+` and what follows, on both sides.", see="cell:versions_seen")
def test_what_follows_a_plus(student, rng):
    """What follows a + does not matter, on either side."""
    numbers = places(rng, 3)
    built = f"{text(numbers)}+cu{int(rng.integers(100, 200))}"
    matches(student.new_enough(built, text(numbers)), True)
    matches(student.new_enough(text(numbers), built), True)
    newer = text([numbers[0] + 1, *numbers[1:]])
    matches(student.new_enough(built, newer), False)
