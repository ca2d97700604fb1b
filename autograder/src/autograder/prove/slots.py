"""Trials side by side: a process for each slot, all over one warm process."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from autograder.errors import GraderFault

__all__ = ["Task", "do_all"]

Task = tuple[str, tuple[Any, ...]]
"""Name of a method of what tries, and its arguments."""

_trials: object = None


def do_all(tasks: Sequence[Task], trials: Callable[[int], object], slots: int) -> Iterator[tuple[Task, Any]]:
    """Yield each task with its result, as they come; raises what a task raised.

    Args:
        tasks: what is to be done.
        trials: makes what does it, given the number of a slot; called once in each process.
        slots: processes.
    """
    context = multiprocessing.get_context("fork")
    numbers = context.SimpleQueue()
    for number in range(slots):
        numbers.put(number)
    with ProcessPoolExecutor(slots, context, _begin, (numbers, trials)) as pool:
        waiting = {pool.submit(_do, task): task for task in tasks}
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BrokenProcessPool as error:
            raise GraderFault("a process that tries submissions ended by itself: is there memory enough?") from error
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(numbers: Any, trials: Callable[[int], object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that coordinates
    global _trials  # noqa: PLW0603  (the state of a process that does nothing else)
    _trials = trials(numbers.get())


def _do(task: Task) -> Any:
    name, arguments = task
    return getattr(_trials, name)(*arguments)
