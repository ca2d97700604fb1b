"""
tries = "recurse without end in calls, reprs and attributes"
category = "results"
"""


# %% extra
class Cheat:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __repr__(self):
        return repr(self)


def cheat(*a):
    return cheat(*a)


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
