"""Hidden checks of 01_arena."""

import torch

from autograder.checks import check
from autograder.compare import is_view, matches, no_loop, raises, require, unmodified

SEEN = "cell:softmax_seen"


@check("softmax", weight=3, hint="Divide by the sum.", see=SEEN)
def test_softmax_of_random_logits(student, reference, torch_rng):
    """The softmax of random logits."""
    logits = torch.randn(4, 6, generator=torch_rng)
    matches(student.softmax(logits), reference.softmax(logits), rtol=1e-5)


@check("softmax", hint="No row is also a number of rows.", see=SEEN)
def test_softmax_of_columns_and_of_nothing(student, reference, torch_rng):
    """The softmax of a transposed and of an empty tensor."""
    logits = torch.randn(5, 3, generator=torch_rng, dtype=torch.float64).T
    matches(student.softmax(logits), reference.softmax(logits), rtol=1e-9)
    matches(student.softmax(torch.zeros(0, 3)), torch.zeros(0, 3))


@check("row_sums", hint="Name the axis.", see=SEEN)
def test_row_sums(student, reference, rng):
    """The sum of each row."""
    table = rng.normal(size=(5, 4))
    matches(student.row_sums(table), reference.row_sums(table), rtol=1e-9)


@check("row_sums", hint="NumPy loops for you.", see=SEEN, claim=True)
def test_row_sums_without_a_loop(student, reference, rng):
    """No Python loop over elements."""
    small, large = rng.normal(size=(4, 4)), rng.normal(size=(200, 4))
    matches(student.row_sums(large), reference.row_sums(large), rtol=1e-9)
    no_loop(student, "row_sums", small=(small,), large=(large,))


@check("first_half", hint="Slice.", see=SEEN, claim=True)
def test_first_half_is_a_view(student, reference, torch_rng):
    """A view of the first half, so that writing to it changes the input."""
    x = torch.randn(8, generator=torch_rng)
    seen = student.observe("first_half", x, writes=True)
    matches(seen.value, x[:4])
    is_view(seen)
    matches(seen.args_after[0], torch.cat([x[:4] + 1, x[4:]]))


@check("demean", hint="Not in place.", see=SEEN)
def test_demean_leaves_its_input(student, reference, torch_rng):
    """The input less its mean, and the input as it was."""
    x = torch.randn(7, generator=torch_rng)
    seen = student.observe("demean", x)
    matches(seen.value, reference.demean(x), rtol=1e-5, atol=1e-6)
    unmodified(seen, x)


@check("unit", hint="Divide by the norm.", see=SEEN)
def test_unit_has_length_one(student, reference, torch_rng):
    """A vector of length one in the same direction."""
    x = torch.randn(5, generator=torch_rng)
    matches(student.unit(x), reference.unit(x), rtol=1e-5)


@check("unit", hint="Raise ValueError.", see=SEEN)
def test_unit_of_zero_raises(student, reference, torch_rng):
    """ValueError for zeros, and only for zeros."""
    x = torch.zeros(4)
    raises(ValueError, student.unit, x)
    x[int(torch.randint(0, 4, (), generator=torch_rng))] = -2.0  # of the same shape
    matches(student.unit(x), reference.unit(x))


@check("cipher", hint="Place by place.", see=SEEN)
def test_cipher_there_and_back(student, reference, rng):
    """Encode numbers, decode others."""
    numbers = [int(number) for number in rng.integers(1, 10_000, 6)]
    box, true = student.make("cipher"), reference.cipher()
    encoded, decoded = box.encode(numbers), box.decode(true.encode(numbers))
    matches(encoded, true.encode(numbers))
    matches(decoded, numbers)


@check("tally", hint="Keep a list.", see=SEEN)
def test_tally_counts(student, reference, rng):
    """Counts words, one at a time."""
    words = [f"w{number}" for number in rng.integers(0, 4, 12)]
    box = student.make("tally")
    for word in words:
        box.add(word)
    matches([box.count(f"w{number}") for number in range(5)], [words.count(f"w{number}") for number in range(5)])


@check("predict", hint="Compare two means.", see=SEEN)
def test_predict_unseen_images(student, reference, rng):
    """At least 95 % of unseen images are told apart."""
    labels = torch.from_numpy(rng.permutation([0] * 60 + [1] * 140))  # uneven: sorting them is no answer
    images = torch.from_numpy(rng.normal(size=(200, 4, 4)))
    images[labels == 1, :2] += 3.0
    images[labels == 0, 2:] += 3.0
    got = student.predict(images)
    plain = isinstance(got, torch.Tensor) and got.shape == labels.shape and got.dtype is torch.int64
    require(plain, "The answer is no int64 tensor with one label an image.", rule="type")
    require((got == labels).float().mean().item() >= 0.95, "Fewer than 95 % of unseen images are told apart.")


@check("predict", hint="Look at each image alone.", see=SEEN)
def test_predict_single_images(student, reference, rng):
    """Each image is judged alone, in any order."""
    images = torch.from_numpy(rng.normal(size=(64, 4, 4)))
    order = torch.from_numpy(rng.permutation(64))
    once, again = student.predict(images), student.predict(images[order])
    matches(once, reference.predict(images))
    matches(again, once[order])
