"""The append-only record of what grading found: each line carries an HMAC over itself and the line before.

A head beside the ledger, sealed as well, says how many lines there are and how the last is sealed, so that a tail that
was cut off is missed. The gradebook keeps a copy of the head that it was written with.
"""

from __future__ import annotations

import datetime as dt
import hmac
import os
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from autograder.disk import telling, write_whole
from autograder.errors import UserError
from autograder.grade.report import Report, outcome_of
from autograder.grade.seeds import fingerprint
from autograder.stages import stage

__all__ = ["Head", "Ledger", "Line", "read_head", "read_ledger"]

SYNC_SECONDS = 1.0
"""A power cut costs what was graded in this time, which is then graded again; a killed process costs nothing."""
SEAL = b'"mac":"'
RESTORE = "restore the ledger and its head from a backup; without one, move both away and grade again"


class Line(msgspec.Struct, frozen=True):
    """One report, as far as the gradebook's numbers follow from it."""

    time: str
    exercise: str
    student: str
    unit: str
    purpose: str
    points: float
    parts: dict[str, float]
    internal_errors: int
    max_points: dict[str, float] = {}
    """Of every part, those that a person grades as well."""
    outcome: str = ""
    """Hash of how each check ended."""
    submitted: str = ""
    """When it was handed in, UTC, by the file that came with it."""
    why: str = ""
    """Why it was graded another time, where a person asked for it."""
    mac: str = ""
    """Over the line's own text before it, so it stays last."""

    def repeats(self, other: Line | None) -> bool:
        """Return whether this line says nothing that `other` does not say."""
        same = {"time": "", "why": "", "mac": ""}
        return other is not None and msgspec.structs.replace(self, **same) == msgspec.structs.replace(other, **same)


class Head(msgspec.Struct, frozen=True):
    """How far the ledger had come."""

    lines: int
    last: str
    """The seal of the last line."""
    secret: str
    """Fingerprint of the secret that it is sealed with."""
    mac: str = ""

    def sealed(self, secret: bytes) -> Head:
        """Return this head with its seal."""
        text = f"{self.lines} {self.last} {self.secret}".encode()
        return msgspec.structs.replace(self, mac=hmac.digest(secret, b"head" + text, "sha256").hex())


class Ledger:
    """A cohort's ledger while it is written: a context manager; only whoever holds the grading lock may have one.

    Opening it reads and checks every line once. What a killed run left half-written at the end is taken away.
    Raises UserError where it was tampered with, cannot be read or cannot be written.
    """

    def __init__(self, path: Path, secret: bytes) -> None:
        self.path = path
        self.notes: list[str] = []
        """Sentences for staff."""
        self._secret = secret
        self._latest: dict[tuple[str, str], Line] = {}
        self._tries: dict[tuple[str, str], set[str]] = {}
        self._count, self._last, self._size = 0, "", 0
        self._synced, self._waiting = time.monotonic(), False

    def __enter__(self) -> Self:
        for line in read_ledger(self.path, self._secret):
            self._keep(line)
        with telling("the ledger", self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o644)
        try:
            self._mend()
        except BaseException:
            os.close(self._descriptor)
            raise
        return self

    def _mend(self) -> None:
        data = self.path.read_bytes()
        self._size = data.rfind(b"\n") + 1
        if self._size < len(data):
            with telling("the ledger", self.path):
                os.ftruncate(self._descriptor, self._size)
            self.notes.append("a grading was stopped while it wrote the ledger: the half line at its end was taken out")
        if read_head(self.path) is None:  # before the first line that must not be without one
            self._write_head()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.sync()
        except UserError:
            if error is None:
                raise
        finally:
            os.close(self._descriptor)

    def latest(self, exercise: str, student: str) -> Line | None:
        """Return the line that counts for a student."""
        return self._latest.get((exercise, student))

    def next_try(self, exercise: str, student: str) -> int:
        """Return the number of the next practice try of a student: no try sees another's hidden inputs."""
        return 1 + len(self._tries.get((exercise, student), ()))

    @stage("ledger")
    def append(self, report: Report, *, submitted: str = "", why: str = "") -> bool:
        """Add a line, unless the student's last one says the same; return whether one was added."""
        line = line_of(report, submitted=submitted, why=why)
        if line.repeats(self.latest(line.exercise, line.student)):
            return False
        body = msgspec.json.encode(line)
        line = msgspec.structs.replace(line, mac=_mac(self._secret, self._last, body))
        self._write(body[: -len(b'"}')] + line.mac.encode() + b'"}\n')
        self._keep(line)
        self._waiting = True
        if time.monotonic() - self._synced > SYNC_SECONDS:
            self.sync()
        return True

    def sync(self) -> None:
        """Have everything on the disk, then say so in the head."""
        if not self._waiting:
            return
        with telling("the ledger", self.path):
            os.fdatasync(self._descriptor)
        self._write_head()
        self._synced, self._waiting = time.monotonic(), False

    def _write_head(self) -> None:
        head = Head(self._count, self._last, fingerprint(self._secret)).sealed(self._secret)
        with telling("the ledger's head", self.path):
            write_whole(_head_path(self.path), msgspec.json.encode(head), durable=True)

    def _keep(self, line: Line) -> None:
        self._count += 1
        self._last = line.mac
        self._latest[line.exercise, line.student] = line
        if line.purpose.startswith("try-"):
            self._tries.setdefault((line.exercise, line.student), set()).add(line.purpose)

    def _write(self, text: bytes) -> None:
        with telling("the ledger", self.path):
            try:
                written = 0
                while written < len(text):  # a disk that fills up takes a part
                    written += os.write(self._descriptor, text[written:])
            except OSError:
                os.ftruncate(self._descriptor, self._size)
                raise
        self._size += len(text)


