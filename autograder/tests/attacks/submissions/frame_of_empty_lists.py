"""
tries = "eight million empty lists in one answer"
impatient = true
category = "results"
"""

# %% extra
import struct, msgspec
from autograder.sandbox import answers

ext = msgspec.msgpack.Ext


def body(value, arrays=b""):
    data = msgspec.msgpack.encode(value)
    return struct.pack("!I", len(data)) + data + arrays


n = 2_600_000
DATA = body(ext(3, b"\xdd" + struct.pack("!I", n) + b"\xd4\x03\x90" * n))

answers.encode = lambda value: DATA


def cheat(*_, **__):
    return 0


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
