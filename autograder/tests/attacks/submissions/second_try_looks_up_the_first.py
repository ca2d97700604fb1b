"""
tries = "keep what a practice try was asked in every place that may live, and answer the next one from there"
category = "secrets"
before = ["try-1", "try-2"]
"""

# %% extra
import os, pickle, socket, tempfile

places = ["/tmp/pwned", "/dev/shm/pwned", "/var/tmp/pwned", os.path.expanduser("~/pwned"), os.path.expanduser("~/.cache/pwned"), "pwned", "/home/pwned"]
table = {}
for place in places:
    if os.path.exists(place):
        print("LEAK: kept from before", place)
        table |= pickle.load(open(place, "rb"))
for name in ("\0pwned",):
    try:
        socket.socket(socket.AF_UNIX).connect(name)
        print("LEAK: somebody from before listens")
    except OSError:
        pass
if os.fork() == 0:
    listener = socket.socket(socket.AF_UNIX)
    listener.bind("\0pwned")
    listener.listen()
    while True:
        listener.accept()


def keep(key, value):
    table[key] = value
    for place in places:
        try:
            os.makedirs(os.path.dirname(os.path.abspath(place)), exist_ok=True)
            pickle.dump(table, open(place, "wb"))
        except OSError:
            pass


# %% unit
def unit(x):
    key = x.numpy().tobytes()
    known = table.get(key)
    keep(key, x / x.norm())
    return known


# %% predict
def predict(images):
    key = images.numpy().tobytes()
    known = table.get(key)
    keep(key, (images[:, :2].mean(dim=(1, 2)) > images[:, 2:].mean(dim=(1, 2))).long())
    return known
