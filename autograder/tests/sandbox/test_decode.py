"""Files that a student wrote: what a check gets of them, and what hostile ones get of the grader."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from autograder.grade import formats
from autograder.sandbox import decode  # noqa: F401  (imported before the sandbox, which cannot read our source)
from autograder.sandbox import values as codec

pytestmark = pytest.mark.sandbox
Inside = Callable[..., Any]
ROOM = 8 << 20
IMAGE = np.arange(60, dtype=np.uint8).reshape(4, 5, 3)


def png(width: int, height: int, body: bytes = b"", colour: int = 2) -> bytes:
    """Return a PNG that says what it likes of its size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(body, 9)) + chunk(b"IEND", b"")


def npy(shape: str, body: bytes = b"", descr: str = "'<f8'", fortran: str = "False") -> bytes:
    """Return a .npy file with any header."""
    head = f"{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head) + 1) + head + b"\n" + body


def saved(value: Any, **options: Any) -> bytes:
    """Return `value` as np.save writes it."""
    file = io.BytesIO()
    np.save(file, value, **options)
    return file.getvalue()


def npz(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def idx(*shape: int, body: bytes = b"", code: int = 8) -> bytes:
    return struct.pack(f">HBB{len(shape)}I", 0, code, len(shape), *shape) + body


def avi(folder: Path, frames: int = 5, fourcc: str = "MJPG") -> bytes:
    """Return a clip of 64 x 48 pixels at 25 frames a second."""
    path = folder / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*fourcc), 25.0, (64, 48))
    for number in range(frames):
        writer.write(np.full((48, 64, 3), 40 * number, np.uint8))
    writer.release()
    return path.read_bytes()


def weights(value: Any) -> bytes:
    file = io.BytesIO()
    torch.save(value, file)
    return file.getvalue()


def picture(suffix: str, image: np.ndarray = IMAGE) -> bytes:
    return bytes(cv2.imencode(suffix, image[..., ::-1] if image.ndim == 3 else image)[1])


