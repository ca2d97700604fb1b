"""
tries = "pass every descriptor of the worker, its own end of the channel too, over the channel and to a child"
category = "neighbours"
impatient = true
"""

# %% extra
import array, os, socket

channel = socket.socket(fileno=os.dup(3))
for _ in range(200):
    try:
        channel.sendmsg([b"\x00"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [3] * 200))], socket.MSG_DONTWAIT)
    except OSError as error:
        print(error)
        break
a, b = socket.socketpair()
for _ in range(20):
    a.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [a.fileno(), b.fileno()]))])
a.close()
b.close()
