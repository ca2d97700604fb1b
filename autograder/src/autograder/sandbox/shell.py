"""Run notebook cells in this process with IPython and keep what they print, show and raise.

The shell is made once in the warm process and inherited by every fork: making one costs more than running most cells.
"""

from __future__ import annotations

import contextlib
import linecache
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType, TracebackType
from typing import Any

from autograder.sandbox.interactive import OUTPUT, OutputLimit, interactive_shell, sendable
from autograder.sandbox.messages import Cell, CellDone, Display

__all__ = ["OUTPUT", "OutOfTime", "Shell", "captured", "cell_name", "classify", "limited", "own_lines", "sendable"]

CORES = len(os.sched_getaffinity(0))
"""CPU time passes at most this many times as fast as the clock."""
LOOK_SECONDS = 1.0
AGAIN_SECONDS = 1.0
"""How often a body is told again that its time is over, since it may swallow the first."""


LAST_VALUES = ("_", "__", "___")
"""IPython's, not the student's."""
_looked = [-LOOK_SECONDS, 0.0, 0]
"""When this process last asked how long it had waited for a core, the answer, and which process it was."""


class OutOfTime(BaseException):
    """Raised inside student code when its time is used up; no `except Exception` catches it."""


def _helps(value: Any) -> bool:
    return callable(value) or isinstance(value, ModuleType)


def cell_name(identifier: str) -> str:
    """Return the file name that tracebacks show for a cell."""
    return f"<cell {identifier}>"


class Shell:
    """An IPython shell whose cells are named, limited and captured."""

    def __init__(self) -> None:
        """Make the shell; costs about 0.2 s, so it is done before any fork."""
        shell = interactive_shell()
        warnings.filterwarnings("ignore", message="To exit: use")
        self._cell = ""
        self._identifiers: set[str] = set()
        self._callables: dict[str, Any] = {}
        self._helpers: dict[str, Any] = {}
        self.clock: Callable[[], float] = time.thread_time
        """CPU seconds of student code. Of the thread: the process's own clock, under a limit of CPU time as here, moves
        in steps of 4 ms; where an exercise has more threads, only that one counts them all."""
        shell.compile.get_code_name = lambda *_: cell_name(self._cell)
        self.shell = shell

    @property
    def namespace(self) -> dict[str, Any]:
        """The notebook's global names."""
        names: dict[str, Any] = self.shell.user_ns
        return names

    def run(self, cell: Cell, *, output_bytes: int, cpu_seconds: float, wall_factor: float) -> CellDone:
        """Run one cell; whatever it raises becomes its status."""
        OUTPUT.begin(output_bytes)
        self._cell = cell.id
        error: BaseException | None = None
        names = dict(self.namespace) if cell.own else {}
        process, before = os.getpid(), self._spent()
        try:
            with limited(cpu_seconds, wall_factor), captured():
                result = self.shell.run_cell(cell.source, store_history=False, silent=False)
                error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # noqa: BLE001  (SystemExit, OutOfTime: a cell's end is never the worker's)
            error = caught
        if os.getpid() != process:
            os._exit(0)  # a fork that the cell made and did not end must not go on with the notebook
        OUTPUT.close_text()
        spent = self._spent() - before
        self._remember(cell.id)
        if cell.own:
            self._remember_helpers(names)
        if error is None:
            return CellDone(cell.id, "passed", OUTPUT.displays, spent)
        shown = Display("error", describe_error(error, cell.source))
        return CellDone(cell.id, classify(error), [*OUTPUT.displays, shown], spent)

    def _spent(self) -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return self.clock() + children.ru_utime + children.ru_stime - OUTPUT.ours

    def _remember(self, identifier: str) -> None:
        self._identifiers.add(identifier)
        for name in self._identifiers:
            if callable(value := self.namespace.get(name)):
                self._callables[name] = value

    def _remember_helpers(self, before: dict[str, Any]) -> None:
        """Keep the functions and modules that a student's cell bound; what it bound to something else is no helper."""
        for name, value in dict(self.namespace).items():
            if name not in LAST_VALUES and (name not in before or before[name] is not value):
                if _helps(value):
                    self._helpers[name] = value
                else:
                    self._helpers.pop(name, None)

    def restore(self) -> None:
        """Bind once more what the checks' calls need and what the cells below have hidden.

        That is each part that was hidden by a value of its own name, as by `softmax = softmax(x)`, and each function
        or module of the student's in whose place a given cell has put a value: in Jupyter the answer had been called
        before that, and the checks call it at the end.
        """
        for name, value in self._callables.items():
            if not callable(self.namespace.get(name)):
                self.namespace[name] = value
        for name, value in self._helpers.items():
            if name in self.namespace and not _helps(self.namespace[name]):
                self.namespace[name] = value


