"""Hidden checks of 02_file_io: every file is made from `rng`, so that knowing this file gives no answer away.

Files are built and read by hand here (struct, OpenCV, the clean decoder), never by the reference.
"""

from __future__ import annotations

import ast
import gzip
import struct
from typing import Any

import cv2
import numpy as np
import pytest

from autograder.checks import check
from autograder.compare import is_copy, matches, raises, require, same_files

KINDS = {
    "uint8": (8, "B"),
    "int8": (9, "b"),
    "int16": (11, "h"),
    "int32": (12, "i"),
    "float32": (13, "f"),
    "float64": (14, "d"),
}
"""IDX kind and letter of `struct` of each dtype."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SMALL, NEAR = 16, 2
"""Counts up to this, and so far from the right one, are told; of others only the direction."""
PLAIN_OPENS = ("open", "read_text", "write_text")


def words(rng: np.random.Generator, count: int) -> list[str]:
    """Return words of 3 to 8 letters."""
    return ["".join(rng.choice(list(LETTERS), int(rng.integers(3, 9)))) for _ in range(count)]


def sizes(rng: np.random.Generator, count: int, low: int = 2, high: int = 9) -> tuple[int, ...]:
    """Return `count` different lengths, so that no axis can be taken for another."""
    return tuple(int(n) for n in rng.choice(np.arange(low, high), size=count, replace=False))


def numbers(rng: np.random.Generator, dtype: str, shape: tuple[int, ...]) -> np.ndarray:
    """Return numbers that use the whole width of a dtype."""
    if dtype.startswith("float"):
        return rng.normal(0.0, 3.0, shape).astype(dtype)
    limits = np.iinfo(dtype)
    return rng.integers(limits.min, limits.max, shape, dtype=dtype, endpoint=True)


def idx(array: np.ndarray) -> bytes:
    """Return an IDX file, packed by `struct` one number at a time."""
    kind, letter = KINDS[array.dtype.name]
    header = bytes([0, 0, kind, array.ndim]) + b"".join(struct.pack(">I", side) for side in array.shape)
    return header + b"".join(struct.pack(f">{letter}", one) for one in array.ravel().tolist())


def shown(number: int, expected: int) -> str:
    """Return how many came, or in which direction they miss: an answer could tell hidden numbers by a count."""
    if number <= SMALL or abs(number - expected) <= NEAR:
        return str(number)
    return "too many" if number > expected else "too few"


def encodings_place(call: ast.Call) -> int:
    """Return by how many arguments the encoding is among those of a call that opens a file; 0 where there is none."""
    called = getattr(call.func, "attr", getattr(call.func, "id", ""))
    module = getattr(getattr(call.func, "value", None), "id", "") if isinstance(call.func, ast.Attribute) else "io"
    if called != "open":
        return {"read_text": 1, "write_text": 2}.get(called, 0)
    return {"os": 0, "io": 4, "gzip": 4}.get(module, 3)  # a path's own, and that of codecs


def mode_of(call: ast.Call) -> ast.expr | None:
    """Return the mode with which a call opens a file; None where it names none."""
    module = getattr(call.func.value, "id", "") if isinstance(call.func, ast.Attribute) else "io"
    place = 1 if module in ("io", "gzip", "codecs", "os") else 0  # a path's own has no path among its arguments
    given = [key.value for key in call.keywords if key.arg == "mode"] + call.args[place : place + 1]
    return given[0] if given and getattr(call.func, "attr", getattr(call.func, "id", "")) == "open" else None


def names_encodings(student: Any, name: str) -> None:
    """Require that each text file is opened with its encoding named; what a computed mode opens cannot be read here."""
    facts = student.source(name)
    require(facts.text, f"The definition of `{name}` cannot be read: write it as a function in its own cell.")
    for call in (node for tree in facts.nodes for node in ast.walk(tree) if isinstance(node, ast.Call)):
        called = getattr(call.func, "attr", getattr(call.func, "id", ""))
        texts = [arg.value for arg in [*call.args, *(k.value for k in call.keywords)] if isinstance(arg, ast.Constant)]
        binary = any(isinstance(text, str) and set(text) <= set("rwaxb+") and "b" in text for text in texts)
        named = any(key.arg in ("encoding", None) for key in call.keywords)
        starred = any(isinstance(arg, ast.Starred) for arg in call.args)
        hidden = not isinstance(mode_of(call), (ast.Constant, type(None)))
        told = binary or named or starred or hidden or len(call.args) >= encodings_place(call)
        if called in PLAIN_OPENS and not told:
            require(condition=False, reason=f"A text file is opened by `{called}` without `encoding=`.", rule="source")


# --------------------------------------------------------------------------------------------------- read_notes

TEXT = "slide:encodings-and-newlines"


@check("read_notes", hint="A BOM is no letter: which encoding takes it away?", see=TEXT)
def test_notes_in_utf8(student, folder, rng):
    """UTF-8 with and without byte order mark gives the lines, accents included."""
    lines = [f"{one} é → {one}ß" for one in words(rng, 4)]
    for mark in (b"", b"\xef\xbb\xbf"):
        path = folder.put("notes d'été.txt", mark + "\n".join(lines).encode() + b"\n")
        matches(student.read_notes(path), lines)


@check("read_notes", hint="When UTF-8 raises UnicodeDecodeError, decode as Latin-1.", see="cell:wrong_encoding")
def test_notes_in_latin1(student, folder, rng):
    """Bytes that are no UTF-8 are read as Latin-1, all 256 of them."""
    lines = [f"{one} \xe9\xfc {one}" for one in words(rng, 3)] + ["\x81\x8d"]
    matches(student.read_notes(folder.put("old.txt", "\n".join([*lines, ""]).encode("latin-1"))), lines)


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"], ids=["CRLF", "CR", "LF"])
@check("read_notes", weight=0.5, hint='Text mode translates all three: take off one `"\\n"` and no more.', see=TEXT)
def test_notes_of_other_machines(student, folder, rng, end):
    """Lines that end as on Windows, old Macs and Linux are told apart; empty ones and spaces stay."""
    one, two, three = words(rng, 3)
    path = folder.put("lines.txt", end.join([one, "", f"  {two} ", "", three, ""]).encode())
    matches(student.read_notes(path), [one, "", f"  {two} ", "", three])


@check("read_notes", weight=0.5, hint="A file may mix its ends, and only the last of them ends the file.", see=TEXT)
def test_notes_of_several_machines(student, folder, rng):
    """Three kinds of ends in one file are told apart, and empty lines at its end stay."""
    one, two, three = words(rng, 3)
    mixed = f" {one}\r\n\r\n{two}\n{three}\r{one}\r\n"
    matches(student.read_notes(folder.put("mixed.txt", mixed.encode())), [f" {one}", "", two, three, one])
    matches(student.read_notes(folder.put("end.txt", f"{one}\n\n\n".encode())), [one, "", ""])


@check(
    "read_notes",
    weight=0.5,
    hint="`splitlines` knows more ends than three. And is it Latin-1, not cp1252?",
    see="cell:two_encodings",
)
def test_notes_cut_nowhere_else(student, folder, rng):
    """Form feeds, the byte 85 in Latin-1 and other odd characters end no line."""
    lines = [f"{one}\x85{one}\x0c{one}\x1c\xe9" for one in words(rng, 2)]
    matches(student.read_notes(folder.put("odd.txt", "\n".join([*lines, ""]).encode("latin-1"))), lines)


@check(
    "read_notes",
    weight=0.5,
    hint="An empty file has no line, not an empty one; a last line may have no newline to take off.",
    see="cell:read_notes_seen",
)
def test_notes_of_nothing(student, folder, rng):
    """An empty file gives [], a path may be a string, a missing last newline loses nothing."""
    matches(student.read_notes(str(folder.put("empty.txt", b""))), [])
    matches(student.read_notes(folder.put("newline.txt", b"\n")), [""])
    one = words(rng, 1)
    matches(student.read_notes(str(folder.put("one.txt", one[0]))), one)


@check("read_notes", weight=0.5, claim=True, hint="Name the encoding each time.", see="slide:text-and-bytes")
def test_notes_name_the_encoding(student, folder, rng):
    """The answer does not depend on what the machine prefers."""
    one = words(rng, 1)
    path = folder.put("one.txt", f"{one[0]}\n")
    matches(student.read_notes(path), one)
    names_encodings(student, "read_notes")
    elsewhere = student.probe("elsewhere", "read_notes", path)
    same = isinstance(elsewhere, list) and all(isinstance(line, str) for line in elsewhere) and elsewhere == one
    require(same, "On a machine that prefers another encoding other lines come.")


# ------------------------------------------------------------------------------------------------------- report


def table(rows: list[tuple[str, int, float]]) -> str:
    """Return the report, padded by hand."""
    text = "file".ljust(16) + "bytes".rjust(12) + "intact".rjust(9) + "\n"
    for name, size, share in rows:
        text += name.ljust(16) + format(size, ",").rjust(12) + (format(100 * share, ".1f") + "%").rjust(9) + "\n"
    return text + "total".ljust(16) + format(sum(size for _, size, _ in rows), ",").rjust(12) + "\n"


def rows_of(rng: np.random.Generator, count: int) -> list[tuple[str, int, float]]:
    """Return rows of a report; shares lie away from the middle between two printed ones."""
    shares = rng.integers(1, 999, count) / 1000
    return [(w, int(10 ** rng.uniform(0, 8)), float(s)) for w, s in zip(words(rng, count), shares, strict=True)]


def same_lines(report: Any, want: str, lines: slice) -> None:
    """Require some lines of a report and say which is the first that differs, and how."""
    if not isinstance(report, str):
        matches(report, want)
    wanted = want.splitlines()
    came = report.split("\n")[: len(wanted)]
    for number in range(len(wanted))[lines]:
        require(number < len(came), f"The report ends before line {number + 1}.")
        got, ought = len(came[number]), len(wanted[number])
        said = shown(got, ought)
        require(got == ought, f"Line {number + 1} has {said} characters, spaces included: expected {ought}.")
        same = came[number] == wanted[number]
        require(same, f"Line {number + 1} has {ought} characters, as expected, but not the right ones.")


@check("report", weight=2, hint="Compare your example with the text's, place by place.", see="cell:formats_seen")
def test_report_of_some(student, rng):
    """Names, sizes and shares stand in their columns below the heading, letter by letter."""
    for count in (1, 4):
        rows = rows_of(rng, count)
        same_lines(student.report(rows), table(rows), slice(None, -1))


@check("report", hint="A full share is `100.0%`, none `0.0%`, a size `123,456,789`.", see="slide:formatting-numbers")
def test_report_of_extremes(student, rng):
    """Full and empty files, long names and very large files stay in line."""
    large = int(rng.integers(10**8, 10**9))
    rows = [("x" * 16, large, 1.0), ("", 0, 0.0), ("été 1", int(rng.integers(1, 999)), 0.5)]
    same_lines(student.report(rows), table(rows), slice(None, -1))


@check("report", hint="The total ends with its size, and a newline stands behind it too.", see="cell:report_seen")
def test_report_ends(student, rng):
    """The last line holds the total and nothing else, and ends with a newline, as every line does."""
    rows = rows_of(rng, 3)
    report = student.report(rows)
    same_lines(report, table(rows), slice(-1, None))
    require(report.endswith("\n"), "The last line does not end with a newline.")
    require(report.count("\n") == len(rows) + 2, "There are more lines than the heading, the rows and the total.")


@check("report", weight=0.5, hint="Heading and total come without rows too.", see="cell:report_seen")
def test_report_of_nothing(student):
    """No rows give the heading and a total of 0."""
    same_lines(student.report([]), table([]), slice(None))


# --------------------------------------------------------------------------------------------------- save_trace


def trace_of(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return seconds and greens whose digits do not end early."""
    return np.stack([np.arange(count) / 30, rng.normal(150.0, 0.3, count)], axis=1)


