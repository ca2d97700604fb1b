"""
tries = "announce more than is sent, then go on"
category = "results"
impatient = true
"""

# %% extra
import os, socket, struct


def frame(payload, nonce=bytes(16), length=None):
    return struct.pack("!I16s", len(payload) if length is None else length, nonce) + payload


os.write(3, frame(b"begin", length=50))
