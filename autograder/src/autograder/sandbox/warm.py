"""Start the warm process, and hold it from the trusted side.

`start_warm` is called by a process that has imported what student code needs and has opened no secret.
"""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from autograder.errors import SandboxUnavailable
from autograder.sandbox import kernel, policy
from autograder.sandbox.first import STUDENT
from autograder.sandbox.frames import Channel
from autograder.sandbox.root import Base, default_readable
from autograder.sandbox.server import Server, run_child, serve

__all__ = ["Warm", "raise_descriptor_limit", "start_warm"]

OUTSIDE_ID = 64000
"""The unprivileged uid and gid outside of student code in the first slot, where the grader was started by root.

Each slot has the next one: pipes, descriptors under way and watches are counted by uid, so that with one for all a
submission could use up what its neighbours need.
"""
DESCRIPTORS = 1 << 16
PARTING_SECONDS = 2.0
ADVICE = "`autograder doctor` shows every layer"


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
    raise_descriptor_limit()
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
        server = Server(base, [Channel(theirs, takes=1) for _, theirs in pairs], worker, sandboxed)
        run_child(lambda: serve(server, ready_child), ready_child)
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


def raise_descriptor_limit() -> None:
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
