"""
tries = "a thousand arrays that claim the same bytes"
category = "results"
"""

# %% extra
import struct, msgspec
from autograder.sandbox import answers

ext = msgspec.msgpack.Ext


def body(value, arrays=b""):
    data = msgspec.msgpack.encode(value)
    return struct.pack("!I", len(data)) + data + arrays


head = ext(1, msgspec.msgpack.encode(["tensor", "uint8", [4_000_000], [1], False]))
DATA = body(ext(3, msgspec.msgpack.encode([head] * 1000)), bytes(4_000_000))

answers.encode = lambda value: DATA


def cheat(*_, **__):
    return 0


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
