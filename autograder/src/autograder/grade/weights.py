"""Trained weights that a submission brings: decoded where no student code has been, then put into the student's class.

The file's bytes are those that were collected: what the notebook's own short training has saved over it meanwhile does
not count. Decoding is `torch.load` with `weights_only=True`, in a clean process of the sandbox; what a check sees are
tensors and never an object, and a pickle that wants to run something is refused there.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from autograder.compare import shown
from autograder.compare.mismatch import Mismatch
from autograder.grade.collect import FILE_BYTES
from autograder.grade.formats import complaint
from autograder.grade.student import Remote, Student
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Decode, Step, StudentError
from autograder.sandbox.values import decode, encode

__all__ = ["State", "Weights", "decoded"]

State = dict[str, torch.Tensor]
SLACK = 1 << 16
SHOWN = 3


class Weights:
    """The fixture `weights`: `weights.into("digits.pt", "Net")` is the student's `Net()` with the weights handed in."""

    def __init__(self, student: Student, files: Mapping[str, bytes]) -> None:
        """Look for weights among `files`, what was handed in beside the notebook."""
        self._student = student
        self._files = files

    def state(self, name: str) -> State:
        """Return the tensors of a `state_dict` that was handed in; raises Mismatch, with a reason for the student."""
        __tracebackhide__ = True
        data = self._files.get(name)
        if data is None:
            raise Mismatch("file", f"`{name}` was not handed in beside the notebook, or has more than {_room()}.")
        return decoded(self._student, name, data)

    def into(self, name: str, maker: str, *args: Any) -> Remote:
        """Return what the notebook's `maker(*args)` makes, with the weights in it, ready for evaluation.

        Raises Mismatch when there are none, or when they are not those of such a model.
        """
        __tracebackhide__ = True
        state = self.state(name)
        model = self._student.make(maker, *args)
        _compare(name, maker, state, self._expected(model))
        number = model.handle.number
        load = Step("method", "load_state_dict", encode(([state], {})), number)
        try:
            self._student.ask(load, Step("method", "eval", b"", number), Step("get", "training", target=number))
        except StudentError as error:
            if error.failure.kind != "raised":
                raise
            raise Mismatch("file", f"`{name}` does not fit `{maker}`: load_state_dict raised an exception.") from error
        return model

    def _expected(self, model: Remote) -> State:
        number = model.handle.number
        expected = self._student.ask(Step("method", "state_dict", b"", number))
        if not isinstance(expected, dict) or not all(isinstance(one, torch.Tensor) for one in expected.values()):
            raise Mismatch("type", "The model has no state_dict of tensors: is its class an nn.Module?")
        return expected


def decoded(student: Student, name: str, data: bytes) -> State:
    """Return the tensors in a file's bytes; raises Mismatch where there are none, or anything else."""
    __tracebackhide__ = True
    (answer,) = student.ask_clean(Decode([("pt", data)], student.frame_bytes - SLACK)) or [b"prefused"]
    if answer[:1] != b"v":
        word, _, looks = answer[1:100].decode("ascii", "replace").partition(" ")
        raise Mismatch("file", f"`{name}` {complaint(word, 'pt', looks)}.")
    try:
        value = decode(answer[1:])
    except ProtocolError:
        raise Mismatch("file", f"`{name}` {complaint('refused', 'pt', '')}.") from None
    if not isinstance(value, dict) or not all(isinstance(one, torch.Tensor) for one in value.values()) or not value:
        raise Mismatch("file", f"`{name}` holds no state_dict: save `model.state_dict()` and nothing else.")
    if not all(isinstance(key, str) for key in value):
        raise Mismatch("file", f"`{name}` holds no state_dict: its names are no text.")
    return value


def _compare(name: str, maker: str, state: State, expected: State) -> None:
    missing, extra = expected.keys() - state.keys(), state.keys() - expected.keys()
    other = [key for key in expected.keys() & state.keys() if expected[key].shape != state[key].shape]
    counts = ((len(missing), "missing"), (len(extra), "too many"), (len(other), "of another shape"))
    # the model's names are the worker's word, and a hidden input could stand in how many there are
    said = [f"{shown.count(count)} {what}" for count, what in counts if count]
    if said:
        raise Mismatch(
            "file",
            f"`{name}` does not fit `{maker}`, which has {shown.count(len(expected))} tensors: of those in the file "
            f"{', '.join(said)}. Was the class changed after the training?",
        )


def _room() -> str:
    return f"{FILE_BYTES >> 20} MB together with the other files"
