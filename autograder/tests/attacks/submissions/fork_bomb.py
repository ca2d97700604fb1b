"""
tries = "fork without end"
category = "neighbours"
seconds = 30
"""

# %% extra
import os

n = 0
while True:
    try:
        if os.fork() == 0:
            while True:
                try:
                    os.fork()
                except OSError:
                    import time

                    time.sleep(1)
        n += 1
    except OSError:
        break
print(n)
