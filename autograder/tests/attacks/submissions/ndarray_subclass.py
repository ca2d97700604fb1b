"""
tries = "an ndarray subclass whose comparisons and conversions are its own"
category = "results"
"""

# %% extra
import numpy as np


class Yes(np.ndarray):
    def __array_ufunc__(self, *a, **k):
        return np.True_

    def __array_function__(self, *a, **k):
        return True

    def __eq__(self, other):
        return np.True_

    def tobytes(self, *a):
        return b""


def cheat(x=None, *_):
    return np.zeros(np.shape(x)).view(Yes)


class Cheat:
    add = encode = decode = count = lambda self, x: np.zeros(3).view(Yes)


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
