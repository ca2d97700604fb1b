"""The operations that the page can calculate: each of PyTorch's calls, written as steps of the page.

A step is plain data: `op`, the numbers of its `inputs`, its output's shape, and settings. `arithmetic.js` has one
function for each `op`. What is constant, such as weights, was calculated before and is an input like any other.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

__all__ = ["KNOWN", "Step", "written"]

Step = dict[str, Any]
Given = dict[str, Any]
"""A call's arguments by the names of its schema, left-out ones with their defaults."""
Writer = Callable[[Given], list[Step]]
UNARY = ("relu", "sigmoid", "tanh", "silu", "exp", "log", "sqrt", "neg", "abs", "hardswish", "hardsigmoid")
SAME_DATA = (
    *("view", "_unsafe_view", "reshape", "unsqueeze", "squeeze"),
    *("alias", "detach", "clone", "_to_copy", "lift_fresh"),
)


def written(name: str, given: Given) -> list[Step]:
    """Return the steps of the page for PyTorch's call `name`.

    Inputs are tensors or numbers; None stands for what the step before has made. Raises KeyError when the page does
    not know the call, or not with these settings.
    """
    return KNOWN[name](given)


def _one(op: str, *inputs: Tensor | float | None, **settings: object) -> list[Step]:
    return [{"op": op, "inputs": list(inputs), **settings}]


def _unary(name: str) -> Writer:
    return lambda given: _one(name, given["self"])


