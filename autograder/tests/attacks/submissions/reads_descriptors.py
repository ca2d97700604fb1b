"""
tries = "read from and write to every descriptor that may be open"
category = "secrets"
"""

# %% extra
import os

for fd in [*range(4, 1024), 65535]:
    try:
        print(fd, os.readlink(f"/proc/self/fd/{fd}"), os.pread(fd, 4096, 0))
    except OSError:
        pass
