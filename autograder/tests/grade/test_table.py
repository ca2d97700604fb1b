"""Reports in a terminal."""

import pytest

from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.grade.table import print_report

SIZES, DTYPES, EMPTY = "Any size works.", "Any dtype works.", "Nothing gives nothing."


def finding(title: str, verdict: Verdict, reason: str = "") -> Finding:
    """Return a finding of the part `softmax`."""
    return Finding("test_softmax", "softmax", title, 1.0, verdict, reason, "Think of the axis.", "cell:softmax_seen")


def test_a_check_on_several_inputs_is_one_line_and_a_reason_is_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """As on the feedback page: how many inputs failed, the first of them, and `as above`."""
    findings = [
        *(finding(SIZES, Verdict.PASSED), finding(SIZES, Verdict.WRONG, "wrong shape")),
        *(
            finding(DTYPES, Verdict.WRONG, "wrong shape"),
            finding(EMPTY, Verdict.PASSED),
            finding(EMPTY, Verdict.PASSED),
        ),
    ]
    part = PartReport("softmax", "Probabilities", "core", 1.0, 3.0, findings)
    assert print_report(Report("01_numbers", "ada", "unit", "final", [part])) == 0
    said = capsys.readouterr().out
    assert f"✗ {SIZES} (1 of 2 inputs)\n      wrong: wrong shape" in said
    assert f"✗ {DTYPES}\n      wrong: as above" in said
    assert f"✓ {EMPTY} (2 inputs)" in said
    assert said.count("wrong shape") == 1