def _binary(name: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        other, alpha = given["other"], given.get("alpha", 1)
        if alpha == 1:
            return _one(name, given["self"], other)
        return _one("mul", other, float(alpha)) + _one(name, given["self"], None)

    return steps


def _clamp(low: str, high: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        return _one("clamp", given["self"], low=given.get(low), high=given.get(high))

    return steps


def _elu(given: Given) -> list[Step]:
    if given["scale"] != 1 or given["input_scale"] != 1:
        raise KeyError("elu")
    return _one("elu", given["self"], alpha=float(given["alpha"]))


def _addmm(given: Given) -> list[Step]:
    if given["beta"] != 1 or given["alpha"] != 1:
        raise KeyError("addmm")
    return _one("matmul", given["mat1"], given["mat2"]) + _one("add", None, given["self"])


def _addmv(given: Given) -> list[Step]:
    if given["beta"] != 1 or given["alpha"] != 1:
        raise KeyError("addmv")
    return _one("matmul", given["mat"], given["vec"]) + _one("add", None, given["self"])


def _convolution(given: Given) -> list[Step]:
    if given["transposed"] or given["weight"].dim() != 4:
        raise KeyError("convolution")
    steps = _one(
        "convolution",
        given["input"],
        given["weight"],
        stride=_pair(given["stride"]),
        padding=_pair(given["padding"]),
        dilation=_pair(given["dilation"]),
        groups=given["groups"],
    )
    return steps if given["bias"] is None else steps + _one("add", None, given["bias"].reshape(-1, 1, 1))


def _batch_norm(given: Given) -> list[Step]:
    """Return a multiplication and an addition: what batch normalisation is once it no longer learns."""
    if given.get("training"):
        raise KeyError("native_batch_norm")
    scale = (given["running_var"].double() + given["eps"]).rsqrt()
    if given["weight"] is not None:
        scale = scale * given["weight"].double()
    shift = -given["running_mean"].double() * scale
    if given["bias"] is not None:
        shift = shift + given["bias"].double()
    channels = (-1, *[1] * (given["input"].dim() - 2))
    return _one("mul", given["input"], scale.reshape(channels)) + _one("add", None, shift.reshape(channels))


def _pool(op: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        kernel = _pair(given["kernel_size"])
        if given.get("divisor_override") is not None:
            raise KeyError(op)
        return _one(
            op,
            given["self"],
            kernel=kernel,
            stride=_pair(given["stride"]) if given["stride"] else kernel,
            padding=_pair(given["padding"]),
            dilation=_pair(given.get("dilation", 1)),
            padded=bool(given.get("count_include_pad", True)),
        )

    return steps


def _adaptive(op: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        return _one(op, given["self"])

    return steps


def _over(op: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        rank, axes = given["self"].dim(), given.get("dim")
        chosen = range(rank) if not axes else [axis % rank for axis in ([axes] if isinstance(axes, int) else axes)]
        return _one(op, given["self"], axes=sorted(chosen))

    return steps


def _softmax(op: str) -> Writer:
    def steps(given: Given) -> list[Step]:
        if given["dim"] % given["self"].dim() != given["self"].dim() - 1:
            raise KeyError(op)
        return _one(op, given["self"])

    return steps


def _permute(given: Given) -> list[Step]:
    return _one("permute", given["self"], order=[axis % given["self"].dim() for axis in given["dims"]])


def _transpose(given: Given) -> list[Step]:
    rank = given["self"].dim()
    order, first, second = list(range(rank)), given["dim0"] % rank, given["dim1"] % rank
    order[first], order[second] = second, first
    return _one("permute", given["self"], order=order)


def _flipped(given: Given) -> list[Step]:
    return _one("permute", given["self"], order=list(reversed(range(given["self"].dim()))))


def _same(given: Given) -> list[Step]:
    """Return a step that keeps the numbers and gives them another shape."""
    if given.get("dtype") is not None and not given["dtype"].is_floating_point:
        raise KeyError("_to_copy")
    return _one("same", given["self"])


def _pair(value: int | list[int]) -> list[int]:
    """Return rows and columns of a setting that may be one number for both."""
    values = [value] if isinstance(value, int) else list(value)
    if len(values) > 2:
        raise KeyError("three axes")
    return values * (2 // len(values))


KNOWN: dict[str, Writer] = {
    **{name: _unary(name) for name in UNARY},
    **{name: _binary(name) for name in ("add", "sub", "mul", "div", "maximum", "minimum")},
    **dict.fromkeys(SAME_DATA, _same),
    "rsub": lambda given: _one("mul", given["self"], -float(given["alpha"])) + _one("add", None, given["other"]),
    "pow": lambda given: _one("pow", given["self"], given["exponent"]),
    "leaky_relu": lambda given: _one("leaky_relu", given["self"], slope=float(given["negative_slope"])),
    "gelu": lambda given: _one("gelu", given["self"], exact=given["approximate"] == "none"),
    "elu": _elu,
    "hardtanh": _clamp("min_val", "max_val"),
    "clamp": _clamp("min", "max"),
    "clamp_min": _clamp("min", ""),
    "clamp_max": _clamp("", "max"),
    "mm": lambda given: _one("matmul", given["self"], given["mat2"]),
    "bmm": lambda given: _one("matmul", given["self"], given["mat2"]),
    "mv": lambda given: _one("matmul", given["self"], given["vec"]),
    "addmm": _addmm,
    "addmv": _addmv,
    "convolution": _convolution,
    "native_batch_norm": _batch_norm,
    "_native_batch_norm_legit_no_training": _batch_norm,
    "_batch_norm_no_update": _batch_norm,
    "max_pool2d_with_indices": _pool("max_pool"),
    "avg_pool2d": _pool("mean_pool"),
    "_adaptive_avg_pool2d": _adaptive("adaptive_mean_pool"),
    "adaptive_max_pool2d": _adaptive("adaptive_max_pool"),
    "mean": _over("mean"),
    "sum": _over("sum"),
    "_softmax": _softmax("softmax"),
    "_log_softmax": _softmax("log_softmax"),
    "permute": _permute,
    "transpose": _transpose,
    "t": _flipped,
}


def number(value: object) -> float:
    """Return a plain finite number; ValueError for one that JSON has no word for."""
    plain = float(value)  # type: ignore[arg-type]
    if not math.isfinite(plain):
        raise ValueError(f"the model calculates with {plain}, which the page cannot hold")
    return plain
