"""Answer the examiner's requests with the objects that a notebook left behind.

Runs in a fork of the finished notebook, in one process with the student's code: whatever is said here is the worker's
word. The examiner believes only values that had to be computed.
"""

from __future__ import annotations

import contextlib
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, KeysView, ValuesView
from itertools import islice
from pathlib import Path, PurePath
from typing import Any

import numpy as np
import torch

from autograder.sandbox.files import Work
from autograder.sandbox.frames import Channel, Closed
from autograder.sandbox.messages import Failure, Program, Step, read, write
from autograder.sandbox.shell import OUTPUT, Shell, captured, classify, limited, own_lines, sendable
from autograder.sandbox.values import Handle, Slot, decode, encode

__all__ = ["Answering", "class_names"]

GENERATED_ITEMS = 100_000
ITERABLES = (Iterator, KeysView, ValuesView, range, deque)
"""What a student may return where the text says iterable: it leaves the sandbox as a list."""


class Answering:
    """The state of one fork: the namespace, the probes, and the objects that handles stand for."""

    def __init__(self, shell: Shell, program: Program, work: Work) -> None:
        """Answer about `shell`'s namespace and the files in `work` within the limits of `program`."""
        self.namespace = shell.namespace
        self.clock = shell.clock
        self.program = program
        self.work = work
        self.objects: dict[int, Any] = {}
        self.probes: dict[str, Any] = {}
        self.slots: list[Any] = []
        self.spent = 0.0

    def serve(self, channel: Channel) -> None:
        """Answer until the examiner closes the channel."""
        while True:
            try:
                nonce, payload = channel.receive()
            except Closed:
                return
            reply = self._reply(payload)
            try:
                channel.send(reply, nonce)
            except Closed:
                return

    def _reply(self, payload: bytes) -> bytes:
        OUTPUT.begin(self.program.output_bytes)
        try:
            with limited(self.program.check_cpu_seconds, self.program.wall_factor), captured():
                steps = read(payload, list[Step])
                self.slots = []
                for step in steps:
                    self.slots.append(self._do(step))
                return b"v" + encode(self._out(self.slots[-1] if self.slots else None))
        except BaseException as error:  # noqa: BLE001  (student code may raise anything, SystemExit too)
            return b"f" + write(self._failure(error))

    def _failure(self, error: BaseException) -> Failure:
        kind: Any = classify(error)
        if isinstance(error, (_Missing, NotImplementedError)):
            kind = "missing"
        where = own_lines(error.__traceback__)
        name, line = where[-1] if where else ("", 0)
        OUTPUT.close_text()
        printed = "".join(display.text for display in OUTPUT.displays)[:4000]
        with contextlib.suppress(Exception):
            printed += f"\n{type(error).__name__}: {error}"[:4000]
        bases = [sendable(name) for base in type(error).__mro__[:-1] for name in class_names(base)][:10]
        kind = "timeout" if kind == "output_limit" else kind
        return Failure(kind, bases, line, name.removeprefix("<cell ").removesuffix(">"), sendable(printed[:8000]))

    def _do(self, step: Step) -> Any:
        args, kwargs = self._in(decode(step.arguments)) if step.arguments else ([], {})
        before = self.clock()
        try:
            return ACTIONS[step.action](self, step, list(args), kwargs)
        finally:
            self.spent += self.clock() - before

    def _in(self, value: Any) -> Any:
        if isinstance(value, Handle):
            return self.objects[value.number]
        if isinstance(value, Slot):
            return self.slots[value.number]
        if isinstance(value, PurePath):
            return Path(value)
        if isinstance(value, (list, tuple)):
            return type(value)(self._in(item) for item in value)
        if isinstance(value, dict):
            return {key: self._in(item) for key, item in value.items()}
        return value

    def _out(self, value: Any) -> Any:
        if isinstance(value, ITERABLES):
            return list(islice(value, GENERATED_ITEMS))
        return value

    def _named(self, name: str) -> Any:
        try:
            return self.namespace[name]
        except KeyError:
            raise _Missing(name) from None

    def _keep(self, value: Any) -> Handle:
        number = len(self.objects) + 1
        self.objects[number] = value
        return Handle(number, type(value).__name__)

    def _call(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return self._named(step.name)(*args, **kwargs)

    def _make(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return self._keep(self._named(step.name)(*args, **kwargs))

    def _method(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> Any:
        return getattr(self.objects[step.target], step.name)(*args, **kwargs)

    def _get(self, step: Step, _args: list[Any], _kwargs: dict[str, Any]) -> Any:
        return getattr(self.objects[step.target], step.name)

    def _index(self, step: Step, args: list[Any], _kwargs: dict[str, Any]) -> Any:
        return self.objects[step.target][args[0]]

    def _grad(self, step: Step, _args: list[Any], _kwargs: dict[str, Any]) -> Any:
        return self.objects[step.target].grad

    def _probe(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> Any:
        if not self.probes:
            code = kwargs.pop("__source__")
            exec(compile(code, "<probes>", "exec"), self.probes)  # noqa: S102  (the instructor's code)
        kwargs.pop("__source__", None)
        return self.probes[step.name](self.namespace, *args, **kwargs)

    def _observe(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> Any:
        writes = kwargs.pop("__writes__", False)
        value = self._named(step.name)(*args, **kwargs)
        plain = self._out(value)
        answer = encode(plain)  # before anything is written to it
        shares = [_shares_memory(value, arg) for arg in args]
        if writes:
            _scribble(value)
        return {"value": answer, "args": list(args), "shares": shares}

    def _events(self, step: Step, args: list[Any], kwargs: dict[str, Any]) -> int:
        function = self._named(step.name)
        count = 0

        def trace(_frame: Any, _event: str, _arg: Any) -> Callable[..., Any]:
            nonlocal count
            count += 1
            return trace

        threading.settrace(trace)  # of the threads that the call starts; the other is this one's
        sys.settrace(trace)
        try:
            function(*args, **kwargs)
        finally:
            sys.settrace(None)
            threading.settrace(None)
        return count

    def _file(self, step: Step, args: list[Any], _kwargs: dict[str, Any]) -> Any:
        return self.work.act(step.name, *args)

    def _spent(self, _step: Step, _args: list[Any], _kwargs: dict[str, Any]) -> float:
        return self.spent


def class_names(kind: type) -> list[str]:
    """Return what an exception's class is called; first with its module where a name says nothing: `struct.error`."""
    name = kind.__name__
    return [f"{str(kind.__module__).partition('.')[0].lstrip('_')}.{name}", name] if name.lower() == "error" else [name]


class _Missing(Exception):
    """A name that the notebook never defined."""


ACTIONS: dict[str, Callable[[Answering, Step, list[Any], dict[str, Any]], Any]] = {
    "call": Answering._call,
    "make": Answering._make,
    "method": Answering._method,
    "get": Answering._get,
    "index": Answering._index,
    "grad": Answering._grad,
    "probe": Answering._probe,
    "observe": Answering._observe,
    "events": Answering._events,
    "file": Answering._file,
    "spent": Answering._spent,
}


def _shares_memory(value: Any, arg: Any) -> bool:
    """Whether an answer and an argument overlap in memory, arrays inside lists and tuples included."""
    if isinstance(value, (list, tuple)):
        return any(_shares_memory(item, arg) for item in value)
    if isinstance(arg, (list, tuple)):
        return any(_shares_memory(value, item) for item in arg)
    one, other = _storage(value), _storage(arg)
    return one is not None and other is not None and one[0] < other[1] and other[0] < one[1]


def _storage(value: Any) -> tuple[int, int] | None:
    if isinstance(value, torch.Tensor) and value.device.type == "cpu":
        storage = value.untyped_storage()
        return (storage.data_ptr(), storage.data_ptr() + storage.nbytes()) if storage.nbytes() else None
    if isinstance(value, np.ndarray) and value.size:
        owner = value
        while isinstance(owner.base, np.ndarray):
            owner = owner.base
        low, high = np.lib.array_utils.byte_bounds(owner)
        return low, high
    return None


def _scribble(value: Any) -> None:
    """Write to an answer, so that a view shows in the argument it looks at."""
    with contextlib.suppress(Exception), torch.no_grad():
        if isinstance(value, torch.Tensor):
            value.logical_not_() if value.dtype is torch.bool else value.add_(1)
        elif isinstance(value, np.ndarray):
            np.logical_not(value, out=value) if value.dtype == bool else np.add(value, 1, out=value, casting="unsafe")
        elif isinstance(value, list) and value:
            value.append(value[0])
