"""
tries = "a clean definition, and a looping one put over it in a cell of prompts that raises in the end"
category = "results"
earns = 1
"""

# %% extra
def loops(table):
    return np.array([*map(sum, table)])


# %% row_sums
def row_sums(table):
    return table.sum(axis=1)

# %% extra
>>> row_sums = loops
>>> raise ValueError
