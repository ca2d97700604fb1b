"""
tries = "fill anonymous shared memory, memfds, /dev/shm and children"
category = "neighbours"
seconds = 30
"""

# %% extra
import mmap, os

hold = []
for _ in range(100):
    try:
        m = mmap.mmap(-1, 50 << 20)
        m.write(b"x" * (50 << 20))
        hold.append(m)
    except OSError as e:
        break
