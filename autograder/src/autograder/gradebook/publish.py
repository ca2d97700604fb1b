"""Writing the pages: each student's feedback and the exercise's summary, from reports and gradebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from autograder.disk import link_or_copy
from autograder.errors import UserError
from autograder.grade.report import CellResult, Fingerprint, Flag, PartReport, Report, Shape, Verdict, read_report
from autograder.gradebook.files import StagedFiles, write_whole
from autograder.manifest import Cohort, Exercise
from autograder.pages.feedback import render_feedback
from autograder.pages.summary import render_summary
from autograder.stages import stage

__all__ = ["Feedback", "write_feedback", "write_summary"]


@dataclass(frozen=True)
class Feedback:
    """What `write_feedback` wrote."""

    pages: list[Path]
    notes: list[str]
    """What staff should know, one sentence each."""


@stage("feedback pages")
def write_feedback(
    cohort: Cohort, exercise: Exercise, *, students: list[str] | None = None, reports: Iterable[Report] = ()
) -> Feedback:
    """Write the feedback page of each student graded (or of `students`) and nbgrader's copy of it.

    Late penalties are derived anew, since a manual grade may have come in. Reports that are at hand need not be read
    again. Of all, who has a damaged report is left out with a note; of `students`, UserError names who has none or a
    damaged one.
    """
    from autograder.gradebook.reading import entries
    from autograder.gradebook.scores import settle_penalties

    at_hand, stored = {report.student: report for report in reports}, _stored(cohort, exercise.slug)
    chosen = students if students is not None else list(stored)
    missing = sorted(set(chosen) - set(stored) - set(at_hand))
    if missing:
        raise UserError(f"{exercise.slug} has not been graded for {', '.join(missing)}: grade first")
    settle_penalties(cohort, exercise.slug)
    book, pages, notes, to_slides = entries(cohort, exercise.slug), [], [], False
    with StagedFiles() as files:
        for student in chosen:
            try:
                report = at_hand.get(student) or read_report(stored[student])
            except UserError as error:
                if students is not None:
                    raise
                notes.append(f"{exercise.slug}: {student} has no new page: {error}")
                continue
            to_slides |= _leads_to_slides(report)
            pages.append(cohort.feedback(exercise.slug) / f"{student}.html")
            files.stage(pages[-1], render_feedback(report, exercise, cohort, book.get(student)))
            files.stage_twin(
                cohort.folder / "course/feedback" / student / exercise.slug / f"{exercise.slug}.html", pages[-1]
            )
        files.publish()
    for place in pages:
        _put_deck_beside(cohort, exercise.slug, cohort.folder / "course/feedback" / place.stem / exercise.slug)
    _put_deck_beside(cohort, exercise.slug, cohort.feedback(exercise.slug))
    if to_slides and not cohort.deck(exercise.slug).is_file():
        notes.append(
            f"{exercise.slug}: pages link to slides, and no deck is at {cohort.deck(exercise.slug)}: "
            f"`make release COHORT={cohort.name} EXERCISE={exercise.slug}` puts it there and publishes that exercise "
            f"alone, `make feedback COHORT={cohort.name}` then links to it"
        )
    return Feedback(pages, notes)


def _put_deck_beside(cohort: Cohort, slug: str, folder: Path) -> None:
    """Link the released deck into `folder`, where a page's links to its slides look for it."""
    deck = cohort.deck(slug)
    target = folder / "slides" / deck.name
    if not deck.is_file() or (target.exists() and target.samefile(deck)):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    link_or_copy(deck, target)


def _leads_to_slides(report: Report) -> bool:
    findings = (finding for part in report.parts for finding in part.findings)
    return any(finding.see.startswith("slide:") and finding.verdict is not Verdict.PASSED for finding in findings)


@stage("summary page")
def write_summary(cohort: Cohort, exercise: Exercise, *, reports: Iterable[Report] = ()) -> Path:
    """Write the instructor's summary of one exercise; reports that are at hand need not be read again."""
    from autograder.gradebook.reading import entries
    from autograder.gradebook.scores import settle_penalties

    settle_penalties(cohort, exercise.slug)
    at_hand = {report.student: report for report in reports}
    stored = _stored(cohort, exercise.slug)
    students = sorted({*stored, *at_hand})
    everybody = [at_hand.get(student) or _without_outputs(stored[student]) for student in students]
    page = render_summary(
        [report for report in everybody if report is not None], exercise, cohort, entries(cohort, exercise.slug)
    )
    return write_whole(cohort.folder / "summary" / f"{exercise.slug}.html", page)


def _stored(cohort: Cohort, slug: str) -> dict[str, Path]:
    """Return where the report of each student lies, sorted."""
    return {path.stem: path for path in sorted(cohort.reports(slug).glob("*.json"))}


class _Said(msgspec.Struct):
    """A cell's text; what it put out is passed over, which is most of a report's size."""

    id: str
    kind: Literal["prose", "setup", "solution", "example", "written", "free", "extra"]
    cell_type: Literal["code", "markdown"]
    source: str


class _Light(msgspec.Struct):
    exercise: str
    student: str
    unit: str
    purpose: str
    parts: list[PartReport]
    cells: list[_Said] = []
    flags: list[Flag] = []
    weights: dict[str, Fingerprint] = {}
    shapes: dict[str, Shape] = {}
    cpu_seconds: float = 0.0
    overhead_seconds: float = 0.0


def _without_outputs(path: Path) -> Report | None:
    """Return a report, or None where it is damaged: that is one student's, whom the next grading grades again."""
    try:
        light = msgspec.json.decode(path.read_bytes(), type=_Light)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    cells = [CellResult(cell.id, cell.kind, cell.cell_type, cell.source) for cell in light.cells]
    return Report(**(msgspec.structs.asdict(light) | {"cells": cells}))
