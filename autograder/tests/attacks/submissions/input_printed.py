"""
tries = "print a hidden input, to stdout, stderr, the log, a warning and the terminal"
category = "secrets"
"""

# %% extra
import sys, logging, warnings, os


def cheat(*x):
    print("LEAK", x)
    sys.stderr.write("LEAK")
    logging.warning("LEAK %s", x)
    warnings.warn("LEAK")
    os.system("echo LEAK")
    display("LEAK")
    return x


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
