"""
tries = "use up pipe memory, pending signals, POSIX timers, eventfds, epoll sets and locks, which the kernel counts by user"
category = "neighbours"
beside_honest_work = true
earns = 20
"""

# %% extra
import ctypes, fcntl, os, select, signal

kept = []
libc = ctypes.CDLL(None)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)


def repeat(step):
    try:
        for _ in range(300):
            step()
    except OSError as error:
        print(error)


def pipe():
    ends = os.pipe()
    kept.extend(ends)
    fcntl.fcntl(ends[1], 1031, 1 << 20)
    os.set_blocking(ends[1], False)
    os.write(ends[1], bytes(1 << 20))


def timer():
    if libc.timer_create(1, None, ctypes.byref(ctypes.c_void_p())) < 0:
        raise OSError("timer")


def epoll():
    made = select.epoll()
    kept.append(made)
    for descriptor in range(3, 50):
        try:
            made.register(descriptor)
        except OSError:
            pass


repeat(pipe)
repeat(timer)
repeat(epoll)
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
value = (ctypes.c_char * 8)()
for _ in range(20_000):
    if libc.sigqueue(os.getpid(), int(signal.SIGRTMIN), value) < 0:
        break
for item in kept[20:]:
    os.close(item) if isinstance(item, int) else item.close()
