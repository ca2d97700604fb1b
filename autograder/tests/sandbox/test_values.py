"""Values: what is encoded comes back as it was, and whatever else comes is refused."""

from __future__ import annotations

import collections
import contextlib
import enum
import math
import resource
import struct
from typing import Any, NamedTuple

import msgspec
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.compare import Mismatch, matches
from autograder.sandbox.arrays import TENSOR_DTYPES
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.values import BODY_BYTES, CONTAINERS, DEPTH, Handle, Opaque, Slot, decode, encode

Ext = msgspec.msgpack.Ext
ARRAY, BYTES, LIST, TUPLE, HANDLE, OPAQUE, INTEGER, SET, DTYPE, DEVICE, COMPLEX, SLOT, DICT, NUMPY_DTYPE = range(1, 15)
NUMPY_DTYPES = ["?", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8", "c8", "c16"]

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**200), 2**200)
    | st.floats(allow_nan=False)
    | st.text(max_size=20)
    | st.binary(max_size=20)
    | st.complex_numbers(allow_nan=False)
)
HASHABLE = st.integers() | st.text(max_size=5) | st.tuples(st.integers(), st.booleans())
PLAIN = st.recursive(
    SCALARS | st.sets(HASHABLE, max_size=4),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(HASHABLE, inner, max_size=4),
    max_leaves=20,
)


def forged(value: Any, arrays: bytes = b"") -> bytes:
    body = msgspec.msgpack.encode(value)
    return struct.pack("!I", len(body)) + body + arrays


def head(kind: str, dtype: str, shape: list[int], strides: list[int], *, requires_grad: bool = False) -> Any:
    return Ext(ARRAY, msgspec.msgpack.encode([kind, dtype, shape, strides, requires_grad]))


@given(PLAIN)
@settings(max_examples=200, deadline=None)
def test_plain_data(value: Any) -> None:
    """Numbers of any size, text, bytes and containers come back equal and of the same type."""
    came = decode(encode(value))
    assert came == value
    assert repr(came) == repr(value) or isinstance(value, (set, dict, list, tuple))


@pytest.mark.parametrize("name", TENSOR_DTYPES)
def test_tensors_of_every_dtype(name: str) -> None:
    """Every dtype, with NaN and infinity where it has them, empty and without dimensions too."""
    dtype = TENSOR_DTYPES[name]
    numbers = torch.tensor([0, 1, 2, 3, 4, 5]).to(dtype)
    if dtype.is_floating_point:
        numbers[0], numbers[1] = math.nan, -math.inf
    for tensor in (numbers, numbers.reshape(2, 3), numbers[:0], numbers[0], numbers.reshape(1, 6, 1)[:, :0]):
        came = decode(encode(tensor))
        assert (came.dtype, came.shape) == (tensor.dtype, tensor.shape)
        assert raw(came) == raw(tensor)


def raw(tensor: torch.Tensor) -> list[int]:
    return tensor.contiguous().reshape(-1).view(torch.uint8).tolist()


@pytest.mark.parametrize("name", NUMPY_DTYPES)
def test_arrays_of_every_dtype(name: str) -> None:
    """Every dtype, also of the other byte order, as arrays and as NumPy numbers."""
    for dtype in (np.dtype(name), np.dtype(name).newbyteorder()):
        numbers = np.arange(6).astype(dtype)
        for array in (numbers, numbers.reshape(2, 3).T, numbers[::2], numbers[:0], np.array(numbers[1])):
            came = decode(encode(array))
            assert (came.dtype, came.shape) == (np.dtype(name), array.shape)
            assert np.array_equal(came, array)
        single = decode(encode(numbers[1]))
        assert type(single) is type(np.dtype(name).type(1))


LAYOUTS = {
    "transposed": lambda x: x.T,
    "permuted": lambda x: x.reshape(2, 2, 6).permute(2, 0, 1),
    "every second": lambda x: x[::2, ::3],
    "expanded": lambda x: x[:, :1].expand(4, 6),
    "expanded twice": lambda x: x[:1, :1].expand(5, 7),
    "overlapping windows": lambda x: x.reshape(-1).unfold(0, 5, 1),
    "one column": lambda x: x[:, 3],
    "channels last": lambda x: x.reshape(1, 2, 3, 4).to(memory_format=torch.channels_last),
    "empty": lambda x: x[:0].T,
}


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("dtype", [torch.float32, torch.bool, torch.bfloat16, torch.complex64])
def test_layouts(name: str, dtype: torch.dtype) -> None:
    """Strides survive, so that a check can ask about inputs that are not contiguous."""
    tensor = LAYOUTS[name](torch.arange(24.0).reshape(4, 6).to(dtype))
    came = decode(encode(tensor))
    assert torch.equal(came, tensor)
    assert came.is_contiguous() == tensor.is_contiguous()
    if tensor.numel():
        steps = [(a, b) for a, b, side in zip(came.stride(), tensor.stride(), tensor.shape, strict=True) if side > 1]
        assert all(a == b for a, b in steps)


