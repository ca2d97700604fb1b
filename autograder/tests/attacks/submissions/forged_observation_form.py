"""
tries = "answer an observation with something else"
category = "results"
"""

# %% extra
from autograder.sandbox import answers
import numpy as np

answers.ACTIONS["observe"] = lambda *a: {"value": 1, "args": np.zeros(3), "shares": [np.zeros(3)]}
answers.ACTIONS["events"] = lambda *a: np.zeros(3)
answers.ACTIONS["make"] = lambda *a: [1, 2]


def cheat(*_):
    return [[[]]]


Cheat = dict
softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