@contextlib.contextmanager
def captured() -> Iterator[None]:
    """Send what the body prints to OUTPUT."""
    before = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = OUTPUT
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@contextlib.contextmanager
def limited(cpu_seconds: float, wall_factor: float) -> Iterator[None]:
    """Raise OutOfTime in the body when its CPU time, or `wall_factor` times that by the clock, is used up.

    Waiting for a core that others keep busy is no part of it: the same work has the same time on every machine. One
    timer by the clock, which looks at the CPU time when it rings: while a timer of the kernel's runs on CPU time, that
    clock moves only with its ticks of 4 ms, and what students' code spent could not be told.
    """
    now = time.monotonic()
    # a look at /proc takes a tenth of what most calls take; a fork's wait begins anew
    if now - _looked[0] > LOOK_SECONDS or _looked[2] != os.getpid():
        _looked[:] = now, _waited(), os.getpid()
    begun, wall_until = time.process_time(), now + cpu_seconds * wall_factor - _looked[1]

    def look(_number: int, _frame: FrameType | None) -> None:
        left = min(cpu_seconds - (time.process_time() - begun), wall_until + _waited() - time.monotonic())
        if left <= 0:
            raise OutOfTime
        signal.setitimer(signal.ITIMER_REAL, max(left / CORES, 0.01), AGAIN_SECONDS)

    signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, cpu_seconds / CORES, AGAIN_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _waited() -> float:
    """Return for how many seconds this process was ready to run while no core was free; 0 where Linux does not tell."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        descriptor = os.open("/proc/self/schedstat", os.O_RDONLY)
        try:
            return int(os.read(descriptor, 100).split()[1]) / 1e9
        finally:
            os.close(descriptor)
    return 0.0


def classify(error: BaseException) -> Any:
    """Return the status that an exception stands for."""
    if isinstance(error, OutOfTime):
        return "timeout"
    if isinstance(error, OutputLimit):
        return "output_limit"
    allocation = isinstance(error, RuntimeError) and "can't allocate memory" in str(error)
    if isinstance(error, MemoryError) or allocation:
        return "memory"
    return "raised"


def describe_error(error: BaseException, source: str) -> str:
    """Return a traceback of the student's own lines alone, as plain text."""
    if isinstance(error, (OutOfTime, OutputLimit)):
        return "stopped: out of time" if isinstance(error, OutOfTime) else "stopped: printed too much"
    lines = ["Traceback (most recent call last):"]
    for name, number in own_lines(error.__traceback__):
        text = linecache.getline(name, number).strip() or _line_of(source, number)
        lines += [f"  {name.strip('<>')}, line {number}", f"    {text}"]
    try:
        lines += [part.rstrip() for part in traceback.format_exception_only(error)]
    except Exception:  # noqa: BLE001  (a student's __str__ may raise)
        lines.append(type(error).__name__)
    return sendable("\n".join(lines)[:20_000])


def _line_of(source: str, number: int) -> str:
    lines = source.splitlines()
    return lines[number - 1].strip() if 0 < number <= len(lines) else ""


def own_lines(trace: TracebackType | None) -> list[tuple[str, int]]:
    """Return (cell's file name, line) for each frame of the traceback that belongs to a cell, outermost first."""
    found = []
    for frame, line in traceback.walk_tb(trace):
        name = frame.f_code.co_filename
        if name.startswith("<cell "):
            found.append((name, line))
    return found[-8:]


def quiet_environment(work: Path) -> None:
    """Point everything that writes settings or caches to the private folders, and end at once what cannot succeed."""
    home = work.parent
    tempfile.tempdir = None  # what the warm process found, from its own environment
    os.environ.update(HOME=str(home), TMPDIR="/tmp", MPLCONFIGDIR=str(home / ".mpl"))  # noqa: S108  (private to the submission)
    os.environ.update(IPYTHONDIR=str(home / ".ipython"), LANG="C.UTF-8")
    # `!pip install` would wait for a network, breakpoint() for a person
    os.environ.update(PIP_NO_INDEX="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PYTHONBREAKPOINT="0")
    for name in ("LD_PRELOAD", "GLIBC_TUNABLES", "T2P_DEBUG"):
        os.environ.pop(name, None)
