"""The few Linux calls that Python's library lacks, by ctypes: namespaces, mounts, capabilities, seccomp.

Each raises OSError with the name of the call, so that a missing layer can be named to the person who must provide it.
"""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import os
import platform
import struct
from functools import lru_cache
from pathlib import Path

__all__ = [
    "CLONE_ALL",
    "drop_capabilities",
    "filter_program",
    "install_filter",
    "mount",
    "mount_private",
    "pivot_root",
    "read_only",
    "set_no_new_privileges",
    "unshare",
    "writable",
    "write_id_maps",
]

CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = (
    *(0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000),
)
CLONE_ALL = CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET
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

# Refused to student code with EPERM: each either reaches other processes or the kernel's less walked paths, and no
# course work needs one. clone3 answers ENOSYS, so that the C library falls back to clone, whose flags can be filtered.
REFUSED_CALLS = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "kcmp", "pidfd_getfd"),
    *("mount", "umount2", "pivot_root", "chroot", "mount_setattr", "move_mount", "open_tree", "fsopen", "fsmount"),
    *("fsconfig", "fspick", "unshare", "setns", "open_by_handle_at", "name_to_handle_at", "quotactl", "swapon"),
    *("keyctl", "add_key", "request_key", "bpf", "userfaultfd", "perf_event_open", "fanotify_init"),
    *("io_uring_setup", "io_uring_enter", "io_uring_register", "kexec_load", "kexec_file_load", "init_module"),
    *("finit_module", "delete_module", "reboot", "acct", "iopl", "ioperm", "personality", "syslog", "settimeofday"),
    *("clock_settime", "sethostname", "setdomainname", "lookup_dcookie", "vhangup", "modify_ldt"),
)
ERRNO_EPERM, ERRNO_ENOSYS, ERRNO_EAFNOSUPPORT = 1, 38, 97
SCMP_ACT_ALLOW = 0x7FFF0000
SCMP_CMP_EQ, SCMP_CMP_GT, SCMP_CMP_MASKED_EQ = 4, 6, 7
# unix, inet, inet6 and netlink stay; the others either leave the net namespace (vsock reaches the machine that hosts
# this one) or are the kernel's less walked paths
LAST_FAMILY = 16
REFUSED_FAMILIES = (*range(3, 10), *range(11, 16))

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, call: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{call}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Give this process (and, for pids, its children) new namespaces."""
    _check(libc.unshare(flags), "unshare")


def write_id_maps(uid_map: str, gid_map: str, pid: int | str = "self") -> None:
    """Write the id maps of the user namespace of process `pid`."""
    folder = Path("/proc") / str(pid)
    with contextlib.suppress(OSError):  # refused to root of the parent namespace, and not needed there
        (folder / "setgroups").write_text("deny")
    (folder / "uid_map").write_text(uid_map)
    (folder / "gid_map").write_text(gid_map)


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
    name = ctypes.util.find_library("seccomp") or "libseccomp.so.2"
    library = ctypes.CDLL(name)
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_rule_add_array.argtypes = (
        *(ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p),
    )
    library.seccomp_export_bpf.argtypes = (ctypes.c_void_p, ctypes.c_int)
    context = library.seccomp_init(SCMP_ACT_ALLOW)
    for call in REFUSED_CALLS:
        _add_rule(library, context, call, ERRNO_EPERM)
    _add_rule(library, context, "clone3", ERRNO_ENOSYS)
    namespaces = _Compare(0, SCMP_CMP_MASKED_EQ, CLONE_NEWUSER, CLONE_NEWUSER)
    _add_rule(library, context, "clone", ERRNO_EPERM, namespaces)
    _add_rule(library, context, "socket", ERRNO_EAFNOSUPPORT, _Compare(0, SCMP_CMP_GT, LAST_FAMILY, 0))
    for family in REFUSED_FAMILIES:
        _add_rule(library, context, "socket", ERRNO_EAFNOSUPPORT, _Compare(0, SCMP_CMP_EQ, family, 0))
    descriptor = os.memfd_create("filter")
    with os.fdopen(descriptor, "w+b") as file:
        library.seccomp_export_bpf(context, descriptor)
        file.seek(0)
        return file.read()


def _add_rule(library: ctypes.CDLL, context: int, call: str, errno: int, compare: _Compare | None = None) -> None:
    number = library.seccomp_syscall_resolve_name(call.encode())
    if number < 0:
        return  # this architecture has no such call
    pointer = ctypes.byref(compare) if compare is not None else None
    action = 0x00050000 | errno
    if library.seccomp_rule_add_array(context, action, number, 1 if compare is not None else 0, pointer) != 0:
        raise OSError(errno, f"seccomp rule for {call}")


def install_filter(program: bytes) -> None:
    """Filter this process's system calls, and its children's, from now on."""
    buffer = ctypes.create_string_buffer(program, len(program))
    block = struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer))
    _check(libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, block, 0, 0), "prctl seccomp")
