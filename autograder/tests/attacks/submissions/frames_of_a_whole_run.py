"""
tries = "forge the end of every cell and of the run"
category = "results"
"""

# %% extra
import os, socket, struct


def frame(payload, nonce=bytes(16), length=None):
    return struct.pack("!I16s", len(payload) if length is None else length, nonce) + payload


import msgspec

for name in ("imports", "softmax", "extra-001", "softmax_seen"):
    done = msgspec.msgpack.encode({"id": name, "status": "passed", "displays": [], "cpu_seconds": -1e308})
    os.write(3, frame(b"done" + done) + frame(b"begin" + name.encode()))
os.write(3, frame(b"end"))
os._exit(0)
