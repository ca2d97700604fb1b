"""
tries = "reach the kernel by keyctl, bpf, userfaultfd, io_uring, perf and modules"
category = "neighbours"
"""

# %% extra
import ctypes

libc = ctypes.CDLL(None, use_errno=True)
for name, number in {
    "keyctl": 250,
    "add_key": 248,
    "bpf": 321,
    "userfaultfd": 323,
    "io_uring_setup": 425,
    "perf_event_open": 298,
    "init_module": 175,
    "kexec_load": 246,
    "fanotify_init": 300,
    "reboot": 169,
    "settimeofday": 164,
    "sethostname": 170,
}.items():
    print("LEAK" if libc.syscall(number, 0, 0, 0, 0, 0) >= 0 or ctypes.get_errno() != 1 else "denied", name)
