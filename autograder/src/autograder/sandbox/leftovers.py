"""What calls leave behind outlives their fork: processes, and files in the private folders. Here it ends.

A check that is asked in a fresh fork shall find the processes and files that the notebook's cells left, and no more;
otherwise a part that fills a folder or starts processes would cost the others their points.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

__all__ = ["Leftovers", "reap"]

ROUNDS = 200
ROUND_SECONDS = 0.005
"""Processes that fork while they are ended may need more than one round."""


class Leftovers:
    """Knows what was there when the cells had ended; for the first process of a pid namespace of its own alone."""

    def __init__(self, folders: Iterable[Path]) -> None:
        """Look at the processes and at `folders`, before anything has been called."""
        self._folders = {str(folder): folder.stat().st_dev for folder in folders if folder.is_dir()}
        self._files = set(self._entries())
        self._processes = set(_processes())

    def clear(self, spared: int = 0) -> None:
        """End every process but those that were there and `spared`; remove every file and folder that is new."""
        for _ in range(ROUNDS):
            reap()
            strays = set(_processes()) - self._processes - {spared}
            if not strays:
                break
            for number in strays:
                with contextlib.suppress(OSError):
                    os.kill(number, signal.SIGKILL)
            time.sleep(ROUND_SECONDS)
        for path in self._entries():
            if path not in self._files:
                _remove(path)

    def _entries(self) -> Iterator[str]:
        for folder, device in self._folders.items():
            yield from _tree(folder, device)


def _tree(folder: str, device: int) -> Iterator[str]:
    """Yield what lies in `folder` at any depth, the innermost first, as far as it is on the same file system."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in list(entries):
            with contextlib.suppress(OSError):
                if entry.is_dir(follow_symlinks=False):
                    if entry.stat(follow_symlinks=False).st_dev != device:
                        continue  # the Python installation, where it lies inside a private folder
                    yield from _tree(entry.path, device)
                yield entry.path


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        if os.path.isdir(path) and not os.path.islink(path):  # noqa: PTH112, PTH114  (a str is what scandir gives)
            shutil.rmtree(path, ignore_errors=True)
        else:
            os.unlink(path)  # noqa: PTH108  (as above)


def _processes() -> Iterator[int]:
    """Yield the processes that live, this one included; those that have ended and were not waited for are none."""
    for name in os.listdir("/proc"):  # noqa: PTH208  (five times as fast, and done before each fork)
        if name.isdigit():
            with contextlib.suppress(OSError), open(f"/proc/{name}/stat", "rb", buffering=0) as file:  # noqa: PTH123  (quick)
                if file.read().rpartition(b")")[2].split()[0] != b"Z":
                    yield int(name)


def reap() -> None:
    """Wait for the children that have ended, so that they are gone."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
