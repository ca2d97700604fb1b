"""
tries = "open descriptors without end"
category = "neighbours"
"""

# %% extra
import os

try:
    while True:
        os.pipe()
except OSError as e:
    print(e)
