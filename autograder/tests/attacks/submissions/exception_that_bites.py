"""
tries = "raise exceptions whose text, type and traceback raise again"
category = "results"
"""


# %% extra
class Bite(BaseException):
    def __str__(self):
        raise self

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise self

    @property
    def __class__(self):
        raise self


def cheat(*_):
    raise Bite


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
raise Bite
