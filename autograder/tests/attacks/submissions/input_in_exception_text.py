"""
tries = "send a hidden input home in an exception's text"
category = "secrets"
"""


# %% extra
def cheat(*x):
    raise ValueError(f"LEAK {x}")


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