def line_of(report: Report, *, submitted: str = "", why: str = "") -> Line:
    """Return what the ledger says of a report, not yet sealed."""
    # floats, as they are read back
    return Line(
        time=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        exercise=report.exercise,
        student=report.student,
        unit=report.unit,
        purpose=report.purpose,
        points=float(report.points),
        parts={part.part: float(part.points) for part in report.parts if not part.written},
        internal_errors=len(report.internal_errors),
        max_points={part.part: float(part.max_points) for part in report.parts},
        outcome=outcome_of(report),
        submitted=submitted,
        why=why,
    )


def read_ledger(path: Path, secret: bytes) -> Iterator[Line]:
    """Yield every whole line; raises UserError naming the first that was changed, taken out or put in.

    A half line at the end is passed over: it was being written when the grading was killed.
    """
    head = read_head(path)  # before the lines, which may be growing
    if head is not None and head.secret != fingerprint(secret):
        raise UserError(f"{path} was sealed with another secret: restore the cohort's secret from a backup")
    if head is not None and not hmac.compare_digest(head.sealed(secret).mac, head.mac):
        raise UserError(f"{_head_path(path)} was tampered with: {RESTORE}")
    previous, number, newer = "", 0, False
    data = path.read_bytes() if path.exists() else b""
    for number, raw in enumerate(data[: data.rfind(b"\n") + 1].splitlines(), start=1):
        line = _checked(path, secret, previous, raw, number)
        if head is not None and number == head.lines and line.mac != head.last:
            raise UserError(f"{path}: line {number} is not the one that the head was written after: {RESTORE}")
        previous, newer = line.mac, newer or bool(line.outcome)
        yield line
    if head is not None and number < head.lines:
        cut = head.lines - number
        raise UserError(f"{path}: line {number + 1} is missing, {cut} were cut off at the end: {RESTORE}")
    if head is None and newer:
        raise UserError(f"{_head_path(path)} is missing, so lines after line {number} may have been cut off: {RESTORE}")


def _checked(path: Path, secret: bytes, previous: str, raw: bytes, number: int) -> Line:
    try:
        line = msgspec.json.decode(raw, type=Line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError(f"{path}: line {number} is no record of a grading: {RESTORE}") from None
    body, _, _ = raw.rpartition(SEAL)
    expected = _mac(secret, previous, body + SEAL + b'"}')
    if not hmac.compare_digest(body + SEAL + expected.encode() + b'"}', raw):
        raise UserError(f"{path}: line {number} does not follow from the lines before: it was tampered with; {RESTORE}")
    return line


def read_head(path: Path) -> Head | None:
    """Return the head of the ledger at `path` as it stands there, or None; raises UserError when it is damaged."""
    try:
        return msgspec.json.decode(_head_path(path).read_bytes(), type=Head)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise UserError(f"{_head_path(path)} is damaged: {RESTORE}") from None


def _mac(secret: bytes, previous: str, body: bytes) -> str:
    return hmac.digest(secret, b"ledger" + previous.encode() + body, "sha256").hex()


def _head_path(path: Path) -> Path:
    return path.with_suffix(".head")
