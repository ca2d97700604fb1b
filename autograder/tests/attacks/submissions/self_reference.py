"""
tries = "lists and dicts that hold themselves"
category = "results"
"""

# %% extra
a = []
a.append(a)
d = {}
d["d"] = d


def cheat(*_):
    return a


class Cheat:
    add = encode = decode = count = lambda self, x: d


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
