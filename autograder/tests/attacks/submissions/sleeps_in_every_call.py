"""
tries = "sleep just short of each limit, in each call"
category = "neighbours"
impatient = true
"""

# %% extra
import time


def cheat(*_):
    time.sleep(1.1)


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
