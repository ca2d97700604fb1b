"""
tries = "send a hidden input home in the name of an exception's class"
category = "secrets"
"""


# %% extra
def cheat(*x):
    raise type("LEAK_" + "".join(c if c.isalnum() else "_" for c in str(x)), (ValueError,), {})


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
