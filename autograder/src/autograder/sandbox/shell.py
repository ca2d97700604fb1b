"""Run notebook cells in this process with IPython and keep what they print, show and raise.

The shell is made once in the warm process and inherited by every fork: making one costs more than running most cells.
"""

from __future__ import annotations

import base64
import contextlib
import linecache
import os
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.sandbox.images import pixels
from autograder.sandbox.messages import Cell, CellDone, Display
from autograder.sandbox.values import encode

__all__ = ["OUTPUT", "OutOfTime", "OutputLimit", "Shell", "captured", "cell_name", "classify", "limited", "own_lines"]

STOP_FACTOR = 200
"""A cell that prints this many times what is kept of it is stopped: it is a loop, not a result."""
FIGURES_PER_CELL = 20


class OutOfTime(BaseException):
    """Raised inside student code when its time is used up; no `except Exception` catches it."""


class OutputLimit(BaseException):
    """Raised inside student code that prints without end."""


class _Output:
    """Stands in for stdout and stderr: keeps the first bytes, counts the rest."""

    encoding = "utf-8"
    errors = "replace"
    closed = False

    def __init__(self) -> None:
        self.displays: list[Display] = []
        self.room = self.allowance = 0
        self.pieces: list[str] = []
        self.figures = 0

    def begin(self, limit: int) -> None:
        self.displays, self.pieces = [], []
        self.room, self.allowance, self.figures = limit, limit * STOP_FACTOR, FIGURES_PER_CELL

    def write(self, text: str) -> int:
        text = str(text)
        if self.room > 0:
            self.pieces.append(text[: self.room])
            if len(text) > self.room:
                self.pieces.append("\n[the rest of this output is not kept]\n")
        self.room -= len(text)
        self.allowance -= len(text)
        if self.allowance < 0:
            self.allowance = 1 << 20
            raise OutputLimit
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Nothing is buffered."""

    def isatty(self) -> bool:
        return False

    def fileno(self) -> int:
        return 1

    def show(self, display: Display) -> None:
        self.close_text()
        if display.kind != "picture" or self.figures > 0:
            self.displays.append(display)
        self.figures -= display.kind == "picture"

    def close_text(self) -> None:
        if self.pieces:
            self.displays.append(Display("text", "".join(self.pieces)))
            self.pieces = []


OUTPUT = _Output()
"""The one output of this process; a fork has its own."""


class _Publisher(DisplayPublisher):
    """Takes what `display` shows: a picture where there is one, else its text."""

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        output = OUTPUT
        picture = data.get("image/png")
        if isinstance(picture, (str, bytes)):
            with contextlib.suppress(Exception):  # a picture that cannot be read is shown as its text
                output.show(Display("picture", pixels=encode(pixels(base64.b64decode(picture)))))
                return
        if "application/vnd.plotly.v1+json" in data:
            output.show(Display("text", "[interactive Plotly figure]"))
        elif data.get("text/plain"):
            output.write(str(data["text/plain"]) + "\n")

    def clear_output(self, wait: bool = False) -> None:  # noqa: FBT001, FBT002  (IPython's own signature)
        """Keep everything: a cleared output is still what the student saw last."""


class _Hook(DisplayHook):
    """Shows the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """No prompt."""

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:  # noqa: ARG002
        InteractiveShell.instance().display_pub.publish(format_dict)


class _Interactive(InteractiveShell):
    """A shell without a window system."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def showtraceback(self, *_: Any, **__: Any) -> None:
        """Nothing is printed: the result carries the exception."""

    def system(self, cmd: str) -> None:
        """Run `!command` without a terminal and print what it prints."""
        expand: Any = self.var_expand
        done = subprocess.run(
            ["/bin/sh", "-c", expand(cmd, depth=1)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        OUTPUT.write(done.stdout.decode(errors="replace"))
        self.user_ns["_exit_code"] = done.returncode

    def showsyntaxerror(self, *_: Any, **__: Any) -> None:
        """Nothing is printed: the result carries the exception."""


def cell_name(identifier: str) -> str:
    """Return the file name that tracebacks show for a cell."""
    return f"<cell {identifier}>"


class Shell:
    """An IPython shell whose cells are named, limited and captured."""

    def __init__(self) -> None:
        """Make the shell; costs about 0.2 s, so it is done before any fork."""
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "nocolor"
        config.InteractiveShell.cache_size = 0
        config.InteractiveShell.enable_tip = False
        shell: Any = _Interactive.instance(config=config, display_pub_class=_Publisher, displayhook_class=_Hook)
        shell.enable_matplotlib("inline")
        warnings.filterwarnings("ignore", message="To exit: use")
        self._cell = ""
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
        process, before = os.getpid(), time.process_time()
        try:
            with limited(cpu_seconds, wall_factor), captured():
                result = self.shell.run_cell(cell.source, store_history=False, silent=False)
                error = result.error_before_exec or result.error_in_exec
        except BaseException as caught:  # noqa: BLE001  (SystemExit, OutOfTime: a cell's end is never the worker's)
            error = caught
        if os.getpid() != process:
            os._exit(0)  # a fork that the cell made and did not end must not go on with the notebook
        OUTPUT.close_text()
        spent = time.process_time() - before
        if error is None:
            return CellDone(cell.id, "passed", OUTPUT.displays, spent)
        shown = Display("error", describe_error(error, cell.source))
        return CellDone(cell.id, classify(error), [*OUTPUT.displays, shown], spent)


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
    """Raise OutOfTime in the body when its CPU time, or `wall_factor` times that by the clock, is used up."""
    signal.signal(signal.SIGPROF, _out_of_time)
    signal.signal(signal.SIGALRM, _out_of_time)
    # repeats each second, since the body may swallow the first
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds, 1.0)
    signal.setitimer(signal.ITIMER_REAL, cpu_seconds * wall_factor, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _out_of_time(_number: int, _frame: FrameType | None) -> None:
    raise OutOfTime


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
    return "\n".join(lines)[:20_000]


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
    """Point everything that writes settings or caches to the private folders."""
    os.environ.update(HOME=str(work.parent), TMPDIR="/tmp", MPLCONFIGDIR=str(work.parent / ".mpl"))  # noqa: S108
    os.environ.update(IPYTHONDIR=str(work.parent / ".ipython"), LANG="C.UTF-8")
    for name in ("LD_PRELOAD", "GLIBC_TUNABLES", "T2P_DEBUG"):
        os.environ.pop(name, None)
