"""
tries = "put a sparse file of a terabyte and 19 MB of zeros, more than the sandbox holds, beside honest work"
category = "files"
beside_honest_work = true
earns = 20
seconds = 10
"""

# %% folder
import os
for name, size in (("a.bin", 1 << 40), ("b.bin", 11 << 20), ("c.bin", 8 << 20)):
    (folder / name).touch()
    os.truncate(folder / name, size)
