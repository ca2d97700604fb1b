"""Arrays and tensors as a head and raw bytes: dtype, shape, layout and `requires_grad` survive, classes do not."""

from __future__ import annotations

import math
import re
from typing import Any

import msgspec
import numpy as np
import torch

from autograder.sandbox.frames import ProtocolError

__all__ = [
    "TENSOR_DTYPES",
    "Head",
    "gaps_of",
    "numpy_dtype",
    "pack_ndarray",
    "pack_tensor",
    "size_of",
    "unpack_array",
]

RANK = 32
SIDE = 1 << 48
"""No array has more places, not even an empty one: NumPy and torch overflow at different sizes beyond it."""
WASTE = 1 << 22
"""Places that a layout may have beyond twice those that it shows: a column of a large table becomes dense."""
TENSOR_DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128),
    )
}
NUMPY_KINDS = "biufc"
NUMPY_NAME = re.compile(f"[<>|=]?[{NUMPY_KINDS}](1|2|4|8|16)")


class Head(msgspec.Struct, array_like=True, frozen=True):
    """What an array is, beside its bytes."""

    kind: str
    dtype: str
    shape: list[int]
    strides: list[int]
    """In places, not bytes; empty where the numbers lie densely, row by row."""
    requires_grad: bool


def pack_ndarray(value: np.ndarray | np.generic) -> tuple[list[Any], bytes] | str:
    """Return head and bytes of an array or a NumPy number, or its name where it is no plain data."""
    plain = np.asarray(value)
    if plain.dtype.kind not in NUMPY_KINDS or plain.dtype.itemsize > 16 or plain.dtype.str[1:] in ("f16", "c32"):
        return f"{type(value).__name__} of dtype {plain.dtype}"
    plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
    strides = [] if plain.flags.c_contiguous else [step // plain.itemsize for step in plain.strides]
    kind = "number" if isinstance(value, np.generic) else "ndarray"
    return [kind, plain.dtype.str, list(plain.shape), strides, False], plain.tobytes()


def pack_tensor(value: torch.Tensor) -> tuple[list[Any], bytes] | str:
    """Return head and bytes of a tensor, or its name where it is no plain data."""
    plain = torch.Tensor.detach(value)
    if type(plain) is not torch.Tensor:
        plain = plain.as_subclass(torch.Tensor)
    name = str(plain.dtype).removeprefix("torch.")
    if name not in TENSOR_DTYPES or plain.layout is not torch.strided or plain.device.type == "meta":
        return f"Tensor of dtype {name}, {plain.layout}, on {plain.device.type}"
    strides = [] if plain.is_contiguous() else list(plain.stride())
    head = ["tensor", name, list(plain.shape), strides, value.requires_grad]
    dense = plain.cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
    return head, dense.view(torch.uint8).numpy().tobytes() if dense.numel() else b""


def size_of(head: Head) -> int:
    """Return how many bytes belong to `head`; raises ProtocolError for an array that cannot be."""
    # the rank first: the product of a million large sides takes minutes
    if len(head.shape) > RANK or any(side < 0 for side in head.shape) or math.prod(filter(None, head.shape)) > SIDE:
        raise ProtocolError("an array with an impossible shape")
    if head.kind == "tensor" and head.dtype not in TENSOR_DTYPES:
        raise ProtocolError("a tensor with an unknown dtype")
    return math.prod(head.shape) * _itemsize(head)


def gaps_of(head: Head) -> int:
    """Return how many bytes the layout of `head` takes beyond its numbers: a short message could ask for gigabytes."""
    return max(0, _extent(head) - math.prod(head.shape)) * _itemsize(head) if _plausible(head) else 0


def unpack_array(head: Head, body: memoryview) -> Any:
    """Return the array, tensor or NumPy number that `head` and its `body` of `size_of(head)` bytes stand for."""
    return _tensor(head, body) if head.kind == "tensor" else _ndarray(head, numpy_dtype(head.dtype), body)


def _ndarray(head: Head, dtype: np.dtype, body: memoryview) -> Any:
    flat = np.frombuffer(bytearray(body), dtype=dtype)
    if dtype.kind == "b":
        flat = flat.view(np.uint8) != 0  # any other byte than 0 and 1 is undefined behaviour in NumPy
    dense = flat.reshape(head.shape)
    if head.kind == "number":
        return dense[()] if dense.ndim == 0 else dense
    if not _plausible(head):
        return dense
    store = np.zeros(_extent(head), dtype=dtype)
    strided = np.lib.stride_tricks.as_strided(store, head.shape, [step * dtype.itemsize for step in head.strides])
    strided[...] = dense
    return strided


def _tensor(head: Head, body: memoryview) -> torch.Tensor:
    dtype = TENSOR_DTYPES[head.dtype]
    if len(body):
        raw = torch.frombuffer(bytearray(body), dtype=torch.uint8)
        dense = ((raw != 0) if dtype is torch.bool else raw.view(dtype)).reshape(head.shape)
    else:
        dense = torch.empty(head.shape, dtype=dtype)
    if _plausible(head):
        store = torch.zeros(_extent(head), dtype=dtype)
        single = [0 if step == 0 else slice(None) for step in head.strides]
        sizes = [1 if step == 0 else side for side, step in zip(head.shape, head.strides, strict=True)]
        store.as_strided(sizes, head.strides).copy_(dense[tuple(single)].reshape(sizes) if head.shape else dense)
        dense = store.as_strided(head.shape, head.strides)
    if head.requires_grad and (dtype.is_floating_point or dtype.is_complex):
        dense.requires_grad_()
    return dense


def _itemsize(head: Head) -> int:
    return TENSOR_DTYPES[head.dtype].itemsize if head.kind == "tensor" else numpy_dtype(head.dtype).itemsize


def _extent(head: Head) -> int:
    return 1 + sum((side - 1) * step for side, step in zip(head.shape, head.strides, strict=True))


def _plausible(head: Head) -> bool:
    """Whether another layout than the dense one is asked for, and can be had without overlap or waste."""
    count = math.prod(head.shape)
    if len(head.strides) != len(head.shape) or not count or any(step < 0 for step in head.strides):
        return False
    dense, step = [], 1
    for side in reversed(head.shape):
        dense.append(step)
        step *= side
    same = all(s == 1 or a == b for s, a, b in zip(head.shape, head.strides, reversed(dense), strict=True))
    return not same and _extent(head) <= min(16 * count + 1024, 2 * count + WASTE)


def numpy_dtype(name: str) -> np.dtype:
    """Return the dtype of plain numbers called `name`; raises ProtocolError for any other."""
    # NumPy takes much more for a dtype: records, sub-arrays, aliases that it warns of
    if not NUMPY_NAME.fullmatch(name):
        raise ProtocolError("an array with an unknown dtype")
    try:
        return np.dtype(name)
    except TypeError:
        raise ProtocolError("an array with an unknown dtype") from None
