"""The ledger: every finding a line, every line bound to the one before, a head bound to the last."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.grade.ledger import Ledger, read_ledger
from autograder.grade.report import Finding, PartReport, Report, Verdict

SECRET = b"s" * 32


def report(student: str, points: float = 1.0, purpose: str = "final", unit: str = "unit") -> Report:
    finding = Finding("test_rows", "softmax", "Rows sum to one", 1.0, Verdict.WRONG)
    return Report("01_arena", student, unit, purpose, [PartReport("softmax", "Softmax", "core", points, 4, [finding])])


def append(path: Path, reports: list[Report]) -> None:
    with Ledger(path, SECRET) as opened:
        for one in reports:
            opened.append(one)


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "cohort" / "ledger.jsonl"
    append(path, [report("anna"), report("bob", 2.0)])
    append(path, [report("anna", 3.0)])
    return path


def test_what_is_kept(ledger: Path) -> None:
    """Who, what for, how many points of how many, in the order of grading."""
    lines = list(read_ledger(ledger, SECRET))
    assert [(line.student, line.points, line.parts, line.max_points) for line in lines] == [
        ("anna", 1.0, {"softmax": 1.0}, {"softmax": 4.0}),
        ("bob", 2.0, {"softmax": 2.0}, {"softmax": 4.0}),
        ("anna", 3.0, {"softmax": 3.0}, {"softmax": 4.0}),
    ]
    assert list(read_ledger(ledger.with_name("none.jsonl"), SECRET)) == []


def test_what_says_nothing_new_is_no_line(ledger: Path) -> None:
    """A finding that repeats the student's last one adds nothing; one that differs in anything does."""
    before = ledger.read_bytes()
    append(ledger, [report("bob", 2.0), report("anna", 3.0)])
    assert ledger.read_bytes() == before
    append(ledger, [report("bob", 2.0, unit="another")])
    with Ledger(ledger, SECRET) as opened:
        assert opened.append(report("bob", 2.0, unit="another"), submitted="2026-05-01T12:00:00")
        assert not opened.append(report("bob", 2.0, unit="another"), submitted="2026-05-01T12:00:00", why="regrade")
    assert len(list(read_ledger(ledger, SECRET))) == 5


def raised(lines: list[bytes]) -> list[bytes]:
    return [lines[0].replace(b'"points":1.0', b'"points":4.0'), *lines[1:]]


def spaced(lines: list[bytes]) -> list[bytes]:
    return [lines[0], lines[1].replace(b'"points":', b'"points": '), lines[2]]


