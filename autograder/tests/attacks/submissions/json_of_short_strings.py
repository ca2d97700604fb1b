"""
tries = "a notebook of 48 MB that is ten million short strings once it is read"
category = "files"
"""

# %% folder
path.write_bytes(b'{"cells": [' + b'"ab",' * 9_600_000 + b'"ab"]}')
