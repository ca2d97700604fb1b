"""
tries = "trace, read and take descriptors from other processes"
category = "neighbours"
"""

# %% extra
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
child = os.fork()
if child == 0:
    import time

    time.sleep(5)
    os._exit(0)
calls = {
    "ptrace": (101, 16, child, 0, 0),
    "process_vm_readv": (310, child, 0, 0, 0, 0, 0),
    "pidfd_getfd": (438, 3, 0, 0),
    "kcmp": (312, 1, child, 0, 0, 0),
}
for name, args in calls.items():
    result = libc.syscall(*map(ctypes.c_long, args))
    print("LEAK" if result >= 0 or ctypes.get_errno() != 1 else "denied", name)
os.kill(child, 9)
