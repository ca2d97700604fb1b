"""
tries = "a call into C that no signal reaches"
category = "neighbours"
impatient = true
"""

# %% extra
import itertools


def cheat(*_):
    return sum(itertools.repeat(1))


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
