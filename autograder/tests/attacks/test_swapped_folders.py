"""A student who can still write to the hand-in folder swaps a folder for a link while the submission is taken in."""

from __future__ import annotations

import ctypes
import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from autograder.grade.collect import Refused, collect

SLUG = "01_numbers"
NOTEBOOK = f"{SLUG}.ipynb"
CANARY = "a canary that is nobody else's"
COLLECTS = 300
HERE, EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE."""
PLACES = ("student", "exercise", "inner")


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    """Submissions of ada, whose work holds the canary, and of mallory; the cohort's secret lies above them."""
    (tmp_path / "secret").write_text(CANARY)
    top = tmp_path / "course" / "submitted"
    for student, text in (("ada", CANARY), ("mallory", "x = 1")):
        folder = top / student / SLUG / "data"
        folder.mkdir(parents=True)
        cell = {"cell_type": "code", "metadata": {}, "source": text}
        for place in (folder, folder.parent):
            (place / NOTEBOOK).write_text(json.dumps({"cells": [cell]}))
            (place / "notes.txt").write_text(text)
            (place / "secret").write_text(text)
    return top


def swapped(submitted: Path, place: str) -> tuple[Path, Path]:
    """Return a folder of mallory's and the link that takes its place."""
    folder = {"student": submitted / "mallory", "exercise": submitted / "mallory" / SLUG}
    folder["inner"] = folder["exercise"] / "data"
    target = {"student": submitted / "ada", "exercise": submitted / "ada" / SLUG, "inner": submitted.parents[1]}
    link = folder[place].with_name("swap")
    link.symlink_to(target[place])
    return folder[place], link


def exchange(one: Path, other: Path) -> None:
    """Let two names change places at once."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.renameat2(HERE, bytes(one), HERE, bytes(other), EXCHANGE):
        raise OSError(ctypes.get_errno(), "two names cannot be exchanged here")


@contextmanager
def flipping(one: Path, other: Path) -> Iterator[None]:
    """Exchange two names without rest, in a process that has a core of its own where there is one."""
    try:
        exchange(one, other)
    except (OSError, AttributeError) as error:
        pytest.skip(str(error))
    pid = os.fork()
    if pid == 0:
        try:
            with suppress(OSError):
                os.sched_setaffinity(0, range(os.cpu_count() or 1))
            while True:
                exchange(one, other)
        finally:
            os._exit(1)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def taken(submitted: Path) -> str:
    """Return all that a collect of mallory's submission takes in, as text; empty where it is refused."""
    try:
        submission = collect(submitted / "mallory" / SLUG / NOTEBOOK, "mallory")
    except Refused:
        return ""
    return f"{submission.cells} {submission.files}"


@pytest.mark.parametrize("place", PLACES)
def test_a_folder_that_flips_shows_nothing_of_others(place: str, submitted: Path) -> None:
    """However often it becomes a link meanwhile, only the student's own files are taken in."""
    with flipping(*swapped(submitted, place)):
        took = [taken(submitted) for _ in range(COLLECTS)]
    assert sum(CANARY in one for one in took) == 0


@pytest.mark.parametrize("place", PLACES)
def test_a_swap_at_any_moment_shows_nothing_of_others(
    place: str, submitted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder becomes a link before the first look at the files, or before the second, and so on to the last."""
    folder, link = swapped(submitted, place)
    calls = 0

    def swapping(do: Callable[..., Any], at: int) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == at:
                folder.rename(folder.with_name("away"))
                link.rename(folder)
            return do(*args, **options)

        return call

    for at in range(1, 200):
        calls = 0
        with monkeypatch.context() as patch:
            for name in ("open", "scandir", "stat", "lstat"):
                patch.setattr(os, name, swapping(getattr(os, name), at))
            took = taken(submitted)
        assert CANARY not in took, at
        if calls < at:
            return
        folder.rename(link)
        folder.with_name("away").rename(folder)
    pytest.fail("a submission of a few files took 200 looks")


def test_a_link_above_the_submissions_is_followed(submitted: Path, tmp_path: Path) -> None:
    """Where the course lies is for staff to choose, and so is where a notebook of a single look lies."""
    course = tmp_path / "elsewhere"
    course.symlink_to(tmp_path / "course")
    assert "x = 1" in taken(course / "submitted")
    single = tmp_path / "single"
    single.symlink_to(submitted / "mallory" / SLUG)
    assert set(collect(single / NOTEBOOK, "mallory").files) == {"notes.txt", "secret", "data/notes.txt", "data/secret"}
