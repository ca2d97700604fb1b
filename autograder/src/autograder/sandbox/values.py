"""Plain data as bytes: what a request carries into the sandbox and what an answer brings out.

msgpack for numbers, strings, bytes and lists; extensions for what it lacks. Never pickle: decoding builds only types
that are named here, and checks every size before it allocates.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import torch

from autograder.sandbox.frames import ProtocolError

__all__ = ["Handle", "Opaque", "Slot", "decode", "encode"]

ARRAY, TUPLE, HANDLE, OPAQUE, INTEGER, SET, DTYPE, DEVICE, COMPLEX, SLOT, DICT, NUMPY_DTYPE = range(1, 13)
DEPTH = 32
"""Nesting beyond this is refused: no check asks for more."""
TENSOR_DTYPES = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        *(torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64),
        *(torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128),
    )
}
NUMPY_KINDS = "biufc"
SEQUENCES: dict[type, int] = {tuple: TUPLE, set: SET, frozenset: SET}


@dataclass(frozen=True)
class Handle:
    """An object that stays inside the sandbox; `type_name` is the worker's word."""

    number: int
    type_name: str = ""


@dataclass(frozen=True)
class Opaque:
    """A value that is no plain data, known by its type's name alone."""

    type_name: str


@dataclass(frozen=True)
class Slot:
    """The result of an earlier step of the same request."""

    number: int


def encode(value: Any) -> bytes:
    """Return `value` as bytes; what is no plain data becomes `Opaque`."""
    return msgspec.msgpack.encode(_pack(value, 0))


def decode(data: bytes) -> Any:
    """Return the value in `data`; raises ProtocolError for anything that `encode` would not have written."""
    try:
        return msgspec.msgpack.decode(data, ext_hook=_unpack_extension)
    except ProtocolError:
        raise
    except (msgspec.DecodeError, ValueError, TypeError, RuntimeError, MemoryError, OverflowError) as error:
        message = f"undecodable data: {type(error).__name__}"
        raise ProtocolError(message) from error


def _pack(value: Any, depth: int) -> Any:
    if depth > DEPTH:
        return _extension(OPAQUE, f"{type(value).__name__} nested too deeply")
    kind: type = type(value)
    if kind in (bool, float, str, bytes) or value is None:
        return value
    if kind is int:
        return value if -(2**63) <= value < 2**64 else _extension(INTEGER, hex(value))
    if kind is list:
        return [_pack(item, depth + 1) for item in value]
    if isinstance(value, (torch.Tensor, np.ndarray, np.generic)):
        return _pack_array(value)
    items = SEQUENCES.get(kind)
    if items:
        return _extension(items, [_pack(item, depth + 1) for item in value])
    if kind is dict:
        pairs = [[_pack(key, depth + 1), _pack(item, depth + 1)] for key, item in value.items()]
        return _extension(DICT, pairs)
    return _pack_rare(value)


def _pack_rare(value: Any) -> Any:
    if isinstance(value, tuple):  # named tuples of torch, such as the result of torch.max
        return _extension(TUPLE, [_pack(item, 1) for item in value])
    if isinstance(value, Handle):
        return _extension(HANDLE, [value.number, value.type_name])
    if isinstance(value, Slot):
        return _extension(SLOT, value.number)
    if isinstance(value, torch.dtype):
        return _extension(DTYPE, str(value).removeprefix("torch."))
    if isinstance(value, torch.device):
        return _extension(DEVICE, str(value))
    if isinstance(value, np.dtype) or (isinstance(value, type) and issubclass(value, np.generic)):
        return _extension(NUMPY_DTYPE, np.dtype(value).str)
    if type(value) is complex:
        return _extension(COMPLEX, [value.real, value.imag])
    name = value.type_name if isinstance(value, Opaque) else type(value).__name__
    return _extension(OPAQUE, name[:100])


def _extension(code: int, value: Any) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(code, msgspec.msgpack.encode(value))


