"""The notebook's shell: an IPython that shows and prints into a list, and asks for no screen, terminal or home."""

from __future__ import annotations

import base64
import contextlib
import fnmatch
import io
import subprocess
import time
from typing import Any

import cv2
import matplotlib as mpl
import numpy as np
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.figure import Figure
from traitlets.config import Config

from autograder.sandbox.images import fitting, pixels
from autograder.sandbox.messages import Display
from autograder.sandbox.values import encode

__all__ = ["OUTPUT", "OutputLimit", "interactive_shell", "sendable"]

STOP_FACTOR = 200
"""A cell that prints this many times what is kept of it is stopped: it is a loop, not a result."""
FIGURES_PER_CELL = 20
SHOWN_PER_CELL = 200
"""Objects, with the texts between them; reports keep fewer."""


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
        self.ours = 0.0
        """CPU seconds that showing took, beyond the student's drawing."""

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
        if len(self.displays) >= SHOWN_PER_CELL:
            return
        self.close_text()
        if display.kind != "picture" or self.figures > 0:
            self.displays.append(display)
        self.figures -= display.kind == "picture"

    def close_text(self) -> None:
        if self.pieces:
            self.displays.append(Display("text", sendable("".join(self.pieces))))
            self.pieces = []


def sendable(text: str) -> str:
    """Return `text` as it can be written in UTF-8: half of a surrogate pair would end the worker."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


OUTPUT = _Output()
"""The one output of this process; a fork has its own."""


class _Drawn(bytes):
    """A figure's pixels, encoded as they leave the sandbox; IPython takes any bytes for a picture's."""


class _Canvas(io.BytesIO):
    """Takes what Matplotlib would write into a file: the canvas itself, (height, width, 4), red first."""

    pixels: np.ndarray | None = None

    def write(self, canvas: Any) -> int:
        self.pixels = np.asarray(canvas)
        return self.pixels.size


def _draw(figure: Figure) -> _Drawn | None:
    """Return a figure's pixels as the PNG would show them, without packing and unpacking one."""
    if not figure.axes and not figure.lines:
        return None  # as IPython's own does
    canvas = _Canvas()
    look = {"facecolor": figure.get_facecolor(), "edgecolor": figure.get_edgecolor(), "dpi": figure.dpi}
    figure.canvas.print_figure(canvas, format="rgba", bbox_inches="tight", **look)  # type: ignore[arg-type]
    if canvas.pixels is None:
        return None
    before = time.thread_time()
    drawn = _Drawn(encode(fitting(cv2.cvtColor(canvas.pixels, cv2.COLOR_RGBA2BGR))))
    OUTPUT.ours += time.thread_time() - before
    return drawn


class _Publisher(DisplayPublisher):
    """Takes what `display` shows: a picture where there is one, else its text."""

    def publish(self, data: dict[str, Any], *_: Any, **__: Any) -> None:
        output = OUTPUT
        picture = data.get("image/png")
        if isinstance(picture, (str, bytes)):
            before = time.thread_time()
            with contextlib.suppress(Exception):  # a picture that cannot be read is shown as its text
                drawn = bytes(picture) if isinstance(picture, _Drawn) else encode(pixels(base64.b64decode(picture)))
                output.show(Display("picture", pixels=drawn))
                output.ours += time.thread_time() - before
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

    def update_user_ns(self, result: Any) -> None:
        """Keep the last value as `_`, unless the student uses that name; no earlier one is kept alive."""
        names: dict[str, Any] = InteractiveShell.instance().user_ns
        if names.get("_") is self._:
            names["_"] = self._ = result

    def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:  # noqa: ARG002  (IPython's signature)
        InteractiveShell.instance().display_pub.publish(format_dict)


class _Store(dict[str, Any]):
    """What `%store` and `%cd` remember: IPython would write it into the home of whoever started the grader."""

    def keys(self, pattern: str = "*") -> Any:
        """Return the keys that match `pattern`."""
        return fnmatch.filter(super().keys(), pattern)


class _Interactive(InteractiveShell):
    """A shell without a window system."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop to join."""

    def ask_exit(self) -> None:
        """Go on after `exit`: the cells below are work too."""

    def enable_matplotlib(self, gui: str | None = None) -> Any:  # noqa: ARG002  (IPython's own signature)
        """Draw inline whatever is asked for: `widget` and `qt` need what a student has and a grader has not."""
        enable: Any = super().enable_matplotlib
        enabled = enable("inline")
        display: Any = self.display_formatter
        display.formatters["image/png"].for_type(Figure, _draw)
        return enabled

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


def interactive_shell() -> Any:
    """Return the one shell of this process; costs about 0.2 s, so it is made before any fork."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.enable_tip = False
    shell: Any = _Interactive.instance(config=config, display_pub_class=_Publisher, displayhook_class=_Hook)
    shell.enable_matplotlib("inline")
    shell.db = _Store()
    shell.extension_manager.load_extension("storemagic")  # as a notebook's kernel does
    _use_any_backend()
    return shell


def _use_any_backend() -> None:
    """Let `matplotlib.use("TkAgg")`, which a student's own screen can show, cost nothing where there is none."""
    original = mpl.use

    def use(backend: str, *, force: bool = True) -> None:
        with contextlib.suppress(ImportError):
            original(backend, force=force)

    mpl.use = use
