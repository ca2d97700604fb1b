"""
tries = "allocate all memory in each call"
impatient = true
category = "neighbours"
"""


# %% extra
def cheat(*_):
    hold = []
    while True:
        hold.append(bytearray(b"x") * 10**7)


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
