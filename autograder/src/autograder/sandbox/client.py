"""The trusted side's handle on one sandboxed submission: start it, follow its cells, fork it, end it."""

from __future__ import annotations

import math
import os
import secrets
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import msgspec

from autograder.errors import GraderFault
from autograder.sandbox.cgroup import Group
from autograder.sandbox.frames import Channel, Closed, Deadline, ProtocolError
from autograder.sandbox.limits import Limits
from autograder.sandbox.messages import (
    BESIDE,
    FORK,
    CellDone,
    Decode,
    Failure,
    Program,
    Step,
    StudentError,
    read,
    write,
)
from autograder.sandbox.server import Exited, Kill, Spawn
from autograder.sandbox.values import decode
from autograder.stages import stage

__all__ = ["Ended", "Fork", "Sandbox"]

START_SECONDS = 60.0
GRACE_SECONDS = 10.0
"""Beyond the limit that the worker keeps itself, before it is ended from outside."""
PROGRAM_BYTES = 64 << 20
FAILURE_BYTES = 1 << 18
CPU_SECONDS = 1e6
"""No cell has had more, whatever the worker says."""
DECODING_SECONDS = 20
"""CPU time for the files of one request; three times that by the clock."""
PARTING_SECONDS = 0.5
"""A process that does not end by itself once its channel is closed is ended."""

_numbers = count(secrets.randbits(48))
"""From anywhere: who follows a lost examiner on its slot must not take the end of its processes for that of others."""


class Ended(Exception):
    """The submission's process is gone or was ended; `reason` is a verdict's name."""

    def __init__(self, reason: str, cell: str = "") -> None:
        """Keep why, and during which cell."""
        super().__init__(f"{reason} in cell {cell}" if cell else reason)
        self.reason = reason
        self.cell = cell


@dataclass
class Sandbox:
    """One submission's processes, from the outside."""

    slot: Channel
    channel: Channel
    number: int
    group: Group
    limits: Limits
    until: float = math.inf
    """When, by time.monotonic(), the submission has had all of its time."""
    program: Program | None = None
    exited: Exited | None = None
    forks: list[Fork] = field(default_factory=list)
    ends: dict[int, Exited] = field(default_factory=dict)
    """Ends that were told on the slot while another one was waited for."""
    decoding_seconds: float = 0.0
    """CPU time of the processes that decoded this submission's files."""

    @classmethod
    @stage("start")
    def start(cls, slot: Channel, limits: Limits, *, frame_bytes: int, until: float = math.inf) -> Sandbox:
        """Fork the warm process into fresh namespaces and return when it has said hello."""
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        number = next(_numbers)
        slot.send(write(Spawn(number, limits)), descriptors=[theirs.fileno()])
        theirs.close()
        channel = Channel(ours, limit=frame_bytes)
        try:
            channel.receive(START_SECONDS)
        except ProtocolError as error:
            channel.close()
            raise GraderFault("the sandbox did not start; `autograder doctor` says what this machine lacks") from error
        group = Group.create(channel.peer_pid, limits.memory_bytes, limits.processes)
        return cls(slot, channel, number, group, limits, until)

    def begin(self, program: Program) -> None:
        """Let the cells run; raises Ended when the process has died before the first."""
        self.program = program
        # whatever was collected goes in: the limit is for what comes out
        try:
            Channel(self.channel.socket, limit=PROGRAM_BYTES).send(write(program), timeout=START_SECONDS)
        except (ProtocolError, OSError) as error:
            raise Ended(self._end(error)) from error

    def cells(self) -> Iterator[CellDone]:
        """Yield each cell as it ends; raises Ended when the process dies or must be ended."""
        assert self.program is not None  # noqa: S101  (begin() comes first)
        wall = self.program.cell_cpu_seconds * self.program.wall_factor + GRACE_SECONDS
        for identifier in (cell.id for cell in self.program.cells if not cell.skip):
            try:
                yield self._cell_done(identifier, self._left(wall))
            except (ProtocolError, OSError) as error:
                raise Ended(self._end(error), identifier) from error

    @stage("shared fork")
    def fork(self, *, beside: bool = False) -> Fork:
        """Fork the finished notebook; raises Ended when it does not answer any more.

        It finds no process and no file but those that the cells left. All earlier forks end; with `beside` the last
        one that was made without it goes on.
        """
        assert self.program is not None  # noqa: S101  (begin() comes first)
        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        try:
            self.channel.send(
                BESIDE if beside else FORK, descriptors=[theirs.fileno()], timeout=self._left(GRACE_SECONDS)
            )
            theirs.close()
            fork = Fork(Channel(ours, limit=self.channel.limit), self.program, self.group, self.until, self)
            fork.channel.receive(self._left(GRACE_SECONDS))
        except (ProtocolError, OSError) as error:
            raise Ended(self._end(error)) from error
        self.forks.append(fork)
        return fork

    @stage("end")
    def stop(self) -> Exited:
        """End every process of the submission and return what it used; safe to call twice."""
        if self.exited is None:
            for fork in self.forks:
                fork.close()
            self.channel.close()
            try:
                self.exited = self._await_exit(PARTING_SECONDS)
            except Deadline:
                self.slot.send(write(Kill(self.number)))
                self.exited = self._await_exit(START_SECONDS)
            self.group.remove()
        return msgspec.structs.replace(self.exited, cpu_seconds=self.exited.cpu_seconds + self.decoding_seconds)

    @stage("files", whole=True)
    def decode(self, request: Decode) -> list[bytes]:
        """Return an answer for each file, in order, up to the first that cannot be decoded.

        They come from a fork of the warm process of their own, in which nothing of this submission has run.
        """
        limits = msgspec.structs.replace(self.limits, cpu_seconds=DECODING_SECONDS)
        clean = Sandbox.start(self.slot, limits, frame_bytes=self.channel.limit, until=self.until)
        clean.ends = self.ends
        try:
            return clean.decoded(request)
        finally:
            self.decoding_seconds += clean.stop().cpu_seconds

    def decoded(self, request: Decode) -> list[bytes]:
        """Return this process's answers to `request`; its own end is the last of them."""
        answers: list[bytes] = []
        try:
            self.channel.send(write(request), timeout=self._left(START_SECONDS))
            while len(answers) < len(request.files) and not (answers and answers[-1][:1] == b"p"):
                answers.append(self.channel.receive(self._left(3 * DECODING_SECONDS))[1])
        except (ProtocolError, OSError) as error:
            answers.append(b"p" + self._reason(error).encode())
        return answers

    def _await_exit(self, seconds: float) -> Exited:
        until = time.monotonic() + seconds
        while self.number not in self.ends:
            _, payload = self.slot.receive(max(0.0, until - time.monotonic()))
            exited: Exited = read(payload, Exited)
            self.ends[exited.number] = exited
        return self.ends.pop(self.number)

    def _left(self, seconds: float) -> float:
        return max(0.0, min(seconds, self.until - time.monotonic()))

    def _cell_done(self, identifier: str, timeout: float) -> CellDone:
        _, payload = self.channel.receive(timeout)
        done: CellDone = read(payload, CellDone)
        if done.id != identifier:
            raise ProtocolError("an answer to a question that was not asked")
        if done.exhausted and done.status == "passed":
            raise ProtocolError("a cell that passed and left no room for others")
        # a claim, and one that a report must be able to hold: NaN fails both comparisons
        spent = done.cpu_seconds if 0 <= done.cpu_seconds < CPU_SECONDS else 0.0
        return msgspec.structs.replace(done, cpu_seconds=spent)

    def _end(self, error: BaseException) -> str:
        """End the submission; return the verdict that `error` stands for."""
        reason = self._reason(error)  # first: what the kernel counted goes with the group
        self.stop()
        return reason

    def _reason(self, error: BaseException) -> str:
        if isinstance(error, Deadline):
            return "timeout"
        if isinstance(error, Closed):
            return "memory" if self.group.out_of_memory() else "crashed"
        return "refused"


