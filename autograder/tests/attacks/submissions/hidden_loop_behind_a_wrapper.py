"""
tries = "a clean definition that only asks a side file, which walks over the rows"
category = "results"
earns = 1
shows = ["write it in a cell of the notebook"]
"""

# %% extra
from faster import quick


# %% row_sums
def row_sums(table):
    return quick(table)

# %% file faster.py
import numpy as np


def quick(table):
    return np.array([*map(sum, table)])
