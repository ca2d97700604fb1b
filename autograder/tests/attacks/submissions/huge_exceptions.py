"""
tries = "exceptions with a text of 10 MB, hundreds of bases, notes and a chain of causes without end"
impatient = true
category = "results"
"""

# %% extra
class Huge(Exception):
    def __str__(self):
        return "x" * 10_000_000

    __repr__ = __str__


kinds = [Huge]
for number in range(300):
    kinds = [type("E" * 1000 + str(number), (kinds[0],), {})]


def cheat(*_, **__):
    error = kinds[0]("x")
    for _ in range(1000):
        error.add_note("n" * 1000)
    error.__cause__ = error.__context__ = error
    raise error


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
