"""
tries = "announce 2 GB"
category = "results"
"""

# %% extra
import os, struct

os.write(3, struct.pack("!I16s", 2**31, bytes(16)) + b"x" * 1000)
