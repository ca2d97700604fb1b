"""
tries = "audit hooks, profilers, tracers and monitors that end whatever the worker does next"
category = "results"
"""

# %% extra
import gc, sys, threading


def bite(*_):
    raise SystemExit(0)


threading.setprofile(bite)
threading.settrace(bite)
gc.callbacks.append(bite)
gc.set_threshold(1)
sys.unraisablehook = sys.excepthook = threading.excepthook = lambda *a: None
sys.addaudithook(lambda event, args: bite() if event in ("socket.__new__", "os.fork", "socket.sendmsg") else None)
sys.setprofile(bite)
