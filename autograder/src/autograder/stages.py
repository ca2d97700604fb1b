"""Where the CPU time of a batch goes: marks on functions that cost nothing unless T2P_STAGES names a folder.

The folder holds `clock`, a link to a control group's count of CPU time of all processes, living and dead. A stage costs
what that clock moved between its beginning and its end, less the stages inside it. So it is exact only where one
submission is graded at a time.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

__all__ = ["own", "stage"]

P = ParamSpec("P")
R = TypeVar("R")
FOLDER = os.environ.get("T2P_STAGES", "")


def stage(name: str, *, whole: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Mark a function as the stage `name`; with `whole`, stages inside it count as part of it."""

    def mark(function: Callable[P, R]) -> Callable[P, R]:
        if not FOLDER:
            return function

        @wraps(function)
        def measured(*args: P.args, **kwargs: P.kwargs) -> R:
            _recorder.enter(name, whole=whole)
            try:
                return function(*args, **kwargs)
            finally:
                _recorder.leave()

        return measured

    return mark


def own(seconds: float) -> None:
    """Say that `seconds` of the stage that is running were the student's own compute."""
    if FOLDER:
        _recorder.own(seconds)


class _Recorder:
    """Stages that have begun; writes a line when the outermost ends."""

    def __init__(self) -> None:
        self.running: list[tuple[str, bool]] = []
        self.spent: dict[str, list[float]] = {}
        self.last = 0.0

    def enter(self, name: str, *, whole: bool) -> None:
        self._count()
        inside = bool(self.running) and self.running[-1][1]
        self.running.append((self.running[-1][0] if inside else name, inside or whole))
        self._of_running()[2] += not inside
        self.last = _clock()

    def leave(self) -> None:
        self._count()
        self.running.pop()
        if not self.running:
            with (Path(FOLDER) / "stages.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(self.spent) + "\n")
            self.spent = {}
        self.last = _clock()

    def own(self, seconds: float) -> None:
        if self.running:
            self._of_running()[1] += seconds

    def _count(self) -> None:
        if self.running:
            self._of_running()[0] += _clock() - self.last

    def _of_running(self) -> list[float]:
        """Return [CPU seconds, of these the student's own, times] of the stage that is running."""
        return self.spent.setdefault(self.running[-1][0], [0.0, 0.0, 0])


def _clock() -> float:
    time.process_time()  # the kernel then books what this process has used since its last tick
    words = (Path(FOLDER) / "clock").read_text(encoding="ascii").split()
    return int(words[1]) / 1e6 if words[0] == "usage_usec" else int(words[0]) / 1e9


_recorder = _Recorder()
