"""
tries = "answer with handles and slots to other objects"
category = "results"
"""

# %% extra
from autograder.sandbox import answers
from autograder.sandbox.values import Handle, Slot


def cheat(*_):
    return Handle(1, "tally")


class Cheat:
    add = encode = decode = lambda self, x: Slot(0)

    def count(self, w):
        return Handle(-1, "x" * 10**6)


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
