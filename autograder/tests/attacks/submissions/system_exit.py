"""
tries = "sys.exit in a cell and in each call"
category = "results"
"""

# %% extra
import sys


def cheat(*_, **__):
    sys.exit(0)


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
sys.exit(0)
