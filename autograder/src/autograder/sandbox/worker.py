"""What a submission's first process does: run the notebook, then fork for each series of checks."""

from __future__ import annotations

import builtins
import contextlib
import faulthandler
import gc
import mmap
import os
import pkgutil
import random
import signal
import socket
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch

from autograder.sandbox.answers import Answering
from autograder.sandbox.decode import serve
from autograder.sandbox.files import Work
from autograder.sandbox.frames import Channel, Closed, ProtocolError
from autograder.sandbox.leftovers import Leftovers, reap
from autograder.sandbox.messages import BESIDE, FORK, Decode, Program, read, write
from autograder.sandbox.root import PRIVATE
from autograder.sandbox.shell import Shell, quiet_environment

__all__ = ["prepare", "worker"]

HELLO = b"hello"
ROOM_BYTES = 16 << 20
ROOM_DESCRIPTORS = 16
COLLECT_EVERY = (20_000, 20, 20)
"""A notebook that draws makes and drops objects by the hundred thousand: Python's own 700 took a fifth of its time."""

_shell: Shell | None = None
_threads_survive_forks = False
"""Whether OpenMP is Intel's: GNU's hangs in a fork of a process that has computed with two threads."""


def prepare(warm: Iterable[str] = ()) -> None:
    """Do once, before any fork, what every submission needs: import, make the shell, take one training step.

    Args:
        warm: what else no submission shall pay for: modules that the exercise's notebooks import, and
            `module:function`, which is called once without arguments, for what it keeps for later calls.
    """
    global _shell, _threads_survive_forks  # noqa: PLW0603  (process-wide singletons, as IPython's shell is)
    _threads_survive_forks = "libiomp5" in os.environ.get("LD_PRELOAD", "")
    # jsonschema tries this checker of addresses, which nothing here needs and which takes 1 to 3 s to import;
    # Plotly asks for nbformat, and nbformat for jsonschema, when the first figure is shown
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    os.environ["PLOTLY_RENDERER"] = "plotly_mimetype"  # read at import; the others write 4.8 MB a figure
    for name in warm:
        with contextlib.suppress(Exception):  # what fails here costs each submission time, and nobody points
            found = pkgutil.resolve_name(name)
            if ":" in name:
                found()
    if _shell is not None:
        return
    import matplotlib as mpl
    import matplotlib.pyplot as plt

    mpl.use("module://matplotlib_inline.backend_inline")
    torch.set_num_threads(1)  # no pool of threads may be alive when this process forks
    _shell = Shell()
    layer = torch.nn.Linear(2, 1)
    layer(torch.ones(1, 2)).sum().backward()
    figure, axes = plt.subplots()
    axes.plot([0, 1])
    figure.canvas.draw()
    plt.close(figure)
    np.random.seed(0)  # noqa: NPY002  (students use the global generator; every fork goes on from here)
    torch.manual_seed(0)
    gc.collect()
    gc.freeze()  # the collector then leaves what all forks share alone, so their pages stay shared
    gc.set_threshold(*COLLECT_EVERY)


def worker(connection: socket.socket) -> None:
    """Serve one submission over `connection`."""
    channel = Channel(connection, takes=1)
    channel.send(HELLO)
    _, payload = channel.receive()
    program: Program | Decode = read(payload, Program | Decode)
    if isinstance(program, Decode):
        serve(channel, program)
        return
    assert _shell is not None  # noqa: S101  (prepare() ran before the fork)
    work, inherited = Work(Path.cwd()), _resident()
    _settle(program, _shell)
    for cell in program.cells:
        if cell.skip:
            continue
        done = _shell.run(
            cell,
            output_bytes=program.output_bytes,
            cpu_seconds=program.cell_cpu_seconds,
            wall_factor=program.wall_factor,
        )
        if done.status != "passed" and not _has_room(_resident() - inherited, program.memory_bytes):
            done = msgspec.structs.replace(done, exhausted=True)
        channel.send(write(done))
    _shell.restore()
    _fork_on_demand(channel, Answering(_shell, program, work))


