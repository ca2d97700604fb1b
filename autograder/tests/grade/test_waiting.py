"""Whom a watcher grades next: what is complete, not seen in this form, and not under way."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from autograder.grade.arrivals import ENTRIES, Arrival, arrivals, notebook_in, strange_names
from autograder.grade.collect import NOTEBOOK_BYTES
from autograder.grade.report import Finding, PartReport, Report, Verdict
from autograder.grade.screen import Screen, result_line, seconds_text
from autograder.grade.waiting import ASIDE_SECONDS, PATIENCE_SECONDS, SETTLED_SECONDS, Waiting
from autograder.manifest import Cohort

SLUG = "01_numbers"


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """Return what it shows."""
        return self.now


class Desk:
    """A folder of submissions and the queue that looks at it."""

    def __init__(self, folder: Path) -> None:
        self.cohort = Cohort("Tiny", name="tiny", folder=folder)
        self.clock = Clock()
        self.waiting = Waiting(self.clock)

    def hand_in(self, student: str, text: str = '{"cells": []}') -> Path:
        """Write a notebook."""
        path = self.cohort.folder / "course" / "submitted" / student / SLUG / f"{SLUG}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def look(self, after: float = 0.0) -> Arrival | None:
        """Let time pass, look, and return who is next."""
        self.clock.now += after
        # written in the future, so that only the queue's own clock says how long a file has been quiet
        found = arrivals(self.cohort, [SLUG])
        self.waiting.look({key: replace(one, moment=time.time() + 1e6) for key, one in found.items()})
        return self.waiting.next()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_among_hundreds_of_files_the_notebook_is_seen(desk: Desk) -> None:
    """What is looked at of one submission is bounded, and its notebook is always among it."""
    notebook = desk.hand_in("ada")
    for number in range(ENTRIES + 400):
        (notebook.parent / f"frame{number:04}.png").write_bytes(b"")
    (before,) = arrivals(desk.cohort, [SLUG]).values()
    assert len(before.stamp) <= ENTRIES + 1
    notebook.write_text('{"cells": [1]}')
    (after,) = arrivals(desk.cohort, [SLUG]).values()
    assert after.stamp != before.stamp


def test_among_hundreds_of_folders_the_exercise_is_seen(desk: Desk) -> None:
    """However much lies beside the exercises, what was handed in has arrived; a link in its place has not."""
    top = desk.cohort.hand_ins
    for student in ("ada", "mallory"):
        for number in range(ENTRIES + 400):
            (top / student / f"{number}").mkdir(parents=True)
    notebook = desk.hand_in("ada")
    (top / "mallory" / SLUG).symlink_to(notebook.parent)
    assert {key: one.notebook for key, one in arrivals(desk.cohort, [SLUG]).items()} == {(SLUG, "ada"): notebook}


def test_among_hundreds_of_files_the_only_notebook_is_found(desk: Desk) -> None:
    """Under whatever name; of several none is chosen, however many there are."""
    notebook = desk.hand_in("ada")
    for number in range(ENTRIES + 400):
        (notebook.parent / f"{number}.txt").write_text("")
    other = notebook.rename(notebook.with_name("mine.ipynb"))
    assert notebook_in(notebook.parent, SLUG) == other
    (notebook.parent / "second.ipynb").write_text("{}")
    assert notebook_in(notebook.parent, SLUG) == notebook


def test_names_that_are_no_text(desk: Desk) -> None:
    """A folder of a student is left out and named, a notebook is none: what is told of them must be writable."""
    strange = os.fsdecode(b"\xfcmit")
    desk.hand_in(strange)
    path = desk.hand_in("zoe")
    path.rename(path.with_name(os.fsdecode(b"Aufgabe_\xfc.ipynb")))
    found = arrivals(desk.cohort, [SLUG])
    assert list(found) == [(SLUG, "zoe")]
    assert found[SLUG, "zoe"].notebook == path
    assert strange_names(desk.cohort) == [strange]


def test_a_file_is_complete_when_it_is_quiet_and_parses(desk: Desk) -> None:
    """Not before; every write begins the wait anew."""
    path = desk.hand_in("ada")
    assert desk.look() is None
    assert desk.look(SETTLED_SECONDS / 2) is None
    path.write_text('{"cells": [1]}')
    assert desk.look(SETTLED_SECONDS / 2 + 0.01) is None
    arrival = desk.look(SETTLED_SECONDS)
    assert arrival is not None
    assert (arrival.student, arrival.notebook) == ("ada", path)


def test_half_a_notebook_is_waited_for_but_not_for_ever(desk: Desk) -> None:
    """It does not parse: after a while that is what was handed in."""
    desk.hand_in("ada", '{"cells": [')
    assert desk.look() is None
    assert desk.look(SETTLED_SECONDS * 2) is None
    assert desk.look(PATIENCE_SECONDS) is not None


def test_a_notebook_that_is_not_there_yet_is_waited_for(desk: Desk) -> None:
    """Its side files came first."""
    path = desk.hand_in("ada")
    path.rename(path.with_name("data.txt"))
    assert desk.look() is None
    assert desk.look(SETTLED_SECONDS * 2) is None
    assert desk.look(PATIENCE_SECONDS) is not None


def test_an_exercise_that_was_set_aside_is_tried_again(desk: Desk) -> None:
    """Its submissions wait as before, and nobody is next until then."""
    desk.hand_in("ada")
    desk.look()
    desk.waiting.set_aside(SLUG)
    assert desk.look(SETTLED_SECONDS * 2) is None
    assert desk.waiting.keys == [(SLUG, "ada")]
    assert desk.look(ASIDE_SECONDS) is not None


@contextmanager
def without_blocking() -> Iterator[None]:
    """Fail where the block waits for something that never comes."""

    def fail(*_: object) -> None:
        raise AssertionError("the watcher hangs")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(60)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("kind", ["fifo", "link", "folder", "large", "values", "deep", "no cells"])
def test_what_is_refused_is_neither_opened_nor_parsed_nor_waited_for(
    kind: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A watcher reads with the caps and the care of whoever collects: it cannot be held up, and the student is told."""
    path = desk.hand_in("eve", "{}" if kind == "no cells" else "")
    if kind in {"fifo", "link", "folder"}:
        path.unlink()
        (path.parent / "data.txt").write_text("a file of hers")
        made: dict[str, Callable[[Path], None]] = {
            "fifo": os.mkfifo,
            "folder": os.mkdir,
            "link": partial(os.symlink, "/dev/zero"),
        }
        made[kind](path)
    if kind == "large":
        os.truncate(path, NOTEBOOK_BYTES + 1)
    if kind in {"values", "deep"}:
        path.write_text("[" + "{}," * 1_000_001 + "{}]" if kind == "values" else "[" * 1_000_001)
    if kind != "no cells":
        monkeypatch.setattr(json, "loads", None)
    with without_blocking():
        assert desk.look() is None
        arrival = desk.look(SETTLED_SECONDS * 2)
    assert arrival is not None
    assert arrival.student == "eve"


