"""Files in the sandbox, as one check sees them: put there, listed, read, and decoded where no student code has been.

What a listing or a file's bytes say is the worker's word, as any answer: that a file is there, with these bytes, is
proof, since the bytes had to be made; that nothing else is there is only said.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from autograder.compare.mismatch import Mismatch
from autograder.grade.formats import complaint, format_of
from autograder.sandbox.files import KINDS
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Decode, Step
from autograder.sandbox.values import decode, encode

if TYPE_CHECKING:
    from autograder.grade.student import Student

__all__ = ["Clip", "Entry", "Folder"]

FILE_BYTES = 32 << 20
"""Read of a folder's files by one call where a check names no other limit."""
SLACK = 1 << 16
"""Left in a frame beside the bytes of files."""


@dataclass(frozen=True)
class Entry:
    """One thing in a folder."""

    name: str
    """Relative to the folder of the check, with `/` between folders; what is no UTF-8 in it stands as `\\xNN`."""
    kind: str
    """`file`, `folder`, `link` or `other` (a FIFO, a socket)."""
    size: int
    """Bytes of a file, 0 for anything else."""


@dataclass(frozen=True)
class Clip:
    """A video that was decoded."""

    frames: np.ndarray
    """(T, H, W, 3) uint8: red, green, blue."""
    fps: float
    """Frames a second by the file's header; 0.0 where it says nothing usable."""


