"""Decode files that a student's code wrote, in a fork of the warm process that no student code has entered.

It is given the bytes alone. A file that harms its decoder harms a process that knows nothing, lives for one request and
is as confined as a submission; what it then says is decoded outside as every answer is: plain data, or a word of
PROBLEMS with a word of LOOKS, never a text of its own.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import math
import pickle
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import cv2
import numpy as np
import torch

from autograder.sandbox.frames import Channel
from autograder.sandbox.messages import Decode
from autograder.sandbox.values import encode

__all__ = ["LOOKS", "answer", "serve"]

RANK = 32
FRAMES = 20_000
MEMBERS = 1000
NUMBERS = "biufc"
TEXTS = "SU"
IDX_TYPES = {0x08: ">u1", 0x09: ">i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}
"""Codes of numbers in the third byte, from the description of the format beside MNIST."""
LOOKS = {
    "PNG": rb"\x89PNG",
    "JPEG": rb"\xff\xd8\xff",
    "BMP": rb"BM",
    "NPY": rb"\x93NUMPY",
    "zip": rb"PK",
    "gzip": rb"\x1f\x8b",
    "pickle": rb"\x80",
    "AVI": rb"RIFF",
    "Matroska": rb"\x1a\x45\xdf\xa3",
    "text": rb"[\t\n\r -~]{4}",
    "IDX": rb"\x00\x00[\x08-\x0e]",
}
"""What a file that is not what it should be may be taken for, by the expression that matches its beginning."""


class _Problem(Exception):
    """The file is at fault: a word of PROBLEMS, and what it looks like instead."""


def serve(channel: Channel, request: Decode) -> None:
    """Answer with one frame for each file, until the first that cannot be decoded."""
    room = request.room
    for kind, data in request.files:
        reply = answer(kind, data, room)
        channel.send(reply)
        if reply[:1] == b"p":
            return
        room -= len(reply)


def answer(kind: str, data: bytes, room: int) -> bytes:
    """Return `v` and the encoded value of a file, or `p` and what is wrong with it; `room` bounds both in bytes."""
    try:
        value = encode(_decoded(kind, data, room))
    except _Problem as problem:
        return b"p" + " ".join(problem.args).encode()
    except MemoryError:
        return b"plarge"
    except RecursionError:
        return b"pdeep"
    except Exception:  # noqa: BLE001  (whatever a decoder raises over a file's bytes)
        return b"pbroken"
    return b"v" + value if len(value) <= room else b"plarge"


def _decoded(kind: str, data: bytes, room: int) -> Any:
    if not data:
        raise _Problem("empty")
    inner, _, packed = kind.partition(".")
    return DECODERS[inner](_unpacked(data, room) if packed else data, room)


def _unpacked(data: bytes, room: int) -> bytes:
    _begins(data, "gzip", "packed")
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            content = file.read(room + 1)
    except EOFError:
        raise _Problem("truncated") from None
    except (OSError, zlib.error):
        raise _Problem("broken") from None
    if len(content) > room:
        raise _Problem("large")
    return content


def _begins(data: bytes, kind: str, word: str = "magic") -> None:
    if not re.match(LOOKS[kind], data):
        raise _Problem(word, _looks(data))


def _looks(data: bytes) -> str:
    return next((name for name, beginning in LOOKS.items() if re.match(beginning, data)), "unknown")


def _idx(data: bytes, _room: int) -> np.ndarray:
    if len(data) < 4:
        raise _Problem("truncated")
    zero, code, rank = struct.unpack_from(">HBB", data)
    if zero or code not in IDX_TYPES:
        raise _Problem("magic", _looks(data))
    if rank > RANK:
        raise _Problem("header")
    if len(data) < 4 + 4 * rank:
        raise _Problem("truncated")
    shape = struct.unpack_from(f">{rank}I", data, 4)
    return _dense(memoryview(data)[4 + 4 * rank :], np.dtype(IDX_TYPES[code]), shape)


def _npy(data: bytes, _room: int) -> Any:
    _begins(data, "NPY")
    file = io.BytesIO(data)
    try:
        version = np.lib.format.read_magic(file)
        read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
        shape, fortran, dtype = read(file)
    except ValueError:
        raise _Problem("header") from None
    if dtype.hasobject:
        raise _Problem("pickle")
    array = _dense(memoryview(data)[file.tell() :], dtype, shape, "F" if fortran else "C")
    return array.tolist() if dtype.kind in TEXTS else array


def _dense(body: memoryview, dtype: np.dtype, shape: tuple[int, ...], order: Any = "C") -> np.ndarray:
    """Return the array whose numbers are `body`, which must be as long as the header says: nothing else is allotted."""
    if dtype.kind not in NUMBERS + TEXTS or dtype.itemsize == 0:
        raise _Problem("dtype")
    if len(shape) > RANK or any(side < 0 for side in shape):
        raise _Problem("header")
    size = math.prod(shape) * dtype.itemsize
    if len(body) != size:
        raise _Problem("truncated" if len(body) < size else "trailing")
    flat = np.frombuffer(body, dtype)
    return flat.astype(dtype.newbyteorder("="), copy=False).reshape(shape, order=order)


def _npz(data: bytes, room: int) -> dict[str, Any]:
    _begins(data, "zip")
    arrays = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS:
                raise _Problem("large")
            for member in members:
                with archive.open(member) as file:
                    content = file.read(room + 1)
                room -= len(content)
                if room < 0:
                    raise _Problem("large")
                arrays[member.filename.removesuffix(".npy")] = _npy(content, room)
    except (zipfile.BadZipFile, EOFError, zlib.error):
        raise _Problem("truncated") from None
    return arrays


def _weights(data: bytes, _room: int) -> Any:
    try:
        return torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except (pickle.UnpicklingError, RuntimeError, EOFError):
        raise _Problem("weights", _looks(data)) from None


def _text(data: bytes, _room: int) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _Problem("encoding", _looks(data)) from None


def _json(data: bytes, room: int) -> Any:
    text = _text(data, room)
    try:
        return json.loads(text, parse_constant=_no_number)
    except ValueError:
        raise _Problem("syntax") from None


def _no_number(_name: str) -> NoReturn:
    raise _Problem("constant")


def _csv(data: bytes, room: int) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(_text(data, room), newline=""), strict=True))
    except csv.Error:
        raise _Problem("syntax") from None


def _png(data: bytes, room: int) -> np.ndarray:
    _begins(data, "PNG")
    if b"IEND" not in data[-12:] or len(data) < 45:
        raise _Problem("truncated")
    width, height = struct.unpack_from(">II", data, 16)
    if width * height > room:
        raise _Problem("large")
    return _picture(data, room)


def _jpeg(data: bytes, room: int) -> np.ndarray:
    _begins(data, "JPEG")
    if not data.endswith(b"\xff\xd9"):
        raise _Problem("truncated")
    return _picture(data, room)


def _bmp(data: bytes, room: int) -> np.ndarray:
    _begins(data, "BMP")
    return _picture(data, room)


def _picture(data: bytes, room: int) -> np.ndarray:
    """Return (H, W), (H, W, 3) or (H, W, 4) as stored, red first."""
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise _Problem("broken")
    if image.nbytes > room:
        raise _Problem("large")
    return _red_first(image)


def _red_first(image: np.ndarray) -> np.ndarray:
    if image.ndim == 2:
        return image
    return image[..., [2, 1, 0, 3][: image.shape[2]]]


def _video(kind: str) -> Callable[[bytes, int], dict[str, Any]]:
    def decode(data: bytes, room: int) -> dict[str, Any]:
        if kind == "mp4" and data[4:8] != b"ftyp":
            raise _Problem("magic", _looks(data))
        if kind != "mp4":
            _begins(data, "AVI" if kind == "avi" else "Matroska")
        path = Path(f"clip.{kind}")
        path.write_bytes(data)
        capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        frames = list(_frames(capture, room))
        if not frames:
            raise _Problem("frames")
        rate = capture.get(cv2.CAP_PROP_FPS)
        return {"frames": np.stack(frames), "fps": float(rate) if 0 < rate < 1e6 else 0.0}

    return decode


def _frames(capture: cv2.VideoCapture, room: int) -> Any:
    """Yield what can be decoded, whatever the header says of how many there are."""
    shape = None
    for number in range(FRAMES + 1):
        more, frame = capture.read()
        if not more:
            return
        shape = shape or frame.shape
        room -= frame.nbytes
        if frame.shape != shape:
            raise _Problem("sizes")
        if room < 0 or number == FRAMES:
            raise _Problem("large")
        yield _red_first(frame)


DECODERS: dict[str, Callable[[bytes, int], Any]] = {
    "avi": _video("avi"),
    "bmp": _bmp,
    "csv": _csv,
    "idx": _idx,
    "jpg": _jpeg,
    "json": _json,
    "mkv": _video("mkv"),
    "mp4": _video("mp4"),
    "npy": _npy,
    "npz": _npz,
    "png": _png,
    "pt": _weights,
    "txt": _text,
}
