"""What grading one submission produced: plain data that is stored, shown and written into the gradebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from autograder.disk import write_whole
from autograder.errors import UserError
from autograder.manifest import Exercise
from autograder.stages import stage

__all__ = [
    "CENT",
    "CellResult",
    "Finding",
    "Fingerprint",
    "Flag",
    "Output",
    "PartReport",
    "Report",
    "Same",
    "Shape",
    "Verdict",
    "by_check",
    "outcome_of",
    "parts_of",
    "read_report",
    "write_report",
]

CENT = 0.005
"""Points have two decimals: what differs by less is the same."""


class Verdict(StrEnum):
    """How one check, or one cell, ended."""

    PASSED = "passed"
    WRONG = "wrong"
    RAISED = "raised"
    MISSING = "missing"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    OUTPUT_LIMIT = "output_limit"
    CRASHED = "crashed"
    REFUSED = "refused"
    INTERNAL_ERROR = "internal_error"


class Finding(msgspec.Struct, frozen=True):
    """A verdict and its reason for one check."""

    check: str
    """Name of the pytest test, parameters included; for staff, since it may hint at the hidden input."""
    part: str
    title: str
    """First line of the check's docstring: what was asked, in words for the student."""
    weight: float
    verdict: Verdict
    reason: str = ""
    """For the student: the rule that was broken, what came, what was expected of it; never a hidden value."""
    hint: str = ""
    see: str = ""
    """Where to read on: `cell:GRADE_ID` in the notebook or `slide:ANCHOR` in the deck of the same slug."""
    staff: str = ""
    """For staff only: the full message, output and traceback."""


class PartReport(msgspec.Struct, frozen=True):
    """One part's points; a written part has no findings and waits for a person."""

    part: str
    title: str
    tier: Literal["core", "stretch"]
    points: float
    max_points: float
    findings: list[Finding] = []
    written: bool = False


class Output(msgspec.Struct, frozen=True):
    """One output of a cell, already reduced to what cannot run in a page: text, or a re-encoded PNG."""

    kind: Literal["text", "error", "png"]
    text: str = ""
    png: bytes = b""


class CellResult(msgspec.Struct, frozen=True):
    """One cell of the rebuilt notebook after it ran."""

    id: str
    kind: Literal["prose", "setup", "solution", "example", "written", "free", "extra"]
    cell_type: Literal["code", "markdown"]
    source: str
    """For solution, written, free and extra cells the student's text, else the template's."""
    outputs: list[Output] = []
    verdict: Verdict = Verdict.PASSED


class Flag(msgspec.Struct, frozen=True):
    """A remark about the submission that costs no points by itself."""

    audience: Literal["student", "staff"]
    message: str


class Fingerprint(msgspec.Struct, frozen=True):
    """What is kept of a file of weights."""

    digest: str
    """SHA-256 of the file."""
    code: str
    """Of the student's own code cells."""
    layout: str = ""
    """Of names and shapes; empty where the file could not be read."""
    sample: list[float] = []
    """Values at places that the layout decides."""


class Shape(msgspec.Struct, frozen=True):
    """What is kept of a long answer's code, names and comments aside."""

    digest: str
    reference: bool = False
    """Whether the reference has the same."""


class Report(msgspec.Struct, frozen=True):
    """Everything that grading one submission found out."""

    exercise: str
    student: str
    unit: str
    """Content hash of (submission, checks, environment, seed)."""
    purpose: str
    """`final` for the grade, `try-K` for a practice try."""
    parts: list[PartReport]
    cells: list[CellResult] = []
    flags: list[Flag] = []
    submission: str = ""
    """SHA-256 of what was handed in; empty where that could not even be read."""
    cpu_seconds: float = 0.0
    """The student's own compute."""
    overhead_seconds: float = 0.0
    """CPU seconds of grading beyond it."""
    memory_mib: float = 0.0
    """Largest resident set of one of the submission's processes, libraries included."""
    weights: dict[str, Fingerprint] = {}
    """Of the files of weights that were judged, by name."""
    shapes: dict[str, Shape] = {}
    """Of the long answers, by grade_id."""
    asked: dict[str, str] = {}
    """Hash of what each part was asked, by grade_id; under the empty name what all parts rest on."""

    @property
    def points(self) -> float:
        """Points reached in all parts that the machine grades."""
        return round(sum(part.points for part in self.parts), 2)

    @property
    def max_points(self) -> float:
        """Points of all parts, written ones included."""
        return round(sum(part.max_points for part in self.parts), 2)

    @property
    def internal_errors(self) -> list[Finding]:
        """Findings that are the grader's fault, for staff to look at."""
        return [f for part in self.parts for f in part.findings if f.verdict is Verdict.INTERNAL_ERROR]


class Same(NamedTuple):
    """One check on one or several inputs, as people are told of it."""

    finding: Finding
    """The first that did not pass, or the first."""
    inputs: int
    failed: int


def by_check(findings: Iterable[Finding]) -> Iterator[Same]:
    """Yield each check once, in order: findings of one title and place are one check on several inputs."""
    for _, group in groupby(findings, key=lambda finding: (finding.title, finding.see)):
        same = list(group)
        failed = [finding for finding in same if finding.verdict is not Verdict.PASSED]
        yield Same((failed or same)[0], len(same), len(failed))


def parts_of(exercise: Exercise, findings: list[Finding]) -> list[PartReport]:
    """Return every part's points: the share of its checks' weight that passed."""
    reports = []
    for name, part in exercise.parts.items():
        own = [finding for finding in findings if finding.part == name]
        weight = sum(finding.weight for finding in own)
        passed = sum(finding.weight for finding in own if finding.verdict is Verdict.PASSED)
        points = round(part.points * passed / weight, 2) if weight else 0.0
        reports.append(PartReport(name, part.title, part.tier, points, part.points, own, part.written))
    return reports


def outcome_of(report: Report) -> str:
    """Return a hash of what decides the points: how each check ended, its weight, and what each part is worth."""
    # floats, as they are read back
    parts = [
        (
            *(part.part, float(part.points), float(part.max_points)),
            [(finding.check, float(finding.weight), finding.verdict) for finding in part.findings],
        )
        for part in report.parts
    ]
    return hashlib.sha256(msgspec.msgpack.encode(parts)).hexdigest()[:32]


@stage("report file")
def write_report(report: Report, path: Path) -> None:
    """Write `report` as JSON in one line, by a temporary file and a rename: laying out half a megabyte takes 1 ms."""
    write_whole(path, msgspec.json.encode(report))


def read_report(path: Path) -> Report:
    """Return the report that `write_report` wrote; raises UserError where it cannot be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(
            f"the report {path} is damaged ({error}): grade this student again, which makes it anew"
        ) from None
