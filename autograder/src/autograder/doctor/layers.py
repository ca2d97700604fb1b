"""Try each kernel layer of the sandbox in a process of its own, and say what the kernel answered.

As a program (`python -m autograder.doctor.layers`) it prints what is missing and ends with 1 if anything is; set-up
runs it before any package is installed, so it needs the standard library alone.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
from collections.abc import Callable
from dataclasses import dataclass

from autograder.sandbox import kernel

__all__ = ["LAYERS", "Layer", "answer", "missing"]

UNPRIVILEGED = 64000
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
LONGEST_ANSWER = 4096


@dataclass(frozen=True)
class Layer:
    """One thing that the sandbox asks of the kernel."""

    name: str
    attempt: Callable[[], object]
    """Runs in a forked process without privileges; raises OSError when the kernel refuses."""


def answer(attempt: Callable[[], object]) -> str:
    """Return what the kernel says to `attempt` by somebody without rights: empty when it agrees, else the error."""

    def without_rights() -> None:
        if os.geteuid() == 0:  # root may do what the sandbox, which gives up root, may not
            with contextlib.suppress(OSError):  # the root of a namespace that has no other user is without rights
                os.setgroups([])
                os.setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
                os.setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED)
                kernel.set_dumpable()
        attempt()

    return _forked(without_rights)


def _forked(task: Callable[[], object]) -> str:
    read_end, write_end = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(read_end)
        _run_and_end(task, write_end)
    os.close(write_end)
    with os.fdopen(read_end, "rb") as pipe:
        text = pipe.read(LONGEST_ANSWER).decode(errors="replace")
    _, status = os.waitpid(pid, 0)
    return text or ("" if status == 0 else f"the process that tried it ended with status {status}")


def _run_and_end(task: Callable[[], object], pipe: int) -> None:
    try:
        task()
    except BaseException as error:  # noqa: BLE001  (nothing may escape into the parent's code after a fork)
        os.write(pipe, str(error).encode()[:LONGEST_ANSWER])
    finally:
        os._exit(0)


def _namespaces(flags: int) -> None:
    uid, gid = os.geteuid(), os.getegid()
    kernel.unshare(kernel.CLONE_NEWUSER | flags)
    kernel.map_ids(f"0 {uid} 1", f"0 {gid} 1")


def _in_new_processes(flags: int, task: Callable[[], object]) -> None:
    _namespaces(kernel.CLONE_NEWPID | flags)
    said = _forked(task)
    if said:
        raise OSError(said)


def _user() -> None:
    _namespaces(kernel.CLONE_NEWUTS)
    # AppArmor lets the namespace be made and then takes its rights: a right must be used to see that
    name = b"sandbox"
    if kernel.libc.sethostname(name, len(name)) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"sethostname: {os.strerror(number)}")


def _mount() -> None:
    _namespaces(kernel.CLONE_NEWNS)
    kernel.mount_private()
    kernel.mount("tmpfs", "/tmp", "tmpfs", kernel.MS_NOSUID | kernel.MS_NODEV)  # noqa: S108  (a mount, seen by nobody)
    kernel.read_only("/tmp")  # noqa: S108  (a layer's own mount)


def _proc() -> None:
    def mount_it() -> None:
        kernel.mount_private()
        kernel.mount("proc", "/proc", "proc", kernel.MS_NOSUID | kernel.MS_NODEV | kernel.MS_NOEXEC)

    _in_new_processes(kernel.CLONE_NEWNS, mount_it)


def _nested() -> None:
    _in_new_processes(kernel.CLONE_NEWNS, lambda: _namespaces(kernel.CLONE_ALL))


def _seccomp() -> None:
    # with no program the kernel answers EFAULT where it knows filters, EINVAL where it does not
    kernel.libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, None, 0, 0)
    number = ctypes.get_errno()
    if number != errno.EFAULT:
        raise OSError(number, f"prctl seccomp: {os.strerror(number)}")
    kernel.filter_program()


LAYERS = (
    Layer("user namespace", _user),
    Layer("mount namespace", _mount),
    Layer("pid namespace", lambda: _in_new_processes(0, lambda: None)),
    Layer("net namespace", lambda: _namespaces(kernel.CLONE_NEWNET)),
    Layer("ipc namespace", lambda: _namespaces(kernel.CLONE_NEWIPC)),
    Layer("uts namespace", lambda: _namespaces(kernel.CLONE_NEWUTS)),
    Layer("a /proc of its own", _proc),
    Layer("namespaces inside it", _nested),
    Layer("seccomp filter", _seccomp),
)


def missing() -> dict[str, str]:
    """Return what the kernel answered for each layer that cannot be had."""
    answers = {layer.name: answer(layer.attempt) for layer in LAYERS}
    return {name: said for name, said in answers.items() if said}


if __name__ == "__main__":
    lacking = missing()
    for layer_name, said in lacking.items():
        print(f"{layer_name}: {said}")
    raise SystemExit(bool(lacking))
