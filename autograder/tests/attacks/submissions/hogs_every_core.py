"""
tries = "thirty processes, each with a session of its own, that leave no core for anybody"
category = "neighbours"
impatient = true
beside_honest_work = true
"""

# %% extra
import os, signal, time


def taken(*_):
    print("LEAK: more cores, or more shares of one")


signal.signal(signal.SIGUSR1, taken)
mine, session = os.sched_getaffinity(0), os.getsid(0)
for _ in range(28):
    if os.fork() == 0:
        try:
            os.setsid()
            os.sched_setaffinity(0, range(os.cpu_count()))
        except OSError:
            pass
        if os.getsid(0) != session or os.sched_getaffinity(0) != mine:
            os.kill(os.getppid(), signal.SIGUSR1)
        while True:
            pass
time.sleep(60)
