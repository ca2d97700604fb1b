"""The warm process: everything imported, no secret inside, forked once for each submission.

It enters a root of its own and waits on one control channel for each slot. Per submission it forks; the child takes
fresh user, mount, pid, net, ipc and uts namespaces and forks once more into the first process of them.
"""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import msgspec

from autograder.sandbox import kernel, policy
from autograder.sandbox.first import STUDENT, enter, enter_plain
from autograder.sandbox.forget import forget_environment
from autograder.sandbox.frames import Channel, Closed
from autograder.sandbox.limits import Limits
from autograder.sandbox.messages import read, write
from autograder.sandbox.root import DATA, Base, enter_base

__all__ = ["Exited", "Kill", "Server", "Spawn", "Sweep", "cores_of", "run_child", "serve"]

FAILED = 70
DEBUG = bool(os.environ.get("T2P_DEBUG"))
"""Asked before the environment is forgotten."""
REHEARSAL = Limits(memory_bytes=1 << 30, files_bytes=1 << 20, processes=8, cpu_seconds=60)


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork a submission's process; the worker's socket comes along."""

    number: int
    limits: Limits


class Kill(msgspec.Struct, frozen=True, tag=True):
    """End a submission's processes, all of them."""

    number: int


class Sweep(msgspec.Struct, frozen=True, tag=True):
    """End the processes of all submissions of this slot: whoever asked for them is gone."""


class Exited(msgspec.Struct, frozen=True, tag=True):
    """A submission's first process has ended, and with it every process of its namespace."""

    number: int
    status: int
    """As os.waitstatus_to_exitcode says: negative for a signal."""
    cpu_seconds: float
    memory_bytes: int


@dataclass
class _Child:
    slot: Channel
    spawn: Spawn
    pid: int


@dataclass
class Server:
    """What the warm process knows."""

    base: Base
    slots: list[Channel]
    worker: Callable[[socket.socket], None]
    sandboxed: bool
    filter: bytes = b""
    report: socket.socket | None = None
    """Where to say, before the first submission comes, which layer cannot be had."""
    first_id: int = 0
    """The uid inside of student code in the first slot; 0 where there is one uid for all."""
    own_pids: int = -1
    """A descriptor of the pid namespace that this process lives in."""
    cores: list[list[int]] = field(default_factory=list)
    children: dict[int, _Child] = field(default_factory=dict)
    folders: dict[int, str] = field(default_factory=dict)
    """Work folders of plain processes, to be taken away when they end; a sandbox's vanish by themselves."""


def run_child(task: Callable[[], None], report: socket.socket | None = None) -> None:
    """Run `task` in a forked child and end it without the parent's clean-up code."""
    code = FAILED
    try:
        task()
        code = 0
    except BaseException as error:  # noqa: BLE001  (nothing may escape into the parent's code after a fork)
        if report is not None:
            with contextlib.suppress(Exception):
                Channel(report).send(str(error).encode())
        elif DEBUG:
            sys.excepthook(type(error), error, error.__traceback__)
    finally:
        os._exit(code)


def serve(server: Server, ready: socket.socket) -> None:
    """Take the outer namespaces, tell `ready` about it, and serve from a child in them until all slots are closed."""
    kernel.die_with_parent()
    forget_environment()
    _name_data(server)
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not server.sandboxed:
        Channel(ready).send(b"ready")
        ready.close()
        _take_commands(server)
        return
    euid, egid = os.geteuid(), os.getegid()
    with policy.layer(policy.SECCOMP):
        server.filter = kernel.filter_program()
    kernel.new_namespaces()
    channel = Channel(ready)
    channel.send(b"unshared")
    channel.receive(30)
    if euid != 0:
        with policy.layer("user namespace"):
            kernel.map_ids(f"0 {euid} 1", f"0 {egid} 1")
    pid = os.fork()
    if pid:
        ready.close()
        for slot in server.slots:
            slot.close()
        os.waitpid(pid, 0)
        return
    run_child(lambda: _inner(server, ready, nested=euid == 0), ready)


def _name_data(server: Server) -> None:
    """Tell `coursedata` where the data lie; as a copy at hand too, for whoever chooses a cache of their own."""
    for name, source in server.base.data:
        place = str(DATA) if server.sandboxed else source.removesuffix(f"/{name}")
        os.environ.update(T2P_CACHE=place, T2P_DATA=place)


