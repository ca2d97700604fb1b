"""
tries = "threads without end, that never rest"
category = "neighbours"
impatient = true
"""

# %% extra
import threading


def spin():
    while True:
        pass


try:
    while True:
        threading.Thread(target=spin, daemon=True).start()
except RuntimeError as e:
    print(e)