def begins_with_text(folder: Any, name: str) -> None:
    """Require that no byte order mark stands before the text of a file: readers take it for a letter of the first."""
    marked = folder.read_bytes(name).startswith(b"\xef\xbb\xbf")
    said = f"{name.removeprefix('out/')} begins with a byte order mark: write `utf-8`, not `utf-8-sig`."
    require(not marked, said, rule="file")


@check(
    "save_trace", hint="`parents=True` makes the folders above; `np.save` keeps shape and dtype.", see="cell:types_seen"
)
def test_trace_as_npy(student, folder, rng):
    """trace.npy holds the array as it was, float64, in a folder that was not there."""
    trace = trace_of(rng, int(rng.integers(5, 20)))
    student.save_trace(folder / "données d'été/run 1", trace, {})
    matches(folder.load("données d'été/run 1/trace.npy"), trace)


@check(
    "save_trace",
    weight=1.5,
    hint="In UTF-8 a heading, then the floats as they are, not rounded.",
    see="slide:csv-json-or-npy",
)
def test_trace_as_csv(student, folder, rng):
    """trace.csv has a heading and gives exactly the same numbers back."""
    trace = trace_of(rng, int(rng.integers(5, 20)))
    student.save_trace(str(folder / "out"), trace, {})
    begins_with_text(folder, "out/trace.csv")
    rows = folder.load("out/trace.csv")
    require(rows and rows[0] == ["seconds", "green"], "The first row is not `seconds,green`.")
    try:
        back = [[float(cell) for cell in row] for row in rows[1:]]
    except ValueError:
        back = None
    require(back is not None, "A cell of trace.csv is no number.")
    matches(back, trace.tolist())


@check("save_trace", hint='`ensure_ascii=False` and `encoding="utf-8"`.', see="slide:csv-json-or-npy")
def test_about_as_json(student, folder, rng):
    """about.json holds the dict, accents written as themselves in UTF-8."""
    one, two = words(rng, 2)
    about = {"camera": f"{one} é ← {two}", "fps": int(rng.integers(10, 90)), "lost": [2, 4.5, None, True]}
    student.save_trace(folder / "out", trace_of(rng, 2), about)
    begins_with_text(folder, "out/about.json")
    matches(folder.load("out/about.json"), about)
    text = folder.read_bytes("out/about.json").decode("utf-8", "replace")
    require(f"{one} é ← {two}" in text, "about.json does not hold the accents as themselves in UTF-8.", rule="file")


