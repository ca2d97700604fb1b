"""Hidden checks of 02_open."""

import torch

from autograder.checks import check
from autograder.compare import matches, require

SEEN = "cell:means"


@check("means", hint="Name the axis.", see=SEEN)
def test_means(student, reference, torch_rng):
    """The mean of each row."""
    table = torch.randn(6, 40, generator=torch_rng)
    matches(student.means(table), reference.means(table), rtol=1e-4, atol=1e-6, kind=False, dtype=False)


@check("evens", hint="The rest is 0.", see=SEEN)
def test_evens(student, rng):
    """The even numbers, in their order."""
    numbers = [int(number) for number in rng.integers(0, 100, 12)] + [2]
    matches(student.evens(numbers), [n for n in numbers if n % 2 == 0], kind=False, dtype=False)


@check("batches", hint="Four at a time.", see=SEEN)
def test_batches(student, reference, torch_rng):
    """The sums of the batches."""
    values = torch.randn(16, generator=torch_rng)
    matches(student.batches(values), reference.batches(values), rtol=1e-4, atol=1e-5, kind=False, dtype=False)


@check("learn", hint="Go against the gradient.", see=SEEN)
def test_learn(student, torch_rng):
    """The error falls to that of the noise."""
    x = torch.randn(2000, 20, generator=torch_rng)
    y = x @ torch.ones(20, 1) + 0.1 * torch.randn(2000, 1, generator=torch_rng)
    loss = student.learn(x, y)
    require(isinstance(loss, float), "The error is no number.", rule="type")
    require(loss < 0.02, "The error stays above that of the noise.")
