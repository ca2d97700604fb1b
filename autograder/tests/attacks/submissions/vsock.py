"""
tries = "talk to the machine that hosts this one"
category = "neighbours"
"""

# %% extra
import socket

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        socket.socket(socket.AF_VSOCK, kind)
        print("LEAK")
    except OSError as e:
        print(e)