@check("save_trace", weight=0.5, hint='`exist_ok=True`, and mode "w", not "a".', see="slide:what-with-does-for-you")
def test_trace_is_replaced(student, folder, rng):
    """A second trace replaces the first; one of no times is fine; nothing else is written."""
    student.save_trace(folder / "out", trace_of(rng, 9), {words(rng, 1)[0]: 1})
    require(len(folder.load("out/trace.csv")) == 10, "trace.csv does not hold a heading and nine rows.", rule="file")
    student.save_trace(folder / "out", trace_of(rng, 9)[:0], {"a": 2})
    for name in ("out/trace.csv", "out/about.json"):
        begins_with_text(folder, name)
    matches(folder.load("out/trace.csv"), [["seconds", "green"]])
    matches(folder.load("out/about.json"), {"a": 2})
    require(
        set(folder.files("out")) == {f"out/{n}" for n in ("trace.npy", "trace.csv", "about.json")},
        "Other files lie in the folder.",
    )


@check(
    "save_trace",
    claim=True,
    hint='Name each file\'s encoding; the csv module ends its lines itself: `newline=""`.',
    see="slide:encodings-and-newlines",
)
def test_trace_on_windows(student, folder, rng):
    """Encodings are named, and the csv module's file is opened with newline=""."""
    trace, about = trace_of(rng, 3), {"camera": words(rng, 1)[0]}
    student.save_trace(folder / "out", trace, about)
    matches(folder.load("out/trace.npy"), trace)
    require(len(folder.load("out/trace.csv")) == 4, "trace.csv does not hold a heading and three rows.", rule="file")
    names_encodings(student, "save_trace")
    student.probe("elsewhere", "save_trace", folder / "elsewhere", trace, about)
    for name in ("trace.csv", "about.json"):
        here, there = (folder.read_bytes(f"{place}/{name}") for place in ("out", "elsewhere"))
        doubled = b"\r\r\n" in there
        require(not doubled, f'{name}: a file for the csv module is opened without `newline=""`.', rule="file")
        same = there.replace(b"\r\n", b"\n") == here.replace(b"\r\n", b"\n")
        require(same, f"{name} is another file on a machine that prefers another encoding.", rule="file")


# ----------------------------------------------------------------------------------------------------- read_idx


@pytest.mark.parametrize("dtype", KINDS)
@check("read_idx", weight=0.5, hint='Kind, byte order, `newbyteorder("=")`.', see="slide:an-idx-header-byte-by-byte")
def test_idx_of_each_kind(student, folder, rng, dtype):
    """Numbers of each of the six kinds come back with their dtype."""
    array = numbers(rng, dtype, sizes(rng, 2))
    matches(student.read_idx(folder.put("données d'été/a file.idx", idx(array))), array)


@pytest.mark.parametrize("rank", [1, 3, 4, 5])
@check("read_idx", weight=0.5, hint="The rank says how many sizes follow.", see="cell:header_seen")
def test_idx_of_each_rank(student, folder, rng, rank):
    """Files of rank 1, 3, 4 and 5 have their shape."""
    array = numbers(rng, "uint8", sizes(rng, rank))
    matches(student.read_idx(str(folder.put("file", idx(array)))), array)


@check(
    "read_idx",
    hint="By the name's end choose between `open` and `gzip.open`; `fromfile` goes past gzip.",
    see="cell:read_idx_seen",
)
def test_idx_packed(student, folder, rng):
    """A file whose name ends with .gz is unpacked, as a Path and as a string."""
    array = numbers(rng, "int16", sizes(rng, 3))
    path = folder.put("a b.idx.gz", gzip.compress(idx(array)))
    matches(student.read_idx(path), array)
    matches(student.read_idx(str(path)), array)


NOT_PACKED = "old.gz/a.gz.idx"
"""A name with .gz in it, and in its folder's, but not at its end."""


@check("read_idx", weight=0.25, hint="`endswith`: only the end of the name says so.", see="cell:read_idx_seen")
def test_idx_with_gz_elsewhere_in_its_name(student, folder, rng):
    """A file is not packed where .gz stands elsewhere in its name, or in the name of its folder."""
    array = numbers(rng, "uint8", sizes(rng, 2))
    matches(student.read_idx(folder.put(NOT_PACKED, idx(array))), array)


@check("read_idx", weight=0.5, hint="Sizes take four bytes each, and may be 0.", see="cell:order_seen")
def test_idx_of_odd_sizes(student, folder, rng):
    """Sizes of 0 and 1, and of more than 255, work."""
    for shape in ((0, 3), (1, 1), (int(rng.integers(300, 900)), 2)):
        array = numbers(rng, "uint8", shape)
        matches(student.read_idx(folder.put("odd.idx", idx(array))), array)


def holds(made: Any, wanted: bytes, reason: str, *, rule: Any) -> None:
    """Require the bytes of an array that stays in the sandbox."""
    said = made.tobytes()
    require(type(said) is bytes and said == wanted, reason, rule=rule)


@check("read_idx", weight=0.75, hint='`newbyteorder("=")`, then `astype`.', see="cell:order_seen")
def test_idx_in_native_order(student, folder, rng):
    """In memory the bytes of the array lie in the order of the processor."""
    for dtype in ("int32", "float64"):
        array = numbers(rng, dtype, sizes(rng, 2))
        made = student.make("read_idx", folder.put("file.idx", idx(array)))
        holds(made, array.tobytes(), "The bytes of the array do not lie in the processor's order.", rule="dtype")


@check(
    "read_idx",
    weight=0.5,
    claim=True,
    hint="`frombuffer` gives a view of bytes, `astype` copies.",
    see="cell:order_seen",
)
def test_idx_can_be_written_to(student, folder, rng):
    """The array can be written to."""
    array = numbers(rng, "uint8", sizes(rng, 2))
    made = student.make("read_idx", folder.put("file.idx", idx(array)))
    holds(made, array.tobytes(), "The array does not hold the numbers of the file.", rule="value")
    value = int(array[0, 0]) ^ 1
    made.fill(value)
    holds(made, bytes([value]) * array.size, "The array cannot be written to.", rule="side effect")


# ----------------------------------------------------------------------------------------------------- cut_clip


@check("cut_clip", weight=2, hint="The end of a slice is a place, not a length.", see="cell:slices_seen")
def test_cut_of_any_clip(student, rng):
    """The right frames, rows, columns and all colours come, of any dtype."""
    for dtype in ("uint8", "float32"):
        clip = numbers(rng, dtype, (20, 9, 11, 3))
        top, left, first = (int(n) for n in rng.integers(1, 4, 3))
        got = student.cut_clip(clip, 5, first / 5, first / 5 + 2.0, (top, left, 4, 6))
        matches(got, clip[first : first + 10][:, top : top + 4][:, :, left : left + 6])