def _inner(server: Server, ready: socket.socket, *, nested: bool) -> None:
    kernel.die_with_parent()
    with policy.layer("user namespace"):
        os.setresgid(0, 0, 0)
        os.setresuid(0, 0, 0)
    enter_base(server.base)
    server.first_id = STUDENT if nested else 0
    server.own_pids = os.open("/proc/self/ns/pid", os.O_RDONLY)
    server.cores = [cores_of(place, len(server.slots)) for place in range(len(server.slots))]
    _rehearse(server, ready)
    Channel(ready).send(b"ready")
    ready.close()
    _take_commands(server)


def _rehearse(server: Server, ready: socket.socket) -> None:
    """Make one sandbox with nothing in it, so that a layer that cannot be had is known before the first submission."""
    ours, theirs = socket.socketpair()
    empty = replace(server, worker=lambda _: None, report=ready)
    pid = _spawn(empty, Spawn(0, REHEARSAL), theirs.fileno(), 0)
    ours.close()
    theirs.close()
    if pid < 0 or os.waitpid(pid, 0)[1]:
        raise OSError(0, "rehearsal: the process ended before it reached any student's code")


def _take_commands(server: Server) -> None:
    wake, wake_write = os.pipe()
    os.set_blocking(wake, False)
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write)
    poller = select.poll()
    poller.register(wake, select.POLLIN)
    by_fd = {slot.socket.fileno(): slot for slot in server.slots}
    for fd in by_fd:
        poller.register(fd, select.POLLIN)
    while by_fd:
        for fd, _ in poller.poll():
            if fd == wake:
                with contextlib.suppress(BlockingIOError):
                    os.read(wake, 4096)
            else:
                try:
                    _command(server, by_fd[fd])
                    while by_fd[fd].has_more:
                        _command(server, by_fd[fd])
                except Closed:
                    poller.unregister(fd)
                    del by_fd[fd]
        _reap(server)


def _command(server: Server, slot: Channel) -> None:
    _, payload = slot.receive()
    command = read(payload, Spawn | Kill | Sweep)
    if not isinstance(command, Spawn):
        for pid, child in server.children.items():
            if child.slot is slot and (isinstance(command, Sweep) or child.spawn.number == command.number):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        return
    descriptor = slot.descriptors.pop(0)
    try:
        pid = _spawn(server, command, descriptor, server.slots.index(slot))
    except OSError:
        pid = -1
    os.close(descriptor)
    if pid < 0:  # its socket is closed by now, which the other side sees
        return
    server.children[pid] = _Child(slot, command, pid)


def _spawn(server: Server, spawn: Spawn, descriptor: int, place: int) -> int:
    """Fork a submission's first process and return its pid as this process knows it."""
    if not server.sandboxed:
        folder = tempfile.mkdtemp(prefix="t2p-work-")
        pid = os.fork()
        if pid == 0:
            run_child(lambda: server.worker(enter_plain(descriptor, spawn.limits, folder)))
        server.folders[pid] = folder
        return pid
    # what is forked stays where the slot's examiner is: a message between two cores costs three times as much
    os.sched_setaffinity(0, server.cores[place][: spawn.limits.cores])
    kernel.next_child_in_own_pids(server.own_pids)
    pid = os.fork()
    if pid == 0:
        user = server.first_id + place if server.first_id else 0
        run_child(
            lambda: server.worker(enter(descriptor, spawn.limits, server.base, server.filter, user)), server.report
        )
    return pid


def cores_of(place: int, slots: int) -> list[int]:
    """Return the cores of slot number `place` among `slots`: whoever keeps them busy takes them from nobody else."""
    cores = sorted(os.sched_getaffinity(0))
    share = len(cores) // slots
    return cores[place * share : (place + 1) * share] or [cores[place % len(cores)]]


def _reap(server: Server) -> None:
    while True:
        try:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        shutil.rmtree(server.folders.pop(pid, ""), ignore_errors=True)
        child = server.children.pop(pid, None)
        if child is None:
            continue
        code = os.waitstatus_to_exitcode(status)
        exited = Exited(child.spawn.number, code, usage.ru_utime + usage.ru_stime, usage.ru_maxrss << 10)
        with contextlib.suppress(Closed):
            child.slot.send(write(exited))
