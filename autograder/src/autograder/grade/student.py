"""What a check sees of a submission: names to call, answered by the sandbox with plain data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from autograder.grade.facts import Definitions, Facts
from autograder.grade.forms import fits, forms_of
from autograder.grade.tape import Tape
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Decode, Step
from autograder.sandbox.values import Handle, decode, encode

__all__ = ["Observation", "Remote", "Student"]

MOST_STEPS = 1 << 63
"""No call takes as many; a larger number would overflow where it is compared."""


@dataclass(frozen=True)
class Observation:
    """A call's value and what the worker claims about its side effects."""

    value: Any
    args_after: list[Any]
    """The positional arguments after the call (and, with `writes`, after the value was written to)."""
    shares_memory: list[bool]
    """For each positional argument, whether the value overlaps it in memory."""


@dataclass(frozen=True)
class Remote:
    """An object that stays in the sandbox, such as an instance of a student's class."""

    student: Student
    handle: Handle

    def get(self, name: str) -> Any:
        """Return the attribute `name` as plain data."""
        return self.student.ask(Step("get", name, target=self.handle.number))

    def index(self, key: Any) -> Any:
        """Return `object[key]` as plain data."""
        return self.student.ask(Step("index", "", encode(([key], {})), self.handle.number))

    def grad(self) -> Any:
        """Return the gradient of a tensor."""
        return self.student.ask(Step("grad", target=self.handle.number))

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a method of the object."""
        if name.startswith("_"):
            raise AttributeError(name)

        def method(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            return self.student.ask(Step("method", name, _arguments(args, kwargs), self.handle.number))

        return method

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object."""
        return self.student.ask(Step("method", "__call__", _arguments(args, kwargs), self.handle.number))


class Student:
    """The submission, as one check sees it: `student.softmax(x)` asks the sandbox for the value."""

    def __init__(self, tape: Tape, definitions: Definitions, probes: str = "") -> None:
        """Ask through `tape`; `definitions` are what the code cells define, `probes` the text of probes.py."""
        self._tape = tape
        self._definitions = definitions
        self._probes = probes

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a function of the notebook."""
        if name.startswith("_"):
            raise AttributeError(name)

        def call(*args: Any, **kwargs: Any) -> Any:
            __tracebackhide__ = True
            return self.ask(Step("call", name, _arguments(args, kwargs)))

        return call

    def observe(self, name: str, *args: Any, writes: bool = False, **kwargs: Any) -> Observation:
        """Call `name` and report side effects; with `writes`, the value is written to afterwards."""
        answer = self.ask(Step("observe", name, _arguments(args, kwargs | {"__writes__": writes})))
        if not isinstance(answer, dict) or set(answer) != {"value", "args", "shares"}:
            raise ProtocolError("an observation of another form than asked for")
        value, after, shares = answer["value"], answer["args"], answer["shares"]
        if not (type(value) is bytes and type(after) is type(shares) is list and all(type(s) is bool for s in shares)):
            raise ProtocolError("an observation of another form than asked for")
        if not len(after) == len(shares) == len(args):
            raise ProtocolError("an observation of other arguments than asked about")
        return Observation(decode(value), after, shares)

    def make(self, name: str, *args: Any, **kwargs: Any) -> Remote:
        """Call `name` and keep what it returns inside the sandbox."""
        handle = self.ask(Step("make", name, _arguments(args, kwargs)))
        if not isinstance(handle, Handle):
            raise ProtocolError("no handle came for an object that was to be kept")
        return Remote(self, handle)

    def probe(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Call the function `name` of the exercise's probes.py with the notebook's namespace and `args`.

        Raises ProtocolError where the answer has another form than what the function returns: it made no such thing.
        """
        answer = self.ask(Step("probe", name, _arguments(args, kwargs | {"__source__": self._probes})))
        if not fits(answer, forms_of(self._probes).get(name)):
            raise ProtocolError(f"the answer has another form than the probe {name} returns")
        return answer

    def events(self, name: str, *args: Any) -> int:
        """Call `name` and return how many steps the interpreter took, by the worker's word."""
        count = self.ask(Step("events", name, _arguments(args, {})))
        if type(count) is not int or not 0 <= count < MOST_STEPS:
            raise ProtocolError("no number came for a count of steps")
        return count

    def source(self, name: str) -> Facts:
        """Return what the submission's source says of `name`; nothing is run."""
        self._tape.complete = False
        return self._definitions.facts(name)

    def ask(self, *steps: Step) -> Any:
        """Do the steps in one round trip and return the last one's value."""
        __tracebackhide__ = True
        return self._tape.ask(list(steps))

    def ask_clean(self, request: Decode) -> list[bytes]:
        """Return what a process that no student code has entered makes of some files' bytes."""
        return self._tape.sandbox().decode(request)

    @property
    def frame_bytes(self) -> int:
        """The largest message that may come from the sandbox."""
        return self._tape.frame_bytes


def _arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> bytes:
    plain = [arg.handle if isinstance(arg, Remote) else arg for arg in args]
    return encode((plain, kwargs))
