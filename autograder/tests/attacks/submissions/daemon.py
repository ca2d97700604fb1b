"""
tries = "leave a daemon that survives everything and answers in the worker's place"
category = "neighbours"
impatient = true
"""

# %% extra
import os, socket, time

if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        while True:
            try:
                socket.recv_fds(socket.socket(fileno=os.dup(3)), 100, 4)
            except OSError:
                time.sleep(0.01)
    os._exit(0)
