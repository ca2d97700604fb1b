"""Take a submission in: regular files only, nothing followed, nothing unpacked, everything capped.

Its student may still be writing there: each folder is entered from the one above it, so that none of them can become a
link between two looks.

The result is plain text and bytes; nothing of a submission is ever imported, unpickled or executed on this side.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from autograder.sandbox.folders import ENTERED, below, listed
from autograder.stages import stage

__all__ = [
    "FILE_BYTES",
    "NOTEBOOK_BYTES",
    "SKIPPED_FOLDERS",
    "Incomplete",
    "Refused",
    "Submission",
    "SubmittedCell",
    "collect",
    "digest_of",
    "exercise_named_in",
    "is_utf8",
    "parse",
    "read_regular",
]

NOTEBOOK_BYTES = 50 << 20
"""A notebook with its outputs; a 200 MB one is refused without being read."""
VALUES = {b"[": 1_000_000, b"{": 1_000_000, b",": 5_000_000}
"""How often these may come in a notebook: 48 MB of `{},` would be 1.2 GB in memory."""
SOURCE_BYTES = 1 << 20
FILE_BYTES = 20 << 20
FILES = 200
CELLS = 2000
FOLDERS = 300
ENTRIES = 5000
DEPTH = 8
"""Side files below this many folders are not looked for; no walk is longer than ENTRIES names."""
NAMED, SHOWN = 3, 80
"""Notebooks of other names that a refusal names, and characters of each."""
HAND_INS = "submitted"
"""What lies in it belongs to students, two folders deep; every folder above is staff's, and may be a link."""
SOURCES_BYTES = 8 << 20
SKIPPED_FOLDERS = {".ipynb_checkpoints", "__pycache__", ".git", ".venv", "node_modules"}


class Refused(Exception):
    """The submission cannot be read; the message is for the student and says what to do."""

    digest = ""
    """The hash of what came, where that could be read."""


class Incomplete(Refused):
    """The same, of what looks so while it is still being written."""


@dataclass(frozen=True)
class SubmittedCell:
    """One cell as it was handed in."""

    cell_type: str
    source: str
    grade_id: str
    """From nbgrader's metadata; empty where there is none."""
    cell_id: str


