"""Hidden checks of 01_numbers."""

from autograder.checks import check
from autograder.compare import matches, raises


@check("running_total", weight=2, hint="Keep what you have added so far in a variable.", see="cell:running_total_seen")
def test_running_total_of_random_numbers(student, reference, rng):
    """Each place holds the sum of everything up to it."""
    numbers = [int(number) for number in rng.integers(-50, 50, 12)]
    matches(student.running_total(numbers), reference.running_total(numbers))


@check("running_total", hint="A list without numbers has no totals.", see="cell:running_total_seen")
def test_running_total_of_nothing(student, reference, rng):
    """An empty list gives an empty list."""
    matches(student.running_total([]), [])


@check("spread", weight=2, hint="Look at the largest and at the smallest.", see="slide:the-spread")
def test_spread_of_random_numbers(student, reference, rng):
    """The largest less the smallest."""
    numbers = [int(number) for number in rng.integers(-500, 500, 9)]
    numbers[2:2] = [-501, 501]  # the largest is never the last one by chance
    matches(student.spread(numbers), reference.spread(numbers))


@check("spread", hint="Raise ValueError yourself when there is nothing to look at.", see="slide:the-spread")
def test_spread_of_nothing(student, reference, rng):
    """An empty list raises ValueError."""
    raises(ValueError, student.spread, [])
