"""
tries = "return objects that would run code when they are copied or unpickled"
category = "results"
"""

# %% extra
import os


class Evil:
    def __reduce__(self):
        return (os.system, ("touch /tmp/pwned-by-reduce",))

    __reduce_ex__ = lambda self, _: self.__reduce__()

    def __deepcopy__(self, memo):
        os.system("touch /tmp/pwned-by-deepcopy")
        return self


def cheat(*_):
    return Evil()


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
