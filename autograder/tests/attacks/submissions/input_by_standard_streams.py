"""
tries = "write hidden inputs to descriptors 0 to 9, the kernel's log, syslog and the terminal, from C"
category = "secrets"
"""

# %% softmax
import ctypes, os

libc = ctypes.CDLL(None)


def softmax(logits):
    text = b"LEAK " + repr(logits.tolist()).encode() + b"\n"
    for descriptor in range(10):
        if descriptor != 3:
            libc.write(descriptor, text, len(text))
    libc.syslog(3, b"%s", text)
    libc.puts(text)
    libc.fflush(None)
    for name in ("/dev/kmsg", "/dev/tty", "/dev/console", "/dev/log", "/dev/pts/0"):
        try:
            open(name, "wb").write(text)
        except OSError:
            pass
    return logits
