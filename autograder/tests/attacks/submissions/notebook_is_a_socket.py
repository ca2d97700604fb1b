"""
tries = "hand in a socket"
category = "files"
seconds = 5
"""

# %% folder
import os, socket
path.unlink()
os.chdir(folder)
socket.socket(socket.AF_UNIX).bind(path.name)
os.chdir("/")
