"""Plain data as bytes: what a request carries into the sandbox and what an answer brings out.

msgpack for numbers, strings, bytes and lists; extensions for what it lacks. Never pickle: decoding builds only types
that are named here, and bounds what a message may cost: its depth, its count of objects, its hashing.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath
from typing import Any

import msgspec
import numpy as np
import torch

from autograder.sandbox.arrays import (
    TENSOR_DTYPES,
    Head,
    gaps_of,
    numpy_dtype,
    pack_ndarray,
    pack_tensor,
    size_of,
    unpack_array,
)
from autograder.sandbox.frames import ProtocolError

__all__ = ["Handle", "Opaque", "Slot", "decode", "encode"]

ARRAY, BYTES, LIST, TUPLE, HANDLE, OPAQUE, INTEGER, SET, DTYPE, DEVICE, COMPLEX, SLOT, DICT, NUMPY_DTYPE = range(1, 15)
PATH = 15
DEPTH = 32
"""Nesting beyond this is refused: no check asks for more."""
CONTAINERS = 100_000
"""Lists, arrays and the like in one message: each costs the examiner some microseconds, an array ten and more."""
OF_ARRAY = 3
"""For so many of them an array counts."""
ITEMS = 1_000_000
"""Items of all lists of a message together: eight million small numbers take a second and more to read and compare."""
GAPS_BYTES = 96 << 20
"""Between the numbers of all arrays of a message that are not dense; what goes beyond comes dense."""
EQUAL_HASHES = 100
"""Keys of one set or dict that may share their hash: chosen numbers all do, and the work grows with the square."""
BODY_BYTES = 8 << 20
"""A message without its arrays: an empty list takes one byte here and 56 in memory."""
SEQUENCES: tuple[tuple[type[Iterable[Any]], int], ...] = ((list, LIST), (tuple, TUPLE), (set, SET), (frozenset, SET))
INTEGER_DIGITS = 3500
"""Longer whole numbers are refused, their sixteenths counted: Python refuses to print more than 4300 decimal digits."""
LENGTH = struct.Struct("!I")
Scalar = bool | int | float | str | None
# typed, so that no list or map of msgpack's own is ever built: their depth and keys could not be bounded
ONE = msgspec.msgpack.Decoder(Scalar | msgspec.msgpack.Ext)
MANY = msgspec.msgpack.Decoder(list[Scalar | msgspec.msgpack.Ext])
REFUSED = (ValueError, TypeError, RuntimeError, MemoryError, OverflowError)
"""What NumPy, torch and Python raise for values that cannot be built."""


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
    packer = _Packer()
    body = msgspec.msgpack.encode(packer.pack(value, 0))
    return b"".join([LENGTH.pack(len(body)), body, *packer.arrays])


def decode(data: bytes) -> Any:
    """Return the value in `data`; raises ProtocolError for anything that `encode` would not have written."""
    try:
        return _Reader(data).read()
    except ProtocolError:
        raise
    except (msgspec.DecodeError, struct.error, *REFUSED) as error:
        message = f"undecodable data: {type(error).__name__}"
        raise ProtocolError(message) from error


class _Packer:
    """Writes one value: containers and rare types as extensions, the bytes of arrays apart, in order."""

    def __init__(self) -> None:
        self.arrays: list[bytes] = []

    def pack(self, value: Any, depth: int) -> Any:
        if depth > DEPTH:
            return _extension(OPAQUE, f"{type(value).__name__} nested too deeply")
        kind: type = type(value)
        if kind in (bool, float, str) or value is None:
            return value
        if kind is bytes:
            self.arrays.append(value)
            return _extension(BYTES, len(value))
        if kind is int:
            return value if -(2**63) <= value < 2**64 else _extension(INTEGER, hex(value))
        if isinstance(value, (torch.Tensor, np.ndarray, np.generic)):
            return self._array(value)
        for known, code in SEQUENCES:
            if isinstance(value, known):  # an OrderedDict is a dict, and a named tuple a tuple
                return _extension(code, [self.pack(item, depth + 1) for item in value])
        if isinstance(value, dict):
            both = [item for pair in value.items() for item in pair]
            return _extension(DICT, [self.pack(item, depth + 1) for item in both])
        return _pack_rare(value)

    def _array(self, value: torch.Tensor | np.ndarray | np.generic) -> msgspec.msgpack.Ext:
        packed = pack_tensor(value) if isinstance(value, torch.Tensor) else pack_ndarray(value)
        if isinstance(packed, str):
            return _extension(OPAQUE, packed)
        head, data = packed
        self.arrays.append(data)
        return _extension(ARRAY, head)


def _pack_rare(value: Any) -> Any:
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
    if isinstance(value, PurePath):
        return _extension(PATH, str(value))
    if type(value) is complex:
        return _extension(COMPLEX, [value.real, value.imag])
    for plain in (int, float, str):
        if isinstance(value, plain):  # members of an IntEnum and the like
            return _Packer().pack(plain(value), 0)
    name = value.type_name if isinstance(value, Opaque) else type(value).__name__
    return _extension(OPAQUE, name[:100])


def _extension(code: int, value: Any) -> msgspec.msgpack.Ext:
    return msgspec.msgpack.Ext(code, msgspec.msgpack.encode(value))


class _Reader:
    """Reads one value; each array's bytes are used once, so no message grows beyond a multiple of its length."""

    def __init__(self, data: bytes) -> None:
        (length,) = LENGTH.unpack_from(data)
        if length > min(BODY_BYTES, len(data) - LENGTH.size):
            raise ProtocolError("more objects than any answer needs")
        self.body = memoryview(data)[LENGTH.size : LENGTH.size + length]
        self.arrays = memoryview(data)[LENGTH.size + length :]
        self.containers = self.items = 0
        self.gaps = GAPS_BYTES

    def read(self) -> Any:
        value = self._value(ONE.decode(self.body), 0)
        if len(self.arrays):
            raise ProtocolError("an array too many")
        return value

    def _value(self, value: Any, depth: int) -> Any:
        if type(value) is not msgspec.msgpack.Ext:
            return value
        code, data = value.code, value.data
        self.containers += OF_ARRAY if code == ARRAY else 1
        if depth > DEPTH + 1 or self.containers > CONTAINERS:
            raise ProtocolError("more objects than any answer needs")
        if code == ARRAY:
            return self._array(msgspec.msgpack.decode(data, type=Head))
        if code == BYTES:
            return bytes(self._take(msgspec.msgpack.decode(data, type=int)))
        if code not in (LIST, TUPLE, SET, DICT):
            return _unpack_rare(code, data)
        self.items += _announced(data)
        if self.items > ITEMS:
            raise ProtocolError("more objects than any answer needs")
        items = [self._value(item, depth + 1) for item in MANY.decode(data)]
        if code == LIST:
            return items
        if code == TUPLE:
            return tuple(items)
        keys = items if code == SET else items[::2]
        if len(keys) - len(set(map(hash, keys))) > EQUAL_HASHES:
            raise ProtocolError("keys that were chosen to hash alike")
        return set(keys) if code == SET else dict(zip(keys, items[1::2], strict=True))

    def _array(self, head: Head) -> Any:
        body = self._take(size_of(head))
        self.gaps -= gaps_of(head)
        return unpack_array(head if self.gaps >= 0 else msgspec.structs.replace(head, strides=[]), body)

    def _take(self, size: int) -> memoryview:
        if not 0 <= size <= len(self.arrays):
            raise ProtocolError("an array whose data does not fit its shape")
        body, self.arrays = self.arrays[:size], self.arrays[size:]
        return body


