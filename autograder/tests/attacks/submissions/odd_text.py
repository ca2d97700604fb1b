"""
tries = "surrogates, NUL and right-to-left marks in strings, keys and names"
category = "results"
"""


# %% extra
def cheat(*_):
    return ["\ud800", "\x00\u202e", {"\udfff": 1}]


Cheat = type("\u202eevil", (), {"add": cheat, "count": cheat, "encode": cheat, "decode": cheat})
softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
