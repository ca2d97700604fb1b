"""
tries = "a notebook of 48 MB that is 24 million empty lists once it is read"
category = "files"
"""

# %% folder
path.write_bytes(b'{"cells": [' + b"{}," * 16_000_000 + b"{}]}")
