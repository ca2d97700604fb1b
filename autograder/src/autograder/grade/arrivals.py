"""What lies in a cohort's folder of submissions, seen without opening any file: cheap enough to look every moment."""

from __future__ import annotations

import contextlib
import os
import stat
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from autograder.grade.collect import SKIPPED_FOLDERS, is_utf8
from autograder.grade.text import one_line
from autograder.manifest import Cohort
from autograder.roster import can_be_kept, cannot_be_kept

__all__ = [
    "Arrival",
    "Stamp",
    "arrivals",
    "astray",
    "closed_folders",
    "is_closed",
    "is_gone",
    "notebook_in",
    "overlooked",
    "overlooked_of",
    "strange_names",
    "where_it_lies",
]

ENTRIES = 300
"""Looked at of one submission: who hands in more files tells apart only what these say."""
NAMES = 5000
"""Of files, among which the only notebook is looked for."""
NAMED = 5
"""Things in one student's folder that staff are told by name."""
MORE = "…"
DEPTH = 4

Line = tuple[str, int, int, int, int]
Stamp = tuple[Line, ...]


@dataclass(frozen=True)
class Arrival:
    """One student's submission of one exercise, as the file system tells of it."""

    slug: str
    student: str
    folder: Path
    stamp: Stamp
    """Path, size, times and inode of each file: another stamp means that something was written."""
    moment: float
    """When the last of its files was written here, in seconds since 1970."""

    @property
    def notebook(self) -> Path:
        """Where the notebook lies or should lie."""
        return notebook_in(self.folder, self.slug)


def notebook_in(folder: Path, slug: str) -> Path:
    """Return the notebook of a submission: the one of the exercise's name, or the only one there is.

    Whether it can be read is not asked: of a folder that may not be entered, that is said when it is collected. A name
    that is no text is passed over: no message could hold it.
    """
    expected = folder / f"{slug}.ipynb"
    with contextlib.suppress(OSError):
        if expected.exists():
            return expected
    named = (Path(one.path) for one in _entries(folder, NAMES) if one.name.endswith(".ipynb") and is_utf8(one.name))
    others = list(islice(named, 2))
    return others[0] if len(others) == 1 else expected


def arrivals(cohort: Cohort, slugs: Collection[str]) -> dict[tuple[str, str], Arrival]:
    """Return what lies at submitted/STUDENT/SLUG/ for each of `slugs`, by (slug, student).

    Links are not followed; a folder without any file of the student's is no submission yet, and one that may not be
    entered is one, since its student must be told. Left out is whose name cannot be kept: `strange_names` has them.
    """
    found = {}
    top = cohort.hand_ins
    for student in _folders(top):
        for slug, place in _places(student.path, slugs) if can_be_kept(student.name) else ():
            stamp = tuple(sorted(_stamps(place, f"{slug}.ipynb"))) or _closed(place)
            written = [line for line in stamp if line[0] != "timestamp.txt"]
            if written:
                moment = max(line[3] for line in written) / 1e9
                found[slug, student.name] = Arrival(slug, student.name, Path(place), stamp, moment)
    return found


def strange_names(cohort: Cohort) -> list[str]:
    """Return the folders of students under whose names nothing can be kept."""
    return sorted(one.name for one in _folders(cohort.hand_ins) if not can_be_kept(one.name))


def closed_folders(cohort: Cohort) -> list[Path]:
    """Return the students' folders that may not be entered or listed: what they handed in cannot be known."""
    return sorted(Path(one.path) for one in _folders(cohort.hand_ins) if not os.access(one.path, os.R_OK | os.X_OK))


def is_closed(folder: Path) -> str:
    """Return the sentence for staff on one of `closed_folders`."""
    return f"{one_line(str(folder))} may not be entered, so nothing in it is graded: `chmod u+rwx` it"


def is_gone(folder: Path) -> bool:
    """Return whether there is no such folder; one in a place that may not be entered is there for all we know."""
    try:
        return not folder.is_dir()
    except OSError:
        return False


def astray(cohort: Cohort) -> list[str]:
    """Return what lies among the submissions where nobody looks, below that folder: its student would have nothing.

    That is a link, a notebook beside the students' folders or beside those of the exercises, and one in a folder that
    has the name of no exercise which was released or has dates. Of each student a few are named, then STUDENT/MORE.
    """
    slugs = {*cohort.assignments, *(folder.name for folder in _folders(cohort.nbgrader_course / "release"))}
    found = []
    for entry in _entries(cohort.hand_ins):
        if entry.is_symlink() or _is_notebook(entry):
            found.append(entry.name)
        elif entry.is_dir(follow_symlinks=False):
            names = sorted(filter(is_utf8, _astray_in(entry, slugs)))
            found += [*names[:NAMED], f"{entry.name}/{MORE}"] if len(names) > NAMED else names
    return sorted(filter(is_utf8, found))