def test_what_was_looked_at_is_passed_over_until_it_changes(desk: Desk) -> None:
    """Done means done in this form; `again` asks once more, and a removed submission is forgotten."""
    desk.hand_in("ada")
    desk.look()
    arrival = desk.look(SETTLED_SECONDS)
    assert arrival is not None
    desk.waiting.begin(arrival)
    assert desk.look() is None
    desk.waiting.end((SLUG, "ada"), done=True)
    assert desk.look(1) is None
    desk.waiting.again(SLUG)
    assert desk.look() is not None
    desk.waiting.pass_over(arrival)
    path = desk.hand_in("ada", '{"cells": [2]}')
    desk.look()
    assert desk.look(SETTLED_SECONDS) is not None
    path.unlink()
    assert desk.look() is None
    assert desk.waiting.keys == []


def test_a_hand_in_during_the_own_grading_waits_for_its_end(desk: Desk) -> None:
    """Nobody is graded twice at once, and the new one is not lost."""
    desk.hand_in("ada")
    desk.look()
    arrival = desk.look(SETTLED_SECONDS)
    assert arrival is not None
    desk.waiting.begin(arrival)
    desk.hand_in("ada", '{"cells": [2]}')
    desk.look()
    assert desk.look(SETTLED_SECONDS) is None
    desk.waiting.end((SLUG, "ada"), done=True)
    later = desk.look()
    assert later is not None
    assert later.stamp != arrival.stamp


