"""The few Linux calls that Python's library lacks, by ctypes: namespaces, mounts, capabilities, seccomp.

Each raises OSError with the name of the call, so that a missing layer can be named to the person who must provide it.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import errno
import os
import platform
import struct
from functools import lru_cache
from pathlib import Path

from autograder.sandbox import syscalls
from autograder.sandbox.policy import layer

__all__ = [
    "CLONE_ALL",
    "data_bytes",
    "drop_capabilities",
    "filter_program",
    "install_filter",
    "map_ids",
    "mount",
    "mount_private",
    "new_namespaces",
    "next_child_in_own_pids",
    "pivot_root",
    "read_only",
    "set_no_new_privileges",
    "unshare",
    "writable",
    "write_file",
    "write_id_maps",
]

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    *(0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000),
)
CLONE_ALL = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
NAMES = ("user", "mount", "pid", "net", "ipc", "uts")
NAMESPACES = dict(
    zip(NAMES, (CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWPID, CLONE_NEWNET, CLONE_NEWIPC, CLONE_NEWUTS), strict=True)
)
"""The user's first: it gives the right to make the others."""
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 1, 2, 4, 8, 4096, 16384, 1 << 18
MNT_DETACH = 2
PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 4, 22, 24, 38
PR_SET_PDEATHSIG = 1
SECCOMP_MODE_FILTER = 2
# by architecture: calls that the C library does not wrap
SYS_PIVOT_ROOT, SYS_CAPSET = (41, 91) if platform.machine() == "aarch64" else (155, 126)
SYS_MOUNT_SETATTR = 442
AT_FDCWD, AT_RECURSIVE = -100, 0x8000
CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 63

