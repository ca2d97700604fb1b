"""
tries = "stop every clock and timer that a limit could be measured by, then take for ever"
category = "results"
impatient = true
"""

# %% extra
import signal, time
from autograder.sandbox import answers, shell

for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
    setattr(time, name, lambda: 0.0)
signal.setitimer(signal.ITIMER_PROF, 0)
signal.setitimer(signal.ITIMER_REAL, 0)
signal.setitimer = lambda *a: (0, 0)
for number in (signal.SIGPROF, signal.SIGALRM, signal.SIGXCPU, signal.SIGVTALRM):
    signal.signal(number, signal.SIG_IGN)


def cheat(*_):
    while True:
        pass


softmax = row_sums = first_half = demean = unit = predict = cheat
