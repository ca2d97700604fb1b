"""
tries = "make namespaces, mount, chroot and pivot"
category = "neighbours"
"""

# %% extra
import ctypes, os

libc = ctypes.CDLL(None, use_errno=True)
for name, args in {
    "unshare": (272, 0x10000000),
    "mount": (165, b"none", b"/tmp", b"tmpfs", 0, 0),
    "umount2": (166, b"/tmp", 2),
    "pivot_root": (155, b".", b"."),
    "chroot": (161, b"/tmp"),
    "setns": (308, 3, 0),
    "open_tree": (428, -100, b"/", 1),
    "clone": (56, 0x10000000 | 17, 0, 0, 0, 0),
    "move_mount": (429, 0, b"", 0, b"", 0),
    "fsopen": (430, b"tmpfs", 0),
}.items():
    args = [ctypes.c_char_p(a) if isinstance(a, bytes) else ctypes.c_long(a) for a in args]
    result = libc.syscall(*args)
    if result == 0 and name == "clone":
        os._exit(0)
    print("LEAK" if result >= 0 else "denied", name)
