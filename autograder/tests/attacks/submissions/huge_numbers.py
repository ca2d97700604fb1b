"""
tries = "integers of a million digits, complex and object arrays"
category = "results"
"""

# %% extra
import numpy as np


def cheat(*_):
    return [10**6000, -(2**70), 1j, True]


class Cheat:
    add = lambda self, x: None

    def count(self, w):
        return 2**200

    def encode(self, n):
        return [2**100] * len(n)

    def decode(self, n):
        return np.array([object()] * 3)


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
