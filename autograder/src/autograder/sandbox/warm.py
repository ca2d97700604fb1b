"""The warm process: everything imported, no secret inside, forked once for each submission.

`start_warm` is called by a process that has imported what student code needs and has opened no secret. The warm
process enters a root of its own and waits on one control channel for each slot. Per submission it forks; the child
takes fresh user, mount, pid, net, ipc and uts namespaces and forks once more into the first process of them.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import msgspec

from autograder.errors import SandboxUnavailable
from autograder.sandbox import kernel, policy
from autograder.sandbox.first import STUDENT, enter, enter_plain
from autograder.sandbox.forget import forget_environment
from autograder.sandbox.frames import Channel, Closed
from autograder.sandbox.limits import Limits
from autograder.sandbox.messages import read, write
from autograder.sandbox.root import DATA, Base, default_readable, enter_base

__all__ = ["Exited", "Limits", "Spawn", "Warm", "cores_of", "start_warm"]

OUTSIDE_ID = 64000
"""The unprivileged uid and gid outside of student code in the first slot, where the grader was started by root.

Each slot has the next one: pipes, descriptors under way and watches are counted by uid, so that with one for all a
submission could use up what its neighbours need.
"""
DESCRIPTORS = 1 << 16
FAILED = 70
PARTING_SECONDS = 2.0
DEBUG = bool(os.environ.get("T2P_DEBUG"))
"""Asked before the environment is forgotten."""
ADVICE = "`autograder doctor` shows every layer"


REHEARSAL = Limits(memory_bytes=1 << 30, files_bytes=1 << 20, processes=8, cpu_seconds=60)


class Spawn(msgspec.Struct, frozen=True, tag=True):
    """Fork a submission's process; the worker's socket comes along."""

    number: int
    limits: Limits


class Kill(msgspec.Struct, frozen=True, tag=True):
    """End a submission's processes, all of them."""

    number: int


class Exited(msgspec.Struct, frozen=True, tag=True):
    """A submission's first process has ended, and with it every process of its namespace."""

    number: int
    status: int
    """As os.waitstatus_to_exitcode says: negative for a signal."""
    cpu_seconds: float
    memory_bytes: int


@dataclass
class Warm:
    """The trusted side's view of the warm process: one control channel a slot."""

    pid: int
    slots: list[Channel]
    sandboxed: bool = True
    mount_point: Path | None = None

    def close(self) -> None:
        """End the warm process and whatever it started."""
        for channel in self.slots:
            channel.close()
        with contextlib.suppress(ProcessLookupError, ChildProcessError):
            until = time.monotonic() + PARTING_SECONDS
            while time.monotonic() < until:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return
                time.sleep(0.002)
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@dataclass
class _Child:
    slot: Channel
    spawn: Spawn
    pid: int


@dataclass
class _Server:
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


def start_warm(
    slots: int,
    worker: Callable[[socket.socket], None],
    *,
    sandboxed: bool = True,
    landlock: bool = True,
    data: Mapping[str, str] = MappingProxyType({}),
) -> Warm:
    """Fork the warm process and return when it can take submissions.

    Args:
        slots: how many submissions may run at once, each over its own control channel.
        worker: what a submission's process runs, given its socket.
        sandboxed: False runs plain processes, for the project's own submissions where no sandbox can be had.
        landlock: False leaves Landlock out, for work on a GPU, whose driver opens what no list knows.
        data: files that student code may read, by `DATASET/FILE`; `coursedata` finds them as in its cache.

    Raises:
        SandboxUnavailable: a layer is missing; the message names it and says how to get it.
    """
    _raise_descriptor_limit()
    pairs = [socket.socketpair() for _ in range(slots)]
    ready, ready_child = socket.socketpair()
    base = Base(Path(tempfile.mkdtemp(prefix="t2p-root-")), default_readable(), landlock, tuple(data.items()))
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid == 0:
        for ours, _ in pairs:
            ours.close()
        ready.close()
        server = _Server(base, [Channel(theirs, takes=1) for _, theirs in pairs], worker, sandboxed)
        _run_child(lambda: _outer(server, ready_child), ready_child)
    for _, theirs in pairs:
        theirs.close()
    ready_child.close()
    warm = Warm(pid, [Channel(ours) for ours, _ in pairs], sandboxed)
    try:
        _await_ready(pid, ready, slots if sandboxed else 0)
    except BaseException:
        ready.close()
        warm.close()
        raise
    finally:
        base.mount_point.rmdir()
    return warm


