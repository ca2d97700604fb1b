"""
tries = "lift the recursion limit and recurse until the C stack is gone, in a thread too"
impatient = true
category = "results"
"""

# %% extra
import sys, threading

sys.setrecursionlimit(10**9)
threading.stack_size(64 << 10)


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")


def cheat(*_, **__):
    f = lambda n: repr([n]) + f(n + 1)
    return Deep().x if _ else f(0)


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
