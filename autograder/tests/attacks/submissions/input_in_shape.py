"""
tries = "send a hidden input home in the shape or the length of the answer"
category = "secrets"
hides = ["987654321", "123456789", " 62", " 57", "(62", "(57"]
"""

# %% extra
import torch, numpy as np


def cheat(*x):
    return torch.empty((0, 987654321, 123456789, 1))


def row_sums_(t):
    return np.empty((0, 987654321))


def small(*x):
    return torch.empty((0, 62, 57, 14, 98))


def second(*x):
    return torch.ones((2, 62))


def length(*x):
    return [0.0] * 62


class Cheat:
    add = encode = decode = count = cheat


class Small:
    add = encode = decode = small
    count = length


softmax = second
row_sums = row_sums_
first_half = length
demean = unit = small
predict = cheat
cipher = lambda *a: Small()
tally = lambda *a: Cheat()