def _raise_descriptor_limit() -> None:
    """Where grader and submissions have one uid, descriptors that they send count against ours: have room for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, DESCRIPTORS)), hard))


def _await_ready(pid: int, ready: socket.socket, users: int) -> None:
    channel = Channel(ready)
    if users:
        _, word = channel.receive(30)
        if word != b"unshared":
            _refuse(word.decode(errors="replace"))
        if os.geteuid() == 0:
            maps = f"0 0 1\n{STUDENT} {OUTSIDE_ID} {users}\n"
            try:
                with policy.layer("user namespace"):
                    kernel.map_ids(maps, maps, f"/proc/{pid}")
            except OSError as error:
                _refuse(str(error))
        channel.send(b"mapped")
    _, word = channel.receive(30)
    channel.close()
    if word != b"ready":
        _refuse(word.decode(errors="replace"))


def _refuse(said: str) -> None:
    name = said.partition("] ")[2].partition(":")[0]
    message = f"the sandbox cannot be made: {said}: {policy.remedy(name, said)}; {ADVICE}"
    raise SandboxUnavailable(message)


def _run_child(task: Callable[[], None], report: socket.socket | None = None) -> None:
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


def _outer(server: _Server, ready: socket.socket) -> None:
    kernel.die_with_parent()
    forget_environment()
    _name_data(server)
    os.setsid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not server.sandboxed:
        Channel(ready).send(b"ready")
        ready.close()
        _serve(server)
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
    _run_child(lambda: _inner(server, ready, nested=euid == 0), ready)


def _name_data(server: _Server) -> None:
    """Tell `coursedata` where the data lie; as a copy at hand too, for whoever chooses a cache of their own."""
    for name, source in server.base.data:
        place = str(DATA) if server.sandboxed else source.removesuffix(f"/{name}")
        os.environ.update(T2P_CACHE=place, T2P_DATA=place)


def _inner(server: _Server, ready: socket.socket, *, nested: bool) -> None:
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
    _serve(server)


def _rehearse(server: _Server, ready: socket.socket) -> None:
    """Make one sandbox with nothing in it, so that a layer that cannot be had is known before the first submission."""
    ours, theirs = socket.socketpair()
    empty = replace(server, worker=lambda _: None, report=ready)
    pid = _spawn(empty, Spawn(0, REHEARSAL), theirs.fileno(), 0)
    ours.close()
    theirs.close()
    if pid < 0 or os.waitpid(pid, 0)[1]:
        raise OSError(0, "rehearsal: the process ended before it reached any student's code")


def _serve(server: _Server) -> None:
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
                except Closed:
                    poller.unregister(fd)
                    del by_fd[fd]
        _reap(server)


def _command(server: _Server, slot: Channel) -> None:
    _, payload = slot.receive()
    command = read(payload, Spawn | Kill)
    if isinstance(command, Kill):
        for pid, child in server.children.items():
            if child.slot is slot and child.spawn.number == command.number:
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


def _spawn(server: _Server, spawn: Spawn, descriptor: int, place: int) -> int:
    """Fork a submission's first process and return its pid as this process knows it."""
    if not server.sandboxed:
        folder = tempfile.mkdtemp(prefix="t2p-work-")
        pid = os.fork()
        if pid == 0:
            _run_child(lambda: server.worker(enter_plain(descriptor, spawn.limits, folder)))
        server.folders[pid] = folder
        return pid
    # what is forked stays where the slot's examiner is: a message between two cores costs three times as much
    os.sched_setaffinity(0, server.cores[place][: spawn.limits.cores])
    kernel.next_child_in_own_pids(server.own_pids)
    pid = os.fork()
    if pid == 0:
        user = server.first_id + place if server.first_id else 0
        _run_child(
            lambda: server.worker(enter(descriptor, spawn.limits, server.base, server.filter, user)), server.report
        )
    return pid


def cores_of(place: int, slots: int) -> list[int]:
    """Return the cores of slot number `place` among `slots`: whoever keeps them busy takes them from nobody else."""
    cores = sorted(os.sched_getaffinity(0))
    share = len(cores) // slots
    return cores[place * share : (place + 1) * share] or [cores[place % len(cores)]]


def _reap(server: _Server) -> None:
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
