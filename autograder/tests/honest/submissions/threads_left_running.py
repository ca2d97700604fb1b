"""
note = "a thread, a daemon and a timer that outlive their cell"
"""

# %% extra
import threading, time


def idle():
    while True:
        time.sleep(0.01)


threading.Thread(target=idle, daemon=True).start()
threading.Thread(target=idle).start()
threading.Timer(0.01, lambda: print("tick")).start()
threading.Timer(3600, print).start()
local = threading.local()
lock = threading.Lock()


# %% softmax
def softmax(logits):
    with lock:
        parts = []
        worker = threading.Thread(target=lambda: parts.append(logits.softmax(1)))
        worker.start()
        worker.join()
    return parts[0]
