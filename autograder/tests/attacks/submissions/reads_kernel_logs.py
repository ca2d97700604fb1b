"""
tries = "read what the kernel says of this machine"
category = "secrets"
"""

# %% extra
for name in (
    "/proc/kmsg",
    "/dev/kmsg",
    "/proc/kcore",
    "/dev/mem",
    "/proc/1/mem",
    "/proc/iomem",
    "/proc/keys",
    "/proc/slabinfo",
):
    try:
        data = open(name, "rb").read(64)
        if name != "/proc/keys" and name != "/proc/iomem" and name != "/proc/1/mem":
            print("LEAK", name, data)
    except OSError:
        pass
try:
    open("/proc/sys/kernel/core_pattern", "wb", 0).write(b"|/bin/sh")
    print("LEAK")
except OSError:
    pass
