"""What a program inside can reach of the kernel and of its neighbours when it tries."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from collections.abc import Callable
from typing import Any

import pytest

from autograder.sandbox import kernel, syscalls

pytestmark = pytest.mark.sandbox
Inside = Callable[..., Any]

NUMBERS = range(512)
"""Beyond any call that a kernel knows, so that new ones are refused too."""
TRACING = {335, 336} if platform.machine() == "x86_64" else set()
"""uretprobe and uprobe: new kernels let them pass every filter, and refuse them where nobody traces."""
X32 = 0x40000000
MUST_BE_REFUSED = {
    *("ptrace", "mount", "unshare", "setns", "keyctl", "add_key", "request_key", "bpf", "userfaultfd"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "perf_event_open", "process_vm_readv"),
    *("process_vm_writev", "pidfd_getfd", "open_by_handle_at", "kexec_load", "init_module", "finit_module"),
    *("move_mount", "fsopen", "open_tree", "mount_setattr", "pivot_root", "chroot", "personality", "seccomp"),
}
TRY = """
import ctypes, errno, fcntl, os, resource, signal, socket, stat
libc = ctypes.CDLL(None, use_errno=True)
def call(*arguments):
    kinds = (ctypes.c_char_p if isinstance(a, bytes) else ctypes.c_long for a in arguments)
    ctypes.set_errno(0)
    done = libc.syscall(*(kind(a) for kind, a in zip(kinds, arguments)))
    return 0 if done >= 0 else ctypes.get_errno()
def tried(function, *arguments):
    try:
        function(*arguments)
    except OSError as error:
        return error.errno
    return 0
"""


def number(name: str) -> int:
    """Return the number of a system call here, negative where there is none."""
    found: int = ctypes.CDLL("libseccomp.so.2").seccomp_syscall_resolve_name(name.encode())
    return found


def test_every_other_call_is_refused(inside: Inside) -> None:
    """Each number that is on no list, known to this kernel or not, is answered by the filter, not by the kernel."""
    known = {number(name) for name in (*syscalls.ALLOWED, *syscalls.IDLE, *(rule[0] for rule in syscalls.FILTERED))}
    others = sorted(set(NUMBERS) - known - TRACING)
    answers = dict(
        zip(others, inside(f"{TRY}result = [call(n, -1, -1, -1, -1, -1, -1) for n in {others}]"), strict=True)
    )
    refused = {number(name) for name in syscalls.REFUSED}
    assert {n: said for n, said in answers.items() if said != (errno.EPERM if n in refused else errno.ENOSYS)} == {}
    assert set(syscalls.REFUSED) >= MUST_BE_REFUSED
    assert "memfd_create" in syscalls.ALLOWED  # CUDA needs it
    assert not set(syscalls.REFUSED) & set(syscalls.ALLOWED)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other processors have no such table")
def test_other_table_ends_the_process(inside: Inside) -> None:
    """A call by the numbers of x32, which a list of numbers would not know, is the last one of its process."""
    code = f"""{TRY}
pid = os.fork()
if pid == 0:
    libc.syscall(ctypes.c_long({X32 + 39}))
    os._exit(0)
result = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
"""
    assert inside(code) == -31  # SIGSYS


def test_bits_that_the_kernel_ignores(inside: Inside) -> None:
    """Arguments are looked at as the kernel looks at them: a bit above an int opens nothing."""
    high = 1 << 32
    calls = {
        "socket": (41, high + 38, 5, 0),
        "ioctl": (16, 0, high + 0x5412, 0),
        "fcntl": (72, 0, high + 1024, 1),
        "prctl": (157, high + 35, 1, 0, 0, 0),
        "setsockopt": (54, 0, high + 1, high + 26, 0, 0),
    }
    calls = {name: (number(name), *arguments[1:]) for name, arguments in calls.items()}
    assert inside(f"{TRY}result = [call(*a) for a in {list(calls.values())}]") == [errno.ENOSYS] * len(calls)
    code = f"{TRY}r = [call({number('clone')}, {high + kernel.CLONE_NEWUSER + 17}, 0, 0, 0, 0)]\nresult = r"
    assert inside(code) == [errno.ENOSYS]


def test_proc_cannot_be_written(inside: Inside) -> None:
    """Not even what is a process's own: niceness of a session, maps, limits of the machine."""
    code = f"""{TRY}
result = []
for folder, _, names in os.walk('/proc/self'):
    for name in names:
        path = os.path.join(folder, name)
        if '/fd/' not in path and '/map_files' not in path and tried(os.open, path, os.O_WRONLY) == 0:
            result.append(path)
for name in ('kernel/hostname', 'kernel/core_pattern', 'user/max_user_namespaces', 'fs/mqueue/msg_max'):
    if tried(os.open, '/proc/sys/' + name, os.O_WRONLY) == 0:
        result.append(name)
"""
    assert inside(code) == []


