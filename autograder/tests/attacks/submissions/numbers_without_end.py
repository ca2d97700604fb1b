"""
tries = "answer with a list of eight million numbers, whatever is asked"
category = "results"
"""

# %% extra
import struct
from autograder.sandbox import answers

n = 8_000_000 - 100
inner = b"\xdd" + struct.pack("!I", n) + b"\x01" * n
body = b"\xc9" + struct.pack("!Ib", len(inner), 3) + inner
DATA = struct.pack("!I", len(body)) + body

answers.encode = lambda value: DATA


def cheat(*_, **__):
    return 0


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