BOMB = bytes(200 << 20)
WRONG = {
    "png: nothing": ("png", b"", "empty"),
    "png: a JPEG": ("png", picture(".jpg"), "magic JPEG"),
    "png: a billion pixels": ("png", png(40_000, 40_000, bytes(10**6)), "large"),
    "png: the largest sides": ("png", png(2**31 - 1, 2**31 - 1), "large"),
    "png: no side": ("png", png(0, 0), "broken"),
    "png: cut off": ("png", picture(".png")[:-20], "truncated"),
    "png: damaged": ("png", picture(".png").replace(b"IDAT", b"IDAU"), "broken"),
    "png: a colour that is none": ("png", png(4, 4, bytes(99), colour=77), "broken"),
    "jpg: cut off": ("jpg", picture(".jpg")[:-30], "truncated"),
    "bmp: lies": ("bmp", picture(".bmp")[:18] + struct.pack("<ii", 2**31 - 1, 2**31 - 1) + bytes(99), "broken"),
    "npy: text": ("npy", b"1.0 2.0", "magic text"),
    "npy: a pickle": ("npy", b"\x80\x04.", "magic pickle"),
    "npy: pickled objects": ("npy", saved(np.array([{}], object), allow_pickle=True), "pickle"),
    "npy: an exabyte": ("npy", npy(f"({2**57},)"), "truncated"),
    "npy: a product that overflows": ("npy", npy(f"({2**32}, {2**32})"), "truncated"),
    "npy: zero times too much": ("npy", npy(f"(0, {2**62}, {2**62})"), "broken"),
    "npy: a negative side": ("npy", npy("(-1,)", bytes(8)), "header"),
    "npy: two negative sides": ("npy", npy("(-2, -2)", bytes(32)), "header"),
    "npy: forty sides": ("npy", npy("(" + "1," * 40 + ")", bytes(8)), "header"),
    "npy: a header of code": ("npy", npy("__import__('os').abort()"), "header"),
    "npy: a header without end": ("npy", b"\x93NUMPY\x02\x00" + struct.pack("<I", 2**32 - 1) + b"{" * 99, "header"),
    "npy: nested brackets": ("npy", npy("(" * 3000 + ")" * 3000), "header"),
    "npy: records": ("npy", saved(np.zeros(3, [("a", "i4")])), "dtype"),
    "npy: dates": ("npy", saved(np.zeros(3, "M8[s]")), "dtype"),
    "npy: cut off": ("npy", saved(np.ones(9))[:-1], "truncated"),
    "npy: too long": ("npy", saved(np.ones(9)) + b"!", "trailing"),
    "npy: an unknown version": ("npy", b"\x93NUMPY\x09\x00" + bytes(99), "header"),
    "npz: cut off": ("npz", npz({"a.npy": saved(np.ones(9))})[:-30], "truncated"),
    "npz: a bomb": ("npz", npz({"a.npy": npy(f"({len(BOMB)},)", BOMB, "'u1'")}), "large"),
    "npz: bombs": ("npz", npz({n: npy(f"({4 << 20},)", BOMB[: 4 << 20], "'u1'") for n in "abc"}), "large"),
    "npz: thousands of members": ("npz", npz({str(number): b"" for number in range(1500)}), "large"),
    "npz: a member that is none": ("npz", npz({"../../a": b"LEAK"}), "magic text"),
    "npz: objects": ("npz", npz({"a.npy": saved(np.array([{}], object), allow_pickle=True)}), "pickle"),
    "idx: a wrong magic": ("idx", b"\x12\x34\x08\x03" + bytes(99), "magic unknown"),
    "idx: little-endian": ("idx", b"\x03\x08\x00\x00" + bytes(99), "magic unknown"),
    "idx: no type of numbers": ("idx", idx(2, 2, code=10, body=bytes(4)), "magic IDX"),
    "idx: sides of four gigabytes": ("idx", idx(*[2**32 - 1] * 4), "truncated"),
    "idx: 255 sides": ("idx", b"\x00\x00\x08\xff" + bytes(255 * 4), "header"),
    "idx: only a magic": ("idx", b"\x00\x00\x08\x03", "truncated"),
    "idx: two bytes": ("idx", b"\x00\x00", "truncated"),
    "idx: cut off": ("idx", idx(2, 3, body=bytes(5)), "truncated"),
    "idx: too long": ("idx", idx(2, 3, body=bytes(7)), "trailing"),
    "gz: not packed": ("idx.gz", idx(2, 3, body=bytes(6)), "packed IDX"),
    "gz: a bomb": ("idx.gz", gzip.compress(BOMB), "large"),
    "gz: cut off": ("idx.gz", gzip.compress(idx(2, 3, body=bytes(6)))[:-9], "truncated"),
    "gz: damaged": ("csv.gz", gzip.compress(b"1,2\n")[:-8] + bytes(8), "broken"),
    "gz: packed twice": ("idx.gz", gzip.compress(gzip.compress(idx(1, body=b"x"))), "magic gzip"),
    "json: cut off": ("json", b'{"a": [1, 2', "syntax"),
    "json: NaN": ("json", b"[NaN]", "constant"),
    "json: infinity": ("json", b"[-Infinity]", "constant"),
    "json: nested without end": ("json", b"[" * 200_000, "deep"),
    "json: a number of a million digits": ("json", b"9" * 10**6, "syntax"),
    "json: another encoding": ("json", '"é"'.encode("latin-1"), "encoding unknown"),
    "json: half a surrogate": ("json", b'"\\ud800"', "broken"),
    "csv: an open quote": ("csv", b'a,"b\nc', "syntax"),
    "csv: a field without end": ("csv", b'"' + b"x" * 200_000 + b'"', "syntax"),
    "csv: binary": ("csv", picture(".png"), "encoding PNG"),
    "pt: a pickle that calls": ("pt", b"\x80\x02cos\nsystem\nX\x04\x00\x00\x00true\x85R.", "weights pickle"),
    "pt: an object": ("pt", weights(Path("x")), "weights zip"),
    "pt: cut off": ("pt", weights({"w": torch.ones(9)})[:-200], "weights zip"),
    "pt: one number, expanded": ("pt", weights(torch.ones(1).expand(2**40)), "broken"),
    "avi: a picture": ("avi", picture(".png"), "magic PNG"),
    "avi: only a header": ("avi", b"RIFF" + bytes(4) + b"AVI LIST" + bytes(99), "frames"),
    "avi: a list of other files": ("avi", b"RIFF\nffconcat version 1.0\nfile /etc/passwd\n", "frames"),
    "mp4: a playlist": ("mp4", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "magic text"),
    "mkv: only a header": ("mkv", b"\x1a\x45\xdf\xa3" + b"\xff" * 99, "frames"),
}  # fmt: skip


