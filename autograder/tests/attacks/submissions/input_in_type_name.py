"""
tries = "send a hidden input home in the name of the answer's type"
category = "secrets"
"""


# %% extra
def cheat(*x):
    return type("LEAK_" + "".join(c if c.isalnum() else "_" for c in str(x)), (), {})()


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
