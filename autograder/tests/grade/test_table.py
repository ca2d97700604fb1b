"""Reports in a terminal."""

import msgspec
import pytest

from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Finding, Flag, PartReport, Report, Verdict
from autograder.grade.table import print_report

SIZES, DTYPES, EMPTY = "Any size works.", "Any dtype works.", "Nothing gives nothing."


def finding(title: str, verdict: Verdict, reason: str = "") -> Finding:
    """Return a finding of the part `softmax`."""
    return Finding("test_softmax", "softmax", title, 1.0, verdict, reason, "Think of the axis.", "cell:softmax_seen")


def test_no_code_of_a_submission_reaches_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """What a notebook calls itself is quoted in remarks: neither the terminal nor rich acts on it."""
    rebuilt = Rebuilt([])
    rebuilt.flag("This is the notebook of \x1b[2J\x1b]52;c;cHduZWQ=\x1b\\[red]\nweek 7.")
    wrong = finding(SIZES, Verdict.WRONG, "\x1b[2Jwrong")
    report = Report("01_numbers", "ada", "unit", "final", [PartReport("s", "S", "core", 0, 1, [wrong])])
    for flags in (rebuilt.flags, [Flag("staff", "as it came: \x1b[2J")]):
        print_report(msgspec.structs.replace(report, flags=flags))
        said = capsys.readouterr().out
        assert "\x1b" not in said
    (flag,) = rebuilt.flags
    assert "\x1b" not in flag.message
    assert "\n" not in flag.message


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
