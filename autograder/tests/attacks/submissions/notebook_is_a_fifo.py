"""
tries = "hand in a FIFO, which keeps whoever opens it waiting"
category = "files"
seconds = 5
"""

# %% folder
import os
path.unlink()
os.mkfifo(path)