def words(inside: Inside, kind: str, data: bytes) -> bytes:
    """Return what the decoder says of a file inside a sandbox, or the codec's bytes."""
    return answers(inside, [(kind, data)])[0]


def answers(inside: Inside, files: list[tuple[str, bytes]]) -> list[bytes]:
    """Return what the decoder says of several files, each on its own, in one sandbox."""
    packed = [(kind, zlib.compress(data, 1)) for kind, data in files]
    code = (
        "import zlib\nfrom autograder.sandbox import decode\n"
        f"answers = [decode.answer(kind, zlib.decompress(data), {ROOM}) for kind, data in {packed!r}]\n"
        "result = [answer.decode('latin-1') for answer in answers]"
    )
    found = inside(code)
    assert isinstance(found, list), found
    return [answer.encode("latin-1") for answer in found]


@pytest.fixture(scope="module")
def known() -> dict[str, bytes]:
    return {}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_file(case: str, inside: Inside, known: dict[str, bytes]) -> None:
    """A file that is wrong, in error or on purpose, ends in a word for what is wrong, and in little memory."""
    kind, _, word = WRONG[case]
    if case not in known:  # all of a format in one sandbox of 300 MB
        alike = [other for other in WRONG if WRONG[other][0] == kind]
        known |= zip(alike, answers(inside, [WRONG[other][:2] for other in alike]), strict=True)
    assert known[case] == b"p" + word.encode()
    name, _, looks = word.partition(" ")
    assert formats.complaint(name, kind, looks) != formats.complaint("refused", kind, "")


RIGHT = {
    "npy": (saved(IMAGE), IMAGE),
    "npy in Fortran's order": (saved(np.asfortranarray(IMAGE)), IMAGE),
    "npy big-endian": (saved(np.arange(5, dtype=">f4")), np.arange(5, dtype="f4")),
    "npy of text": (saved(np.array([["a", "é"]])), [["a", "é"]]),
    "npy of nothing": (saved(np.zeros((0, 3))), np.zeros((0, 3))),
    "npy of one number": (saved(np.array(2.5)), np.array(2.5)),
    "npz": (npz({"a.npy": saved(IMAGE), "b.npy": saved(np.ones(2))}), {"a": IMAGE, "b": np.ones(2)}),
    "png": (picture(".png"), IMAGE),
    "png grey": (picture(".png", IMAGE[..., 0]), IMAGE[..., 0]),
    "png deep": (picture(".png", IMAGE[..., 0].astype(np.uint16) * 999), IMAGE[..., 0].astype(np.uint16) * 999),
    "bmp": (picture(".bmp"), IMAGE),
    "idx": (idx(4, 5, 3, body=IMAGE.tobytes()), IMAGE),
    "idx of floats": (idx(2, body=struct.pack(">2d", 0.5, -1.0), code=14), np.array([0.5, -1.0])),
    "idx.gz": (gzip.compress(idx(4, 5, 3, body=IMAGE.tobytes())), IMAGE),
    "json": (json.dumps({"a": [1, 2.5, None, "é"]}).encode(), {"a": [1, 2.5, None, "é"]}),
    "csv": (b'a,b\r\n"1, 2",\n', [["a", "b"], ["1, 2", ""]]),
    "txt": ("é\n".encode(), "é\n"),
    "pt": (weights({"w": torch.ones(2, 3)}), {"w": torch.ones(2, 3)}),
}


