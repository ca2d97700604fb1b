"""
tries = "change the host's name, time, priority, locale, terminal, and what the machine tells about itself"
category = "neighbours"
"""

# %% extra
import ctypes, os, socket, subprocess, time

before = socket.gethostname()
for way in (
    lambda: socket.sethostname("pwned"),
    lambda: time.clock_settime(time.CLOCK_REALTIME, 0),
    lambda: os.nice(-20),
    lambda: os.setpriority(os.PRIO_USER, 0, -20),
    lambda: open("/proc/self/oom_score_adj", "w").write("-1000"),
    lambda: open("/proc/sys/kernel/hostname", "w").write("pwned"),
    lambda: open("/proc/sys/kernel/core_pattern", "w").write("|/tmp/pwned"),
    lambda: open("/proc/sys/vm/drop_caches", "w").write("3"),
    lambda: open("/proc/sysrq-trigger", "w").write("b"),
    lambda: open("/proc/1/oom_score_adj", "w").write("-1000"),
    lambda: open("/proc/self/autogroup", "w").write("-20"),
    lambda: open("/sys/power/state", "w").write("mem"),
    lambda: os.sync() or os.reboot,
):
    try:
        way()
    except (OSError, AttributeError):
        pass
print("LEAK" if socket.gethostname() != before or os.getpriority(os.PRIO_PROCESS, 0) < 0 or int(open("/proc/self/oom_score_adj").read()) < 0 else "none")
