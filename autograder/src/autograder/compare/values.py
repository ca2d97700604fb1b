"""Compare what came with what was expected, rule by rule, stopping at the first that is broken.

The order is that of a careful reader: defined, type, rank, shape, dtype, finite, value. Later rules mean nothing
while an earlier one is broken, and a student who reads "rank 2, expected 1" needs no list of differing values.
"""

from __future__ import annotations

import builtins
import math
from pathlib import PurePath
from typing import Any

import numpy as np
import torch

from autograder.compare import shown
from autograder.compare.mismatch import Mismatch

__all__ = ["describe", "matches"]

NUMBERS = (bool, int, float, complex, np.generic)


def matches(
    got: Any, want: Any, *, rtol: float = 0.0, atol: float = 0.0, kind: bool = True, dtype: bool = True
) -> None:
    """Raise Mismatch unless `got` is the value `want`.

    Args:
        got: what the submission answered, plain data.
        want: the true answer: a tensor, an array, a number, a string, bytes, None, or lists, tuples, dicts of these.
        rtol: allowed relative difference, as a share of the true value.
        atol: allowed absolute difference; infinite to leave the values alone.
        kind: whether a tensor must be a tensor, an array an array, a tuple a tuple; else any sequence of numbers does.
        dtype: whether the dtype must agree too.
    """
    _compare(got, want, "The answer", rtol=rtol, atol=atol, kind=kind, dtype=dtype)


KNOWN_TYPES = frozenset(
    {name for name, value in vars(builtins).items() if isinstance(value, type)}
    | {"Axes", "DataFrame", "DataLoader", "Figure", "Generator", "Image", "Series", "Size", "Subset", "TensorDataset"}
    | {
        "dict_items",
        "dict_keys",
        "dict_values",
        "dtype",
        "device",
        "function",
        "generator",
        "method",
        "module",
        "ndarray",
    }
    | {"builtin_function_or_method", "Handle", "Parameter", "Tensor", "deque", "partial"}
)
"""Names that a student may be shown: the name of a class of their own could carry what a hidden call was given."""


def describe(value: Any, expected: tuple[int, ...] | None = None) -> str:
    """Return what `value` is, in words, with its shape and dtype but without its contents.

    Where sides are `expected`, `value` is an answer: its own are said if they might have been meant for these.
    """
    expected = _sides(value) if expected is None else expected
    if value is None:
        return "None"
    if isinstance(value, PurePath):
        return "a path"
    if isinstance(value, torch.Tensor):
        return f"a tensor of {_extent(value, expected)} and dtype {_dtype(value)}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of {_extent(value, expected)} and dtype {value.dtype}"
    names = {bool: "a bool", int: "an int", float: "a float", str: "a string", bytes: "bytes"}
    if type(value) in names:
        return names[type(value)]
    if isinstance(value, np.generic):
        return f"a NumPy {value.dtype} number"
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        length = shown.shape(_sides(value), expected[:1]) or len(value) in expected
        many = f"length {len(value)}" if length else f"more than {shown.SMALL} items"
        return f"a {type(value).__name__} of {many}"
    name = getattr(value, "type_name", type(value).__name__)
    return f"an object of type {name}" if name in KNOWN_TYPES else "an object of another type"


def _came(got: Any, want: Any) -> str:
    return describe(got, _sides(want))


def _compare(got: Any, want: Any, where: str, **options: Any) -> None:
    if got is None and want is not None:
        raise Mismatch("defined", f"{where} is None: expected {describe(want)}. Is a `return` missing?")
    if isinstance(want, dict):
        _compare_dicts(got, want, where, **options)
    elif isinstance(want, (list, tuple)) and not _numeric(want):
        _compare_sequences(got, want, where, **options)
    elif isinstance(want, (torch.Tensor, np.ndarray, list, tuple)):
        _compare_arrays(got, want, where, **options)
    elif isinstance(want, NUMBERS):
        _compare_numbers(got, want, where, **options)
    elif type(got) is not type(want) and not (isinstance(got, PurePath) and isinstance(want, PurePath)):
        raise Mismatch("type", f"{where} is {_came(got, want)}: expected {describe(want)}.")
    elif got != want:
        raise Mismatch("value", f"{where} is {_came(got, want)}, as expected, but not the right one.")


def _compare_dicts(got: Any, want: dict[Any, Any], where: str, **options: Any) -> None:
    if not isinstance(got, dict):
        raise Mismatch("type", f"{where} is {_came(got, want)}: expected a dict.")
    if set(got) != set(want):
        lack, more = shown.count(len(set(want) - set(got))), shown.count(len(set(got) - set(want)))
        raise Mismatch("value", f"{where} is a dict with other keys: {lack} missing, {more} too many.")
    for key, value in want.items():
        _compare(got[key], value, "One value of the dict", **options)


def _compare_sequences(got: Any, want: Any, where: str, **options: Any) -> None:
    if not isinstance(got, (list, tuple)) or (options["kind"] and type(got) is not type(want)):
        raise Mismatch(
            "type", f"{where} is {_came(got, want)}: expected a {type(want).__name__} of length {len(want)}."
        )
    if len(got) != len(want):
        raise Mismatch("shape", f"{where} has {shown.items(len(got), len(want))}: expected {len(want)}.")
    for number, (one, other) in enumerate(zip(got, want, strict=True), start=1):
        which = f"Item {number}" if number <= shown.SMALL else "A later item"
        _compare(one, other, f"{which} of the answer", **options)


