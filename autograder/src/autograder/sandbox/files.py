"""Put files into the sandbox and look at what lies there, for the examiner: the half that runs beside student code.

No link is followed and nothing is opened that is no regular file, so that a FIFO cannot hang a check. Still, the
process is the student's: what is said here of files is the worker's word, as every answer is.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

__all__ = ["KINDS", "Work"]

ENTRIES = 10_000
DEPTH = 16
NAME_CHARACTERS = 1 << 20
"""Of all names of one listing together."""
KINDS = ("file", "folder", "link", "other")
NO_LINKS = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
CHUNK = 1 << 20


class Work:
    """The folder where the notebook ran, and beside it one for each check that asks for an empty one."""

    def __init__(self, home: Path) -> None:
        """Start from the notebook's own folder, `home`."""
        self.home = home
        self.left = home
        """Where the notebook had gone to when a check entered a folder of its own."""

    def act(self, name: str, token: str, *args: Any) -> Any:
        """Do one of ACTIONS in the folder called `token`, the notebook's own where it is empty."""
        return ACTIONS[name](self, self._root(token), *args)

    def _root(self, token: str) -> Path:
        return self.home.with_name(f"{self.home.name}-{token}") if token else self.home

    def _enter(self, root: Path) -> str:
        if root != self.home:
            here = _current(self.home)
            self.left = self.left if here == root else here
            shutil.rmtree(root, ignore_errors=True)
            root.mkdir()
            os.chdir(root)
        return str(root)

    def _leave(self, root: Path) -> None:
        os.chdir(self.left if self.left.is_dir() else self.home)
        shutil.rmtree(root, ignore_errors=True)

    def _put(self, root: Path, name: str, data: bytes) -> None:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)

    def _mkdir(self, root: Path, name: str) -> None:
        (root / name).mkdir(parents=True, exist_ok=True)

    def _link(self, root: Path, name: str, to: str) -> None:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(to)

    def _entries(self, root: Path, name: str) -> str | list[Any]:
        """Return names, kinds (places in KINDS) and sizes of everything in a folder, or a word for what is wrong."""
        found: list[tuple[str, int, int]] = []
        characters = 0
        try:
            with _opened(root, name) as descriptor:
                if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
                    return "file"
                for entry in _walk(descriptor):
                    found.append(entry)
                    characters += len(entry[0])
                    if len(found) > ENTRIES or characters > NAME_CHARACTERS:
                        return "many"
        except (OSError, _TooDeep) as error:
            return _word(error)
        found.sort()
        return [list(column) for column in zip(*found, strict=True)] if found else [[], [], []]

    def _read(self, root: Path, names: list[str], limit: int) -> list[bytes | str]:
        """Return each file's bytes, or a word for what is wrong with it; `limit` bounds them all together."""
        answers: list[bytes | str] = []
        for name in names:
            answer = _bytes_of(root, name, limit)
            answers.append(answer)
            if isinstance(answer, str):
                break
            limit -= len(answer)
        return answers


ACTIONS: dict[str, Callable[..., Any]] = {
    "enter": Work._enter,
    "leave": Work._leave,
    "put": Work._put,
    "mkdir": Work._mkdir,
    "link": Work._link,
    "entries": Work._entries,
    "read": Work._read,
}


class _TooDeep(Exception):
    """Folders inside folders without end."""


def _current(default: Path) -> Path:
    try:
        return Path.cwd()
    except FileNotFoundError:  # the notebook removed the folder that it stood in
        return default


@contextlib.contextmanager
def _opened(root: Path, name: str) -> Iterator[int]:
    """Open `name` below `root` part by part, so that no link is followed on the way."""
    descriptor = os.open(root, NO_LINKS)
    try:
        for part in Path(name).parts:
            inner = os.open(part, NO_LINKS, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


def _walk(folder: int, prefix: str = "", depth: int = 0) -> Iterator[tuple[str, int, int]]:
    if depth > DEPTH:
        raise _TooDeep
    with os.scandir(folder) as entries:
        for entry in entries:
            name = prefix + os.fsencode(entry.name).decode("utf-8", "backslashreplace")
            try:
                facts = os.stat(entry.name, dir_fd=folder, follow_symlinks=False)
            except FileNotFoundError:
                continue  # a temporary file that a thread of the student's has just renamed
            kind = _kind(facts.st_mode)
            yield name, KINDS.index(kind), facts.st_size if kind == "file" else 0
            if kind == "folder":
                inner = os.open(entry.name, NO_LINKS, dir_fd=folder)
                try:
                    yield from _walk(inner, f"{name}/", depth + 1)
                finally:
                    os.close(inner)


def _kind(mode: int) -> str:
    tests = (("file", stat.S_ISREG), ("folder", stat.S_ISDIR), ("link", stat.S_ISLNK))
    return next((kind for kind, test in tests if test(mode)), "other")


def _bytes_of(root: Path, name: str, limit: int) -> bytes | str:
    try:
        with _opened(root, name) as descriptor:
            kind = _kind(os.fstat(descriptor).st_mode)
            if kind != "file":
                return kind
            parts, left = [], limit + 1  # not what fstat said: a file may grow while it is read
            while left and (chunk := os.read(descriptor, min(left, CHUNK))):
                parts.append(chunk)
                left -= len(chunk)
    except OSError as error:
        return _word(error)
    return b"".join(parts) if left else "large"


def _word(error: Exception) -> str:
    if isinstance(error, _TooDeep):
        return "deep"
    words = {errno.ENOENT: "missing", errno.ENOTDIR: "missing", errno.ELOOP: "link", errno.ENXIO: "other"}
    return words.get(error.errno or 0, "unreadable") if isinstance(error, OSError) else "unreadable"