def test_array_layouts() -> None:
    """NumPy's too, but for negative strides, which become dense."""
    base = np.arange(24.0).reshape(4, 6)
    windows = np.lib.stride_tricks.sliding_window_view(np.arange(9), 4)
    for array in (base.T, base[::2, 1::2], np.asfortranarray(base), np.broadcast_to(base[0], (3, 6)), windows):
        came = decode(encode(array))
        assert np.array_equal(came, array)
        assert came.strides == array.strides
    assert np.array_equal(decode(encode(base[::-1])), base[::-1])


def test_gradients() -> None:
    """`requires_grad` survives, a graph does not."""
    came = decode(encode(torch.ones(2, requires_grad=True) * 2))
    assert came.requires_grad
    assert came.is_leaf
    assert not decode(encode(torch.ones(2))).requires_grad


def test_decoded_arrays_can_be_written_to() -> None:
    """Each array has memory of its own."""
    one, other = decode(encode([np.zeros(2), np.zeros(2)]))
    one += 1
    assert other.sum() == 0


def test_bytes_of_a_bool() -> None:
    """Bytes other than 0 and 1 in an array of bools, which are undefined behaviour, become 1."""
    for kind, dtype in (("tensor", "bool"), ("ndarray", "|b1")):
        came = decode(forged(head(kind, dtype, [4], [1]), bytes([0, 1, 2, 255])))
        assert came.tolist() == [False, True, True, True]
        assert int(came.sum()) == 3


def test_what_is_no_plain_data() -> None:
    """Everything else arrives as the name of its type."""
    values = [object(), len, lambda: 0, np.array([object()]), np.array(["a"]), torch.ones(2).to_sparse(), iter([])]
    assert all(isinstance(decode(encode(value)), Opaque) for value in values)
    cyclic: list[Any] = []
    cyclic.append(cyclic)
    assert "nested too deeply" in repr(decode(encode(cyclic)))


def test_subclasses_become_plain() -> None:
    """An OrderedDict is a dict, a named tuple a tuple, a member of an IntEnum an int; the class stays behind."""

    class Colour(enum.IntEnum):
        RED = 3

    class Point(NamedTuple):
        x: int
        y: int

    for value, plain in (
        (collections.OrderedDict(a=1), {"a": 1}),
        (collections.Counter("aab"), {"a": 2, "b": 1}),
        (Point(1, 2), (1, 2)),
        (Colour.RED, 3),
        (torch.nn.Parameter(torch.ones(1)), torch.ones(1, requires_grad=True)),
        (np.ma.array([1, 2]), np.array([1, 2])),
        (torch.ones(2, 3).shape, (2, 3)),
    ):
        came = decode(encode(value))
        assert type(came) is type(plain)
        assert repr(came) == repr(plain)


