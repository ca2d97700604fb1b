"""An exercise without points is told in checks: on its pages each check that passed is worth one."""

from __future__ import annotations

import msgspec

from autograder.grade.entry import Entry, PartEntry
from autograder.grade.report import PartReport, Report, by_check

__all__ = ["entry_in_checks", "in_checks"]


def in_checks(report: Report) -> Report:
    """Return `report` with each part worth as many points as it has checks, and one reached for each that passed."""
    return msgspec.structs.replace(report, parts=[_part(part) for part in report.parts])


def _part(part: PartReport) -> PartReport:
    passed = [not same.failed for same in by_check(part.findings)]
    return msgspec.structs.replace(part, points=float(sum(passed)), max_points=float(len(passed)))


def entry_in_checks(entry: Entry, report: Report) -> Entry:
    """Return `entry` with the scores of `report`, which `in_checks` gave; names and comments stay."""
    said = {name: part.comment for name, part in entry.parts.items()}
    parts = {
        part.part: PartEntry(part.part, part.max_points, part.points, comment=said.get(part.part, ""))
        for part in report.parts
    }
    return msgspec.structs.replace(entry, parts=parts, penalty=0.0)
