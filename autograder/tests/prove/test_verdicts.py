"""What stands against a proof, from findings that are written by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grade.report import Finding, Verdict
from autograder.prove.named import Named
from autograder.prove.verdicts import wrong_faults

NAMED = Named("wrong_sum", "total", "wrong", "adds twice", "slide:sums", "", (), Path("wrong_sum.py"))


def found(verdict: Verdict, see: str) -> Finding:
    return Finding(f"test_{verdict}", "total", "A total", 1.0, verdict, see=see)


@pytest.mark.parametrize("places", [("slide:loops", "slide:sums"), ("slide:loops", "slide:loops")])
def test_one_finding_has_verdict_and_place(places: tuple[str, str]) -> None:
    """That another check, which ends otherwise, leads to the place is not enough: the mistake is treated nowhere."""
    findings = [found(Verdict.WRONG, places[0]), found(Verdict.RAISED, places[1])]
    assert wrong_faults(NAMED, [findings]) == [
        (
            "wrong_sum is treated at slide:sums, but what fails it as wrong leads to slide:loops: "
            "mend see in the submission or in a check"
        )
    ]


def test_mistake_that_is_found_and_treated() -> None:
    """One finding with verdict and place is enough, whatever the others say."""
    findings = [found(Verdict.RAISED, "slide:loops"), found(Verdict.WRONG, "slide:sums")]
    assert wrong_faults(NAMED, [findings]) == []