def same(got: Any, want: Any) -> bool:
    if isinstance(want, dict):
        return got.keys() == want.keys() and all(same(got[key], want[key]) for key in want)
    if isinstance(want, (np.ndarray, torch.Tensor)):
        return type(got) is type(want) and got.dtype == want.dtype and got.tolist() == want.tolist()
    return bool(got == want)


@pytest.mark.parametrize("case", RIGHT)
def test_right_file(case: str, inside: Inside) -> None:
    """A file that is what its name says arrives as it was written."""
    data, want = RIGHT[case]
    answer = words(inside, case.split(maxsplit=1)[0], data)
    assert answer[:1] == b"v"
    assert same(codec.decode(answer[1:]), want)


@pytest.mark.parametrize(("kind", "fourcc"), [("avi", "MJPG"), ("avi", "FFV1"), ("mkv", "FFV1")])
def test_clip(kind: str, fourcc: str, tmp_path: Path, inside: Inside) -> None:
    """A clip arrives with all its frames and its rate, from the codecs that the course writes."""
    path = tmp_path / f"clip.{kind}"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*fourcc), 25.0, (64, 48))
    for number in range(5):
        writer.write(np.full((48, 64, 3), (10, 20, 40 * number), np.uint8))
    writer.release()
    got = codec.decode(words(inside, kind, path.read_bytes())[1:])
    assert got["fps"] == pytest.approx(25.0)
    assert got["frames"].shape == (5, 48, 64, 3)
    assert np.abs(got["frames"][:, 20, 20].astype(int) - [[40 * n, 20, 10] for n in range(5)]).max() <= 4


def patched(data: bytes, mark: bytes, offset: int, value: bytes) -> bytes:
    place = data.index(mark) + offset
    return data[:place] + value + data[place + len(value) :]


LIES: dict[str, Callable[[bytes], bytes]] = {
    "four billion frames": lambda data: patched(data, b"avih", 24, b"\xff" * 4),
    "frames of no time": lambda data: patched(patched(data, b"avih", 8, bytes(4)), b"strh", 28, bytes(8)),
    "frames a second without end": lambda data: patched(data, b"strh", 28, struct.pack("<II", 1, 2**32 - 1)),
    "two billion pixels a side": lambda data: patched(data, b"strf", 12, struct.pack("<ii", 2**31 - 1, 2**31 - 1)),
    "negative sides": lambda data: patched(data, b"strf", 12, struct.pack("<ii", -64, -(2**31))),
    "chunks longer than the file": lambda data: patched(data, b"00dc", 4, b"\xff\xff\xff\x7f"),
    "half of it": lambda data: data[: len(data) // 2],
    "another codec": lambda data: data.replace(b"MJPG", b"H264"),
}


@pytest.mark.parametrize("lie", LIES)
def test_clip_that_lies(lie: str, tmp_path: Path, inside: Inside) -> None:
    """Whatever a header says, there come no more frames than can be decoded, at a rate that is a number."""
    answer = words(inside, "avi", LIES[lie](avi(tmp_path)))
    if answer[:1] == b"p":
        assert answer[1:].decode().split()[0] in ("frames", "large", "sizes", "broken")
        return
    got = codec.decode(answer[1:])
    assert len(got["frames"]) <= 5
    assert 0 <= got["fps"] < 1e6