@check("cut_clip", hint="4.1 * 30 is 122.99999999999999: `round` it.", see="cell:slices_seen")
def test_cut_at_odd_times(student, rng):
    """Times that a computer cannot write exactly meet the right frames, at other frame rates too."""
    clip = numbers(rng, "uint8", (130, 2, 3, 1))
    matches(student.cut_clip(clip, 30, 4.0, 4.1, (0, 0, 2, 3)), clip[120:123])
    matches(student.cut_clip(clip, 29.97, 0.5, 1.9, (0, 0, 2, 3)), clip[15:57])


@check(
    "cut_clip",
    weight=0.5,
    hint="`round(start * fps)` and `round(stop * fps)`, each by itself, with `fps` as it is.",
    see="cell:slices_seen",
)
def test_cut_between_frames(student, rng):
    """Times between two frames are rounded as `round` does, start and stop each by itself."""
    clip = numbers(rng, "uint8", (640, 2, 3, 1))
    for fps, start, stop, first, last in (
        (30, 1.01, 2.01, 30, 60),
        (30, 0.05, 1.08, 2, 32),
        (29.97, 20, 21, 599, 629),
        (5, 0.5, 1.0, 2, 5),
    ):
        matches(student.cut_clip(clip, fps, start, stop, (0, 0, 2, 3)), clip[first:last])


@check(
    "cut_clip", weight=0.5, hint="Nothing of an axis is a length of 0, and the axis stays.", see="cell:cut_clip_seen"
)
def test_cut_of_little(student, rng):
    """No time, one pixel and the whole clip keep four axes."""
    clip = numbers(rng, "int16", (6, 4, 5, 2))
    matches(student.cut_clip(clip, 2, 1.0, 1.0, (0, 0, 2, 2)), clip[2:2, :2, :2])
    matches(student.cut_clip(clip, 2, 1.0, 1.5, (3, 4, 1, 1)), clip[2:3, 3:4, 4:5])
    matches(student.cut_clip(clip, 2, 0.0, 3.0, (0, 0, 4, 5)), clip)


@check("cut_clip", claim=True, hint="A slice is a view: copy it.", see="cell:slices_seen")
def test_cut_owns_its_memory(student, rng):
    """Writing into the piece does not reach the clip."""
    clip = numbers(rng, "uint8", (6, 4, 5, 3))
    seen = student.observe("cut_clip", clip, 2, 0.5, 2.5, (1, 1, 2, 3))
    matches(seen.value, clip[1:5, 1:3, 1:4])
    is_copy(seen)


# -------------------------------------------------------------------------------------------------- load_square


def png(image: np.ndarray) -> bytes:
    """Return an RGB (or grey) picture as a PNG file."""
    return cv2.imencode(".png", image[..., ::-1] if image.ndim == 3 else image)[1].tobytes()


