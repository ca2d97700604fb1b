"""What a submission's first process gives up, right after the fork, before any of its code runs.

The order matters: the other namespaces are made while there still is the right to, the user's comes last and owns none
of them, and system calls are shut off when nothing is left to set up.
"""

from __future__ import annotations

import os
import signal
import socket

from autograder.sandbox import kernel, policy
from autograder.sandbox.limits import Limits, offer_to_memory_killer, set_limits
from autograder.sandbox.root import Base, enter_private, enter_work, keep_within

__all__ = ["STUDENT", "enter", "enter_plain"]

STUDENT = 1000
"""The uid and gid that student code sees as its own."""


def enter(descriptor: int, limits: Limits, base: Base, syscalls: bytes, user: int) -> socket.socket:
    """Close this process in, in every layer, and return its socket: the only way out.

    Args:
        descriptor: the socket's; every other one is closed.
        limits: what the process and its children may use.
        base: the root that the warm process lives in.
        syscalls: the compiled filter of system calls.
        user: the uid that it has in the warm process's namespace; 0 where there is one for all.

    Raises:
        OSError: a layer cannot be had; its name stands in the message.
    """
    os.setsid()  # what the kernel's autogroups share a core out to: thirty busy processes then count as one
    with policy.layer("memory killer's choice"):
        offer_to_memory_killer()
    own = os.open("/proc/self", os.O_PATH)  # in the /proc that can be written to
    kernel.new_namespaces(kernel.CLONE_ALL & ~(kernel.CLONE_NEWPID | kernel.CLONE_NEWUSER))
    enter_private(base, limits.files_bytes)
    _become_student(user, own)
    enter_work()
    with policy.layer(policy.LIMITS):
        set_limits(limits)
    with policy.layer("no new privileges"):
        kernel.set_no_new_privileges()
    with policy.layer("no capabilities"):
        kernel.drop_capabilities()
    keep_within(base)
    with policy.layer(policy.SECCOMP):
        kernel.install_filter(syscalls)
    return _keep_only(descriptor)


def _become_student(user: int, own: int) -> None:
    """Give up every right over the other namespaces: the user's is made last and owns none of them."""
    if user:
        with policy.layer("unprivileged user"):
            os.setresgid(user, user, user)
            os.setresuid(user, user, user)
            kernel.set_dumpable()
    kernel.new_namespaces(kernel.CLONE_NEWUSER)
    with policy.layer("user namespace"):
        kernel.write_id_maps(f"{STUDENT} {user} 1", f"{STUDENT} {user} 1", own)


def enter_plain(descriptor: int, limits: Limits, folder: str) -> socket.socket:
    """Take the limits alone, in `folder`, for the project's own submissions; return the process's socket."""
    os.setsid()
    os.chdir(folder)
    connection = _keep_only(descriptor)
    set_limits(limits)
    return connection


def _keep_only(descriptor: int) -> socket.socket:
    """Leave the process with its socket as the only way out: fds 0, 1, 2 lead nowhere."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nothing, standard)
    kept = os.dup2(descriptor, 3, inheritable=False)
    os.closerange(4, 65536)
    return socket.socket(fileno=kept)
