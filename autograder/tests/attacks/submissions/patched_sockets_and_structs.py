"""
tries = "sockets, struct, msgspec and os.urandom that say what the attacker likes, for trusted code that might share them"
category = "results"
"""

# %% extra
import hashlib, hmac, os, random, secrets, socket, struct

os.urandom = lambda n: bytes(n)
secrets.token_bytes = lambda n=16: bytes(n)
random.seed(0)
hmac.compare_digest = lambda a, b: True
hashlib.sha256 = hashlib.md5
struct.Struct.unpack if False else None
import msgspec

msgspec.msgpack.decode = lambda *a, **k: True
