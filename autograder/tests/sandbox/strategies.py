"""Inputs for fuzzing: bytes at random, and what is built from the right pieces in the wrong way and size."""

from __future__ import annotations

import json
import struct
from typing import Any

import msgspec
import numpy as np
import torch
from hypothesis import strategies as st

from autograder.sandbox.arrays import TENSOR_DTYPES
from autograder.sandbox.frames import HEADER
from autograder.sandbox.limits import Limits as Kernel
from autograder.sandbox.messages import Cell, CellDone, Display, Failure, Program, Step, write
from autograder.sandbox.server import Exited, Kill, Spawn
from autograder.sandbox.values import ARRAY, Handle, Opaque, Slot, encode

__all__ = ["INPUTS"]

Ext = msgspec.msgpack.Ext
pack = msgspec.msgpack.encode

COUNTS = st.integers(0, 40) | st.sampled_from([255, 256, 65_535, 65_536, 100_001, 1_000_000])
"""How often something is repeated: the large numbers are what a bound must stop."""
SIDES = st.integers(-2, 9) | st.sampled_from([2**16, 2**31, 2**32, 2**47, 2**48, 2**62, 2**63 - 1, 2**64 - 1])
DTYPES = [*TENSOR_DTYPES, "?", "u1", "<f4", ">f8", "f16", "c32", "O", "|O", "<U4", "S9", "<M8[s]", "V8", "f4,f4"]
DTYPES += ["(2,)f4", "{}", "i", "a5", "", ",", "float", "\x00", "d,d,d,d", "e" * 20, "int", "L", "B1", "3f4", "Q8", "m"]


@st.composite
def damaged(draw: st.DrawFn, whole: st.SearchStrategy[bytes]) -> bytes:
    """A valid input with some bytes changed, cut, doubled or put elsewhere."""
    data = bytearray(draw(whole))
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, max(0, len(data) - 1)))
        length = draw(st.integers(0, 16))
        piece = draw(st.binary(max_size=8) | st.just(bytes(data[place : place + length])))
        data[place : place + draw(st.sampled_from([0, len(piece), length]))] = piece
    return bytes(data)


def repeated(header: int, item: bytes, count: int) -> bytes:
    """A list of msgpack's with one item many times, of which `header` announces the number in its own way."""
    heads = (
        bytes([0x90 | count % 16]),
        b"\xdc" + struct.pack("!H", count % 65_536),
        b"\xdd" + struct.pack("!I", count),
    )
    return heads[header % 3] + item * count


SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.floats() | st.text(max_size=9)
HEADS = st.tuples(
    st.sampled_from(["tensor", "ndarray", "number", "x"]),
    st.sampled_from(DTYPES) | st.text(max_size=9),
    st.lists(SIDES, max_size=6) | st.builds(lambda side, count: [side] * count, SIDES, COUNTS),
    st.lists(SIDES, max_size=6) | st.builds(lambda side, count: [side] * count, SIDES, COUNTS),
    st.booleans(),
).map(lambda fields: Ext(ARRAY, pack(list(fields))))
CODES = st.integers(-1, 20) | st.integers(-128, 127)
NAMES = st.sampled_from(["f", "-", "0x", "9" * 4400, "f" * 6000, "cuda:99999999", "cpu:-1", "meta", "cuda:", *DTYPES])
RARE = st.builds(lambda code, body: Ext(code, pack(body)), CODES, SCALARS | NAMES | st.lists(SCALARS, max_size=4))
RAW = st.builds(Ext, CODES, st.binary(max_size=12))
MANY = st.builds(
    lambda code, header, item, count: Ext(code, repeated(header, item, min(count, 4_000_000 // max(1, len(item))))),
    CODES,
    st.integers(0, 2),
    st.sampled_from(
        [b"\xc0", b"\x00", b"\xa0", b"\xa1a", pack(1.5), pack(2**63), pack(Ext(3, b"\x90")), pack(Ext(1, b""))]
    )
    | SCALARS.map(pack),
    COUNTS,
)


def _deep(code: int, inner: Any, depth: int) -> Any:
    for _ in range(depth):
        inner = Ext(code, pack([inner]))
    return inner


PIECES: st.SearchStrategy[Any] = st.deferred(lambda: SCALARS | HEADS | RARE | RAW | MANY | NESTED)
NESTED = st.builds(lambda code, inner: Ext(code, pack(inner)), CODES, st.lists(PIECES, max_size=5))
DEEP = st.builds(_deep, CODES, PIECES, st.integers(0, 200))
FORGED = st.builds(
    lambda body, arrays, wrong: struct.pack("!I", max(0, len(pack(body)) + wrong)) + pack(body) + arrays,
    PIECES | DEEP,
    st.binary(max_size=64) | COUNTS.map(bytes),
    st.sampled_from([0, 0, 0, 0, -1, 1, 2**31]),
)
PLAIN = st.recursive(
    SCALARS | st.integers(-(2**300), 2**300) | st.binary(max_size=9) | st.complex_numbers() | st.sampled_from([
        torch.ones(2, 3).T, torch.zeros(0, 3), torch.tensor(1.5, requires_grad=True), torch.ones(2).bfloat16(),
        np.ones((2, 3))[:, ::2], np.float32(1), np.zeros((), bool), torch.float16, torch.device("cpu"), np.dtype("i2"),
        Handle(1, "x"), Slot(3), Opaque("y"), frozenset({1, (2, "a")}), torch.arange(6).expand(2, 6),
    ]),
    lambda inner: st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=12,
)  # fmt: skip
ENCODED = PLAIN.map(encode)


KERNEL = Kernel(1 << 20, 1 << 20, 8, 3)
MESSAGES = [
    CellDone(
        "softmax", "raised", [Display("text", "x"), Display("picture", "", encode(np.zeros((2, 2, 3), "u1")))], 1.5
    ),
    Failure("raised", ["ValueError", "Exception"], 3, "softmax", "detail"),
    Exited(3, -9, 1.5, 1 << 20),
    [Step("call", "softmax", encode(([1], {})), -1)],
    Program([Cell("a", "1")], 1, 1.0, 1.0, 4.0, 1 << 20, 1 << 20, 8, 1 << 10, {"a": b"b"}),
    Spawn(1, KERNEL),
    Kill(2),
]
KEYS = ["kind", "type", "type_names", "displays", "text", "pixels", "id", "status", "cells", "files", "limits", "line"]
OBJECTS = st.recursive(
    SCALARS | st.binary(max_size=9) | st.sampled_from(["raised", "text", "picture", "Exited", "Spawn", "call"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=4), inner),
    max_leaves=15,
).map(pack)
LISTS = st.builds(
    lambda key, item, count: b"\x83" + pack("kind") + pack("raised") + pack("id") + pack("x") + pack(key)
    + repeated(2, item, min(count, 4_000_000 // len(item))),
    st.sampled_from(KEYS), st.sampled_from([b"\x80", b"\xa0", b"\x90", b"\x81\xa4kind\xa4text"]), COUNTS,
)  # fmt: skip

GRADE_IDS = ["softmax", "imports", "tally", "unit", "nothing", ""]
CELL = st.fixed_dictionaries({}, optional={
    "cell_type": st.sampled_from(["code", "markdown", "raw", "heading", 3, None]),
    "source": st.text(max_size=30) | st.lists(st.text(max_size=9) | st.integers(), max_size=4) | SCALARS
    | st.sampled_from(GRADE_IDS).map(lambda name: f"def {name}(x):\n    return x") | st.just("\ud800 = 1"),
    "metadata": st.sampled_from(GRADE_IDS).map(lambda name: {"nbgrader": {"grade_id": name}})
    | SCALARS | st.just({"nbgrader": []}) | st.just({"id": "softmax"}),
    "id": st.sampled_from(GRADE_IDS) | SCALARS,
    "outputs": SCALARS,
})  # fmt: skip
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner))
NOTEBOOK = st.fixed_dictionaries(
    {"cells": st.lists(CELL | SCALARS, max_size=12) | JSON},
    optional={
        "metadata": JSON | st.just({"t2p": {"release": "x"}, "kernelspec": {"language": "r"}}),
        "nbformat": SCALARS,
    },
).map(lambda document: json.dumps(document).encode())
HUGE = st.builds(
    lambda start, item, count, end: b'{"cells": [' + start + item * min(count, 4_000_000 // len(item)) + end,
    st.sampled_from([b"", b'{"cell_type":"code","source":["', b'{"source":"', b'{"metadata":']),
    st.sampled_from(
        [b"[", b'{"a":', b"{},", b"1e9,", b"9", b'"ab",', b"\\ud800", b"\\n", b" ", b'","', b"\xff", b"\x00"]
    ),
    COUNTS,
    st.sampled_from([b"", b"]}", b'"}]}', b'"]}]}', b"{}]}"]),
)

WORDS = [
    "def f(x):",
    "class a(b):",
    "lambda x:",
    "if 1:",
    "try:",
    "with a:",
    "return",
    "await",
    "yield",
    "global a",
    "@f",
]
WORDS += [
    "f",
    "a",
    "x",
    "softmax",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    ":=",
    "-",
    "not",
    ".",
    ",",
    ":",
    ";",
    "\n",
    "\n  ",
]
WORDS += [
    "'",
    '"""',
    "f'{",
    "}'",
    "\\",
    "#",
    "%time",
    "!ls",
    "?",
    "\t",
    "\x0c",
    "1",
    "1e999",
    "0x",
    "*",
    "**",
    "in",
    "for",
]
SOURCES = st.lists(st.sampled_from(WORDS) | st.text(max_size=3), max_size=40).map(" ".join)
CHAINS = st.builds(
    lambda line, count: "".join(line.format(n, n + 1) for n in range(min(count, 3000))),
    st.sampled_from(["def f{0}():f{1}()\n", "a{0}=a{1}\n", "f = f\n", "class f{0}(f{1}): pass\n", "f{0}=[f{1}]*2\n"]),
    COUNTS,
)
RUNS = st.builds(
    lambda word, count: word * min(count, 180_000 // len(word)), st.sampled_from([*WORDS, "a.", "1+"]), COUNTS
)

FRAMES = st.lists(
    st.builds(
        lambda payload, nonce, wrong: HEADER.pack((len(payload) + wrong) % 2**32, nonce) + payload,
        st.binary(max_size=200) | st.integers(0, 100_000).map(bytes),
        st.binary(min_size=16, max_size=16),
        st.sampled_from([0, 0, 0, -1, 1, 1 << 20, 2**31, 2**32 - 1]),
    ),
    max_size=5,
).map(b"".join)

INPUTS: dict[str, st.SearchStrategy[bytes]] = {
    "frames": st.binary(max_size=300) | FRAMES | damaged(FRAMES),
    "values": st.binary(max_size=300) | FORGED | ENCODED | damaged(FORGED) | damaged(ENCODED),
    "messages": st.binary(max_size=300) | OBJECTS | LISTS | damaged(st.sampled_from(MESSAGES).map(write)),
    "notebooks": st.binary(max_size=300) | NOTEBOOK | damaged(NOTEBOOK) | HUGE,
    "sources": st.binary(max_size=300) | (SOURCES | CHAINS | RUNS).map(lambda text: text.encode(errors="replace")),
}
