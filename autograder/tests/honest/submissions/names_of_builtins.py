"""
note = "locals and globals that hide list, sum, max, input and print"
"""

# %% extra
list, sum, max, input, type, id, str = [], 0, 1, "x", 2, 3, "text"
np_, torch_ = np, torch


# %% demean
def demean(input):
    sum = input.mean()
    return input - sum


# %% unit
def unit(unit):
    norm = unit.norm()
    if norm == 0:
        raise ValueError
    return unit / norm
