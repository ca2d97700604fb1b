"""What a command costs: CPU seconds of all of its processes, as the kernel counted them, and wall time."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.environment import cores
from autograder.errors import GraderFault

__all__ = ["Cost", "Watch", "as_anybody", "core_text", "machine", "measured", "processor"]

Watch = Callable[[int], None]
"""Called every POLL_SECONDS with the command's pid."""
POLL_SECONDS = 0.1


@dataclass(frozen=True)
class Cost:
    """What a command cost in all."""

    cpu: float
    """Seconds of all processes that were waited for."""
    wall: float

    def each_beyond(self, few: Cost, more: int) -> Cost:
        """Return what each of the `more` submissions beyond those of `few` cost."""
        return Cost((self.cpu - few.cpu) / more, (self.wall - few.wall) / more)


def measured(command: list[str], folder: Path, *, extra: Mapping[str, str] | None = None, watch: Watch | None = None,
             allowed: tuple[int, ...] = (0,)) -> Cost:  # fmt: skip
    """Run `command` in `folder` and return its cost; raises GraderFault where it ends with a code not `allowed`."""
    log, start = folder / "output.txt", time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=as_anybody() | dict(extra or {}), stdin=subprocess.DEVNULL, stdout=output,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        code, cpu = _wait(process, watch)
    except BaseException:
        process.kill()
        process.wait()
        raise
    wall = time.monotonic() - start
    if code not in allowed:
        raise GraderFault(f"{' '.join(command[:3])} ended with {code}:\n{log.read_text(errors='replace')[-2000:]}")
    return Cost(cpu, wall)


def as_anybody() -> dict[str, str]:
    """Return the environment in which anybody would start a command: what ours needs beyond it, it sets itself."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    return {name: value for name, value in environment.items() if name not in {"LD_PRELOAD", "GLIBC_TUNABLES"}}


def _wait(process: subprocess.Popen[bytes], watch: Watch | None) -> tuple[int, float]:
    while True:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return process.returncode, usage.ru_utime + usage.ru_stime
        if watch is not None:
            watch(process.pid)
        time.sleep(POLL_SECONDS)


def machine() -> str:
    """Return the machine in a few words."""
    return f"{core_text(cores())} of {processor()}, Python {platform.python_version()}"


def processor() -> str:
    """Return the processor's name, or its architecture where the system does not tell."""
    info = Path("/proc/cpuinfo")
    names = re.findall(r"^model name\s*: (.*)$", info.read_text(), re.MULTILINE) if info.exists() else []
    return names[0] if names else platform.machine()


def core_text(number: int) -> str:
    """Return a number of cores in words."""
    return "1 core" if number == 1 else f"{number} cores"