def _announced(data: Any) -> int:
    """Return how many items a list of msgpack's says that it has, before anything is built from it."""
    head = bytes(data[:5]) or b"\x90"  # nothing: msgpack says what is wrong with that
    wide = {0xDC: 3, 0xDD: 5}.get(head[0])
    return int.from_bytes(head[1:wide]) if wide else head[0] & 15


def _unpack_rare(code: int, data: Any) -> Any:
    body = msgspec.msgpack.decode(data, type=Scalar | list[int | float | str])
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
        if len(name) > INTEGER_DIGITS:
            raise ProtocolError("a whole number of more digits than any answer has")
        return int(name, 16)
    if code == DTYPE and name in TENSOR_DTYPES:
        return TENSOR_DTYPES[name]
    if code == DTYPE:
        return Opaque(f"torch.{name[:40]}")
    if code == PATH:
        return PurePosixPath(name[:5000])  # names a file, opens none
    if code == DEVICE:
        return (
            torch.device(name[:40]) if name.partition(":")[0] in ("cpu", "cuda", "mps", "meta") else Opaque(name[:40])
        )
    if code == NUMPY_DTYPE:
        return numpy_dtype(name)
    message = f"unknown extension {code}"
    raise ProtocolError(message)


def _expect(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        message = f"expected {kind.__name__} in a message, got {type(value).__name__}"
        raise ProtocolError(message)
    return value
