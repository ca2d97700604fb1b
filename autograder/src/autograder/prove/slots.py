"""Trials side by side: a process for each slot, all over one warm process."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Any

from autograder.errors import GraderFault, SandboxUnavailable
from autograder.grade.data import data_of
from autograder.manifest import Exercise
from autograder.sandbox.forking import huge_pages
from autograder.sandbox.warm import Warm, start_warm
from autograder.sandbox.worker import prepare, worker

__all__ = ["Task", "do_all", "warm_for"]

WITHOUT_SANDBOX = "no sandbox on this machine ({why}): the course's own submissions ran in plain processes"

Task = tuple[str, tuple[Any, ...]]
"""Name of a method of what tries, and its arguments."""

_trials: object = None


@contextmanager
def warm_for(exercise: Exercise, slots: int, notes: list[str]) -> Iterator[Warm]:
    """Give the warm process of the course's own submissions, in plain processes and with a note where no sandbox is."""
    data = data_of(exercise)
    prepare(exercise.warm)
    huge_pages()
    try:
        warm = start_warm(slots, worker, data=data)
    except SandboxUnavailable as error:
        notes.append(WITHOUT_SANDBOX.format(why=error))
        warm = start_warm(slots, worker, sandboxed=False, data=data)
    try:
        yield warm
    finally:
        warm.close()


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
