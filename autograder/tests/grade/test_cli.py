"""What staff type at the grader box, as they type it."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from autograder.grade.explain import explain
from autograder.grade.report import read_report

if TYPE_CHECKING:
    from conftest import Course

pytestmark = pytest.mark.sandbox
NUMBERS, WORDS = "01_numbers", "02_words"
WRONG = 'def spread(values):\n    print("looking at", values)\n    return max(values) - values[0]'


def typed(course: Course, command: str, **options: str) -> subprocess.CompletedProcess[str]:
    """Run a command of ours in the course's folder, with nobody at the keyboard."""
    words = shlex.split(command)
    assert words[0] == "autograder"
    return subprocess.run(
        [sys.executable, "-m", "autograder.cli", *words[1:]],
        cwd=course.repo.root,
        env=os.environ | options,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def graded(new_course: Callable[[Path], Course], tmp_path_factory: pytest.TempPathFactory, arena: object) -> Course:
    """Two hand-ins: one right, one whose spread is wrong; `arena` skips where there is no sandbox."""
    course = new_course(tmp_path_factory.mktemp("staff") / "tiny")
    course.hand_in("ada", NUMBERS)
    course.hand_in("emil", NUMBERS, {"spread": WRONG})
    course.grade(NUMBERS)
    return course


def test_an_appeal_is_answered_from_one_page(graded: Course) -> None:
    """Points and how they follow, when it was graded, their code, what was asked, what they were told, no engine."""
    text = "\n".join(explain(graded.cohort, graded.repo.exercise(NUMBERS), "emil", "spread"))
    assert text.startswith(f"emil · {NUMBERS} · Spread of a list (spread): 0.67 of 2 points\ngraded for the grade, 20")
    assert "points: 2 x 1 / 3 (weights of what passed / of all) = 0.67" in text
    assert "return max(values) - values[0]" in text
    assert "asked: The largest less the smallest." in text
    assert "told the student: The answer has another value. Look at the largest" in text
    assert "matches(student.spread(numbers), reference.spread(numbers))" in text
    assert "judge.py" not in text
    assert text.index("WRONG") < text.index("PASSED")


def test_the_command_of_an_appeal_asks_the_same_again(graded: Course) -> None:
    """Pasted into a shell it runs that part alone, with the same inputs, and shows them, what came and what should."""
    *_, last = explain(graded.cohort, graded.repo.exercise(NUMBERS), "emil", "spread")
    done = typed(graded, last.strip())
    assert (done.returncode, done.stderr) == (1, "")
    assert "1 failed, 1 passed, 2 deselected" in done.stdout
    shown = dict(line.split(" = ", 1) for line in done.stdout.splitlines() if " = " in line and "    " in line)
    values = {name.strip(): value for name, value in shown.items()}
    numbers = [int(word) for word in values["numbers"].strip("[]").split(",")]
    assert int(values["got"]) == max(numbers) - numbers[0]
    assert int(values["want"]) == max(numbers) - min(numbers)
    without = typed(graded, last.strip().removesuffix(" --verbose"))
    assert "Spread of a list  0.67 of 2" in without.stdout


@pytest.mark.parametrize(
    "wrong",
    [
        "def spread(values): raise ValueError('\\x1b]52;c;cm0gLXJm\\x07\\x1b[2J\\x1b[32m5 passed\\x1b[8m')",
        "def spread(values): raise type('\\x1b[2J\\x1b[32m5 passed', (Exception,), {})",
        "def spread(values): return '\\x1b[2J\\x1b[32m5 passed\\x9b8m'",
    ],
    ids=["message", "type", "answer"],
)
def test_the_command_of_an_appeal_writes_on_no_terminal(
    wrong: str, new_course: Callable[[Path], Course], tmp_path: Path, arena: object
) -> None:
    """Staff paste it: what a student wrote into an error clears no screen and sets no clipboard."""
    course = new_course(tmp_path / "tiny")
    course.hand_in("emil", NUMBERS, {"spread": wrong})
    course.grade(NUMBERS)
    told = list(explain(course.cohort, course.repo.exercise(NUMBERS), "emil", "spread"))
    done = typed(course, told[-1].strip())
    assert "1 failed" in done.stdout or "2 failed" in done.stdout
    for text in ("\n".join(told), done.stdout, done.stderr):
        assert not {"\x1b", "\x07", "\x9b"} & set(text)


def test_a_wrong_name_in_an_appeal_is_answered_with_the_right_ones(graded: Course) -> None:
    """A student who was not graded, and a part that is not there."""
    nobody = typed(graded, f"autograder explain --cohort tiny --exercise {NUMBERS} zoe spread")
    assert (nobody.returncode, nobody.stderr) == (2, f"error: zoe has no report for {NUMBERS}; graded are: ada, emil\n")
    nothing = typed(graded, f"autograder explain --cohort tiny --exercise {NUMBERS} ada nope")
    assert "has no part 'nope'; there are: running_total, spread, why_float" in nothing.stderr


def test_regrade_shows_first_and_writes_only_when_told(graded: Course) -> None:
    """Without a terminal and without --yes nothing is written, and it says so; with --yes it is."""
    checks = graded.repo.solutions / NUMBERS / "checks.py"
    good = checks.read_text("utf-8")
    checks.write_text(good.replace('@check("spread", weight=2,', '@check("spread", weight=1,'), "utf-8")
    before = graded.tree()
    shown = typed(graded, f"autograder regrade --cohort tiny --exercise {NUMBERS}", COLUMNS="120")
    assert shown.returncode == 0
    assert [line.split()[:4] for line in shown.stdout.splitlines() if line.startswith("emil")] == [
        ["emil", "spread", "0.67", "1"]
    ]
    assert shown.stdout.endswith("nobody is there to ask: --yes writes without asking\nnothing was written\n")
    after = graded.tree()
    assert {name for name in before | after if before.get(name) != after.get(name)} <= {".grading.lock"}
    written = typed(graded, f"autograder regrade --cohort tiny --exercise {NUMBERS} --yes")
    assert written.returncode == 0
    assert read_report(graded.cohort.folder / "reports" / NUMBERS / "emil.json").points == 4.0
    again = typed(graded, f"autograder regrade --cohort tiny --exercise {NUMBERS}")
    assert again.stdout.splitlines()[-1] == "nothing to write"


@pytest.mark.parametrize("command", ["", "grade", "watch", "status", "regrade", "explain", "verify", "export"])
def test_help_costs_no_heavy_import(command: str) -> None:
    """Help is there at once: no command imports torch, NumPy, nbgrader or pytest to be listed or described."""
    code = (
        "import sys; from autograder.cli import cli\n"
        f"cli.main([word for word in ({command!r}, '--help') if word], standalone_mode=False)\n"
        "print({'torch', 'numpy', 'nbgrader', 'pytest', 'sqlalchemy', 'rich'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "set()\n"
    assert done.stdout.startswith("Usage:")


@pytest.mark.parametrize("option", ["--part spread", "--verbose", "-k spread", "--pdb"])
def test_what_is_about_one_notebook_grades_no_cohort(graded: Course, option: str) -> None:
    """An option that a cohort's grading would pass over is refused before anything is graded."""
    before = graded.lines()
    done = typed(graded, f"autograder grade --cohort {graded.cohort.name} {option}")
    assert done.returncode == 2
    assert f"{option.split(maxsplit=1)[0]} is about one notebook: say which, --submission FILE" in done.stderr
    assert graded.lines() == before


def test_grades_stay_in_the_cohorts_folder(graded: Course) -> None:
    """Unless one says where to: that folder is out of git's sight."""
    done = typed(graded, f"autograder export --cohort {graded.cohort.name}")
    assert done.returncode == 0, done.stderr
    assert (graded.cohort.folder / "grades.csv").read_text("utf-8").startswith("assignment,")
    assert "grades.csv" in done.stdout


def test_a_place_that_cannot_be_written_is_one_line(graded: Course) -> None:
    """What a disk or a wrong path refuses is told with what to do, not with a traceback."""
    target = graded.cohort.folder / "students.csv" / "grades.csv"
    done = typed(graded, f"autograder export --cohort {graded.cohort.name} --to '{target}'")
    assert "Traceback" not in done.stderr
    assert f"{target}: File exists (the grades): look at the disk" in " ".join(done.stderr.split())
    assert done.returncode == 2


def test_an_exercise_that_cannot_be_graded_stops_no_other(graded: Course) -> None:
    """Each that can be is graded and shown; what could not is the last line, and the exit code says so."""
    graded.hand_in("ada", WORDS)
    release = graded.cohort.released(NUMBERS) / f"{NUMBERS}.ipynb"
    whole = release.read_text("utf-8")
    release.write_text(whole.replace('"spread"', '"scatter"'), "utf-8")
    done = typed(graded, f"autograder grade --cohort {graded.cohort.name}")
    release.write_text(whole, "utf-8")
    assert done.returncode == 2
    assert f"{WORDS} · " in done.stdout
    assert done.stderr.splitlines()[-1].startswith(f"error: {NUMBERS} has parts that the release")
