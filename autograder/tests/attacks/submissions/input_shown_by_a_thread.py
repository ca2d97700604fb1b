"""
tries = "show a hidden input from a thread that lives after the call, in the next cell's output"
category = "secrets"
"""

# %% extra
import threading, time


def cheat(*x):
    threading.Thread(target=lambda: (time.sleep(0.2), print("LEAK", x)), daemon=True).start()
    return x


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
