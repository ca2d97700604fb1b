"""The roster: `students.csv` in the cohort's folder, with the columns id, first_name, last_name, email."""

from __future__ import annotations

import unicodedata

import msgspec

from autograder.errors import UserError
from autograder.manifest import Cohort
from autograder.plain import visible
from autograder.rows import read_rows

__all__ = ["Student", "can_be_kept", "cannot_be_kept", "read_roster"]

COLUMNS = ("id", "first_name", "last_name", "email")
LONGEST = 128
"""Characters that the gradebook has room for."""
LONGEST_NAME = 200
"""Bytes; files and folders are named by an id, with a few more."""
FORBIDDEN = frozenset("/\\*?[]+:<>|\"'&%#")
"""Characters that a folder's name, nbgrader's globs or an address would read as something else."""


class Student(msgspec.Struct, frozen=True):
    """One row of the roster; the id names the student's folders and is unique."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""


def can_be_kept(student: str) -> bool:
    """Return whether `student` can name files and a row: up to 128 characters of Unicode in 200 bytes, however odd."""
    if not 1 <= len(student) <= LONGEST or student in {".", ".."} or "/" in student:
        return False
    odd = {unicodedata.category(letter) for letter in student} & {"Cc", "Cs"}
    return not odd and len(student.encode()) <= LONGEST_NAME


def cannot_be_kept(student: str) -> str:
    """Return what to tell staff of one who handed in under a name for which there is no room."""
    return f"{student!a} cannot be entered under this name: rename the folder in submitted/"


def read_roster(cohort: Cohort) -> list[Student]:
    """Return the cohort's students in the roster's order; raises UserError with the line that is wrong."""
    path = cohort.folder / "students.csv"
    students = [_student(row, place) for place, row in read_rows(path, COLUMNS, needed=["id"])]
    _refuse_twins(students, str(path))
    return students


def _student(row: dict[str, str], place: str) -> Student:
    identity, *others = (row[column] for column in COLUMNS)
    # Names come from where students choose them: they are kept readable, in nbgrader's pages too.
    student = Student(identity, *(visible(text)[:LONGEST] for text in others))
    if not can_be_kept(student.id) or student.id.startswith(".") or set(student.id) & FORBIDDEN:
        raise UserError(f"{place}: {student.id!r} cannot be an id: use letters, digits, spaces, - _ . @")
    return student


def _refuse_twins(students: list[Student], path: str) -> None:
    seen: set[str] = set()
    for student in students:
        # Two ids that differ in case or in composed accents only would share a folder on some disks.
        key = unicodedata.normalize("NFC", student.id).casefold()
        if key in seen:
            raise UserError(f"{path}: the id {student.id!r} stands there twice; each student needs one of their own")
        seen.add(key)
