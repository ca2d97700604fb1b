"""
tries = "allocate all memory at once and bit by bit"
category = "neighbours"
"""

# %% extra
import numpy as np

try:
    np.ones(10**12)
except MemoryError as e:
    print(e)
hold = []
while True:
    hold.append(bytearray(b"x") * 10**7)
