"""What came of attacks that were run before on this machine: an hour's work goes on where it was stopped."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from autograder.bench.security.outcome import Outcome

__all__ = ["Kept", "Known", "when"]


class Known(msgspec.Struct, frozen=True):
    """What came of an attack, where and when."""

    key: str
    outcome: Outcome
    machine: str
    day: str
    """As YYYY-MM-DD."""


@dataclass
class Kept:
    """A file of outcomes, a line each, by what was tried and on whom."""

    path: Path
    machine: str
    known: dict[str, Known] = field(default_factory=dict)
    decides: dict[str, str] = field(default_factory=dict)
    """By grader: hash of all that decides how it meets an attack."""

    @classmethod
    def read(cls, path: Path, machine: str, decides: Mapping[str, Sequence[Path | str]]) -> Kept:
        """Return what `path` holds, but for a line that was cut off.

        Args:
            path: the file of outcomes.
            machine: the one that this is, in words; what another has seen stands for nothing here.
            decides: by grader, the files behind it, as they are now, and versions of what is no file of ours.
        """
        kept = cls(path, machine, decides={name: _hash([machine, *parts]) for name, parts in decides.items()})
        for line in path.read_bytes().splitlines() if path.exists() else ():
            with contextlib.suppress(msgspec.DecodeError):
                found = msgspec.json.decode(line, type=Known)
                kept.known[found.key] = found
        return kept

    def get(self, grader: str, attack: Any) -> Known | None:
        """Return what came of this very attack on this grader, or None."""
        return self.known.get(self._key(grader, attack))

    def put(self, grader: str, attack: Any, outcome: Outcome) -> Known:
        """Write down what came of it today."""
        key, day = self._key(grader, attack), f"{dt.datetime.now(dt.UTC):%Y-%m-%d}"
        known = self.known[key] = Known(key, outcome, self.machine, day)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with self.path.open("ab") as file:
            file.write(msgspec.json.encode(known) + b"\n")
        return known

    def _key(self, grader: str, attack: Any) -> str:
        return _hash([self.decides[grader], grader, attack.path])


def when(known: Iterable[Known]) -> str:
    """Return in a sentence where and when outcomes were seen: not all need be of today."""
    found = list(known)
    days = sorted({one.day for one in found})
    machines = "; ".join(sorted({one.machine for one in found}))
    return f"Run on {machines}, {' to '.join(dict.fromkeys((days[0], days[-1])))}." if found else "Nothing was run."


def _hash(parts: Sequence[Path | str]) -> str:
    texts = (part.encode() if isinstance(part, str) else part.read_bytes() for part in parts)
    return hashlib.sha256(b"".join(hashlib.sha256(text).digest() for text in texts)).hexdigest()
