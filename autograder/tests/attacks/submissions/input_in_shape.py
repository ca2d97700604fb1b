"""
tries = "send a hidden input home in the shape of the answer"
category = "secrets"
"""

# %% extra
import torch, numpy as np


def cheat(*x):
    return torch.empty((0, 987654321, 123456789, 1))


def row_sums_(t):
    return np.empty((0, 987654321))


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
row_sums = row_sums_