def _pack_array(value: torch.Tensor | np.ndarray | np.generic) -> msgspec.msgpack.Ext:
    if isinstance(value, torch.Tensor):
        return _pack_tensor(value)
    plain = np.asarray(value)
    if plain.dtype.kind not in NUMPY_KINDS or plain.dtype.itemsize > 16 or plain.dtype.str[1:] in ("f16", "c32"):
        return _extension(OPAQUE, f"{type(value).__name__} of dtype {plain.dtype}")
    plain = plain.astype(plain.dtype.newbyteorder("="), copy=False)
    strides = [step // plain.itemsize for step in plain.strides]
    head = [
        "number" if isinstance(value, np.generic) else "ndarray",
        plain.dtype.str,
        list(plain.shape),
        strides,
        False,
    ]
    return _array_extension(head, plain.tobytes())


def _pack_tensor(value: torch.Tensor) -> msgspec.msgpack.Ext:
    plain = torch.Tensor.detach(value)
    if type(plain) is not torch.Tensor:
        plain = plain.as_subclass(torch.Tensor)
    name = str(plain.dtype).removeprefix("torch.")
    if name not in TENSOR_DTYPES or plain.layout is not torch.strided or plain.device.type == "meta":
        return _extension(OPAQUE, f"Tensor of dtype {name}, {plain.layout}, on {plain.device.type}")
    head = ["tensor", name, list(plain.shape), list(plain.stride()), value.requires_grad]
    dense = plain.cpu().resolve_conj().resolve_neg().contiguous().reshape(-1)
    return _array_extension(head, dense.view(torch.uint8).numpy().tobytes() if dense.numel() else b"")


def _array_extension(head: list[Any], data: bytes) -> msgspec.msgpack.Ext:
    packed = msgspec.msgpack.encode(head)
    return msgspec.msgpack.Ext(ARRAY, len(packed).to_bytes(2, "big") + packed + data)


class _Head(msgspec.Struct, array_like=True, frozen=True):
    kind: str
    dtype: str
    shape: list[int]
    strides: list[int]
    requires_grad: bool


def _unpack_extension(code: int, data: memoryview) -> Any:
    if code == ARRAY:
        return _unpack_array(data)
    body = msgspec.msgpack.decode(data, ext_hook=_unpack_extension)
    if code in (TUPLE, SET):
        items = _expect(body, list)
        return tuple(items) if code == TUPLE else set(items)
    if code == DICT:
        return dict(_expect(pair, list) for pair in _expect(body, list))
    if code == HANDLE:
        number, name = _expect(body, list)
        return Handle(_expect(number, int), _expect(name, str))
    if code == SLOT:
        return Slot(_expect(body, int))
    if code == COMPLEX:
        real, imag = _expect(body, list)
        return complex(_expect(real, float), _expect(imag, float))
    return _unpack_name(code, _expect(body, str))


def _unpack_name(code: int, name: str) -> Any:
    if code == OPAQUE:
        return Opaque(name[:100])
    if code == INTEGER:
        return int(name[:5000], 16)
    if code == DTYPE and name in TENSOR_DTYPES:
        return TENSOR_DTYPES[name]
    if code == DTYPE:
        return Opaque(f"torch.{name[:40]}")
    if code == DEVICE:
        return (
            torch.device(name[:40]) if name.partition(":")[0] in ("cpu", "cuda", "mps", "meta") else Opaque(name[:40])
        )
    if code == NUMPY_DTYPE:
        return _numpy_dtype(name)
    message = f"unknown extension {code}"
    raise ProtocolError(message)


def _unpack_array(data: memoryview) -> Any:
    size = int.from_bytes(data[:2], "big")
    head = msgspec.msgpack.decode(data[2 : 2 + size], type=_Head)
    body = data[2 + size :]
    if len(head.shape) > DEPTH or any(side < 0 for side in head.shape):
        raise ProtocolError("an array with an impossible shape")
    tensor = head.kind == "tensor"
    dtype = np.dtype(np.uint8) if tensor else _numpy_dtype(head.dtype)
    if tensor and head.dtype not in TENSOR_DTYPES:
        raise ProtocolError("a tensor with an unknown dtype")
    itemsize = TENSOR_DTYPES[head.dtype].itemsize if tensor else dtype.itemsize
    if math.prod(head.shape) * itemsize != len(body):
        raise ProtocolError("an array whose data does not fit its shape")
    return _tensor(head, body) if tensor else _ndarray(head, dtype, body)


def _ndarray(head: _Head, dtype: np.dtype, body: memoryview) -> Any:
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


def _tensor(head: _Head, body: memoryview) -> torch.Tensor:
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


def _extent(head: _Head) -> int:
    return 1 + sum((side - 1) * step for side, step in zip(head.shape, head.strides, strict=True))


def _plausible(head: _Head) -> bool:
    """Whether another layout than the dense one is asked for, and can be had without overlap or waste."""
    count = math.prod(head.shape)
    if len(head.strides) != len(head.shape) or not count or any(step < 0 for step in head.strides):
        return False
    dense, step = [], 1
    for side in reversed(head.shape):
        dense.append(step)
        step *= side
    same = all(s == 1 or a == b for s, a, b in zip(head.shape, head.strides, reversed(dense), strict=True))
    return not same and _extent(head) <= 16 * count + 1024


def _numpy_dtype(name: str) -> np.dtype:
    dtype = np.dtype(name[:8])
    if dtype.kind not in NUMPY_KINDS or dtype.itemsize > 16:
        raise ProtocolError("an array with an unknown dtype")
    return dtype


def _expect(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        message = f"expected {kind.__name__} in a message, got {type(value).__name__}"
        raise ProtocolError(message)
    return value
