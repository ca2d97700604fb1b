"""What a watcher says: a line for each submission and each event, and where there is a terminal one line of status."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
import threading
from contextlib import suppress
from typing import TextIO

from autograder.grade.report import Report, Verdict
from autograder.grade.text import one_line

__all__ = ["Screen", "result_line", "seconds_text"]

CLEAR = "\r\x1b[K"
WIDEST_REASON = 90


class Screen:
    """Writes lines with the time before them; safe to call from more than one thread."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._live = self._stream.isatty()
        self._status = ""
        self._lock = threading.Lock()

    def say(self, text: str) -> None:
        """Write one line that stays."""
        with self._lock:
            now = dt.datetime.now().astimezone()
            self._write(f"{CLEAR if self._status else ''}{now:%H:%M:%S}  {one_line(text)}\n{self._status}")

    def status(self, text: str) -> None:
        """Show how things stand below all lines; without a terminal nothing is shown."""
        with self._lock:
            if self._live and text != self._status:
                self._status = text
                self._write(f"{CLEAR}{text}")

    def end(self) -> None:
        """Leave no status behind."""
        self.status("")

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a full disk, a pipe that nobody reads: grading goes on, who looks sees it in `status`
            self._stream.write(text)
            self._stream.flush()


def result_line(report: Report, seconds: float, cohort: str) -> str:
    """Return the line of one graded submission: student, exercise, points, seconds since it arrived, what is odd."""
    points = f"{report.points:g}/{report.max_points:g}"
    line = f"{one_line(report.student):<16} {report.exercise:<14} {points:>9} {seconds_text(seconds):>8}"
    return one_line(f"{line}  {_remark(report, cohort)}").rstrip()


def seconds_text(seconds: float) -> str:
    """Return a span of time as a person says it."""
    if seconds < 100:
        return f"{seconds:.1f} s"
    if seconds < 2 * 3600:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 48 * 3600 else f"{seconds / 86400:.0f} days"


def _remark(report: Report, cohort: str) -> str:
    faults = report.internal_errors
    if faults:
        words = ["autograder", "explain", "--cohort", cohort, "--exercise", report.exercise]
        return f"{len(faults)} internal errors: {shlex.join([*words, report.student, faults[0].part])}"
    findings = [finding for part in report.parts for finding in part.findings]
    if findings and all(finding.verdict is Verdict.REFUSED for finding in findings):
        return f"refused: {findings[0].reason}"[:WIDEST_REASON]
    return "" if report.purpose == "final" else f"practice {report.purpose}"
