"""
tries = "raise limits, lower niceness, protect from the memory killer, lock memory"
category = "neighbours"
"""

# %% extra
import os, resource

for kind in (
    resource.RLIMIT_DATA,
    resource.RLIMIT_NPROC,
    resource.RLIMIT_FSIZE,
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_CPU,
):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY,) * 2)
        print("LEAK", kind)
    except (ValueError, OSError):
        pass
try:
    os.nice(-5)
    print("LEAK nice")
except OSError:
    pass
try:
    open("/proc/self/oom_score_adj", "wb", 0).write(b"-1")
    print("LEAK oom")
except OSError:
    pass
try:
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))
    print("LEAK sched")
except OSError:
    pass
