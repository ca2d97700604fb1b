"""
tries = "a clean definition, and a looping one that a run file puts over it"
category = "results"
earns = 1
"""

# %% row_sums
def row_sums(table):
    return table.sum(axis=1)

# %% extra
%run faster.py

# %% file faster.py
import numpy as np


def row_sums(table):
    return np.array([*map(sum, table)])
