"""
tries = "raise ValueError for whatever comes"
category = "results"
"""


# %% extra
def cheat(*_):
    raise ValueError


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
