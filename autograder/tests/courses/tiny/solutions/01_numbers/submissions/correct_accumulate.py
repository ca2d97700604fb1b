"""
note = "uses itertools and sorts"
"""

# %% extra
from itertools import accumulate


# %% running_total
def running_total(values):
    return list(accumulate(values))


# %% spread
def spread(values):
    ordered = sorted(values)
    if not ordered:
        raise ValueError
    return ordered[-1] - ordered[0]
