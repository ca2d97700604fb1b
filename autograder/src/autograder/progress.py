"""A progress bar for whatever takes longer than a second; plain lines where there is no terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Say", "progress"]

Say = Callable[[str, int, int], None]
"""Called as say(what is being done, steps done, steps in all)."""
QUIET_SECONDS = 2.0


@contextmanager
def progress() -> Iterator[Say]:
    """Yield a function that shows how far the work is."""
    if not sys.stderr.isatty():
        yield _plain()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # no refreshing thread: processes are forked while the bar is shown
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("", total=None)

        def say(what: str, done: int, of: int) -> None:
            bar.update(task, description=what, completed=done, total=of or None)
            bar.refresh()

        yield say


def _plain() -> Say:
    last, line, shown = "", "", 0.0

    def say(what: str, done: int, of: int) -> None:
        nonlocal last, line, shown
        now = f"{what}{f' ({done}/{of})' if of else ''}"
        if now != line and (what != last or time.monotonic() - shown > QUIET_SECONDS):
            sys.stderr.write(f"{now}\n")
            sys.stderr.flush()
            last, line, shown = what, now, time.monotonic()

    return say
