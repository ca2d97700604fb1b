"""Derive every number of the gradebook again from the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from autograder.errors import UserError
from autograder.grade.deadline import date_beside
from autograder.grade.ledger import Head, Line, read_ledger
from autograder.grade.lock import holder
from autograder.grade.report import CENT, outcome_of, read_report
from autograder.grade.seeds import cohort_secret
from autograder.manifest import EXTENSIONS, Cohort, Repository

if TYPE_CHECKING:
    from autograder.gradebook.audit import Book
    from autograder.gradebook.sheet import Sheet, Submission

__all__ = ["Verification", "verify"]


@dataclass(frozen=True)
class Verification:
    """What the ledger says about the gradebook."""

    lines: int
    differences: list[str]
    """Numbers that do not follow from the ledger, a sentence each."""
    by_hand: list[str]
    """Numbers that a person entered, a sentence each: the ledger cannot know them."""


def verify(cohort: Cohort) -> Verification:
    """Derive points, maxima and late penalties of all exercises again, and name what belongs to no exercise.

    An assignment that a person made beside the course is told as theirs, with the grades that they entered; points of
    the machine in it are a difference.

    Raises UserError naming the first line of the ledger that was changed, taken out or put in, and where differences
    may be there only because somebody grades at this moment.
    """
    found = _derived(cohort)
    if not found.differences:
        return found
    who = holder(cohort)
    if who is not None:
        raise UserError(
            f"cohort {cohort.name} is being graded by {who}, and until that has ended the gradebook is behind the "
            f"ledger: verify again then (so far: {found.differences[0]})"
        )
    return _derived(cohort)  # of whoever graded while we looked


def _derived(cohort: Cohort) -> Verification:
    from autograder.gradebook.audit import read_book

    # looking must not make one
    sealed = (cohort.folder / "secret").exists() or cohort.ledger.exists()
    secret = cohort_secret(cohort.folder) if sealed else b""
    lines = list(read_ledger(cohort.ledger, secret))
    last = {(line.exercise, line.student): line for line in lines}
    exercises = {*cohort.assignments, *Repository.find(cohort.folder).slugs(), *(slug for slug, _ in last)}
    book = read_book(cohort, exercises)
    found = [*_head(book, lines, secret)]
    by_hand: list[str] = []
    for sheet in book.sheets:
        found += _sheet(sheet, last, cohort)
        by_hand += _by_hand(sheet, cohort)
    for stray in book.strays:
        (by_hand if stray.by_hand else found).append(stray.sentence)
    slugs = {sheet.slug for sheet in book.sheets}
    found += [f"{slug}: the ledger has gradings, the gradebook has no such exercise" for slug in _others(last, slugs)]
    found += _reports(cohort.folder / "reports", last)
    return Verification(len(lines), found, by_hand)


def _others(last: dict[tuple[str, str], Line], slugs: set[str]) -> list[str]:
    return sorted({slug for slug, _ in last} - slugs)


def _head(book: Book, lines: list[Line], secret: bytes) -> Iterator[str]:
    """Look whether the gradebook was written after lines that the ledger has no more."""
    if not book.head:
        if any(line.outcome for line in lines):
            yield "the gradebook does not say which line of the ledger it was written after: grade once more"
        return
    try:
        head = msgspec.json.decode(book.head, type=Head)
    except msgspec.DecodeError:
        head = None
    if head is None or head.sealed(secret) != head:
        yield "what the gradebook says of the ledger was tampered with"
    elif head.lines > len(lines):
        yield f"the gradebook was written after line {head.lines}, line {len(lines) + 1} is missing: lines were cut off"
    elif head.lines and lines[head.lines - 1].mac != head.last:
        yield f"the gradebook was written after another line {head.lines} than the ledger has: one of them was replaced"


def _sheet(sheet: Sheet, last: dict[tuple[str, str], Line], cohort: Cohort) -> Iterator[str]:
    lines = {student: line for (slug, student), line in sorted(last.items()) if slug == sheet.slug}
    release = f"`make release COHORT={cohort.name} EXERCISE={sheet.slug}`"
    yield from _maxima(sheet, lines, release)
    due = cohort.due(sheet.slug)
    due = due.replace(tzinfo=None) if due else None
    if due and due != sheet.due:
        yield (
            f"{sheet.slug}: the deadline is {sheet.due} in the gradebook, {due} (UTC) in cohort.toml: "
            f"{release} brings it in"
        )
    for student, line in lines.items():
        submission = sheet.submissions.get(student)
        if submission is None or not submission.notebook_id:
            yield (
                f"{sheet.slug}: the ledger has a grading of {student}, the gradebook has none: "
                f"`make grade` enters it, with the submission in its place"
            )
        else:
            yield from (f"{sheet.slug}: {student}, {what}" for what in _submission(sheet, submission, line, cohort))
    yield from _above(sheet)
    for student, submission in sorted(sheet.submissions.items()):
        if student not in lines and (
            submission.score or submission.penalty or any(row.auto_score for row in submission.grades.values())
        ):
            yield f"{sheet.slug}: the gradebook has points of {student}, the ledger no grading"


def _maxima(sheet: Sheet, lines: dict[str, Line], release: str) -> Iterator[str]:
    said = {(part, points): student for student, line in lines.items() for part, points in line.max_points.items()}
    for (part, points), student in said.items():
        booked = sheet.cells[part].max_score if part in sheet.cells else None
        if booked is None or abs(booked - points) > CENT:
            yield (
                f"{sheet.slug}: {part} is worth {booked} in the gradebook, and {points:g} when {student} was graded: "
                f"{release} brings a part's worth into the gradebook, `make regrade` into the grades"
            )


def _above(sheet: Sheet) -> Iterator[str]:
    from autograder.gradebook.cells import above_its_worth

    for student, submission in sorted(sheet.submissions.items()):
        for part, row in sorted(submission.grades.items()):
            worth = sheet.cells[part].max_score
            if row.is_above(worth):
                yield f"{sheet.slug}: {student}, {above_its_worth(part, row, worth)}"


def _submission(sheet: Sheet, submission: Submission, line: Line, cohort: Cohort) -> Iterator[str]:
    for part in sorted({*line.parts, *submission.grades}):
        row = submission.grades.get(part)
        booked = row.auto_score if row else None
        if part in line.parts:
            if booked is None or abs(booked - line.parts[part]) > CENT:
                yield f"{part}: the gradebook says {booked}, the ledger {line.parts[part]:g}"
        elif booked:  # the machine gives nothing for a written part, or 0 where it was left empty
            yield f"{part}: the gradebook says {booked:g}, the ledger has no points of the machine for it"
    if line.outcome:
        booked_time = submission.timestamp.isoformat() if submission.timestamp else ""
        if booked_time != line.submitted:
            told = line.submitted or "at no time"
            yield f"handed in: {booked_time or 'at no time'} by the gradebook, {told} by the ledger"
    derived = copy(submission)
    sheet.settle(derived, cohort)
    if submission.extension != derived.extension:
        yield (
            f"more time: {_time(submission.extension)} by the gradebook, {_time(derived.extension)} by extensions.csv: "
            f"`autograder feedback` brings it into the gradebook"
        )
    if abs((submission.penalty or 0.0) - (derived.penalty or 0.0)) > CENT:
        yield (
            f"late penalty: the gradebook says {submission.penalty or 0:g}, it follows {derived.penalty or 0:g} "
            f"(after grading by hand `autograder feedback` derives it again)"
        )


def _time(extension: dt.timedelta | None) -> str:
    return str(extension) if extension else "none"


def _by_hand(sheet: Sheet, cohort: Cohort) -> Iterator[str]:
    if sheet.due and cohort.due(sheet.slug) is None:
        yield date_beside(cohort, sheet.slug, sheet.due)
    for student, submission in sorted(sheet.submissions.items()):
        if submission.extension:
            named = (sheet.slug, student) in cohort.extensions
            back = "" if named else f" ({EXTENSIONS} does not name it; to take it back, write everybody's date there)"
            yield f"{sheet.slug}: {student}, {_time(submission.extension)} more time{back}"
        for part, row in sorted(submission.grades.items()):
            if row.manual_score is not None:
                yield f"{sheet.slug}: {student}, {part}: {row.manual_score:g}"
            if row.extra_credit:
                yield f"{sheet.slug}: {student}, {part}: extra credit {row.extra_credit:g}"


def _reports(folder: Path, last: dict[tuple[str, str], Line]) -> Iterator[str]:
    """Look whether the stored reports, from which pages and regrades are made, are those that the ledger tells of."""
    for path in sorted(folder.glob("*/*.json")):
        slug, student = path.parent.name, path.stem
        line = last.get((slug, student))
        try:
            report = read_report(path)
        except UserError as error:
            yield f"{slug}: {error}"
            continue
        if line is None:
            yield f"{slug}: there is a report of {student}, the ledger has no grading"
        elif line.outcome and (report.unit, outcome_of(report)) != (line.unit, line.outcome):
            yield f"{slug}: the report of {student} is not the one that the ledger tells of: grade again"
