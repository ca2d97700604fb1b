"""
tries = "forty megabytes of metadata and attachments, and keys that come a thousand times"
category = "files"
beside_honest_work = true
earns = 20
"""

# %% notebook
notebook["metadata"] |= {"x" * 1000 + str(n): "y" * 1000 for n in range(5_000)}
notebook["cells"][0]["attachments"] = {f"{n}.png": {"image/png": "A" * (1 << 20)} for n in range(30)}

# %% folder
text = path.read_text()
path.write_text(text[:-1] + ', "nbformat": 4' * 1000 + ', "cells": []' * 0 + "}")
