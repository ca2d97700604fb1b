"""What came of attacks that were run before on this machine: an hour's work goes on where it was stopped."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from autograder.bench.security.outcome import Outcome

__all__ = ["Kept"]


class _Line(msgspec.Struct):
    key: str
    outcome: Outcome


@dataclass
class Kept:
    """A file of outcomes, a line each, by what was tried and on whom."""

    path: Path
    known: dict[str, Outcome] = field(default_factory=dict)
    decides: dict[str, str] = field(default_factory=dict)
    """By grader: content hash of all that decides how it meets an attack."""

    @classmethod
    def read(cls, path: Path, decides: dict[str, list[Path]]) -> Kept:
        """Return what `path` holds, but for a line that was cut off; `decides` are the files behind each grader."""
        hashes = {
            grader: hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
            for grader, files in decides.items()
        }
        kept = cls(path, decides=hashes)
        for line in path.read_bytes().splitlines() if path.exists() else ():
            with contextlib.suppress(msgspec.DecodeError):
                found = msgspec.json.decode(line, type=_Line)
                kept.known[found.key] = found.outcome
        return kept

    def get(self, grader: str, attack: Any) -> Outcome | None:
        """Return what came of this very attack on this grader, or None."""
        return self.known.get(self._key(grader, attack))

    def put(self, grader: str, attack: Any, outcome: Outcome) -> None:
        """Write down what came of it."""
        self.known[key := self._key(grader, attack)] = outcome
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode(_Line(key, outcome)) + b"\n")

    def _key(self, grader: str, attack: Any) -> str:
        return hashlib.sha256(f"{self.decides[grader]} {grader} ".encode() + attack.path.read_bytes()).hexdigest()
