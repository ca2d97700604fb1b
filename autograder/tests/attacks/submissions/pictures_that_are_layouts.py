"""
tries = "forge pictures as arrays: wrong ranks, dtypes, strides, sizes of nothing and of everything"
category = "pages"
"""

# %% extra
import numpy as np
from autograder.sandbox import shell
from autograder.sandbox.messages import Display
from autograder.sandbox.values import encode

for array in (np.zeros((0, 5, 3), np.uint8), np.zeros((5, 5), np.uint8), np.zeros((5, 5, 4), np.uint8), np.zeros((5, 5, 3)), np.zeros((1, 700_000, 3), np.uint8), np.zeros((5, 5, 3), np.int8), np.full((5, 5, 3), np.nan), np.zeros((2048, 1, 3), np.uint8)[:, ::1], np.zeros((64, 64, 3), np.uint8).transpose(1, 0, 2)):
    shell.OUTPUT.displays.append(Display("picture", pixels=encode(array)))
for junk in (b"", b"\xff" * 100, encode("LEAK"), encode([1]), encode(None), b"\x00\x00\x00\x01\xc0" + b"x" * 1000):
    shell.OUTPUT.displays.append(Display("picture", "LEAK"[:0], pixels=junk))
