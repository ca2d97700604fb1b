"""
tries = "close, replace, shut down and send away the socket that answers are sent over"
category = "results"
impatient = true
"""

# %% extra
import array, os, socket

ours = socket.socket(fileno=os.dup(3))
a, b = socket.socketpair()
ours.sendmsg([b"\x00"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [3]))])
ours.shutdown(socket.SHUT_RD)
os.dup2(a.fileno(), 3)
os.closerange(0, 3)
