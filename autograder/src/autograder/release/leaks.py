"""The independent leak check: it reads what is about to be published, never how it was made.

Every file is looked into (notebooks with their outputs, metadata and attachments, pages, PDF text and notes, wheels,
archives in archives), every text is squeezed (no white space, one kind of quotes, no comments, no tags, entities and
escapes undone), and no piece of private text may be found in it; `autograder.release.private` says which pieces are
looked for and which are exempt. It does not find an answer whose variables were renamed, nor one that was drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.private import ANCHOR, Needle, needles, private_names, public_paths, squeeze
from autograder.release.published import Reader, Text

__all__ = ["Leak", "Sieve", "find_leaks", "refuse_leaks"]

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
SHOWN = 8
"""Leaks that a message names; more only make it longer."""


@dataclass(frozen=True)
class Leak:
    """One piece of private text in a file that was to be published."""

    place: str
    text: str
    source: str
    """`file:line` of the private text."""
    kind: str

    def __str__(self) -> str:
        """One line for the person who released."""
        return f"{self.place}: {self.text!r} is {_article(self.kind)} of {self.source}"


def _article(kind: str) -> str:
    return {
        "answer": "part of an answer",
        "explanation": "part of an explanation",
        "marker": "a solution marker",
        "file": "a private file",
    }.get(kind, f"part of a {kind}")


def find_leaks(repo: Repository, root: Path, files: Iterable[Path] | None = None) -> list[Leak]:
    """Return the private text of `repo` that stands in `files` (default: every file below `root`), sorted by place.

    Places are named relative to `root`. Raises UserError for a link, and for a file that cannot be looked into.
    """
    search, reader = _Search(repo), Reader()
    found: dict[tuple[str, str], Leak] = {}
    for path in sorted(files if files is not None else root.rglob("*")):
        if path.is_symlink():
            raise UserError(f"{path} is a link: only plain files are published; copy what it points to")
        if not path.is_file():
            continue
        name = path.relative_to(root).as_posix()
        for leak in [*search.name(name), *search.texts(reader.texts(path, name))]:
            found.setdefault((name, f"{leak.source} {leak.text}" if leak.kind == "file" else leak.source), leak)
    return list(found.values())


def refuse_leaks(repo: Repository, root: Path, what: str) -> None:
    """Raise UserError naming each leak in the files below `root`; `what` says what is not done because of them."""
    found = find_leaks(repo, root)
    if not found:
        return
    lines = [f"  {leak}" for leak in found[:SHOWN]]
    if len(found) > SHOWN:
        lines.append(f"  and {len(found) - SHOWN} more")
    count = "1 piece" if len(found) == 1 else f"{len(found)} pieces"
    raise UserError(
        f"{what}: {count} of private text would be published\n"
        + "\n".join(lines)
        + "\nNothing was written. Take each out of the public file; a line that gives nothing away may end with "
        "the comment `# public` where it stands in solutions/."
    )


class _Search:
    """Looks for the private text and names of a repository."""

    def __init__(self, repo: Repository) -> None:
        self._root, self._sieve = repo.root, Sieve(needles(repo))
        self._private, self._public = private_names(repo), public_paths(repo)

    def name(self, name: str) -> Iterator[Leak]:
        """Yield the parts of a path that are private."""
        if not f"/{name}".endswith(self._public):
            yield from (Leak(name, part, "solutions/", "file") for part in name.split("/") if part in self._private)

    def texts(self, found: Iterable[Text]) -> Iterator[Leak]:
        """Yield what is private in the texts of a file, and in the names of what it holds."""
        for text in found:
            if not text.place.startswith("the name of "):
                yield from self._text(text)
            elif "→" in text.place:
                for leak in self.name(text.text.split("\n")[0]):
                    yield Leak(text.place.removeprefix("the name of "), leak.text, leak.source, "file")

    def _text(self, text: Text) -> Iterator[Leak]:
        for position, needle in self._sieve.search(squeeze(text.text)):
            place = f"{text.place}, line {_line(text.text, position)}" if text.lined else text.place
            path = needle.path.relative_to(self._root) if needle.path.is_relative_to(self._root) else needle.path
            source = f"{path}:{needle.line}" if needle.line else str(path)
            yield Leak(place, needle.shown, source, needle.kind)


def _line(text: str, position: int) -> int:
    """Return the line of `text` that holds the character which is at `position` once it is squeezed."""
    passed = 0
    for number, line in enumerate(text.split("\n"), 1):
        passed += len(squeeze(line))
        if passed > position:
            return number
    return text.count("\n") + 1


class Sieve:
    """Finds many needles in long texts at once, by a rolling hash of ANCHOR characters (Karp and Rabin, 1987)."""

    def __init__(self, wanted: Iterable[Needle]) -> None:
        """Prepare for `wanted`; each must have at least ANCHOR characters."""
        self._needles = sorted(wanted, key=lambda needle: -len(needle.text))
        self._by_anchor: dict[str, list[Needle]] = {}
        for needle in self._needles:
            self._by_anchor.setdefault(needle.text[:ANCHOR], []).append(needle)
        self._table = np.zeros(1 << 16, dtype=bool)
        for anchor in self._by_anchor:
            self._table[_hashes(anchor) >> np.uint64(48)] = True

    def search(self, text: str) -> Iterator[tuple[int, Needle]]:
        """Yield each needle that `text` (squeezed) holds, with its first position."""
        if len(text) < ANCHOR:
            return
        seen: set[str] = set()
        for position in np.flatnonzero(self._table[_hashes(text) >> np.uint64(48)]).tolist():
            for needle in self._by_anchor.get(text[position : position + ANCHOR], ()):
                if needle.text not in seen and text.startswith(needle.text, position):
                    seen.add(needle.text)
                    yield position, needle


def _hashes(text: str) -> NDArray[np.uint64]:
    letters = np.frombuffer(text.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    count = len(letters) - ANCHOR + 1
    total = np.zeros(count, dtype=np.uint64)
    for offset in range(ANCHOR):
        total = total * MULTIPLIER + letters[offset : offset + count]
    return total * MULTIPLIER
