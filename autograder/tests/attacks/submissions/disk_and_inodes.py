"""
tries = "fill the disk and use every inode"
category = "neighbours"
"""

# %% extra
import os

for place in (".", "/tmp", "/dev/shm"):
    try:
        with open(place + "/pwned-big", "wb") as f:
            while True:
                f.write(b"x" * 2**20)
    except OSError as e:
        print(e)
    try:
        for n in range(10**6):
            open(f"{place}/pwned-{n}", "w").close()
    except OSError as e:
        print(n, e)
