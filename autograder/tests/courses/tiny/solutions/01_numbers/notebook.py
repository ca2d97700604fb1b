# %% [markdown]
r"""
# Numbers

A small exercise about lists of numbers: [[points]] points, [[minutes]] minutes.
"""

# %% imports kind="setup"
import numpy as np

# %% [markdown]
r"""
## A running total

[[running_total]]

The total up to each place: $s_i = \sum_{k \le i} x_k$.
"""


# %% running_total kind="solution"
def running_total(values):
    """Return the sums of `values` up to and including each place, as a list of the same length."""
    # BEGIN SOLUTION
    totals, so_far = [], 0
    for value in values:
        so_far += value
        totals.append(so_far)
    return totals
    # END SOLUTION


# %% running_total_seen kind="example"
np.cumsum([1, 2, 4])

# %% [markdown]
r"""
## The spread

[[spread]]

How far the numbers reach: the largest less the smallest.
"""

# %% guess_spread kind="free"
guess = None


# %% spread kind="solution"
def spread(values):
    """Return the largest less the smallest of `values`; an empty list raises ValueError."""
    # BEGIN SOLUTION
    if not values:
        raise ValueError("there is no spread of nothing at all")
    return max(values) - min(values)
    # END SOLUTION


# %% spread_raises kind="example" tags=["raises-exception"]
[][0]

# %% [markdown]
r"""
## One question

[[why_float]]

Why is `0.1 + 0.2 == 0.3` false?
"""

# %% why_float [markdown] kind="written"
r"""
*Your answer, two or three sentences.*
"""
