"""
tries = "find and leave the group that limits memory and processes"
category = "neighbours"
"""

# %% extra
import os

print("LEAK" if os.path.isdir("/sys/fs/cgroup") else "none")
for name in ("cgroup", "uid_map", "gid_map", "setgroups"):
    try:
        open(f"/proc/self/{name}", "wb", 0).write(b"0 0 1")
        print("LEAK", name)
    except OSError as e:
        print(e)
