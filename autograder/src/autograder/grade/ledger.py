"""The append-only record of every grading run: each line carries an HMAC over itself and the line before."""

from __future__ import annotations

import datetime as dt
import fcntl
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from autograder.errors import UserError
from autograder.grade.report import Report
from autograder.stages import stage

__all__ = ["Line", "append", "next_try", "read_ledger"]

LONGEST_LINE = 1 << 20


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
    mac: str = ""


@stage("ledger")
def append(path: Path, secret: bytes, reports: Iterable[Report]) -> None:
    """Add a line for each report, in one write that is on disk before this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        previous = _last_mac(_end(file))
        text = b""
        for report in reports:
            line = _line(report)
            previous = _mac(secret, previous, line)
            text += msgspec.json.encode(msgspec.structs.replace(line, mac=previous)) + b"\n"
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def read_ledger(path: Path, secret: bytes) -> Iterator[Line]:
    """Yield every line; raises UserError naming the first that was changed, taken out or put in."""
    previous = ""
    if not path.exists():
        return
    for number, raw in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            line = msgspec.json.decode(raw, type=Line)
        except msgspec.DecodeError:
            raise UserError(f"{path}: line {number} is no record: restore the ledger from a backup") from None
        expected = _mac(secret, previous, msgspec.structs.replace(line, mac=""))
        if not hmac.compare_digest(expected, line.mac):
            raise UserError(f"{path}: line {number} does not follow from the lines before: it was tampered with")
        previous = line.mac
        yield line


def next_try(lines: Iterable[Line], exercise: str, student: str) -> int:
    """Return the number of the next practice try of a student: no try sees another's hidden inputs."""
    tries = {line.purpose for line in lines if line.exercise == exercise and line.student == student}
    return 1 + sum(purpose.startswith("try-") for purpose in tries)


def _line(report: Report) -> Line:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    # floats, as they are read back: the seal is over the text
    parts = {part.part: float(part.points) for part in report.parts if not part.written}
    errors = len(report.internal_errors)
    return Line(now, report.exercise, report.student, report.unit, report.purpose, float(report.points), parts, errors)


def _mac(secret: bytes, previous: str, line: Line) -> str:
    return hmac.digest(secret, b"ledger" + previous.encode() + msgspec.json.encode(line), "sha256").hex()


def _end(file: BinaryIO) -> bytes:
    file.seek(max(0, file.seek(0, os.SEEK_END) - LONGEST_LINE))
    return file.read()


def _last_mac(data: bytes) -> str:
    lines = data.splitlines()
    return str(json.loads(lines[-1])["mac"]) if lines else ""
