"""
tries = "return the input as the prediction"
category = "learning"
"""


# %% extra
def cheat(x=None):
    return x


class Cheat:
    add = count = encode = decode = lambda self, x: x


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
