"""Hidden checks of 01_line."""

import numpy as np

from autograder.checks import check
from autograder.compare import matches, unmodified


@check("descend", hint="Subtract the gradient, times the rate.", see="cell:training")
def test_step_of_random_weights(student, reference, rng):
    """One step goes down the gradient, from weights that stay as they are."""
    weights, x, y = rng.normal(size=2), rng.normal(size=12), rng.normal(size=12)
    seen = student.observe("descend", weights, x, y, 0.03)
    unmodified(seen, weights)
    matches(seen.value, reference.descend(weights, x, y, 0.03))


@check("descend", hint="How many steps were taken?", see="cell:training")
def test_trained_line(student, reference, rng, threshold):
    """The trained line fits points that it never saw."""
    x = rng.uniform(-1, 1, 500)
    line = matches_shape(student.fitted(x), x)
    threshold("error", np.sqrt(np.mean((line - (3 * x + 1)) ** 2)))


@check("predict", hint="A slope and an offset.", see="cell:training")
def test_points_of_a_line(student, reference, rng):
    """Slope times the input plus the offset."""
    weights, x = rng.normal(size=2), rng.normal(size=7)
    matches(student.predict(weights, x), reference.predict(weights, x))


def matches_shape(line, x):
    """Return `line` where it has a number for each of `x`."""
    matches(np.shape(line), np.shape(x))
    return line
