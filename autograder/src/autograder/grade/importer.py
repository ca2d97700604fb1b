"""The one process that imports: from it come the warm process and then the examiners.

It is started anew, with an environment of its own, and knows no cohort, no student and no secret when it forks the
warm process. So there is nothing in the memory that a submission inherits that it could print.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec

from autograder.environment import for_forks
from autograder.errors import AutograderError, GraderFault, SandboxUnavailable
from autograder.grade.job import Job
from autograder.grade.lost import lost
from autograder.manifest import Exercise
from autograder.sandbox.forget import KEPT
from autograder.sandbox.frames import Channel, Closed, ProtocolError
from autograder.sandbox.messages import write
from autograder.sandbox.server import Sweep, cores_of
from autograder.sandbox.warm import Warm, raise_descriptor_limit, start_warm

__all__ = ["REPORT_BYTES", "Importer"]

REPORT_BYTES = 1 << 30
START_SECONDS = 120.0
NEEDED = (
    *("HOME", "XDG_CACHE_HOME", "MPLCONFIGDIR", "TMPDIR", "LD_PRELOAD", "GLIBC_TUNABLES", "VIRTUAL_ENV"),
    *("T2P_CACHE", "T2P_DATA", "T2P_DEBUG", "T2P_STAGES"),
)
"""What imports, checks and references may look at, beside what a submission keeps. Each is named: OpenMP copies the
whole environment to where nobody finds it again but a submission that reads its own memory."""


class _Start(msgspec.Struct):
    """What is known before the warm process is forked: nothing about any person."""

    slots: int
    many: bool
    sandboxed: bool
    modules: list[str]
    data: dict[str, str]


class _Examine(msgspec.Struct):
    """Fork an examiner; its socket comes along."""

    slot: int
    exercise: Exercise
    secret: bytes


class Importer:
    """The coordinator's hold on it; a context manager that ends it and all that came from it."""

    def __init__(
        self,
        slots: int,
        modules: Iterable[str],
        *,
        sandboxed: bool,
        data: Mapping[str, str] = MappingProxyType({}),
        many: bool = True,
    ) -> None:
        """Start the process and wait until it can take submissions; raises SandboxUnavailable.

        Args:
            slots: submissions graded at once.
            modules: what the exercise's notebooks import.
            sandboxed: False runs plain processes, for the project's own submissions alone.
            data: files that student code may read, by `DATASET/FILE`.
            many: whether cheaper forks are worth 0.3 s before the first.
        """
        raise_descriptor_limit()  # of the coordinator too, which sends descriptors to the importer
        ours, theirs = socket.socketpair()
        # not `-m`: IPython puts the notebook's namespace in the place of `__main__`
        code = f"from autograder.grade.importer import main; main({theirs.fileno()})"
        command = [sys.executable, "-P", "-c", code]
        kept = {name: value for name, value in os.environ.items() if name.startswith(KEPT) or name in NEEDED}
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], env=kept | for_forks(), stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._control = Channel(ours)
        try:
            self._control.send(msgspec.msgpack.encode(_Start(slots, many, sandboxed, list(modules), dict(data))))
            _, word = self._control.receive(START_SECONDS)
        except ProtocolError:
            word = b"the process that imports ended by itself"
        if word != b"ready":
            self.close()
            raise SandboxUnavailable(word.decode())

    def examiner(self, exercise: Exercise, secret: bytes, slot: int) -> Channel:
        """Return the channel of a new examiner, which takes jobs and answers with reports."""
        ours, theirs = socket.socketpair()
        message = msgspec.msgpack.encode(_Examine(slot, exercise, secret), enc_hook=str)
        self._control.send(message, descriptors=[theirs.fileno()])
        theirs.close()
        return Channel(ours, limit=REPORT_BYTES)

    def close(self) -> None:
        """End everything; examiners whose channels are closed go first."""
        self._control.close()
        self._process.wait()


def main(descriptor: int) -> None:
    """Be that process, with the coordinator at the other end of `descriptor`."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    control = Channel(socket.socket(fileno=descriptor), takes=1)
    _, payload = control.receive()
    start = msgspec.msgpack.decode(payload, type=_Start)
    from autograder.sandbox.worker import prepare, worker

    prepare(start.modules)
    if start.many:
        from autograder.sandbox.forking import huge_pages

        huge_pages()
    try:
        warm = start_warm(start.slots, worker, sandboxed=start.sandboxed, data=start.data)
    except SandboxUnavailable as error:
        control.send(str(error).encode())
        return
    control.send(b"ready")
    examiners = list(_forked(control, warm))
    # first: whatever an examiner still waits for ends with it, and nobody who stops a grading waits for a training
    warm.close()
    for pid in examiners:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)


def _forked(control: Channel, warm: Warm) -> Iterable[int]:
    while True:
        try:
            _, payload = control.receive()
        except Closed:
            return
        asked = msgspec.msgpack.decode(payload, type=_Examine, dec_hook=_path)
        connection = socket.socket(fileno=control.descriptors.pop())
        pid = os.fork()
        if pid == 0:
            control.close()
            _run(connection, asked, warm)
        connection.close()
        yield pid


def _path(kind: type, value: Any) -> Path:
    assert kind is Path  # noqa: S101  (the only type of an exercise that msgpack lacks)
    return Path(value)


def _run(connection: socket.socket, asked: _Examine, warm: Warm) -> None:
    code = 1
    try:
        _examine(Channel(connection, limit=REPORT_BYTES), asked, warm)
        code = 0
    except GraderFault as fault:
        sys.stderr.write(f"error: {fault}\n")
    except BaseException:  # noqa: BLE001  (nothing may run on into the importer's code)
        traceback.print_exc()
    finally:
        os._exit(code)


def _examine(channel: Channel, asked: _Examine, warm: Warm) -> None:
    from autograder.grade.grader import Grader

    cores = cores_of(asked.slot, len(warm.slots))[: asked.exercise.threads]
    os.sched_setaffinity(0, cores)  # where the submissions of its slot run
    signal.signal(signal.SIGPROF, signal.SIG_DFL)  # which ends the process: C code looks at no handler of Python's
    warm.slots[asked.slot].send(write(Sweep()))  # of an examiner that was lost: nobody else would end its submission
    with Grader(asked.exercise, asked.secret, warm, asked.slot) as grader:
        while True:
            try:
                _, payload = channel.receive()
            except Closed:
                return
            job = msgspec.msgpack.decode(payload, type=Job)
            signal.setitimer(signal.ITIMER_PROF, asked.exercise.limits.judging_cpu_seconds)
            try:
                report = grader.grade(job)
            except AutograderError as error:  # checks or reference are broken, perhaps while somebody edits them
                report = lost(asked.exercise, job, str(error))
            try:
                channel.send(msgspec.msgpack.encode(report))
            except Closed:  # grading was stopped meanwhile
                return