def test_rights_that_are_not_had(inside: Inside) -> None:
    """No device, owner, priority, limit, lease or namespace is gained; a set-uid bit of one's own is worth nothing."""
    code = f"""{TRY}
open('/tmp/x', 'w').close()
spaces = [os.open('/proc/self/ns/' + name, os.O_RDONLY) for name in os.listdir('/proc/self/ns')]
result = {{
    'device': tried(os.mknod, '/tmp/d', stat.S_IFCHR | 0o666, os.makedev(1, 1)),
    'disk': tried(os.mknod, '/tmp/b', stat.S_IFBLK | 0o666, os.makedev(8, 0)),
    'owner': tried(os.chown, '/tmp/x', 0, 0),
    'root': tried(os.setuid, 0),
    'realtime': tried(os.sched_setscheduler, 0, os.SCHED_FIFO, os.sched_param(1)),
    'nice': tried(os.nice, -1),
    'limit': tried(resource.prlimit, 1, resource.RLIMIT_CPU, (10**6, 10**6)),
    'lease': tried(fcntl.fcntl, os.open('/etc/passwd', 0), 1024, fcntl.F_RDLCK),
    'notice': tried(fcntl.fcntl, os.open('/tmp', 0), 1026, 1),
    'raw': tried(socket.socket, socket.AF_INET, socket.SOCK_RAW, 1),
    'kernel messages': tried(socket.socket, socket.AF_NETLINK, socket.SOCK_DGRAM, 15),
    'outside': tried(os.kill, 2, 0),
    'spaces': min(call({number("setns")}, space, 0) for space in spaces),
}}
"""
    assert {name for name, said in inside(code).items() if said == 0} == set()


def test_files_are_counted(inside: Inside) -> None:
    """A folder is full when its bytes or its files are, whichever comes first, empty files too."""
    code = f"""{TRY}
def fill():
    for n in range(30_000):
        os.close(os.open(f'/tmp/{{n}}', os.O_CREAT | os.O_WRONLY))
made = tried(fill), len(os.listdir('/tmp')) < 20_000
result = [*made, tried(os.setxattr, '/dev/shm', 'user.x', b'x' * 60_000) != 0]
"""
    assert inside(code) == [errno.ENOSPC, True, True]


FLOOD = """
import array
held, null = [], os.open('/dev/null', os.O_RDONLY)
def flood():
    while True:
        held.append(socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))
        for _ in range(9):
            held[-1][0].sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [null] * 253))])
result = tried(flood)
"""
SEND_ONE = """
import array
a, b = socket.socketpair()
result = tried(a.sendmsg, [b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [0]))])
"""
PIPES = """
def pipes():
    while True:
        os.pipe()
ready, other = os.pipe()
for _ in range(3):
    if os.fork() == 0:
        tried(pipes)
        os.write(other, b'x')
        signal.pause()
result = sum(len(os.read(ready, 1)) for _ in range(3))
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="whoever is not root has one uid for all submissions")
def test_neighbour_keeps_its_share(neighbours: tuple[Inside, Inside]) -> None:
    """Descriptors under way and pipes are counted by uid; a neighbour's are another's."""
    attacker, neighbour = neighbours
    assert attacker(TRY + FLOOD) == errno.ETOOMANYREFS
    assert attacker(TRY + SEND_ONE) == errno.ETOOMANYREFS
    assert neighbour(TRY + SEND_ONE) == 0
    assert attacker(TRY + PIPES) == 3
    assert neighbour(f"{TRY}r, w = os.pipe(); result = fcntl.fcntl(w, fcntl.F_GETPIPE_SZ)") == 65536