@dataclass(frozen=True)
class Submission:
    """A submission's cells and side files."""

    student: str
    digest: str
    """The hash of everything that was taken in."""
    cells: tuple[SubmittedCell, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    release: str = ""
    kernel: str = ""
    exercise: str = ""
    """The slug that the notebook's metadata name; empty where they name none."""


@stage("collect")
def collect(notebook: Path, student: str, *, side_files: bool = True) -> Submission:
    """Return what lies at `notebook` (and beside it); raises Refused with a sentence for the student."""
    data, files, digest = _taken(notebook, side_files=side_files)
    try:
        document = parse(data)
        cells = _cells_of(document)
    except Refused as refusal:
        refusal.digest = digest
        raise
    metadata = _dict(document.get("metadata"))
    ours = _dict(metadata.get("t2p"))
    kernel = _text(_dict(metadata.get("kernelspec")).get("language"))
    return Submission(student, digest, cells, files, _text(ours.get("release")), kernel, _text(ours.get("exercise")))


def digest_of(notebook: Path) -> str:
    """Return the digest that `collect` would give or leave in its refusal, without parsing anything."""
    try:
        return _taken(notebook, side_files=True)[2]
    except Refused:
        return ""


def _taken(notebook: Path, *, side_files: bool) -> tuple[bytes, dict[str, bytes], str]:
    with _folder_of(notebook) as folder:
        with contextlib.suppress(PermissionError):  # of a closed folder nothing is known but that
            _require_some_file(folder, notebook.name)
        data = _read(folder, notebook.name, NOTEBOOK_BYTES)
        files = _side_files(folder, notebook.name) if side_files else {}
    return data, files, _digest(data, files)


def _digest(data: bytes, files: dict[str, bytes]) -> str:
    """Return a hash that two submissions share only where notebook, names and files are the same."""
    notebook = hashlib.sha256(data)
    if not files:
        return notebook.hexdigest()
    # another function than above: no notebook alone can then spell what is hashed here
    digest = hashlib.blake2b(notebook.digest(), digest_size=32)
    for name in sorted(files):
        digest.update(name.encode(errors="surrogateescape") + b"\x00" + hashlib.sha256(files[name]).digest())
    return digest.hexdigest()


def _require_some_file(folder: int, name: str) -> None:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        raise Incomplete(_missing(folder, name)) from None


def _missing(folder: int, name: str) -> str:
    found = [path for path in _walk(folder) if path.suffix.lower() == ".ipynb"][:NAMED]
    names = ", ".join(ascii(str(path))[:SHOWN] for path in found)
    there = f"; what was found: {names}" if found else ""
    return _none(name, there)


def _none(name: str, there: str = "") -> str:
    return f"No notebook was handed in under the exercise's name: hand in one file named {name}{there}."


def _cells_of(document: dict[str, Any]) -> tuple[SubmittedCell, ...]:
    cells = tuple(_cell(cell) for cell in _cells(document))
    if sum(len(cell.source) for cell in cells) > SOURCES_BYTES:
        raise Refused("The cells hold more than eight million characters: data belongs in a file, not in a cell.")
    return cells


def exercise_named_in(notebook: Path) -> str:
    """Return the slug of the exercise that a notebook's metadata names, or nothing; raises Refused."""
    document = parse(read_regular(notebook, NOTEBOOK_BYTES))
    return _text(_dict(_dict(document.get("metadata")).get("t2p")).get("exercise"))


def read_regular(path: Path, limit: int) -> bytes:
    """Return a student's file, which is neither followed nor waited for; raises Refused, also beyond `limit` bytes."""
    with _folder_of(path) as folder:
        return _read(folder, path.name, limit)


@contextlib.contextmanager
def _folder_of(file: Path) -> Iterator[int]:
    """Open the folder of a student's file; raises Refused."""
    with contextlib.ExitStack() as opened:
        with _told(_none(file.name)):
            folder = opened.enter_context(_from_hand_ins(file.parent))
        yield folder


@contextlib.contextmanager
def _from_hand_ins(folder: Path) -> Iterator[int]:
    inner = folder.parts[-2:] if folder.parts[-3:-2] == (HAND_INS,) else ()
    top = os.open(folder.parents[len(inner) - 1] if inner else folder, ENTERED)
    try:
        with below(top, inner) as descriptor:
            yield descriptor
    finally:
        os.close(top)


@contextlib.contextmanager
def _told(missing: str) -> Iterator[None]:
    """Tell the student why a file, or the folder that it lies in, cannot be opened: `missing` where it is not there."""
    try:
        yield
    except FileNotFoundError:
        raise Incomplete(missing) from None
    except PermissionError:
        raise Refused(
            "The grader may not open the notebook: give the folder and the file back their permissions "
            "(`chmod -R u+rwX,go+rX FOLDER`) and hand in again."
        ) from None
    except OSError:
        raise Refused("The notebook is a link or cannot be opened: hand in the file itself.") from None


def _read(folder: int, name: str, limit: int) -> bytes:
    with _told(f"There is no file {name}."):
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Refused("The notebook is no regular file: hand in the file itself.")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            size = status.st_size >> 20
            raise Refused(
                f"The notebook has {size} MB; up to {limit >> 20} MB are read. "
                f"Clear large outputs (Kernel, Restart and Clear Outputs) and hand in again."
            )
        return file.read(limit + 1)


def parse(data: bytes) -> dict[str, Any]:
    """Return the notebook in `data`, which holds a list of cells; raises Refused, before it would take much memory."""
    if not data.strip():
        raise Incomplete("The notebook is empty: save it in Jupyter and hand in again.")
    if any(data.count(sign) > most for sign, most in VALUES.items()):
        raise Refused(
            "The notebook holds millions of values, or is nested too deeply: clear its outputs "
            "(Kernel, Restart and Clear Outputs) and hand in again."
        )
    try:
        document = json.loads(data)
    except RecursionError:
        raise Refused("The notebook's JSON is nested too deeply to be a notebook.") from None
    except (ValueError, MemoryError):
        raise Incomplete(
            "The file is not a notebook (no valid JSON): open it in Jupyter, save it, hand in again."
        ) from None
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        raise Refused("The file holds no cells: hand in the notebook, saved by Jupyter in format 4.")
    return document


def _cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    cells = [cell for cell in document["cells"] if isinstance(cell, dict)]
    if len(cells) > CELLS:
        raise Refused(f"The notebook has {len(cells)} cells; up to {CELLS} are read.")
    return cells


def _cell(cell: dict[str, Any]) -> SubmittedCell:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    source = _text(source)
    if len(source) > SOURCE_BYTES:
        raise Refused("One cell holds more than a million characters: data belongs in a file, not in a cell.")
    metadata = _dict(cell.get("metadata"))
    grade_id = _text(_dict(metadata.get("nbgrader")).get("grade_id"))
    identifier = _text(cell.get("id")) or _text(metadata.get("id"))  # Colab moves it there
    return SubmittedCell(_text(cell.get("cell_type")), source, grade_id, identifier)


def _side_files(folder: int, notebook: str) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    room = FILE_BYTES
    for path in _walk(folder):
        if str(path) == notebook or path.name == "timestamp.txt" or path.suffix == ".ipynb":
            continue
        try:
            with below(folder, path.parts[:-1]) as inner:
                data = _read(inner, path.name, room)
        except (Refused, OSError):
            continue
        if len(data) <= room:
            files[str(path)] = data
            room -= len(data)
        if len(files) >= FILES:
            break
    return files


def _walk(top: int) -> Iterator[PurePosixPath]:
    """Yield what is no folder below `top`, nearest first; links are not followed, and the walk ends by itself."""
    waiting, entries = deque([PurePosixPath()]), 0
    for _ in range(FOLDERS):
        if not waiting:
            return
        here = waiting.popleft()
        found: list[tuple[str, bool]] = []
        with contextlib.suppress(OSError), below(top, here.parts) as folder:
            found = listed(folder, ENTRIES - entries)
        entries += len(found)
        for name, is_folder in found:
            if not is_utf8(name):
                continue
            path = here / name
            if not is_folder:
                yield path
            elif name not in SKIPPED_FOLDERS and len(path.parts) < DEPTH:
                waiting.append(path)


def is_utf8(name: str) -> bool:
    """Return whether a file's name is text that every other part of the course can store; archives hold others too."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: object) -> str:
    # JSON can hold lone surrogates, which cannot be written to any file, message or page
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