def test_first_come_first_served(tmp_path: Path) -> None:
    """By the time of arrival, whatever the names are; one that is half there holds up nobody."""
    waiting, folder = Waiting(), tmp_path / SLUG
    folder.mkdir()
    (folder / f"{SLUG}.ipynb").write_text(json.dumps({"cells": []}))
    half = tmp_path / "half"
    half.mkdir()
    (half / f"{SLUG}.ipynb").write_text("{")
    found = [Arrival(SLUG, name, folder, ((name, 1, 1, 1, 1),), moment) for name, moment in (("a", 30.0), ("z", 20.0))]
    found.append(Arrival(SLUG, "half", half, (("half", 1, 1, 1, 1),), 10.0))
    waiting.look({(one.slug, one.student): one for one in found})
    assert [student for _, student in waiting.keys] == ["half", "z", "a"]
    first = waiting.next()
    assert first is not None
    assert first.student == "z"


def test_one_student_has_one_slot(tmp_path: Path) -> None:
    """Who hands in everything at once, and sleeps in it, holds up nobody else."""
    waiting, found = Waiting(), []
    for number, (slug, student) in enumerate([("01", "many"), ("02", "many"), ("01", "ada")]):
        folder = tmp_path / student / slug
        folder.mkdir(parents=True)
        (folder / f"{slug}.ipynb").write_text(json.dumps({"cells": []}))
        found.append(Arrival(slug, student, folder, ((slug, 1, 1, 1, 1),), float(number)))
    waiting.look({(one.slug, one.student): one for one in found})
    begun = []
    while (arrival := waiting.next()) is not None:
        waiting.begin(arrival)
        begun.append((arrival.slug, arrival.student))
    assert begun == [("01", "many"), ("01", "ada")]
    waiting.end(("01", "many"), done=True)
    assert waiting.next() == found[1]


def test_the_only_notebook_counts_whatever_it_is_called(desk: Desk) -> None:
    """As when a cohort is graded at once; of two that are named otherwise none does."""
    path = desk.hand_in("ada")
    other = path.rename(path.with_name("Untitled.ipynb"))
    desk.look()
    arrival = desk.look(SETTLED_SECONDS)
    assert arrival is not None
    assert arrival.notebook == other
    (other.parent / "Untitled1.ipynb").write_text("{}")
    assert arrival.notebook == path


def test_time_that_a_student_waited_is_said_as_people_say_it() -> None:
    """Seconds, minutes, hours, days."""
    said = [seconds_text(seconds) for seconds in (1.24, 99.0, 130.0, 7300.0, 200_000.0)]
    assert said == ["1.2 s", "99.0 s", "2 min", "2 h", "2 days"]


def test_no_name_and_no_reason_can_write_on_the_terminal() -> None:
    """A folder's name with a terminal code or a new line stays one line of text."""
    part = PartReport("p", "P", "core", 0.0, 1.0, [Finding("c", "p", "t", 1.0, Verdict.REFUSED, "bad\x1b[2J\nname")])
    line = result_line(Report(SLUG, "eve\x1b[31m\n23:59:59  ada", "u", "final", [part]), 1.0, "tiny")
    assert "\x1b" not in line
    assert "\n" not in line
    assert "refused: bad" in line


class Terminal(io.StringIO):
    """A stream that says that somebody is looking."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def test_the_status_stays_below_on_a_terminal_and_out_of_a_file() -> None:
    """On a terminal it is wiped before each line; a log has lines alone."""
    terminal, log = Terminal(), io.StringIO()
    for stream in (terminal, log):
        screen = Screen(stream)
        screen.status("2 waiting")
        screen.say("ada")
        screen.end()
    assert terminal.getvalue().count("\r\x1b[K") == 3
    assert terminal.getvalue().endswith("2 waiting\r\x1b[K")
    assert log.getvalue().count(os.linesep) == 1
    assert "waiting" not in log.getvalue()


class Full(io.StringIO):
    """A log on a disk without room."""

    def flush(self) -> None:
        """Say so."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_log_that_cannot_be_written_ends_nothing() -> None:
    """Who grades and who enters goes on; what was to be said is lost, or written once there is room."""
    screen = Screen(Full())
    screen.say("ada")
    screen.say("emil")


def test_what_was_not_there_when_its_grading_ended_is_looked_at_again(tmp_path: Path) -> None:
    """A folder that is closed meanwhile, and opened again as it was, waits: nobody has had its report."""
    desk = Desk(tmp_path)
    path = desk.hand_in("ada")
    desk.look()
    arrival = desk.look(SETTLED_SECONDS)
    assert arrival is not None
    desk.waiting.begin(arrival)
    path.parent.rename(tmp_path / "elsewhere")
    desk.look()
    desk.waiting.end((SLUG, "ada"), done=True)
    desk.look()
    (tmp_path / "elsewhere").rename(path.parent)
    desk.look()
    assert desk.look(SETTLED_SECONDS) is not None