TAMPERED: dict[str, tuple[Callable[[list[bytes]], list[bytes]], int]] = {
    "points raised": (raised, 1),
    "a space put in": (spaced, 2),
    "words after the seal": (lambda lines: [lines[0], lines[1][:-1] + b',"points":4}', lines[2]], 2),
    "line taken out": (lambda lines: [lines[0], lines[2]], 2),
    "first line taken out": (lambda lines: lines[1:], 1),
    "last line cut off": (lambda lines: lines[:2], 3),
    "two lines cut off": (lambda lines: lines[:1], 2),
    "all lines cut off": (lambda _lines: [], 1),
    "lines swapped": (lambda lines: [lines[1], lines[0], lines[2]], 1),
    "line repeated": (lambda lines: [*lines, lines[2]], 4),
    "line put in": (lambda lines: [lines[0], lines[2], *lines[1:]], 2),
    "line of no meaning": (lambda lines: [lines[0], b"{}", *lines[1:]], 2),
    "line in no language": (lambda lines: [lines[0], b"\xff\xfe", *lines[1:]], 2),
    "half a line": (lambda lines: [*lines[:2], lines[2][:40]], 3),
    "empty seal": (lambda lines: [json.dumps(json.loads(lines[0]) | {"mac": ""}).encode(), *lines[1:]], 1),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_found(name: str, ledger: Path) -> None:
    """The first line that was touched is named, to whoever reads and to whoever wants to write on."""
    change, number = TAMPERED[name]
    ledger.write_bytes(b"".join(line + b"\n" for line in change(ledger.read_bytes().splitlines())))
    with pytest.raises(UserError, match=f"line {number} ") as error:
        list(read_ledger(ledger, SECRET))
    assert "restore" in str(error.value)
    with pytest.raises(UserError, match=f"line {number} "):
        append(ledger, [report("carl")])


def test_a_cut_tail_with_its_head(ledger: Path) -> None:
    """A head cannot be made for fewer lines, nor be left out; a head of another ledger is none."""
    head = ledger.with_suffix(".head")
    then = head.read_bytes()
    ledger.write_bytes(b"".join(ledger.read_bytes().splitlines(keepends=True)[:2]))
    forged = json.loads(then) | {"lines": 2, "last": json.loads(ledger.read_bytes().splitlines()[1])["mac"]}
    for content, words in ((json.dumps(forged).encode(), "tampered"), (b"", "damaged"), (None, "is missing")):
        head.unlink(missing_ok=True)
        if content is not None:
            head.write_bytes(content)
        with pytest.raises(UserError, match=words):
            list(read_ledger(ledger, SECRET))


def test_lines_beyond_the_head_count(ledger: Path) -> None:
    """A grading that was killed has written lines that its head does not know: they stay, and the head follows."""
    head = ledger.with_suffix(".head")
    before = head.read_bytes()
    append(ledger, [report("carl")])
    head.write_bytes(before)
    assert [line.student for line in read_ledger(ledger, SECRET)] == ["anna", "bob", "anna", "carl"]
    append(ledger, [report("dora")])
    assert json.loads(head.read_bytes())["lines"] == 5


def test_a_first_line_without_a_later_head(tmp_path: Path) -> None:
    """A grading that was killed after its first line: there is a head from before it, so the next one goes on."""
    path = tmp_path / "ledger.jsonl"
    with Ledger(path, SECRET) as opened:
        before = path.with_suffix(".head").read_bytes()
        opened.append(report("anna"))
    path.with_suffix(".head").write_bytes(before)
    append(path, [report("bob")])
    assert [line.student for line in read_ledger(path, SECRET)] == ["anna", "bob"]


@pytest.mark.parametrize("torn", [b'{"time":"2026', b"\x00" * 700, b"}"])
def test_a_half_line_is_taken_out(torn: bytes, ledger: Path) -> None:
    """What a killed grading wrote last counts as nothing, and the next one writes on from the last whole line."""
    whole = ledger.read_bytes()
    ledger.write_bytes(whole + torn)
    assert len(list(read_ledger(ledger, SECRET))) == 3
    with Ledger(ledger, SECRET) as opened:
        assert "half line" in opened.notes[0]
        opened.append(report("carl"))
    assert ledger.read_bytes().startswith(whole)
    assert [line.student for line in read_ledger(ledger, SECRET)] == ["anna", "bob", "anna", "carl"]


def test_another_secret(ledger: Path) -> None:
    """A ledger that was written with another secret is named as such; one that somebody made up breaks at line 1."""
    with pytest.raises(UserError, match="another secret: restore the cohort's secret"):
        list(read_ledger(ledger, b"t" * 32))
    ledger.with_suffix(".head").unlink()
    with pytest.raises(UserError, match="line 1 "):
        list(read_ledger(ledger, b"t" * 32))


def test_a_ledger_from_before_there_were_heads(tmp_path: Path) -> None:
    """Its lines are as valid as ever; the first new one gets the head."""
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(OLD)
    assert [line.student for line in read_ledger(path, SECRET)] == ["anna"]
    append(path, [report("bob")])
    assert [line.student for line in read_ledger(path, SECRET)] == ["anna", "bob"]


OLD = (
    b'{"time":"2026-01-01T00:00:00+00:00","exercise":"01_arena","student":"anna","unit":"unit","purpose":"final",'
    b'"points":1.0,"parts":{"softmax":1.0},"internal_errors":0,'
    b'"mac":"82aa5ceb9b6d67730597d807ca7cc5d42cee48b3cc12a2daa6af8e5f419683e0"}\n'
)


def test_next_try(ledger: Path) -> None:
    """Practice tries count up for each student."""
    append(ledger, [report("anna", 0, "try-1"), report("anna", 0, "try-2"), report("bob", 0, "try-1")])
    names = ("anna", "bob", "cleo")
    with Ledger(ledger, SECRET) as opened:
        assert [opened.next_try("01_arena", name) for name in names] == [3, 2, 1]


FULL_DISK = """
import resource, sys
from pathlib import Path
from autograder.errors import UserError
from autograder.grade.ledger import Ledger
from test_ledger import SECRET, report
with Ledger(Path(sys.argv[1]), SECRET) as ledger:
    try:
        for number in range(100):
            ledger.append(report(f"student-{number}"))
    except UserError as error:
        print(number, error)
"""


def test_a_disk_that_fills_up(ledger: Path) -> None:
    """What does not fit leaves no half line behind, and one line says what to do; the next run goes on."""

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", FULL_DISK, str(ledger)]
    done = subprocess.run(command, env=environment, preexec_fn=small, capture_output=True, text=True, check=True)
    count, _, words = done.stdout.partition(" ")
    assert "no room is left" in words
    assert "\n" not in words.strip()
    assert ledger.read_bytes().endswith(b"\n")
    assert len(list(read_ledger(ledger, SECRET))) == 3 + int(count)
    append(ledger, [report("carl")])
