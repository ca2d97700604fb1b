"""What the grader cannot do about one submission costs no other one anything."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from autograder.grade.collect import Submission
from autograder.grade.examiner import Examiner
from autograder.grade.grader import Grader, Job
from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Flag, Report, Verdict
from autograder.manifest import load_exercise

NUMBERS = Path(__file__).parents[1] / "courses" / "tiny" / "solutions" / "01_numbers"
NO_TEXT = "\ud800"


class Faulty(Grader):
    """A grader that makes a report which no message can hold, or raises what none can."""

    error: Exception | None = None

    def _graded(self, job: Job, examiner: Examiner, submission: Submission, rebuilt: Rebuilt) -> Report:
        assert examiner.checks
        if self.error is not None:
            raise self.error
        flags = [*rebuilt.flags, Flag("student", NO_TEXT)]
        return Report(self.exercise.slug, job.student, submission.digest, job.purpose, self.parts([]), flags=flags)


@pytest.mark.parametrize("error", [None, ValueError(NO_TEXT)], ids=["report", "error"])
def test_a_report_that_cannot_be_sent_is_an_internal_error(error: Exception | None, tmp_path: Path) -> None:
    """Its process goes on, staff are told why, and the student is not told that the answer was wrong."""
    notebook = tmp_path / "01_numbers.ipynb"
    notebook.write_text('{"cells": []}')
    grader = Faulty(load_exercise(NUMBERS), b"secret")
    grader.error = error
    report = grader.grade(Job("ada", str(notebook)))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(report), type=Report) == report
    findings = [finding for part in report.parts for finding in part.findings]
    assert {finding.verdict for finding in findings} == {Verdict.INTERNAL_ERROR}
    assert all("UnicodeEncodeError" in finding.staff or "ValueError" in finding.staff for finding in findings)
