"""What the trusted side parses, each as one property: its own error or an answer, in bounded memory and time."""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

from autograder.compare import Mismatch, matches
from autograder.grade.collect import Refused, collect
from autograder.grade.facts import Definitions
from autograder.grade.rebuild import rebuild
from autograder.grade.reduce import plain_text
from autograder.grade.shapes import shapes_of
from autograder.release.source import read_source
from autograder.sandbox.frames import Channel, ProtocolError
from autograder.sandbox.messages import CellDone, Failure, Program, Step, read
from autograder.sandbox.server import Exited, Kill, Spawn
from autograder.sandbox.values import decode, encode

__all__ = ["PROPERTIES", "confined"]

MEMORY_BYTES = 1 << 30
CPU_SECONDS = 5.0
"""For one input; the frame decoder's largest inputs take a tenth of it."""
LIMIT = 1 << 20
KINDS: tuple[Any, ...] = (CellDone, Failure, Exited, list[Step], Program, Spawn | Kill)
WANTED = (torch.ones(2, 3), torch.ones(3).numpy(), [1.0, 2.0], {"a": 1}, (1, "x"), 3, 2.5, "text", None, b"b", {1})
NAMES = ("softmax", "f", "Walker", "a")
TEMPLATE = read_source(Path(__file__).parent.parent / "courses" / "arena" / "solutions" / "01_arena")


class TooLong(BaseException):
    """An input took more CPU time than any may."""


def frames(data: bytes) -> None:
    """Whatever comes over the socket is a frame or a ProtocolError, and no descriptor stays."""
    one, other = socket.socketpair()
    with one, other:
        one.setblocking(False)  # noqa: FBT003  (the library's own signature)
        null = os.open(os.devnull, os.O_RDONLY)
        with contextlib.suppress(BlockingIOError):
            socket.send_fds(one, [data[:LIMIT] or b"x"], [null] * (len(data) % 4))
        one.close()
        channel = Channel(other, limit=LIMIT)
        with contextlib.suppress(ProtocolError):
            while True:
                nonce, payload = channel.receive(1)
                assert (len(nonce), len(payload) <= len(data)) == (16, True)
        assert channel.descriptors == []
        before = os.dup(null)
        os.close(before)
        os.close(null)
        assert before <= null + 1, "a descriptor came along and was kept"


def values(data: bytes) -> None:
    """Whatever bytes come are a value, which can be compared and sent back as it was, or a ProtocolError."""
    try:
        value = decode(data)
    except ProtocolError:
        return
    for want in WANTED:
        for options in ({}, {"kind": False, "dtype": False, "rtol": 1e-3}):
            with contextlib.suppress(Mismatch):
                matches(value, want, **options)  # type: ignore[arg-type]
    again = encode(value)
    assert encode(decode(again)) == again


def messages(data: bytes) -> None:
    """Whatever bytes come are a message of the kind that was asked for, or a ProtocolError."""
    for kind in KINDS:
        with contextlib.suppress(ProtocolError):
            message = read(data, kind)
            if isinstance(message, CellDone):
                for display in message.displays[:50]:
                    plain_text(display.text)
                    values(display.pixels)


def notebooks(data: bytes) -> None:
    """Whatever a file holds is a submission, which can be rebuilt and written in UTF-8, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "01_arena.ipynb"
        path.write_bytes(data)
        try:
            submission = collect(path, "anna")
        except Refused:
            return
    rebuilt = rebuild(TEMPLATE, submission, "release")
    shapes_of(TEMPLATE, rebuilt)
    assert sum(cell.kind != "extra" for cell in rebuilt.cells) <= len(TEMPLATE.cells)
    assert len({cell.id for cell in rebuilt.code}) == len(rebuilt.code)
    for text in (*(cell.source for cell in rebuilt.cells), *(flag.message for flag in rebuilt.flags)):
        text.encode()


def sources(data: bytes) -> None:
    """Whatever stands in a cell has facts."""
    text = data.decode(errors="replace")
    found = Definitions([text, f"def softmax(x):\n    return {text}"])
    for name in NAMES:
        facts = found.facts(name)
        assert isinstance(facts.has_loop, bool)
        assert isinstance(facts.text, str)
        facts.calls  # noqa: B018  (reading it is what is tried)


PROPERTIES: dict[str, Callable[[bytes], None]] = {
    "frames": frames,
    "values": values,
    "messages": messages,
    "notebooks": notebooks,
    "sources": sources,
}


def timed(check: Callable[[bytes], None], data: bytes) -> None:
    """Check one input; raises AssertionError when it took more CPU time than any may."""
    signal.signal(signal.SIGPROF, _too_long)
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS)
    before = time.process_time()
    try:
        check(data)
        spent = time.process_time() - before
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    assert spent < CPU_SECONDS, f"{spent:.1f} CPU seconds for {len(data)} bytes"


def _too_long(*_: object) -> None:
    raise TooLong


def confined(task: Callable[[], None], seconds: float, memory: int = MEMORY_BYTES) -> str:
    """Run `task` in a process that may use `memory` bytes more than this one; return how it failed, or nothing.

    A crash of the interpreter and a hang are failures too: the process is ended after `seconds` by the clock.
    """
    sys.stdout.flush()
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        _run_confined(task, theirs, memory)
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        done = select.select([pipe], [], [], seconds)[0]
        if not done:
            os.kill(pid, signal.SIGKILL)
        said = pipe.read().decode()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return said or ("" if code == 0 else f"the process ended with {code}" if done else f"no end in {seconds} s")


def _run_confined(task: Callable[[], None], pipe: int, memory: int) -> None:
    code = 1
    try:
        torch.set_num_threads(1)
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        bound = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (bound, bound))
        task()
        code = 0
    except BaseException as error:  # noqa: BLE001  (nothing may run on into the parent's code)
        with contextlib.suppress(BaseException):
            os.write(pipe, "".join(traceback.format_exception(error))[-30_000:].encode(errors="replace"))
    finally:
        os._exit(code)