SCMP_ACT_ALLOW, SCMP_ACT_ERRNO, SCMP_ACT_KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
SCMP_FLTATR_ACT_BADARCH, SCMP_FLTATR_CTL_OPTIMIZE, BINARY_TREE = 2, 8, 2
SCMP_CMP_MASKED_EQ = 7

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Give this process (and, for pids, its children) new namespaces."""
    _check(libc.unshare(flags), "unshare")


def new_namespaces(flags: int = CLONE_ALL) -> None:
    """Unshare all that `flags` says; where that is refused, the error says which namespace it was."""
    try:
        unshare(flags)
    except OSError:
        for name, flag in NAMESPACES.items():
            if flags & flag:
                with layer(f"{name} namespace"):
                    unshare(flag)
        raise


def next_child_in_own_pids(own: int) -> None:
    """Let the next fork's child be the first process of a new pid namespace, though an earlier child was that already.

    `own` is a descriptor of this process's own pid namespace: the kernel makes a new one only where children would
    otherwise live in that.
    """
    with layer("pid namespace"):
        _check(libc.setns(own, CLONE_NEWPID), "setns")
    new_namespaces(CLONE_NEWPID)


def map_ids(uid_map: str, gid_map: str, process: str = "/proc/self") -> None:
    """Write the id maps of the user namespace of the process that has the folder `process`."""
    folder = os.open(process, os.O_PATH)
    try:
        write_id_maps(uid_map, gid_map, folder)
    finally:
        os.close(folder)


def write_id_maps(uid_map: str, gid_map: str, folder: int) -> None:
    """Write the id maps of the user namespace of the process whose folder in /proc is open as `folder`."""
    with contextlib.suppress(OSError):  # refused to root of the parent namespace, and not needed there
        write_file("setgroups", "deny", folder)
    write_file("uid_map", uid_map, folder)
    write_file("gid_map", gid_map, folder)


def write_file(path: str, text: str, folder: int | None = None) -> None:
    """Write to a file of /proc, in a third of the time that Python's own files take after a fork."""
    descriptor = os.open(path, os.O_WRONLY, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def mount(source: str, target: str | Path, kind: str = "", flags: int = 0, data: str = "") -> None:
    """Mount `source` of file system type `kind` at `target`."""
    arguments = (source.encode(), str(target).encode(), kind.encode() or None, flags, data.encode() or None)
    _check(libc.mount(*arguments), f"mount {kind or 'bind'} at {target}")


def mount_private() -> None:
    """Keep this namespace's mounts from reaching any other."""
    _check(libc.mount(b"none", b"/", None, MS_REC | MS_PRIVATE, None), "mount private")


def pivot_root(new: Path) -> None:
    """Make `new`, a mount point, the root and detach the old one."""
    os.chdir(new)
    _check(libc.syscall(SYS_PIVOT_ROOT, b".", b"."), "pivot_root")
    _check(libc.umount2(b".", MNT_DETACH), "umount old root")
    os.chdir("/")


def read_only(target: str | Path) -> None:
    """Make every mount from `target` downwards read-only and nosuid."""
    _set_mount(target, MS_RDONLY | MS_NOSUID, 0, AT_RECURSIVE)


def writable(target: str | Path) -> None:
    """Take `read_only` back for the one mount at `target`."""
    _set_mount(target, 0, MS_RDONLY, 0)


def _set_mount(target: str | Path, add: int, clear: int, flags: int) -> None:
    block = struct.pack("QQQQ", add, clear, 0, 0)
    arguments = (AT_FDCWD, str(target).encode(), flags, block, len(block))
    _check(libc.syscall(SYS_MOUNT_SETATTR, *arguments), f"mount_setattr {target}")


def data_bytes() -> int:
    """Return this process's writable private memory, its stack included."""
    descriptor = os.open("/proc/self/statm", os.O_RDONLY)
    try:
        return int(os.read(descriptor, 200).split()[5]) * os.sysconf("SC_PAGE_SIZE")
    finally:
        os.close(descriptor)


def set_no_new_privileges() -> None:
    """From now on no program that is started can have more rights than this process."""
    _check(libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl no_new_privs")


def set_dumpable() -> None:
    """Let this process, which changed its uid, open its own files in /proc again."""
    _check(libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), "prctl dumpable")


def die_with_parent() -> None:
    """Be killed when the parent ends."""
    _check(libc.prctl(PR_SET_PDEATHSIG, 9, 0, 0, 0), "prctl pdeathsig")


def drop_capabilities() -> None:
    """Give up every capability, the bounding set's too."""
    for capability in range(LAST_CAPABILITY + 1):
        if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0:
            break  # the kernel knows no further ones
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    _check(libc.syscall(SYS_CAPSET, header, bytes(24)), "capset")


class _Compare(ctypes.Structure):
    _fields_ = (("arg", ctypes.c_uint), ("op", ctypes.c_int), ("a", ctypes.c_uint64), ("b", ctypes.c_uint64))


@lru_cache(maxsize=1)
def filter_program() -> bytes:
    """Return the seccomp filter for student code as BPF, made once by libseccomp."""
    library = _libseccomp()
    context = library.seccomp_init(SCMP_ACT_ERRNO | errno.ENOSYS)
    # a call by another of the kernel's tables (32-bit, x32) has other numbers and ends the process
    library.seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS)
    library.seccomp_attr_set(context, SCMP_FLTATR_CTL_OPTIMIZE, BINARY_TREE)
    for call in syscalls.ALLOWED:
        _add_rule(library, context, call, SCMP_ACT_ALLOW)
    for call in syscalls.IDLE:
        _add_rule(library, context, call, SCMP_ACT_ERRNO)
    for call in syscalls.REFUSED:
        _add_rule(library, context, call, SCMP_ACT_ERRNO | errno.EPERM)
    for call, conditions in syscalls.FILTERED:
        _add_rule(library, context, call, SCMP_ACT_ALLOW, conditions)
    descriptor = os.memfd_create("filter")
    with os.fdopen(descriptor, "w+b") as file:
        library.seccomp_export_bpf(context, descriptor)
        library.seccomp_release(context)
        file.seek(0)
        return file.read()


def _libseccomp() -> ctypes.CDLL:
    library = ctypes.CDLL(ctypes.util.find_library("seccomp") or "libseccomp.so.2")
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_release.argtypes = (ctypes.c_void_p,)
    library.seccomp_attr_set.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_uint32)
    library.seccomp_rule_add_array.argtypes = (
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p),
    )
    library.seccomp_export_bpf.argtypes = (ctypes.c_void_p, ctypes.c_int)
    return library


def _add_rule(
    library: ctypes.CDLL, context: int, call: str, action: int, conditions: tuple[syscalls.Equal, ...] = ()
) -> None:
    number = library.seccomp_syscall_resolve_name(call.encode())
    if number < 0:
        return  # this architecture has no such call
    compares = (_Compare * len(conditions))(
        *(_Compare(c.argument, SCMP_CMP_MASKED_EQ, c.mask, c.value) for c in conditions)
    )
    result = library.seccomp_rule_add_array(context, action, number, len(conditions), compares)
    if result != 0:
        raise OSError(-result, f"seccomp rule for {call}")


def install_filter(program: bytes) -> None:
    """Filter this process's system calls, and its children's, from now on."""
    buffer = ctypes.create_string_buffer(program, len(program))
    block = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    _check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, block, 0, 0), "prctl seccomp")