def test_handles_slots_dtypes_devices() -> None:
    """What a request refers to."""
    for value in (Handle(3, "tally"), Slot(2), torch.float16, torch.device("cpu"), np.dtype("i2"), frozenset({1}), ()):
        assert decode(encode(value)) == value
    assert decode(encode(np.float32)) == np.dtype("f4")


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_any_bytes(data: bytes) -> None:
    """Any bytes are a value or a ProtocolError, and nothing else."""
    for candidate in (data, struct.pack("!I", len(data)) + data, struct.pack("!I", len(data) // 2) + data):
        with contextlib.suppress(ProtocolError):
            decode(candidate)


EXTENSIONS = st.deferred(lambda: st.builds(Ext, st.integers(-128, 127), BODIES.map(msgspec.msgpack.encode)))
LEAVES = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=9)
HEADS = st.tuples(
    st.sampled_from(["tensor", "ndarray", "number", "x"]),
    st.sampled_from([*TENSOR_DTYPES, *NUMPY_DTYPES, "|O", "<U4", "<M8", "V8", "f4,f4", "(2,)f4", ">f8", "f16", ""]),
    st.lists(st.integers(-2, 5) | st.sampled_from([2**31, 2**62, 2**63 - 1]), max_size=5),
    st.lists(st.integers(-3, 40) | st.sampled_from([2**31, 2**62]), max_size=5),
    st.booleans(),
).map(lambda fields: head(*fields[:4], requires_grad=fields[4]))
BODIES: st.SearchStrategy[Any] = LEAVES | HEADS | EXTENSIONS | st.lists(LEAVES | HEADS | EXTENSIONS, max_size=4)


@given(BODIES, st.binary(max_size=120))
@settings(max_examples=700, deadline=None)
def test_anything_that_looks_like_a_message(body: Any, arrays: bytes) -> None:
    """So is whatever is built from the right pieces in the wrong way; what arrives can be compared."""
    try:
        value = decode(forged(body, arrays))
    except ProtocolError:
        return
    for want in (torch.ones(2, 3), np.ones(3), [1.0, 2.0], {"a": 1}, (1, "x"), 3, 2.5, "text", None, b"b", {1}):
        for options in ({}, {"kind": False, "dtype": False, "rtol": 1e-3}):
            with contextlib.suppress(Mismatch):
                matches(value, want, **options)


@given(st.binary(min_size=1, max_size=3), st.integers(0, 400))
@settings(max_examples=300, deadline=None)
def test_damaged_messages(noise: bytes, place: int) -> None:
    """A message with a few other bytes in it is a value or a ProtocolError."""
    good = encode([{"a": torch.arange(6.0).reshape(2, 3).T, (1, 2): {3}}, np.ones((2, 2))[:, ::2], 2**80, "äöü", 1j])
    place %= len(good)
    with contextlib.suppress(ProtocolError):
        decode(good[:place] + noise + good[place + len(noise) :])


COSTLY = {
    "depth": lambda: forged(nested(DEPTH + 2)),
    "native depth": lambda: struct.pack("!I", 100_001) + b"\x91" * 100_000 + b"\xc0",
    "native map": lambda: forged({1: 2}),
    "containers": lambda: forged(Ext(LIST, msgspec.msgpack.encode([Ext(LIST, b"\x90")] * (CONTAINERS + 1)))),
    "body": lambda: struct.pack("!I", BODY_BYTES + 1) + bytes(BODY_BYTES + 1),
    "equal hashes": lambda: forged(Ext(SET, msgspec.msgpack.encode(alike(5000)))),
    "equal hashes of keys": lambda: forged(Ext(DICT, msgspec.msgpack.encode([x for n in alike(5000) for x in (n, 1)]))),
    "unhashable": lambda: forged(Ext(SET, msgspec.msgpack.encode([Ext(LIST, b"\x90")]))),
    "odd dict": lambda: forged(Ext(DICT, msgspec.msgpack.encode([1, 2, 3]))),
    "array too long": lambda: forged(head("ndarray", "<f8", [3], [1]), bytes(23)),
    "array left over": lambda: forged(head("ndarray", "<f8", [3], [1]), bytes(25)),
    "array bytes twice": lambda: forged(
        Ext(LIST, msgspec.msgpack.encode([head("tensor", "uint8", [9], [1])] * 2)), bytes(9)
    ),
    "huge empty": lambda: forged(head("tensor", "float32", [0, 2**40, 2**40], [1, 1, 1])),
    "negative": lambda: forged(head("tensor", "float32", [-2, -2], [1, 1]), bytes(16)),
    "objects": lambda: forged(head("ndarray", "|O", [1], [1]), bytes(8)),
    "timestamp": lambda: forged(Ext(-1, bytes(4))),
    "unknown": lambda: forged(Ext(99, b"\xc0")),
    "many sides": lambda: forged(head("tensor", "uint8", [2**62] * 800_000, [1])),
    "empty extension": lambda: forged(Ext(LIST, b"")),
    "nothing": lambda: b"",
}


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = Ext(LIST, msgspec.msgpack.encode([value]))
    return value


def alike(count: int) -> list[Any]:
    return [Ext(INTEGER, msgspec.msgpack.encode(hex(((1 << 61) - 1) * n))) for n in range(1, count)]


@pytest.mark.parametrize("name", COSTLY)
def test_costly_messages_are_refused(name: str) -> None:
    """What would cost depth, memory or time beyond its length is refused, in bounded memory."""
    data = COSTLY[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ProtocolError):
        decode(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10


def test_no_layout_wastes_memory() -> None:
    """Strides that would need a hundred times the memory make the array dense instead."""
    came = decode(forged(head("tensor", "uint8", [3, 3], [2**40, 2**20]), bytes(range(9))))
    assert came.tolist() == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert came.is_contiguous()


def test_many_layouts_waste_no_memory_together() -> None:
    """Two numbers a thousand places apart are little, thirty thousand such pairs are not: most of them come dense."""
    count, one = 30_000, head("tensor", "complex128", [2], [1023])
    data = forged(Ext(LIST, msgspec.msgpack.encode([one] * count)), bytes(32 * count))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    came = decode(data)
    assert (came[0].stride(), came[-1].stride(), len(came)) == ((1023,), (1,), count)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10


def test_more_arrays_than_any_answer_needs() -> None:
    """An array takes as long to build as some lists do, and counts as such."""
    assert len(decode(encode([np.float32(1)] * 30_000))) == 30_000
    with pytest.raises(ProtocolError, match="more objects"):
        decode(encode([np.float32(1)] * 40_000))


def test_more_numbers_than_any_answer_needs() -> None:
    """A million items in all lists together are read, not one more, and the count is known before they are built."""
    rows = [["x"] * 20_000] * 40
    assert decode(encode(rows)) == rows
    for value in ([0] * 1_000_001, [[0] * 300_000] * 4):
        with pytest.raises(ProtocolError, match="more objects"):
            decode(encode(value))


def test_whole_numbers_can_be_printed() -> None:
    """No whole number comes out that Python would refuse to print in a message, and none that was cut."""
    assert decode(encode(-(16**3400))) == -(16**3400)
    with pytest.raises(ProtocolError):
        decode(encode(-(16**6000)))