class Folder:
    """A folder in the sandbox: `folder / "name"` is a path to hand to a student's function.

    The fixture `folder` is empty, the check's own and the current folder while the check runs; `work` is where the
    notebook ran, with all that its cells left there.
    """

    def __init__(self, student: Student, token: str = "") -> None:
        """Make the empty folder called `token`, or stand for the notebook's own where it is empty."""
        self._student = student
        self._token = token
        self._chosen: set[str] = set()
        root = self._ask("enter")
        if not isinstance(root, str) or not root.startswith("/"):
            raise ProtocolError("no path came for a folder")
        self._root = PurePosixPath(root)

    def __truediv__(self, name: str) -> PurePosixPath:
        """Return the absolute path of `name`, which arrives as a `pathlib.Path`; `str()` of it where a string must."""
        return self._root / _safe(name)

    def put(self, name: str, content: bytes | str) -> PurePosixPath:
        """Make a file (and the folders above it) and return its path; text is written as UTF-8."""
        data = content.encode() if isinstance(content, str) else content
        if len(data) > FILE_BYTES:
            raise ValueError(f"{name}: {len(data)} bytes are more than the {FILE_BYTES} that can be put at once")
        self._ask("put", _safe(name), data)
        return self / name

    def mkdir(self, name: str) -> PurePosixPath:
        """Make a folder (and those above it) and return its path."""
        self._ask("mkdir", _safe(name))
        return self / name

    def link(self, name: str, to: str) -> PurePosixPath:
        """Make a symbolic link to `to`, which need not be there, and return its path."""
        self._ask("link", _safe(name), to)
        return self / name

    def entries(self, name: str = "") -> list[Entry]:
        """Return everything in a folder and the folders in it, sorted by name; links are told, not followed.

        Raises Mismatch when there is no such folder, or one of more than 10,000 entries or 16 levels.
        """
        answer = self._ask("entries", _safe(name))
        if isinstance(answer, str):
            raise self._mismatch(name, answer)
        try:
            names, kinds, sizes = answer
            base = f"{name}/" if name else ""
            found = [Entry(base + n, KINDS[k], s) for n, k, s in zip(names, kinds, sizes, strict=True)]
        except (TypeError, ValueError, IndexError) as error:
            raise ProtocolError("no listing came for a folder") from error
        if not all(_inside(one.name) and type(one.size) is int and one.size >= 0 for one in found):
            raise ProtocolError("no listing came for a folder")
        self._chosen.update(_stem(part) for one in found for part in one.name.split("/"))
        return found

    def files(self, name: str = "") -> dict[str, int]:
        """Return the size in bytes of each regular file in a folder and the folders in it; raises as `entries`."""
        return {one.name: one.size for one in self.entries(name) if one.kind == "file"}

    def read_bytes(self, name: str, limit: int = FILE_BYTES) -> bytes:
        """Return a regular file's bytes; raises Mismatch when it is missing, no file, or larger than `limit`."""
        return self._read([name], limit)[0]

    def contents(self, name: str = "", limit: int = FILE_BYTES) -> dict[str, bytes]:
        """Return the bytes of each regular file in a folder and the folders in it, by name, `limit` in all."""
        names = list(self.files(name))
        return dict(zip(names, self._read(names, limit), strict=True))

    def load(self, name: str, kind: str = "") -> Any:
        """Return what a file holds, decoded by a process that no student code has entered.

        | suffix | value |
        | --- | --- |
        | `.npy`, `.idx`, `…-idx3-ubyte` | the array; nested lists of strings where it holds text |
        | `.npz`, `.pt`, `.pth` | a dict of arrays; of tensors (loaded with `weights_only=True`) |
        | `.png`, `.jpg`, `.bmp` | the picture, (H, W) or (H, W, 3) or (H, W, 4), red first, dtype as stored |
        | `.avi`, `.mkv`, `.mp4` | a `Clip` |
        | `.csv` | rows of strings |
        | `.json`, `.txt` | plain data; a string |

        `.gz` behind any of them unpacks it first.

        Args:
            name: the file.
            kind: its format where its name does not tell: a suffix without the dot, such as "idx" or "csv.gz".

        Raises:
            Mismatch: there is no such file, or it is not what its name says; the reason is for the student.
        """
        return self.load_all([name], kind)[0]

    def load_all(self, names: Iterable[str], kind: str = "") -> list[Any]:
        """Return what `load` would of each file, from one process for them all."""
        names = list(names)
        kinds = [kind or self._kind_of(name) for name in names]
        data = self._read(names, FILE_BYTES)
        request = Decode(list(zip(kinds, data, strict=True)), self._student.frame_bytes - SLACK)
        answers = self._student.ask_clean(request)
        return [self._value(*one) for one in zip(names, kinds, answers, strict=False)]

    def leave(self) -> None:
        """Remove the check's own folder and go back to where the notebook was."""
        self._ask("leave")

    def _kind_of(self, name: str) -> str:
        kind = format_of(name)
        if not kind and self._is_chosen(name):
            raise self._mismatch(name, "format")
        if not kind:
            raise ValueError(f"{name!r} tells no format: name it, as in load(name, 'idx')")
        return kind

    def _ask(self, action: str, *args: Any) -> Any:
        __tracebackhide__ = True
        return self._student.ask(Step("file", action, encode(([self._token, *args], {}))))

    def _read(self, names: list[str], limit: int) -> list[bytes]:
        limit = min(limit, self._student.frame_bytes - SLACK)
        answers = self._ask("read", [_safe(name) for name in names], limit)
        if not isinstance(answers, list) or len(answers) > len(names):
            raise ProtocolError("other files came than were asked for")
        for name, answer in zip(names, answers, strict=False):
            if type(answer) is not bytes:
                raise self._mismatch(name, answer)
        if len(answers) < len(names):
            raise ProtocolError("fewer files came than were asked for")
        return answers

    def _value(self, name: str, kind: str, answer: bytes) -> Any:
        if answer[:1] != b"v":
            word, _, looks = answer[1:100].decode("ascii", "replace").partition(" ")
            raise self._mismatch(name, word, kind, looks)
        try:
            value = decode(answer[1:])
        except ProtocolError:
            raise self._mismatch(name, "refused", kind) from None
        if kind in ("avi", "mkv", "mp4"):
            return self._clip(name, value)
        return value

    def _clip(self, name: str, value: Any) -> Clip:
        frames, fps = (value.get("frames"), value.get("fps")) if isinstance(value, dict) else (None, None)
        if not isinstance(frames, np.ndarray) or frames.dtype != np.uint8 or frames.ndim != 4 or type(fps) is not float:
            raise self._mismatch(name, "refused")
        return Clip(frames, fps)

    def _mismatch(self, name: str, word: Any, kind: str = "", looks: str = "") -> Mismatch:
        return Mismatch("file", f"{self._shown(name)} {complaint(word, kind, looks)}.")

    def _shown(self, name: str) -> str:
        """Return a file's name for the student, unless the student chose it: a hidden input could stand in it."""
        if not name:
            return "The folder"
        return "One of the files" if self._is_chosen(name) else f"`{name}`"

    def _is_chosen(self, name: str) -> bool:
        return any(_stem(part) in self._chosen for part in name.split("/"))


def _safe(name: str) -> str:
    """Return a name that stays in its folder; raises ValueError for any other, which only a check can have chosen."""
    if not _inside(name):
        raise ValueError(f"{name!r} leads out of the folder")
    return name


def _inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not (path.is_absolute() or ".." in path.parts or "\0" in name)


def _stem(part: str) -> str:
    return part.partition(".")[0]
