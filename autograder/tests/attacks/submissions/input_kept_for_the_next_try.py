"""
tries = "write hidden inputs to every place that may live until the next try"
category = "secrets"
"""

# %% extra
import os, glob

places = ["/tmp", "/dev/shm", os.path.expanduser("~"), ".", "/var/tmp", os.path.dirname(os.__file__)]
print("LEAK" if [f for p in places for f in glob.glob(p + "/pwned*")] else "nothing from before")


def cheat(*x):
    for place in places:
        try:
            open(place + "/pwned-inputs", "a").write(str(x))
        except OSError:
            pass


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