def _compare_numbers(got: Any, want: Any, where: str, **options: Any) -> None:
    zero_rank = isinstance(got, (torch.Tensor, np.ndarray)) and got.ndim == 0 and not options["kind"]
    if not (isinstance(got, NUMBERS) or zero_rank) or (options["dtype"] and _family(got) != _family(want)):
        raise Mismatch("type", f"{where} is {_came(got, want)}: expected {describe(want)}.")
    _compare_values(_array(got), _array(want), where, rtol=options["rtol"], atol=options["atol"])


def _compare_arrays(got: Any, want: Any, where: str, *, kind: bool, dtype: bool, **tolerance: float) -> None:
    if kind and _kind(got) is not _kind(want):
        raise Mismatch("type", f"{where} is {_came(got, want)}: expected {describe(want)}.")
    if not _numeric(got):
        raise Mismatch("type", f"{where} is {_came(got, want)}, which holds no numbers: expected {describe(want)}.")
    came, expected = _array(got), _array(want)
    if came.ndim != expected.ndim:
        shape = shown.shape(came.shape, expected.shape)
        more = f" ({shape})" if shape else ""
        raise Mismatch("rank", f"{where} has {shown.rank(came.ndim)}{more}: expected rank {expected.ndim}.")
    if came.shape != expected.shape:
        shape = shown.shape(came.shape, expected.shape) or "another shape"
        raise Mismatch("shape", f"{where} has {shape}: expected {expected.shape}.")
    both_typed = isinstance(want, (torch.Tensor, np.ndarray)) and isinstance(got, (torch.Tensor, np.ndarray))
    if dtype and both_typed and _dtype(got) != _dtype(want):
        raise Mismatch("dtype", f"{where} has dtype {_dtype(got)}: expected {_dtype(want)}.")
    _compare_values(came, expected, where, **tolerance)


def _compare_values(came: np.ndarray, expected: np.ndarray, where: str, *, rtol: float, atol: float) -> None:
    if came.dtype.kind == "O" and expected.dtype.kind in "fc":
        came = _floats(came, where)
    exact = expected.dtype.kind == "O"  # whole numbers that NumPy has no type for
    if came.dtype.kind in "fc" and not np.isfinite(came).all() and (exact or np.isfinite(expected).all()):
        raise Mismatch("finite", f"{where} holds NaN or infinity: {_share(~np.isfinite(came))}.")
    if math.isinf(atol):
        return  # a check of everything but the values
    if not exact and (came.dtype.kind in "fc" or expected.dtype.kind in "fc"):
        same = np.isclose(came, expected, rtol=rtol, atol=atol, equal_nan=True)
    else:
        same = came == expected
    if not same.all():
        single = same.ndim == 0
        raise Mismatch("value", f"{where} has another value." if single else f"{where} is wrong in {_share(~same)}.")


def _floats(came: np.ndarray, where: str) -> np.ndarray:
    try:
        return came.astype(float)
    except (OverflowError, TypeError, ValueError):
        raise Mismatch("value", f"{where} holds numbers beyond any float.") from None


def _share(bad: np.ndarray) -> str:
    return shown.share(int(bad.sum()), bad.size) if bad.ndim else "its only value"


def _extent(array: torch.Tensor | np.ndarray, expected: tuple[int, ...]) -> str:
    return shown.shape(array.shape, expected) or shown.rank(array.ndim)


def _sides(value: Any) -> tuple[int, ...]:
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return tuple(value.shape)
    return (len(value),) if isinstance(value, (list, tuple, set, frozenset, dict)) else ()


def _kind(value: Any) -> type:
    for family in (torch.Tensor, np.ndarray, list, tuple):
        if isinstance(value, family):
            return family
    return type(value)


def _family(value: Any) -> type:
    if type(value) is int:
        return int  # NumPy knows no number that large
    kind = _array(value).dtype.kind
    return {"b": bool, "i": int, "u": int, "f": float, "c": complex}.get(kind, object)


def _dtype(value: torch.Tensor | np.ndarray) -> str:
    return str(value.dtype).removeprefix("torch.")


def _numeric(value: Any) -> bool:
    if isinstance(value, (torch.Tensor, np.ndarray)):
        return True
    if isinstance(value, (list, tuple)) and value:
        return all(isinstance(item, NUMBERS) or (isinstance(item, (list, tuple)) and _numeric(item)) for item in value)
    return isinstance(value, (*NUMBERS, list, tuple))


def _array(value: Any) -> np.ndarray:
    if isinstance(value, torch.Tensor):
        tensor = value.detach().cpu()
        return (tensor.float() if tensor.dtype is torch.bfloat16 else tensor.resolve_conj().resolve_neg()).numpy()
    try:
        return np.asarray(value)
    except ValueError as error:
        message = "The answer is a list whose rows have different lengths: expected a regular grid of numbers."
        raise Mismatch("rank", message) from error
