"""Run another grader on hostile code in a throw-away system, so that nothing of this machine is touched.

The graders compared here have no sandbox. So each run gets one from outside, of which the hostile code notices little:
fresh mount, pid, net, ipc and uts namespaces, a copy of the machine's files whose changes live in memory, an
unprivileged user, and a control group for memory and processes. When the first process ends, all of it is gone.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from autograder.bench.security.inside import EMPTY
from autograder.errors import GraderFault, UserError
from autograder.sandbox.cgroup import Group

__all__ = ["Contained", "End", "contained"]

MEMORY_BYTES = 5 << 30
PROCESSES = 400
SPACE, FILES = "512m", 100_000
HOME = Path("/home/grader")
BEYOND_SECONDS = 90.0
"""For making the system, looking around in it and ending it."""
REMOVAL_SECONDS = 10.0
INSIDE = Path(__file__).with_name("inside.py")
NAMESPACES = ("--mount", "--pid", "--fork", "--net", "--ipc", "--uts", "--kill-child", "--propagation", "private")


class End(msgspec.Struct, frozen=True):
    """How one command ended."""

    code: int | None
    """None where it had to be ended."""
    seconds: float


class Contained(msgspec.Struct, frozen=True):
    """What was found after a grader met a class with an attacker in it."""

    seconds: float = 0.0
    ended: list[End] = []
    left: list[str] = []
    """Processes that outlived the grader."""
    changed: list[str] = []
    """Files of others that are new or different."""
    points: dict[str, float] = {}
    """By student; nobody without a result."""
    seen: str = ""
    """Lines with planted tokens or hidden inputs that the attacker's result shows."""
    log: str = ""
    lost: str = ""
    """Why nothing is known, where nothing is."""


def contained(
    course: Path, commands: Sequence[Sequence[str]], students: Sequence[str], seconds: float,
    *, canaries: Mapping[str, str], environment: Mapping[str, str], installations: Sequence[Path],
) -> Contained:  # fmt: skip
    """Run `commands` in a copy of `course` and return what was found.

    Args:
        course: becomes the folder `course` of an unprivileged user's home.
        commands: what that user starts there, one after another.
        students: the attacker first, then the others.
        seconds: for all commands together; what runs longer is ended.
        canaries: text of files in the home that an attacker may find, by name.
        environment: of the commands.
        installations: folders that the user may write to, as one who installed the grader himself.

    Raises:
        UserError: this machine cannot hold hostile code that has no sandbox of its own.
    """
    hidden = [
        one for one in map(str, (sys.prefix, *installations)) if any(Path(one).is_relative_to(top) for top in EMPTY)
    ]
    if hidden:
        raise UserError(f"{hidden[0]} lies where a throw-away system is empty ({', '.join(EMPTY)}): move it elsewhere")
    if os.geteuid() != 0:
        raise UserError("other graders run hostile code unprotected: root is needed to give them a throw-away system")
    with tempfile.TemporaryDirectory(prefix="t2p-throw-away-") as scratch:
        (Path(scratch) / "system").mkdir()
        plan = {
            "scratch": f"{scratch}/system", "space": SPACE, "files": FILES, "home": str(HOME), "course": str(course),
            "commands": [list(map(str, command)) for command in commands], "students": list(students),
            "seconds": seconds, "canaries": dict(canaries), "environment": dict(environment),
            "installations": list(map(str, installations)), "opened": list(map(str, _closed(installations))),
        }  # fmt: skip
        (Path(scratch) / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
        return _started(Path(scratch) / "plan.json", seconds + BEYOND_SECONDS)


def _closed(installations: Sequence[Path]) -> list[Path]:
    """Return folders on the way to Python that only their owner may pass, such as root's home."""
    ways = [Path(sys.base_prefix), Path(sysconfig.get_paths()["purelib"]), *installations]
    return sorted({folder for way in ways for folder in (way, *way.parents) if folder.stat().st_mode & 0o005 != 0o005})


def _started(plan: Path, seconds: float) -> Contained:
    reading, writing = os.pipe()
    program = f'read go && exec unshare {" ".join(NAMESPACES)} "$0" -I "$1" "$2" {writing}'
    command = ["sh", "-c", program, sys.executable, str(INSIDE), str(plan)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=[writing])
    os.close(writing)
    with _limits(process.pid), os.fdopen(reading, "rb") as answer:
        try:
            _, errors = process.communicate(b"go\n", timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return Contained(lost=f"the throw-away system did not come back within {seconds:.0f} s")
        data = answer.read()
    if not data:
        words = errors.decode(errors="replace").strip().splitlines()
        return Contained(lost=words[-1] if words else f"the throw-away system ended with {process.returncode}")
    return msgspec.json.decode(data, type=Contained)


@contextmanager
def _limits(pid: int) -> Iterator[None]:
    group = Group.create(pid, MEMORY_BYTES, PROCESSES)
    try:
        if {"memory", "pids"} - set(group.folders):
            raise UserError("no control group for memory and processes here: hostile code could harm this machine")
        yield
    finally:
        until = time.monotonic() + REMOVAL_SECONDS
        while any(folder.exists() for folder in group.folders.values()) and time.monotonic() < until:
            group.remove()
            time.sleep(0.02)
        if any(folder.exists() for folder in group.folders.values()):
            raise GraderFault("a throw-away system has left processes: look for them in /sys/fs/cgroup/*/t2p-*")
