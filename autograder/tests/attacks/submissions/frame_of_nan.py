"""
tries = "NaN, infinity and negative zero wherever a number may stand"
category = "results"
"""

# %% extra
import struct, msgspec
from autograder.sandbox import answers

ext = msgspec.msgpack.Ext


def body(value, arrays=b""):
    data = msgspec.msgpack.encode(value)
    return struct.pack("!I", len(data)) + data + arrays


head = msgspec.msgpack.encode(["tensor", "float32", [4, 6], [6, 1], False])
DATA = body(ext(1, head), struct.pack("<24f", *([float("nan"), float("inf"), -0.0] * 8)))

answers.encode = lambda value: DATA


def cheat(*_, **__):
    return 0


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