def _astray_in(student: os.DirEntry[str], slugs: Collection[str]) -> Iterator[str]:
    room = ENTRIES
    for inner in _entries(student.path, ENTRIES):
        if inner.name in SKIPPED_FOLDERS:
            continue
        here = f"{student.name}/{inner.name}"
        if _is_notebook(inner) or (inner.name in slugs and inner.is_symlink()):
            yield here
        elif inner.name not in slugs and inner.is_dir(follow_symlinks=False):
            for one in _entries(inner.path, room):
                room -= 1
                if _is_notebook(one):
                    yield f"{here}/{one.name}"


def where_it_lies(name: str) -> str:
    """Return the sentence for staff on one of `astray`."""
    rule = "a submission is a notebook at submitted/STUDENT/EXERCISE/, no link"
    student, _, more = name.partition("/")
    if more == MORE:
        return f"submitted/{one_line(student)} holds more that is not looked at: {rule}"
    return f"submitted/{one_line(name)} is not looked at: {rule}"


def overlooked(cohort: Cohort) -> list[str]:
    """Return a sentence for staff on what lies among the submissions and nobody grades."""
    return [sentence for sentences in overlooked_of(cohort).values() for sentence in sentences]


def overlooked_of(cohort: Cohort) -> dict[str, list[str]]:
    """Return what `overlooked` does, by the name of the student or of what lies in a student's place."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in strange_names(cohort):
        found[name].append(cannot_be_kept(name))
    for folder in closed_folders(cohort):
        found[folder.name].append(is_closed(folder))
    for name in astray(cohort):
        found[name.partition("/")[0]].append(where_it_lies(name))
    return found


def _is_notebook(entry: os.DirEntry[str]) -> bool:
    return entry.name.endswith(".ipynb") and not entry.name.startswith(".") and entry.is_file(follow_symlinks=False)


def _entries(path: str | Path, most: int | None = None) -> Iterator[os.DirEntry[str]]:
    """Yield what lies in a folder, up to `most` where a student fills it; nothing where it cannot be listed."""
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        yield from islice(entries, most)


def _places(student: str, slugs: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield slug and path of each exercise's folder, however much else lies in the student's."""
    entries = list(_entries(student, ENTRIES))
    if len(entries) < ENTRIES:
        yield from ((one.name, one.path) for one in entries if one.name in slugs and one.is_dir(follow_symlinks=False))
        return
    for slug in slugs:
        place = f"{student}/{slug}"
        with contextlib.suppress(OSError):
            if stat.S_ISDIR(os.lstat(place).st_mode):
                yield slug, place


def _folders(path: str | Path) -> Iterator[os.DirEntry[str]]:
    yield from (entry for entry in _entries(path) if entry.is_dir(follow_symlinks=False))


def _closed(place: str) -> Stamp:
    """Return a stamp of the folder itself where it may not be entered, else an empty one."""
    if os.access(place, os.R_OK | os.X_OK):
        return ()
    with contextlib.suppress(OSError):
        status = os.lstat(place)
        return ((".", 0, status.st_mtime_ns, status.st_ctime_ns, status.st_ino),)
    return ()


def _stamps(top: str, notebook: str) -> Iterator[Line]:
    """Yield a line for each of the first files, and for `notebook` where that is not among them."""
    lines = list(_first(top))
    yield from lines
    if lines and all(line[0] != notebook for line in lines):
        with contextlib.suppress(OSError):
            yield _line(notebook, Path(top, notebook).lstat())


def _first(top: str) -> Iterator[Line]:
    waiting, room = [(top, 0)], ENTRIES
    while waiting and room > 0:
        folder, depth = waiting.pop()
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                room -= 1
                if room < 0:
                    break
                if entry.name in SKIPPED_FOLDERS:
                    continue
                with contextlib.suppress(OSError):  # taken away while we look
                    status = entry.stat(follow_symlinks=False)
                    if not stat.S_ISDIR(status.st_mode):
                        name = entry.path[len(top) + 1 :]
                        yield _line(name, status)
                    elif depth < DEPTH:
                        waiting.append((entry.path, depth + 1))


def _line(name: str, status: os.stat_result) -> Line:
    return name, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
