# %% [markdown]
r"""
# Arena

Small parts, one for each thing that a check may ask: [[points]] points.
"""

# %% imports kind="setup"
import numpy as np
import torch

REFERENCE_MARKER = "only in the setup cell"

# %% [markdown]
r"""
## Part

[[softmax]]
"""


# %% softmax kind="solution"
def softmax(logits):
    """Return the softmax of `logits` (N, C) over the classes; the dtype stays."""
    # BEGIN SOLUTION
    shifted = logits - logits.max(dim=1, keepdim=True).values if logits.numel() else logits
    return shifted.exp() / shifted.exp().sum(dim=1, keepdim=True)
    # END SOLUTION


# %% softmax_seen kind="example"
alike, even = torch.tensor([[0.0, 0.0]]), 0.5
alike.softmax(1) == even

# %% [markdown]
r"""
## Part

[[row_sums]]
"""


# %% row_sums kind="solution"
def row_sums(table):
    """Return the sum of each row of the array `table` (N, M), without a Python loop."""
    # BEGIN SOLUTION
    return table.sum(axis=1)
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[first_half]]
"""


# %% first_half kind="solution"
def first_half(x):
    """Return a view of the first half of the tensor `x`."""
    # BEGIN SOLUTION
    return x[: len(x) // 2]
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[demean]]
"""


# %% demean kind="solution"
def demean(x):
    """Return `x` without its mean; `x` stays as it is."""
    # BEGIN SOLUTION
    return x - x.mean()
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[unit]]
"""


# %% unit kind="solution"
def unit(x):
    """Return `x` at length one; ValueError for the zero vector."""
    # BEGIN SOLUTION
    length = x.norm()
    if length == 0:
        raise ValueError("a zero vector has no direction")
    return x / length
    # END SOLUTION


# %% [markdown]
r"""
## Part

[[cipher]]
"""


# %% cipher kind="solution"
class cipher:
    """Adds the alphabet's own secret to numbers: encode, decode."""

    def encode(self, numbers):
        """Return the numbers, each squared and added to three times its place."""
        # BEGIN SOLUTION
        return [number * number + 3 * place for place, number in enumerate(numbers)]
        # END SOLUTION

    def decode(self, numbers):
        """Return the positive numbers that `encode` was given."""
        # BEGIN SOLUTION
        return [round((number - 3 * place) ** 0.5) for place, number in enumerate(numbers)]
        # END SOLUTION


# %% [markdown]
r"""
## Part

[[tally]]
"""


# %% tally kind="solution"
class tally:
    """Counts words."""

    def __init__(self):
        """Begin with none."""
        # BEGIN SOLUTION
        self.words = []
        # END SOLUTION

    def add(self, word):
        """Count `word` once more."""
        # BEGIN SOLUTION
        self.words.append(word)
        # END SOLUTION

    def count(self, word):
        """Return how often `word` came."""
        # BEGIN SOLUTION
        return self.words.count(word)
        # END SOLUTION


# %% [markdown]
r"""
## Part

[[predict]]
"""


# %% predict kind="solution"
def predict(images):
    """Return 1 for each image (N, 4, 4) that is brighter in its upper half, else 0, as an int64 tensor."""
    # BEGIN SOLUTION
    return (images[:, :2].mean(dim=(1, 2)) > images[:, 2:].mean(dim=(1, 2))).long()
    # END SOLUTION
