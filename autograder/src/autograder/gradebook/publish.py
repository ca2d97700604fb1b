"""Writing the pages: each student's feedback and the exercise's summary, from reports and gradebook."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.errors import UserError
from autograder.grade.report import Report, read_report
from autograder.gradebook.files import StagedFiles, write_whole
from autograder.manifest import Cohort, Exercise
from autograder.pages.feedback import render_feedback
from autograder.pages.summary import render_summary
from autograder.stages import stage

__all__ = ["read_reports", "write_feedback", "write_summary"]


@stage("feedback pages")
def write_feedback(cohort: Cohort, exercise: Exercise, *, students: list[str] | None = None) -> list[Path]:
    """Write the feedback page of each student graded (or of `students`) and nbgrader's copy of it; return the pages.

    Late penalties are derived anew, since a manual grade may have come in. Raises UserError naming students without
    a report.
    """
    from autograder.gradebook.reading import entries
    from autograder.gradebook.scores import settle_penalties

    reports = read_reports(cohort, exercise.slug)
    missing = sorted(set(students or ()) - set(reports))
    if missing:
        raise UserError(f"{exercise.slug} has not been graded for {', '.join(missing)}: grade first")
    settle_penalties(cohort, exercise.slug)
    book, pages = entries(cohort, exercise.slug), []
    with StagedFiles() as files:
        for student in students if students is not None else reports:
            page = render_feedback(reports[student], exercise, cohort, book.get(student))
            pages.append(cohort.folder / "feedback" / exercise.slug / f"{student}.html")
            files.stage(pages[-1], page)
            files.stage(cohort.folder / "course/feedback" / student / exercise.slug / f"{exercise.slug}.html", page)
        files.publish()
    for place in pages:
        _put_deck_beside(cohort, exercise.slug, place.parent)
        _put_deck_beside(cohort, exercise.slug, cohort.folder / "course/feedback" / place.stem / exercise.slug)
    return pages


def _put_deck_beside(cohort: Cohort, slug: str, folder: Path) -> None:
    """Link the released deck into `folder`, where a page's links to its slides look for it."""
    deck = cohort.folder / "publish" / f"students-{cohort.name}" / "slides" / f"{slug}.html"
    target = folder / "slides" / deck.name
    if not deck.is_file() or (target.exists() and target.samefile(deck)):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        target.hardlink_to(deck)
    except OSError:  # another file system
        shutil.copyfile(deck, target)


@stage("summary page")
def write_summary(cohort: Cohort, exercise: Exercise) -> Path:
    """Write the instructor's summary of one exercise; return its path."""
    from autograder.gradebook.reading import entries
    from autograder.gradebook.scores import settle_penalties

    settle_penalties(cohort, exercise.slug)
    reports = list(read_reports(cohort, exercise.slug).values())
    page = render_summary(reports, exercise, cohort, entries(cohort, exercise.slug))
    return write_whole(cohort.folder / "summary" / f"{exercise.slug}.html", page)


def read_reports(cohort: Cohort, slug: str) -> dict[str, Report]:
    """Return the stored reports of one exercise by student id, sorted."""
    folder = cohort.folder / "reports" / slug
    return {report.student: report for report in map(read_report, sorted(folder.glob("*.json")))}
