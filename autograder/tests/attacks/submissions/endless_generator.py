"""
tries = "a generator that never ends, and one that returns itself"
category = "results"
"""

# %% extra
import itertools


def cheat(*_):
    return itertools.count()


class Cheat:
    add = encode = decode = count = lambda self, x: iter(lambda: 1, 2)


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
