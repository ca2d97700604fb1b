"""What a model does with a picture, recorded call by call while it does it once."""

from __future__ import annotations

import contextlib
import copy
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, nn
from torch.utils._python_dispatch import TorchDispatchMode

from coursedata.canvas.operations import KNOWN, Step, number, written

__all__ = ["Program", "record"]

Model = Callable[[Tensor], Tensor]
CLASSES = 10
ONE_WAY = (
    "the model's way depends on the picture or on chance, and the page knows one way only: "
    "take out what looks at the values (if, .item(), .numpy()) or draws random numbers"
)
CLOSE = 1e-4
"""Largest difference, in parts of the largest logit, between the model and its recording on another picture."""


@dataclass
class Program:
    """Steps of the page, and the constants that they use; value 0 is the picture."""

    shape: tuple[int, ...]
    steps: list[Step] = field(default_factory=list)
    constants: dict[int, Tensor] = field(default_factory=dict)
    """Weights and the like, by the number of the value."""
    result: int = 0
    probabilities: bool = False
    """Whether the model ends in a softmax of its own."""


def record(model: Model, shape: tuple[int, ...]) -> Program:
    """Return what `model` does with one picture of `shape`, in eval mode and without gradients.

    The model itself keeps its mode, device and weights.

    Raises ValueError when it calls what the page does not know, answers other than ten numbers, or when its way
    depends on the picture.
    """
    generator = torch.Generator().manual_seed(0)
    with _ready(model) as (ready, dtype), torch.no_grad():
        first, second = (torch.rand(1, *shape, generator=generator).to(dtype) for _ in range(2))
        tape = _Tape(first)
        with tape:
            answer: object = ready(first)
        if not isinstance(answer, Tensor) or answer.numel() != CLASSES:
            found = tuple(answer.shape) if isinstance(answer, Tensor) else type(answer).__name__
            raise ValueError(f"one picture of shape {(1, *shape)} has to give {CLASSES} numbers, not {found}")
        program = tape.program(answer, shape)
        _compare(tape.replay(second.clone(), answer), ready(second))
    return program


@contextlib.contextmanager
def _ready(model: Model) -> Iterator[tuple[Model, torch.dtype]]:
    """Yield the model as it is used, on the CPU, and the type of its numbers."""
    if not isinstance(model, nn.Module):
        yield model, torch.float32
        return
    used = copy.deepcopy(model).cpu().eval()
    types = [value.dtype for value in used.parameters() if value.is_floating_point()]
    yield used, types[0] if types else torch.float32


def _compare(recorded: Tensor, truth: Tensor) -> None:
    scale = max(float(truth.abs().max()), 1.0)
    if not torch.isfinite(truth).all():
        raise ValueError("the model answers numbers that are not finite: look at its weights")
    if float((recorded - truth).abs().max()) > CLOSE * scale:
        raise ValueError(ONE_WAY)


class _Tape(TorchDispatchMode):  # type: ignore[no-untyped-call]
    """Records each call, and which tensors come from the picture."""

    def __init__(self, picture: Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.numbers = {id(picture): 0}
        self.kept: list[object] = [picture]
        self.calls: list[tuple[Any, tuple[Any, ...], dict[str, Any], Any]] = []
        self.places = itertools.count(1)
        self.stale: set[int] = set()
        self.steps: list[Step] = []
        self.constants: dict[int, Tensor] = {}
        self.picture = picture

    def __torch_dispatch__(self, func: Any, _: Any, args: Any = (), kwargs: Any = None) -> Any:
        inputs = [value for value in _flat((args, kwargs or {})) if isinstance(value, Tensor)]
        steps, name = None, func._schema.name.removeprefix("aten::")  # noqa: SLF001  (PyTorch has no other way)
        if any(id(value) in self.numbers for value in inputs):
            if any(id(value) in self.stale for value in inputs):
                raise ValueError("the model changes a tensor in place and then uses another view of it: copy it first")
            steps = self._steps(name, func, args, kwargs or {})
        output = func(*args, **(kwargs or {}))
        if steps is not None:
            self._note(name, steps, inputs, output[0] if isinstance(output, tuple) else output)
            self.calls.append((func, args, kwargs or {}, output))
        return output

    def _steps(self, name: str, func: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[Step]:
        if name == "_local_scalar_dense":
            raise ValueError(ONE_WAY)
        given = {}
        for place, argument in enumerate(func._schema.arguments):  # noqa: SLF001  (torch has no public name for it)
            value = args[place] if place < len(args) else kwargs.get(argument.name)
            given[argument.name] = argument.default_value if value is None and argument.has_default_value() else value
        try:
            return written(name.removesuffix("_"), given)
        except KeyError:
            raise ValueError(
                f"the page cannot calculate {name}: it knows {', '.join(sorted(known.strip('_') for known in KNOWN))}"
            ) from None

    def _note(self, name: str, steps: list[Step], inputs: list[Tensor], output: Tensor) -> None:
        """Number the inputs of the steps, and the output as a new value."""
        made = 0
        for step in steps:
            step["inputs"] = [made if value is None else self._number(value) for value in step["inputs"]]
            made = next(self.places)
            self.steps.append({**step, "output": made, "shape": list(output.shape)})
        if name.endswith("_"):
            place = output.untyped_storage().data_ptr()
            self.stale |= {
                id(value)
                for value in self.kept
                if isinstance(value, Tensor) and value is not output and value.untyped_storage().data_ptr() == place
            }
        self.kept.append(output)
        self.kept += inputs
        self.numbers[id(output)] = made

    def _number(self, value: Tensor | float) -> int:
        """Return the number of a value; one that does not come from the picture becomes a constant."""
        if isinstance(value, Tensor) and id(value) in self.numbers:
            return self.numbers[id(value)]
        constant = value.detach().clone() if isinstance(value, Tensor) else torch.tensor(number(value))
        place = next(self.places)
        self.constants[place] = constant
        return place

    def program(self, answer: Tensor, shape: tuple[int, ...]) -> Program:
        """Return the recording that ends in `answer`."""
        if id(answer) not in self.numbers:
            raise ValueError("the model's answer does not come from the picture: does it go through NumPy?")
        return Program(
            shape, self.steps, self.constants, self.numbers[id(answer)], probabilities=self._is_softmax(answer)
        )

    def _is_softmax(self, answer: Tensor) -> bool:
        return bool(self.steps[-1]["op"] == "softmax") and self.numbers[id(answer)] == self.steps[-1]["output"]

    def replay(self, picture: Tensor, answer: Tensor) -> Tensor:
        """Return what the recorded calls make of another picture."""
        values: dict[int, Any] = {id(self.picture): picture}

        def swap(value: Any) -> Any:
            if isinstance(value, Tensor):
                return values.get(id(value), value)
            return type(value)(swap(item) for item in value) if isinstance(value, list | tuple) else value

        for func, args, kwargs, output in self.calls:
            done = func(*swap(args), **{key: swap(value) for key, value in kwargs.items()})
            outputs, results = (item if isinstance(item, tuple) else (item,) for item in (output, done))
            values |= {id(old): new for old, new in zip(outputs, results, strict=True)}
        replayed: Tensor = values[id(answer)]
        return replayed


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    elif isinstance(value, dict):
        yield from _flat(list(value.values()))
    else:
        yield value
