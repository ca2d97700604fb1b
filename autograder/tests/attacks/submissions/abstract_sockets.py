"""
tries = "find another submission's abstract socket or shared memory"
category = "neighbours"
"""

# %% extra
import socket, os

print([("LEAK", line) for line in open("/proc/net/unix").read().splitlines()[1:] if "@" in line])
print("LEAK" if os.listdir("/dev/shm") else "empty", open("/proc/sysvipc/shm").read().count("\n"))
