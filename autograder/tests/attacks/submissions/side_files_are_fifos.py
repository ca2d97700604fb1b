"""
tries = "FIFOs and sockets as side files of honest work"
category = "files"
beside_honest_work = true
earns = 20
seconds = 10
"""

# %% folder
import os, socket
for number in range(50):
    os.mkfifo(folder / f"fifo{number}")
