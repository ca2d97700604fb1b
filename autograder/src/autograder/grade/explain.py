"""What happened to one part of one student: for staff who answer an appeal."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.errors import UserError
from autograder.grade.report import Report, Verdict, read_report
from autograder.manifest import Cohort, Exercise

__all__ = ["explain"]


def explain(cohort: Cohort, exercise: Exercise, student: str, part: str) -> Iterator[str]:
    """Yield the lines that say what was asked, what came, and how to run it again; raises UserError on a wrong name."""
    path = cohort.folder / "reports" / exercise.slug / f"{student}.json"
    if not path.is_file():
        raise UserError(f"{student} has no report for {exercise.slug}: grade first, or look at the id in students.csv")
    report = read_report(path)
    found = next((one for one in report.parts if one.part == part), None)
    if found is None:
        raise UserError(f"{exercise.slug} has no part {part!r}; there are: {', '.join(exercise.parts)}")
    yield f"{student}, {exercise.slug}, {found.title} ({part}): {found.points:g} of {found.max_points:g} points"
    yield f"graded as {report.purpose}, unit {report.unit}"
    yield from _code(report, part)
    for finding in found.findings:
        yield f"\n{finding.verdict}  {finding.check}  (weight {finding.weight:g})\n  {finding.title}"
        if finding.verdict is not Verdict.PASSED:
            yield f"  told the student: {finding.reason} {finding.hint}"
            yield "  " + finding.staff.strip().replace("\n", "\n  ")
    notebook = cohort.folder / "course" / "submitted" / student / exercise.slug / f"{exercise.slug}.ipynb"
    again = f"autograder grade --submission '{notebook}' --cohort {cohort.name} --exercise {exercise.slug}"
    yield f"\nThe same inputs again: {again} --verbose -k 'test_{part}'"


def _code(report: Report, part: str) -> Iterator[str]:
    for cell in report.cells:
        if cell.id == part:
            yield f"\ntheir cell ({cell.verdict}):\n  " + cell.source.replace("\n", "\n  ")
