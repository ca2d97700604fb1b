"""
tries = "__del__, atexit, signal handlers and threads that never end"
category = "neighbours"
"""

# %% extra
import atexit, threading, time, signal, sys


class Hang:
    def __del__(self):
        while True:
            time.sleep(1)


atexit.register(lambda: time.sleep(1000))
signal.signal(signal.SIGTERM, lambda *_: time.sleep(1000))
threading.Thread(target=time.sleep, args=(1000,)).start()
hang = Hang()
sys.hang = hang