@dataclass
class Fork:
    """A fork of the finished notebook that answers requests."""

    channel: Channel
    program: Program
    group: Group
    until: float = math.inf
    sandbox: Sandbox | None = None
    dead: str = ""
    """Why it answers no more: a verdict's name."""
    kills: int = 0

    def __post_init__(self) -> None:
        """Remember what the kernel had ended before."""
        self.kills = self.group.out_of_memory()

    def ask(self, steps: list[Step], seconds: float | None = None) -> object:
        """Return the last step's value, which may take `seconds` by the clock (default: what the limits allow).

        Raises:
            StudentError: the student's code raised, ran out of time or memory, or is not there.
            Ended: the fork is gone, and this and later checks need another one.
        """
        __tracebackhide__ = True  # pytest then shows the check's own line
        return self.understand(self.exchange(write(steps), seconds))

    def exchange(self, request: bytes, seconds: float | None = None) -> bytes:
        """Return what came for an encoded request, not understood yet; raises Ended."""
        __tracebackhide__ = True
        if self.dead:
            raise Ended(self.dead)
        try:
            return self._round_trip(request, seconds)
        except Deadline as error:
            self.dead = "timeout"
            raise Ended(self.dead) from error
        except (Closed, OSError) as error:
            self.dead = "memory" if self.group.out_of_memory() > self.kills else "crashed"
            raise Ended(self.dead) from error
        except ProtocolError as error:
            self.dead = "refused"
            raise Ended(self.dead) from error

    def understand(self, payload: bytes) -> object:
        """Return the value in what came; raises StudentError, or Ended where it is no answer of ours."""
        __tracebackhide__ = True
        try:
            value = _read_answer(payload)
        except ProtocolError as error:
            self.dead = "refused"
            raise Ended(self.dead) from error
        if isinstance(value, Failure):
            raise StudentError(value, self.program.given_classes)
        return value

    def _round_trip(self, request: bytes, seconds: float | None) -> bytes:
        nonce = os.urandom(16)
        wall = seconds or self.program.check_cpu_seconds * self.program.wall_factor + GRACE_SECONDS
        until = min(self.until, time.monotonic() + wall)
        self.channel.send(request, nonce, timeout=max(0.0, until - time.monotonic()))
        answer_nonce, payload = self.channel.receive(max(0.0, until - time.monotonic()))
        if answer_nonce != nonce or not payload:
            raise ProtocolError("an answer to a question that was not asked")
        return payload

    def close(self) -> None:
        """Let the fork end."""
        self.channel.close()


def _read_answer(payload: bytes) -> object:
    if payload[:1] == b"v":
        return decode(payload[1:])
    if len(payload) > FAILURE_BYTES:
        raise ProtocolError("a failure that takes more words than any")
    return read(payload[1:], Failure)