def says_which(got: Any, image: np.ndarray, side: int) -> None:
    """Refuse another square of the picture, or one with its colours turned, by its own name."""
    if isinstance(got, np.ndarray) and got.shape == (side, side, 3) and got.dtype == np.uint8:
        top, left = ((length - side) // 2 for length in image.shape[:2])
        middle = image[top : top + side][:, left : left + side]
        require(np.array_equal(got, middle) or not np.array_equal(got, middle[..., ::-1]), "Blue comes first, not red.")
        squares = np.lib.stride_tricks.sliding_window_view(image, (side, side), (0, 1)).transpose(0, 1, 3, 4, 2)
        others = [square for row in squares for square in row if not np.array_equal(square, middle)]
        moved = any(np.array_equal(got, square) for square in others)
        require(not moved, "The square begins elsewhere than at row `(H - S) // 2` and column `(W - S) // 2`.")


@check(
    "load_square",
    weight=2,
    hint="OpenCV gives blue first; `//` rounds down, `round` does not.",
    see="slide:bgr-not-rgb",
)
def test_square_of_pictures(student, folder, rng):
    """Broad and high pictures give their middle, red first."""
    for height, width in ((6, 11), (13, 8), (7, 7), (5, 6), (6, 9), (9, 6)):
        image = numbers(rng, "uint8", (height, width, 3))
        side = min(height, width)
        top, left = (height - side) // 2, (width - side) // 2
        path = folder.put("données d'été/a picture.png", png(image))
        got = student.load_square(path)
        says_which(got, image, side)
        matches(got, image[top : top + side][:, left : left + side])


@check("load_square", weight=0.5, hint="`cv2.IMREAD_COLOR` gives three channels.", see="cell:load_square_seen")
def test_square_of_grey(student, folder, rng):
    """A grey picture has three equal channels; a path may be a string; one pixel is a picture."""
    grey = numbers(rng, "uint8", (6, 10))
    middle = np.repeat(grey[:, 2:8, None], 3, axis=2)
    matches(student.load_square(str(folder.put("grey.png", png(grey)))), middle)
    one = np.repeat(numbers(rng, "uint8", (1, 1, 1)), 3, axis=2)
    matches(student.load_square(folder.put("one.png", png(one))), one)


@check(
    "load_square",
    weight=0.5,
    hint="`cv2.IMREAD_COLOR` gives three channels of bytes, however the picture is stored.",
    see="cell:load_square_seen",
)
def test_square_of_other_depths(student, folder, rng):
    """A picture with a channel for transparency, or with 16 bits a colour, has three channels of uint8."""
    image = np.repeat(numbers(rng, "uint8", (7, 7, 1)), 3, axis=2)  # the order of colours is not asked here
    opaque = np.full((7, 7, 1), 255, dtype=np.uint8)
    clear = np.concatenate([opaque, image], axis=2)  # `png` turns them round: alpha comes last
    matches(student.load_square(folder.put("clear.png", png(clear))), image)
    deep = image.astype(np.uint16) * 257  # white stays white
    matches(student.load_square(folder.put("deep.png", png(deep))), image)


def reads_a_grey_square(student: Any, folder: Any, rng: np.random.Generator, name: str) -> None:
    """Require that a sound picture is read: a grey square, so that order of colours and cropping are not asked."""
    grey = np.repeat(numbers(rng, "uint8", (7, 7, 1)), 3, axis=2)
    matches(student.load_square(folder.put(name, png(grey))), grey)


@pytest.mark.parametrize("content", ["text", "nothing"])
@check("load_square", weight=0.5, hint="`None` and empty files need a test of their own.", see="cell:none_raises")
def test_square_of_no_picture(student, folder, rng, content):
    """What is no picture raises ValueError that names the file; the picture that stood there before is read."""
    reads_a_grey_square(student, folder, rng, "bad one.png")
    data = " ".join(words(rng, 40)) if content == "text" else ""
    error = raises(ValueError, student.load_square, folder.put("bad one.png", data))
    require("FileNotFoundError" not in error.type_names, "A file that is there was called missing.", rule="type")
    require("bad one.png" in error.failure.detail, "The exception does not name the file.")


@check("load_square", weight=0.5, hint="`np.fromfile` raises it by itself.", see="cell:none_raises")
def test_square_of_no_file(student, folder, rng):
    """A missing file raises FileNotFoundError; a picture beside it is read."""
    reads_a_grey_square(student, folder, rng, "there.png")
    error = raises(FileNotFoundError, student.load_square, folder / "not there.png")
    require("ValueError" not in error.type_names, "A missing file was called no picture, too.", rule="type")


# ------------------------------------------------------------------------------------------------- split_folder

COUNTS = {"cat": 13, "dog d'été": 8, "owl": 3}
"""Pictures of each label."""


def labelled(folder: Any, rng: np.random.Generator, root: str, counts: dict[str, int] = COUNTS) -> dict[str, bytes]:
    """Put pictures (bytes will do) under their labels and return their contents by label/name."""
    files = {f"{label}/{label} {n:02d}.png": rng.bytes(24) for label, count in counts.items() for n in range(count)}
    for name, data in files.items():
        folder.put(f"{root}/{name}", data)
    return files


def parts_of(folder: Any, root: str) -> dict[str, dict[str, bytes]]:
    """Return what lies in the parts of a split, by part and then by label/name."""
    parts: dict[str, dict[str, bytes]] = {}
    for name, data in folder.contents(root).items():
        part, _, rest = name.removeprefix(f"{root}/").partition("/")
        parts.setdefault(part, {})[rest] = data
    return parts


@check(
    "split_folder", weight=1.5, hint="Train and validation are two slices of one list.", see="slide:a-stratified-split"
)
def test_split_deals_all(student, folder, rng):
    """Each picture lies in one of two parts, under its label, unchanged, and still in the source."""
    files = labelled(folder, rng, "my pictures")
    student.split_folder(folder / "my pictures", folder / "deep/parts", 0.25, int(rng.integers(1000)))
    parts = parts_of(folder, "deep/parts")
    require(set(parts) == {"train", "validation"}, "There are other parts than `train` and `validation`.", rule="file")
    require(not parts["train"].keys() & parts["validation"].keys(), "A picture lies in both parts.", rule="file")
    same_files(parts["train"] | parts["validation"], files, "The split")
    same_files(folder.contents("my pictures"), {f"my pictures/{n}": d for n, d in files.items()}, "The source")


@pytest.mark.parametrize("share", [0.3, 0.0, 1.0])
@check("split_folder", weight=0.75, hint="`round(share * n)` of each label by itself.", see="cell:split_seen")
def test_split_is_stratified(student, folder, rng, share):
    """Validation holds the same share of each label, and half of it where half is asked for; train the others."""
    for source, counts, part in (("halves", {"cat": 8, "owl": 6}, 0.5), ("in", COUNTS, share)):
        labelled(folder, rng, source, counts)
        target = f"parts of {source}"
        student.split_folder(str(folder / source), str(folder / target), part, int(rng.integers(1000)))
        parts = parts_of(folder, target)
        held = [name.split("/")[0] for name in parts.get("validation", {})]
        dealt = {name for one in parts.values() for name in one}
        for label, count in counts.items():
            wanted = round(part * count)
            got = held.count(label)
            require(got == wanted, f"Of {count} pictures {shown(got, wanted)} are in validation: expected {wanted}.")
            there = sum(name.startswith(f"{label}/") for name in dealt)
            require(there == count, f"Of {count} pictures {shown(there, count)} are in the two parts.", rule="file")


@check(
    "split_folder",
    hint="`random.Random(seed)` in each call; a second call finds its folders: `exist_ok=True`.",
    see="slide:a-stratified-split",
)
def test_split_is_seeded(student, folder, rng):
    """The same seed gives the same split again, into an old and into a new folder; another seed another one."""
    labelled(folder, rng, "in", {"a": 20, "b": 15})
    seed = int(rng.integers(1000))
    for target, number in (("one", seed), ("other", seed + 1), ("again", seed), ("one", seed)):
        student.split_folder(folder / "in", folder / target, 0.4, number)
    one, other, again = (set(parts_of(folder, target).get("validation", {})) for target in ("one", "other", "again"))
    require(one == again, "The same seed gave another split.")
    require(
        len(parts_of(folder, "one").get("train", {})) == 21, "A second call into the same folder changed the split."
    )
    require(one != other, "Another seed gave the same split.")


@check(
    "split_folder",
    weight=0.5,
    hint="`hash` of a text is another one each time Python starts: a text itself is a seed, too.",
    see="slide:a-stratified-split",
)
def test_split_does_not_depend_on_the_start(student, folder, rng):
    """The same seed gives the same split when Python was started anew."""
    labelled(folder, rng, "in", {"a": 20, "b": 15})
    seed = int(rng.integers(1000))
    student.split_folder(folder / "in", folder / "one", 0.4, seed)
    student.probe("started_anew", "split_folder", folder / "in", folder / "other", 0.4, seed)
    one, other = (set(parts_of(folder, target).get("validation", {})) for target in ("one", "other"))
    require(len(one) == 14, f"Of 35 pictures {shown(len(one), 14)} are in validation: expected 14.", rule="file")
    require(one == other, "Another start of Python, in which `hash` gives other numbers, gave another split.")


@check(
    "split_folder",
    weight=0.75,
    hint="`glob` and `iterdir` promise no order: `sorted` first, `shuffle` then.",
    see="slide:walk-a-folder-in-the-right-order",
)
def test_split_does_not_depend_on_the_disk(student, folder, rng):
    """A disk that lists the same files in another order gives the same split."""
    names = [f"{label}/{number:02d}.png" for label in ("cat", "dog d'été", "owl") for number in range(12)]
    seed = int(rng.integers(1000))
    for source, order in (("one disk", names), ("another disk", names[::-1])):
        for name in order:  # a tmpfs, as the sandbox has, lists by age
            folder.put(f"{source}/{name}", name)
        student.split_folder(folder / source, folder / f"parts of {source}", 0.5, seed)
    parts = [parts_of(folder, f"parts of {disk}") for disk in ("one disk", "another disk")]
    one, other = (set(part.get("validation", {})) for part in parts)
    require(len(one) == 18, f"Of 36 pictures {shown(len(one), 18)} are in validation: expected 18.", rule="file")
    require(one == other, "The same files, listed in another order by the disk, gave another split.", rule="file")


OF_LABEL = 40
"""Pictures of each label, where chance is asked for."""


def in_steps(places: set[int]) -> bool:
    """Return whether places of a list, taken as a ring, follow each other in equal steps: 2 in 100,000 draws do."""
    after = (sum((place + step) % OF_LABEL in places for place in places) for step in range(1, OF_LABEL // 2 + 1))
    return max(after) >= len(places) - 1


@check("split_folder", weight=0.75, hint="Shuffle: the first files of a folder are often alike.", see="cell:split_seen")
def test_split_is_by_chance(student, folder, rng):
    """Validation is neither one piece of a label's sorted list nor every second or third of it."""
    labelled(folder, rng, "in", {"a": OF_LABEL, "b": OF_LABEL})
    seed, regular = int(rng.integers(1000)), []
    for target, number in (("one", seed), ("other", seed + 1)):
        student.split_folder(folder / "in", folder / target, 0.25, number)
        held = parts_of(folder, target).get("validation", {})
        for label in "ab":
            places = {place for place in range(OF_LABEL) if f"{label}/{label} {place:02d}.png" in held}
            wanted = OF_LABEL // 4
            said = shown(len(places), wanted)
            require(len(places) == wanted, f"Of {OF_LABEL} pictures {said} are in validation: expected {wanted}.")
            regular.append(in_steps(places))
    require(not all(regular), "Validation is one piece of the sorted list, or goes through it in equal steps.")


@check("split_folder", weight=0.5, hint="`*.png`, and folders only.", see="cell:the_folder")
def test_split_leaves_other_files(student, folder, rng):
    """Files that are no pictures, beside the labels and in them, go nowhere."""
    files = labelled(folder, rng, "in", {"cat": 4, "dog": 6})
    for name in (".DS_Store", "read me.txt", "cat/Thumbs.db", "dog/notes.txt"):
        folder.put(f"in/{name}", rng.bytes(9))
    student.split_folder(folder / "in", folder / "out", 0.5, int(rng.integers(1000)))
    parts = parts_of(folder, "out")
    same_files({n: d for part in parts.values() for n, d in part.items()}, files, "The split")
    held = sorted(name.split("/")[0] for name in parts.get("validation", {}))
    require(held == ["cat"] * 2 + ["dog"] * 3, "Validation does not hold half of each label.", rule="file")
    folders = {one.name for one in folder.entries("out") if one.kind == "folder"}
    wanted = {f"out/{part}{label}" for part in ("train", "validation") for label in ("", "/cat", "/dog")}
    require(folders == wanted, "The split holds other folders than those of the labels.", rule="file")
    require(len(folder.files("in")) == 14, "Files of the source are gone, or there are more.", rule="file")


# --------------------------------------------------------------------------------------------- write_atomically

SLIDE = "slide:write-to-a-temporary-name-then-rename"


@check("write_atomically", hint="Write each piece, then rename.", see="cell:write_atomically_seen")
def test_atomic_writes_all(student, folder, rng):
    """All pieces stand in the file, one behind the other, and nothing else lies in the folder."""
    chunks = [rng.bytes(int(n)) for n in rng.integers(1, 50, 5)]
    student.write_atomically(folder / "new été.bin", chunks)
    student.write_atomically(str(folder / "old 1.bin"), chunks[:2])
    student.write_atomically(str(folder / "old 1.bin"), chunks[2:])
    student.write_atomically(folder / "empty.bin", [])
    want = {"new été.bin": b"".join(chunks), "old 1.bin": b"".join(chunks[2:]), "empty.bin": b""}
    same_files(folder.contents(), want)


def writes(student: Any, folder: Any, path: Any, data: bytes) -> None:
    """Require that a file is written where nothing goes wrong."""
    student.write_atomically(path, [data[:7], data[7:]])
    matches(folder.read_bytes(path.name), data)


@pytest.mark.parametrize("there", [True, False], ids=["old file", "no file"])
@check(
    "write_atomically", weight=0.75, hint="Write to another name, and clean up in `finally`.", see="cell:half_written"
)
def test_atomic_when_the_source_breaks(student, folder, rng, there):
    """When the pieces break off, the error goes on and the folder is as it was; a whole file is written before."""
    before = {"results.bin": rng.bytes(30), "other.bin": rng.bytes(9)}
    before = before if there else {"other.bin": before["other.bin"]}
    for name, data in before.items():
        writes(student, folder, folder / name, data)
    chunks = [rng.bytes(40), rng.bytes(20)]
    error = raises(OverflowError, student.probe, "broken_chunks", folder / "results.bin", chunks)
    require("OSError" not in error.type_names, "Another error went on than that of the pieces.", rule="type")
    same_files(folder.contents(), before)


@check("write_atomically", weight=0.5, hint="`finally`: Ctrl-C is no `Exception`.", see="cell:half_written")
def test_atomic_when_it_is_interrupted(student, folder, rng):
    """When Ctrl-C breaks it off, KeyboardInterrupt goes on and the folder is as it was."""
    before = {"results.bin": rng.bytes(30)}
    writes(student, folder, folder / "results.bin", before["results.bin"])
    raises(KeyboardInterrupt, student.probe, "interrupted_chunks", folder / "results.bin", [rng.bytes(40)])
    same_files(folder.contents(), before)


@check("write_atomically", hint="`os.replace` belongs inside the `try`; its error goes on.", see=SLIDE)
def test_atomic_when_renaming_fails(student, folder, rng):
    """When the file is open elsewhere and cannot be renamed, it is as it was and no temporary file is left."""
    before = {"results.bin": rng.bytes(30)}
    writes(student, folder, folder / "results.bin", before["results.bin"])
    raises(PermissionError, student.probe, "busy_target", folder / "results.bin", [rng.bytes(40)])
    same_files(folder.contents(), before)


TIMES = 1 << 15
"""So often each piece is repeated in the sandbox: what fits in the buffer of a file is not yet on the disk."""


@check(
    "write_atomically",
    weight=0.5,
    claim=True,
    hint="`with_name` keeps the folder; `file.write(chunk)` in the loop.",
    see=SLIDE,
)
def test_atomic_in_the_same_folder(student, folder, rng):
    """While large pieces come, one temporary file lies in the same folder and grows."""
    chunks = [rng.bytes(32) for _ in range(4)]
    beside, stored = student.probe("watched_chunks", folder / "results.bin", chunks, TIMES)
    matches(folder.read_bytes("results.bin"), b"".join(chunk * TIMES for chunk in chunks))
    counted = isinstance(beside, list) and all(type(one) is int for one in beside)
    require(
        counted and beside == [1, 1, 1],
        "While the pieces were written, no temporary file lay beside the file.",
        rule="file",
    )
    require(
        stored >= len(chunks[0]) * TIMES,
        "The pieces are gathered in memory: of three megabytes not one was in the file when the fourth came.",
        rule="file",
    )


@check("write_atomically", weight=0.5, claim=True, hint="Rename behind the `with`, not in it.", see=SLIDE)
def test_atomic_is_whole_when_renamed(student, folder, rng):
    """At the moment in which the file takes its name, all of it stands in it."""
    whole = rng.bytes(90)
    held = student.probe("renamed", folder / "results.bin", [whole[:40], whole[40:]])
    matches(folder.read_bytes("results.bin"), whole)
    complete = isinstance(held, list) and all(isinstance(one, bytes) and one == whole for one in held)
    require(complete, "The file takes its name before all pieces stand in it.", rule="file")


# ---------------------------------------------------------------------------------------------------- check_idx

DAMAGE = "slide:five-kinds-of-damage"


ERRORS = frozenset({"MissingFolder", "MissingFile", "EmptyFile", "WrongMagic", "Truncated"})


def refused(reference: Any, student: Any, name: str, path: Any) -> None:
    """Require the exception called `name`, and none of the four others, with the file's name in it."""
    error = raises(getattr(reference, name), student.check_idx, path)
    more = ERRORS.intersection(error.type_names) - {name}
    require(not more, f"Raised an error that is several at once: expected {name} and no other.", rule="type")
    require(path.name in error.failure.detail, "The exception does not name the file.")


def accepted(student: Any, folder: Any, rng: np.random.Generator, name: str) -> None:
    """Require the shape of a sound file: who refuses everything tells no kinds of damage apart."""
    shape = sizes(rng, 2)
    data = idx(numbers(rng, "uint8", shape))
    matches(student.check_idx(folder.put(name, gzip.compress(data) if name.endswith(".gz") else data)), shape)


@check(
    "check_idx",
    weight=1.5,
    hint="A sound file raises nothing: compare your count of bytes with its size.",
    see="cell:check_idx_seen",
)
def test_sound_files(student, folder, rng):
    """Sound files of all kinds, packed or not, give their shape; spaces and accents are no damage."""
    for dtype in KINDS:
        shape = sizes(rng, int(rng.integers(1, 5)))
        path = folder.put("données d'été/sound 1.idx", idx(numbers(rng, dtype, shape)))
        matches(student.check_idx(path), shape)
    data = idx(numbers(rng, "int32", (4, 3)))
    matches(student.check_idx(str(folder.put("a b.idx.gz", gzip.compress(data)))), (4, 3))
    matches(student.check_idx(folder.put("longer.idx", data + rng.bytes(3))), (4, 3))
    matches(student.check_idx(folder.put("none.idx", idx(numbers(rng, "float64", (0, 5))))), (0, 5))


@check("check_idx", weight=0.5, hint="The rank is at least 1; there is no largest.", see="cell:header_seen")
def test_sound_files_of_many_axes(student, folder, rng):
    """A sound file of rank 5 gives its shape."""
    shape = sizes(rng, 5, 1, 6)
    matches(student.check_idx(folder.put("many.idx", idx(numbers(rng, "uint8", shape)))), shape)


@check("check_idx", weight=0.25, hint="`endswith`: only the end of the name says so.", see="cell:read_idx_seen")
def test_sound_files_with_gz_elsewhere_in_their_name(student, folder, rng):
    """A sound file is not packed where .gz stands elsewhere in its name, or in the name of its folder."""
    shape = sizes(rng, 2)
    matches(student.check_idx(folder.put(NOT_PACKED, idx(numbers(rng, "uint8", shape)))), shape)


@check("check_idx", hint="First the folder, then the file.", see=DAMAGE)
def test_missing_files(student, reference, folder, rng):
    """A missing folder and a missing file are told apart, and from a file that is there."""
    accepted(student, folder, rng, "there/file 1.idx")
    refused(reference, student, "MissingFolder", folder / "not there/file 1.idx")
    refused(reference, student, "MissingFile", folder / "there/file 2.idx")


@check("check_idx", weight=0.5, hint="`stat().st_size` is 0.", see=DAMAGE)
def test_empty_files(student, reference, folder, rng):
    """A file of no byte is empty, packed or not; one with bytes is not."""
    accepted(student, folder, rng, "été 1.idx")
    refused(reference, student, "EmptyFile", folder.put("été 1.idx", b""))
    refused(reference, student, "EmptyFile", folder.put("été 1.idx.gz", b""))


@check("check_idx", weight=1.5, hint="Zeros, kind and rank decide; `gzip` says BadGzipFile.", see="cell:header_seen")
def test_wrong_magic(student, reference, folder, rng):
    """Text, other zeros, unknown kinds and a rank of 0 are no IDX; neither is a .gz that is not packed."""
    accepted(student, folder, rng, "a file.idx")
    data = idx(numbers(rng, "uint8", sizes(rng, 2)))
    wrong = [b"<!DOCTYPE html>", b"\1" + data[1:], b"\0\1" + data[2:], b"\0\0\x0a" + data[3:], b"\0\0\x08\0" + data[4:]]
    for begin in wrong:
        refused(reference, student, "WrongMagic", folder.put("a file.idx", begin + rng.bytes(40)))
    refused(
        reference, student, "WrongMagic", folder.put("four bytes.idx", bytes([0, 0, int(rng.integers(20, 200)), 1]))
    )
    refused(reference, student, "WrongMagic", folder.put("plain.idx.gz", data))
    refused(reference, student, "WrongMagic", folder.put("text.idx.gz", gzip.compress(b"<html>" + rng.bytes(50))))


@check(
    "check_idx",
    weight=1.5,
    hint="Before you take bytes apart, count them: 4, sizes, numbers.",
    see="cell:check_idx_seen",
)
def test_truncated_files(student, reference, folder, rng):
    """A file that ends within its numbers or sizes, or has fewer than 4 bytes of any kind, is truncated."""
    accepted(student, folder, rng, "cut off.idx")
    for dtype in ("uint8", "int16", "float64"):
        data = idx(numbers(rng, dtype, sizes(rng, 3)))
        for left in (len(data) - 1, int(rng.integers(17, len(data))), 16, 15, 9, 4, 3, 1):
            refused(reference, student, "Truncated", folder.put("cut off.idx", data[:left]))
    for short in (b"ab", b"<ht"):
        refused(reference, student, "Truncated", folder.put("cut off.idx", short))


@check(
    "check_idx",
    hint="`gzip` raises EOFError when packed data break off; only a file of 0 bytes itself is an `EmptyFile`.",
    see=DAMAGE,
)
def test_truncated_packed_files(student, reference, folder, rng):
    """Packed data that break off are truncated, and so is a short file, or one of no byte, that was packed whole."""
    accepted(student, folder, rng, "cut.idx.gz")
    data = idx(numbers(rng, "uint8", (9, 8, 7)))
    packed = gzip.compress(data)
    refused(
        reference, student, "Truncated", folder.put("cut.idx.gz", packed[: int(rng.integers(40, len(packed) - 20))])
    )
    for short in (data[:-1], b""):
        refused(reference, student, "Truncated", folder.put("short.idx.gz", gzip.compress(short)))


# ------------------------------------------------------------------------------------------------- index_images


@check(
    "index_images",
    weight=2,
    hint="`as_posix` of the relative path, and `sorted` at the end.",
    see="cell:index_images_seen",
)
def test_index_of_labels(student, folder, rng):
    """Each picture has its relative path and its label, in order."""
    names = [f"{label}/{word}.png" for label in ("été 1", "cat", "owl") for word in sorted(set(words(rng, 4)))]
    for name in names:
        folder.put(f"all of them/{name}", b"x")
    want = [(name, name.split("/")[0]) for name in sorted(names)]
    matches(student.index_images(folder / "all of them"), want)
    matches(student.index_images(str(folder / "all of them")), want)


@check(
    "index_images",
    hint="`path.suffix.lower()`, `path.is_file()`, and names that begin with a dot are none.",
    see="slide:paths-that-work-everywhere",
)
def test_index_of_pictures_only(student, folder, rng):
    """.png, .jpg and .jpeg in small and capital letters count; other and hidden files, and folders, do not."""
    word = words(rng, 1)[0]
    good = [f"cat/{word}{end}" for end in (".png", ".JPG", ".jpeg", ".PnG")]
    for name in [
        *good,
        "cat/Thumbs.db",
        f"cat/._{word}.png",
        "cat/notes.txt",
        "loose.png",
        ".DS_Store",
        "cat/deep/a.png",
    ]:
        folder.put(f"in/{name}", b"x")
    folder.mkdir("in/empty")
    folder.mkdir("in/cat/old.png")
    matches(student.index_images(folder / "in"), [(name, "cat") for name in sorted(good)])


@check(
    "index_images",
    hint="`glob` in a folder that is not there finds nothing and says nothing.",
    see="slide:paths-that-work-everywhere",
)
def test_index_of_no_folder(student, folder, rng):
    """A missing folder, and a file, raise FileNotFoundError; an empty folder gives [], one picture gives one."""
    name = words(rng, 1)[0]
    folder.put(f"full/cat/{name}.png", b"x")
    matches(student.index_images(folder / "full"), [(f"cat/{name}.png", "cat")])
    matches(student.index_images(folder.mkdir("empty")), [])
    raises(FileNotFoundError, student.index_images, folder / "not there")
    raises(FileNotFoundError, student.index_images, folder.put("a file", b"x"))


# ---------------------------------------------------------------------------------------------------- write_idx


@pytest.mark.parametrize("dtype", KINDS)
@check(
    "write_idx",
    weight=0.5,
    hint="Kind, rank, sizes and numbers, all big-endian.",
    see="slide:an-idx-header-byte-by-byte",
)
def test_written_idx_of_each_kind(student, folder, rng, dtype):
    """The bytes are those of the specification, for each kind."""
    array = numbers(rng, dtype, sizes(rng, int(rng.integers(1, 5))))
    student.write_idx(folder / "données d'été 1.idx", array)
    matches(folder.read_bytes("données d'été 1.idx"), idx(array))


@check("write_idx", hint="First `astype` to big-endian, then `tobytes`: row by row.", see="cell:write_idx_seen")
def test_written_idx_of_other_layouts(student, folder, rng):
    """Arrays that are not contiguous, of either byte order or of size 0 are written right, to a string path too."""
    array = numbers(rng, "int16", sizes(rng, 3))
    turned = array.transpose(2, 0, 1)
    for some in (turned, array[::2, ::-1], array[:0]):
        student.write_idx(str(folder / "file.idx"), some)
        matches(folder.read_bytes("file.idx"), idx(np.ascontiguousarray(some)))
    for order, name in ((">", "big"), ("<", "little")):
        student.probe("write_in_order", folder / f"{name}.idx", array, order)
        same = folder.read_bytes(f"{name}.idx") == idx(array)
        require(same, f"An array that lies {name}-endian in memory is not written big-endian.", rule="file")


@check(
    "write_idx",
    hint="By the name's end choose between `open` and `gzip.open`; `tofile` goes past gzip.",
    see="cell:read_idx_seen",
)
def test_written_idx_packed(student, folder, rng):
    """A name that ends with .gz makes a packed file."""
    array = numbers(rng, "uint8", sizes(rng, 2))
    student.write_idx(folder / "a b.idx.gz", array)
    matches(folder.load("a b.idx.gz"), array)


@check("write_idx", weight=0.25, hint="`endswith`: only the end of the name says so.", see="cell:read_idx_seen")
def test_written_idx_with_gz_elsewhere_in_its_name(student, folder, rng):
    """A file is not packed where .gz stands elsewhere in its name, or in the name of its folder."""
    array = numbers(rng, "uint8", sizes(rng, 2))
    folder.mkdir("old.gz")
    student.write_idx(folder / NOT_PACKED, array)
    packed = folder.read_bytes(NOT_PACKED).startswith(b"\x1f\x8b")
    require(not packed, "It was packed, though its name does not end with .gz.", rule="file")
    matches(folder.read_bytes(NOT_PACKED), idx(array))


@pytest.mark.parametrize("dtype", ["int64", "bool", "uint16"])
@check("write_idx", weight=0.34, hint="Test the dtype before the file is opened.", see="cell:write_idx_seen")
def test_written_idx_of_other_dtypes(student, folder, rng, dtype):
    """A dtype that IDX does not know raises ValueError, and no file is made; uint8 makes one."""
    known = rng.integers(0, 2, 5).astype("uint8")
    student.write_idx(folder / "known.idx", known)
    raises(ValueError, student.write_idx, folder / "file.idx", known.astype(dtype))
    same_files(folder.contents(), {"known.idx": idx(known)})


# -------------------------------------------------------------------------------------------------- read_frames


MUCH = 8 << 20
"""Bytes: of 30 million those that three frames do not need, buffers and a late import included."""


@check(
    "read_frames",
    weight=1.5,
    hint="Frame 0 begins behind the header; the last frame counts.",
    see="cell:read_frames_seen",
)
def test_frames_of_any_shape(student, folder, rng):
    """The right frames come, for several ranks, at both ends, and none of them."""
    for rank in (1, 2, 4):
        array = numbers(rng, "uint8", (12, *sizes(rng, rank - 1)))
        path = folder.put("a clip.idx", idx(array))
        for first, count in ((0, 3), (4, 5), (11, 1), (0, 12), (5, 0), (0, 0)):
            matches(student.read_frames(path, first, count), array[first : first + count])


@check("read_frames", hint="`file.read()` without a number reads all.", see="cell:read_frames_seen")
def test_frames_of_a_file_that_is_cut_off(student, folder, rng):
    """A file that is cut off behind the frames still gives them."""
    array = numbers(rng, "uint8", (10, 5, 7))
    data = idx(array)
    path = folder.put("cut.idx", data[: len(data) - 35 * 4 - int(rng.integers(1, 30))])
    matches(student.read_frames(str(path), 2, 3), array[2:5])


@pytest.mark.parametrize(("first", "count"), [(-1, 2), (5, 3), (9, 1)])
@check("read_frames", weight=0.34, hint="Compare with the first size of the header.", see="cell:read_frames_seen")
def test_frames_that_are_not_there(student, folder, rng, first, count):
    """Frames before the first and behind the last raise ValueError, and those between them come."""
    array = numbers(rng, "uint8", (7, 2, 3))
    path = folder.put("clip.idx", idx(array) + rng.bytes(60))
    matches(student.read_frames(path, 2, 3), array[2:5])
    raises(ValueError, student.read_frames, path, first, count)


@check("read_frames", weight=0.5, claim=True, hint="`seek` to them, `read(k)` of them.", see="cell:read_frames_seen")
def test_frames_and_nothing_else(student, folder, rng):
    """Of a large file little more is read than the frames."""
    wanted = numbers(rng, "uint8", (3, 16, 32))
    first = int(rng.integers(30_000, 40_000))
    most, frames = student.probe("read_of_many", folder / "large.idx", [60_000, 16, 32], first, wanted)
    matches(frames, wanted)
    require(most <= MUCH, "Much more of the file is read than its header and the frames.", rule="file")
