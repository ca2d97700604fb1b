"""
tries = "a loop that swallows whatever would end it"
category = "neighbours"
impatient = true
"""

# %% extra
import signal

signal.signal(signal.SIGPROF, signal.SIG_IGN)
signal.signal(signal.SIGALRM, signal.SIG_IGN)
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