def _has_room(held: int, memory_bytes: int) -> bool:
    """Whether memory, file descriptors and processes are left for the cells and checks to come.

    `held` bytes are this process's own. Memory that is only asked for finds the process's limit; the limit of all
    processes together is found by touching it, which takes 5 ms and is done where much is held.
    """
    try:
        if held > memory_bytes // 2:
            bytearray(ROOM_BYTES)
        mmap.mmap(-1, ROOM_BYTES, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS).close()  # asked for, never touched
        for descriptor in [os.dup(0) for _ in range(ROOM_DESCRIPTORS)]:
            os.close(descriptor)
        os.waitpid(os.posix_spawn("/bin/true", ["true"], {}), 0)  # a tenth of what a fork costs
    except (MemoryError, OSError):
        return False
    return True


def _resident() -> int:
    with open("/proc/self/statm", "rb", buffering=0) as file:  # noqa: PTH123  (Path takes three times as long)
        return int(file.read().split()[1]) * mmap.PAGESIZE


def _settle(program: Program, shell: Shell) -> None:
    """Make every run of the same submission start from the same state."""
    work = Path.cwd()
    quiet_environment(work)
    for name, data in program.files.items():
        target = work / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        except OSError:  # more than the work folder holds: the cells run without it
            target.unlink(missing_ok=True)
    sys.path.insert(0, str(work))
    builtins.input = _no_input
    torch.compile = _compile
    random.seed(0)  # Python seeds its own anew in each fork
    torch.set_num_threads(program.threads)
    if program.threads > 1:
        shell.clock = time.process_time
    faulthandler.disable()


def _compile(model: Any = None, **_options: Any) -> Any:
    """Stand in for torch.compile, which takes 10 s a function and changes no value; as a decorator too."""
    return (lambda decorated: decorated) if model is None else model


def _no_input(*_: object) -> str:
    raise EOFError("a graded notebook runs without a keyboard: input() has nobody to ask")


def _fork_on_demand(channel: Channel, answering: Answering) -> None:
    leftovers, shared = None, 0
    while True:
        try:
            _, word = channel.receive()
        except (Closed, ProtocolError):
            break
        if word not in (FORK, BESIDE) or not channel.descriptors:
            continue
        descriptor = channel.descriptors.pop(0)
        if leftovers is not None:
            leftovers.clear(spared=shared if word == BESIDE else 0)
        elif os.getpid() == 1:  # elsewhere the machine's processes and files would be looked at
            leftovers = Leftovers(PRIVATE)
        gc.freeze()  # what the notebook left is not looked through again in every fork
        state = random.getstate()
        child = _fork()
        if child == 0:
            random.setstate(state)  # which Python seeds anew in each fork, and no two runs would be alike
            channel.socket.close()
            with contextlib.suppress(BaseException):
                _answer(descriptor, answering)
            os._exit(0)
        shared = child if word == FORK else shared
        os.close(descriptor)
    with contextlib.suppress(ChildProcessError):
        while True:  # waited for, so that what they spent is counted
            os.waitpid(-1, 0)


def _fork() -> int:
    """Fork; where the submission's processes leave no room for one more, end them first."""
    reap()
    try:
        return os.fork()
    except BlockingIOError:
        if os.getpid() != 1:
            raise
        os.kill(-1, signal.SIGKILL)  # as first process of the namespace: everything but this process
        with contextlib.suppress(ChildProcessError):
            while True:
                os.waitpid(-1, 0)
        return os.fork()


def _answer(descriptor: int, answering: Answering) -> None:
    if _threads_survive_forks:
        torch.set_num_threads(answering.program.threads)
    else:
        torch.set_num_threads(1)
        torch.set_num_threads = lambda nthreads: None  # noqa: ARG005  (its own name)
    channel = Channel(socket.socket(fileno=descriptor))
    channel.send(HELLO)
    answering.serve(channel)
