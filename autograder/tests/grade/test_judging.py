"""Judging: second looks, replays without the culprit, who sees what, and pytest's own way to the same findings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import UserError
from autograder.grade.batch import grade_batch
from autograder.grade.cohort import submitted
from autograder.grade.examiner import Examiner
from autograder.grade.job import Job
from autograder.grade.judge import Judge
from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Report, Verdict
from autograder.grade.run import Finished
from autograder.manifest import load_cohort, load_exercise

pytestmark = pytest.mark.sandbox

ARENA = Path(__file__).parents[1] / "courses" / "arena" / "solutions" / "01_arena"


def verdicts(report: Report) -> dict[str, str]:
    return {f.check: f.verdict.value for part in report.parts for f in part.findings if f.verdict is not Verdict.PASSED}


def test_no_ending_is_a_pass() -> None:
    """Whatever a submission says of how it ended, what gave no answer has not passed."""
    exercise = load_exercise(ARENA)
    examiner = Examiner(exercise, b"k" * 32)
    said = {Verdict.PASSED: Verdict.CRASHED, Verdict.INTERNAL_ERROR: Verdict.CRASHED, Verdict.MEMORY: Verdict.MEMORY}
    for ending, verdict in said.items():
        finished = Finished(None, ended={"extra": ending})
        judge = Judge(examiner, finished, Rebuilt([]), "ada")
        assert {finding.verdict for finding in judge.findings()} == {verdict}


def test_side_effects_of_one_check_cost_no_other(arena: Any) -> None:
    """A call that spoils the process is judged wrong; checks that it spoilt are asked again in a fresh fork."""
    spoil = """
def demean(x):
    globals().update(softmax=None, unit=None, predict=None, row_sums=None, tally=None, first_half=None, cipher=None)
    import torch
    torch.Tensor.exp = None
    return x
"""
    report = arena.grade(arena.honest({"demean": spoil}))
    assert verdicts(report) == {"test_demean_leaves_its_input": "wrong"}


def test_state_across_calls_is_not_shared_with_a_fresh_fork(arena: Any) -> None:
    """What passes only at the first call of a process still passes once; what needs two processes never does."""
    code = "calls = 0\ndef demean(x):\n    global calls\n    calls += 1\n    return x - x.mean() if calls > 1 else x"
    assert verdicts(arena.grade(arena.honest({"demean": code}))) == {"test_demean_leaves_its_input": "wrong"}


def test_second_look_has_other_inputs(arena: Any) -> None:
    """What the first look was given does not answer the second, even out of memory that forks share."""
    code = """
import mmap
import pickle
shared = mmap.mmap(-1, 1 << 16)
def demean(x):
    shared.seek(0)
    data = shared.read(4)
    shared.seek(0)
    shared.write(b"seen")
    print("first" if data != b"seen" else "second", x.tolist())
    raise KeyError
"""
    report = arena.grade(arena.honest({"demean": code}))
    staff = next(f.staff for part in report.parts for f in part.findings if f.verdict is Verdict.RAISED)
    assert "second [" in staff
    assert "first [" not in staff


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        ("raise KeyError('x')", "raised"),
        ("import os; os._exit(0)", "crashed"),
        ("import os; os.abort()", "crashed"),
        ("def demean(x): raise NotImplementedError", "missing"),
        ("demean = 3", "raised"),
        ("def other(x): return x", "missing"),
        ("def demean(x): return object()", "wrong"),
        ("def demean(x):\n    while True: pass", "timeout"),
        ("def demean(x):\n    import os; os._exit(0)", "crashed"),
        ("def demean(x):\n    y = []\n    while True: y.append(np.empty(10_000_000))", "memory"),
        ("while True: pass", "timeout"),
        ("y = [0]\nwhile True: y = y + y", "memory"),
        ("while True: print('x' * 1000000)", "output_limit"),
        ("import sys; sys.exit()", "raised"),
        ("def demean(x", "raised"),
    ],
)
def test_verdict(code: str, verdict: str, arena: Any) -> None:
    """Each way to fail has its verdict, and costs its own part alone."""
    report = arena.grade(arena.honest({"demean": code}))
    assert verdicts(report) == {"test_demean_leaves_its_input": verdict}


def test_replay_without_the_culprits(arena: Any) -> None:
    """Several cells that end Python are each left out, flagged, and nothing before or after them is lost."""
    notebook = arena.honest()
    for place in (9, 6, 3):
        code = "print('before')\nimport os\nos._exit(3)"
        notebook["cells"].insert(place, {"cell_type": "code", "metadata": {}, "source": code, "outputs": []})
    report = arena.grade(notebook)
    assert report.points == arena.exercise.points
    assert sum("ended Python: the notebook was run without it" in flag.message for flag in report.flags) == 3
    assert [cell.verdict for cell in report.cells if cell.kind == "extra"] == [Verdict.CRASHED] * 3


def test_a_replay_starts_anew(arena: Any) -> None:
    """The second run of a notebook knows nothing of the first: no file, no memory."""
    seen = (
        "import os\nprint('run before' if os.path.exists('/tmp/ran') else 'first run')\nopen('/tmp/ran', 'w').close()"
    )
    cells = [("extra", seen), ("extra", "import os; os._exit(1)")]
    report = arena.grade(arena.attack(cells))
    assert [o.text for cell in report.cells for o in cell.outputs if cell.id == "extra-001"] == ["first run\n"]


def test_who_sees_what(arena: Any) -> None:
    """Output and exception text of a hidden call are for staff; students get type, line and our words."""
    code = "def demean(x):\n    print('PRINTED', x)\n    raise LookupError('sa' 'id'.upper() + f' {x.tolist()}')"
    report = arena.grade(arena.honest({"demean": code}))
    finding = next(f for part in report.parts for f in part.findings if f.verdict is Verdict.RAISED)
    line = "raise LookupError('sa' 'id'.upper() + f' {x.tolist()}')"
    assert finding.reason == (
        f"The call raised LookupError in line 3 of your cell: `{line}`. "
        "You raise it there yourself, though the input of this check is allowed."
    )
    assert "PRINTED tensor(" in finding.staff
    assert "SAID [" in finding.staff
    public = msgspec.structs.replace(finding, staff="", check="")
    assert not {"PRINTED", "SAID", "tensor("} & set(str(public).replace("(", "( ").split())
    assert "SAID" not in str(public)
    assert "SAID" not in str([cell.outputs for cell in report.cells])
    assert "SAID" not in str(report.flags)


def test_reason_holds_no_hidden_value(arena: Any) -> None:
    """A wrong answer is told the rule, what came and what was expected of it, without one number of the inputs."""
    report = arena.grade(arena.honest({"softmax": "def softmax(x):\n    return x.softmax(0)"}))
    reasons = [f.reason for part in report.parts for f in part.findings if f.verdict is Verdict.WRONG]
    assert reasons
    assert all(reason.startswith("The answer is wrong in ") for reason in reasons)


def test_only_some_parts(arena: Any) -> None:
    """A regrade may ask about some parts alone."""
    report = arena.grade(arena.honest(), only=frozenset({"unit"}))
    assert {part.part: part.points for part in report.parts if part.findings} == {"unit": 2.0}


def test_pytest_gives_the_same_findings(arena: Any, tmp_path: Path) -> None:
    """Plain pytest over checks.py collects the checks as tests and fails those that the report fails."""
    notebook = arena.honest(
        {"softmax": "def softmax(x):\n    return x", "unit": "unit = None", "demean": "import os; os._exit(0)"}
    )
    path = tmp_path / "01_arena.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    report = arena.grade(path)
    names = {f.check for part in report.parts for f in part.findings}
    command = [
        sys.executable,
        "-m",
        "pytest",
        str(arena.exercise.folder / "checks.py"),
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
    ]
    command += [
        "--import-mode=importlib",
        "-rA",
        "--tb=line",
        "--no-header",
        f"--rootdir={tmp_path}",
        f"--submission={path}",
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=tmp_path)
    lines = [line.split(" - ")[0].split() for line in done.stdout.splitlines() if line.startswith(("PASSED", "FAILED"))]
    by_pytest = {line[1].split("::")[1]: line[0] for line in lines}
    assert by_pytest == {name: "FAILED" if name in verdicts(report) else "PASSED" for name in names}, done.stdout


def test_batch(arena: Any, tmp_path: Path) -> None:
    """Two at once, one of whom does all the harm there is: every student has a report, the honest full marks."""
    bomb = "import os\nwhile True:\n    try: os.fork()\n    except OSError: pass"
    jobs = []
    for number in range(6):
        notebook = (
            arena.honest() if number % 2 else arena.attack([("extra", bomb if number else "import os; os.kill(-1, 9)")])
        )
        path = tmp_path / str(number) / "01_arena.ipynb"
        path.parent.mkdir()
        path.write_text(json.dumps(notebook), "utf-8")
        jobs.append(Job(f"student {number}", str(path)))
    exercise, _ = arena.limited(total_minutes=0.1)
    opened: list[int] = []

    def secret() -> bytes:
        opened.append(1)
        return b"s" * 32

    reports = {report.student: report.points for report in grade_batch(exercise, jobs, secret, slots=2)}
    assert reports == {f"student {number}": 20.0 if number % 2 else 0.0 for number in range(6)}
    assert opened


def test_submissions_by_their_folder(tmp_path: Path) -> None:
    """A student is a folder of the course; links to another student's are nobody's."""
    tiny = Path(__file__).parents[1] / "courses" / "tiny"
    shutil.copytree(tiny / "autograder", tmp_path / "autograder")
    cohort = load_cohort(tmp_path / "autograder" / "cohorts" / "tiny")
    course = cohort.folder / "course" / "submitted"
    for name in ("ada", "emil", "nobody in the roster"):
        (course / name / "01_numbers").mkdir(parents=True)
        (course / name / "01_numbers" / "01_numbers.ipynb").write_text("{}")
    (course / "mallory").symlink_to("ada")
    (course / "eve").mkdir()
    (course / "eve" / "01_numbers").symlink_to("../ada/01_numbers")
    (course / "renamed" / "01_numbers").mkdir(parents=True)
    (course / "renamed" / "01_numbers" / "my work.ipynb").write_text("{}")
    found = submitted(cohort, "01_numbers")
    assert sorted(found) == ["ada", "emil", "nobody in the roster", "renamed"]
    assert found["renamed"].name == "my work.ipynb"


def test_unknown_student_stops_nobody(arena: Any, tmp_path: Path) -> None:
    """A hand-in of somebody who is not in the roster, and one that is no notebook, leave the class its grades."""
    from autograder.grade.cohort import grade_cohort
    from autograder.manifest import Repository
    from autograder.release.publish import release

    root = tmp_path / "course"
    here = Path(__file__).parents[3]
    shutil.copytree(
        here / "autograder" / "tests" / "courses" / "tiny", root, ignore=shutil.ignore_patterns("__pycache__")
    )
    ignored = shutil.ignore_patterns("__pycache__", "tests", ".*_cache")
    shutil.copytree(here / "datasets", root / "datasets", ignore=ignored)
    shutil.rmtree(root / "slides")
    repo = Repository(root)
    cohort = repo.cohort("tiny")
    with pytest.raises(
        UserError, match="was not released to tiny: run `make release COHORT=tiny EXERCISE=01_numbers` first"
    ):
        grade_cohort(repo, cohort, "01_numbers")
    release(repo, cohort, ["01_numbers"], lambda *_: None)
    with pytest.raises(UserError, match="nobody has handed in"):
        grade_cohort(repo, cohort, "01_numbers")
    from autograder.release.build import notebook_dict
    from autograder.release.source import read_source

    exercise = repo.exercise("01_numbers")
    solved = json.dumps(notebook_dict(exercise, read_source(exercise.folder), answers=True))
    for name, text in {"ada": solved, "emil": "no notebook", "J\u00fcrgen \u202ex": solved}.items():
        folder = cohort.folder / "course" / "submitted" / name / "01_numbers"
        folder.mkdir(parents=True)
        (folder / "01_numbers.ipynb").write_text(text, "utf-8")
    graded = grade_cohort(repo, cohort, "01_numbers")
    assert {report.student: report.points for report in graded.reports} == {
        "ada": 5.0,
        "emil": 0.0,
        "J\u00fcrgen \u202ex": 5.0,
    }
    assert any("roster" in note for note in graded.notes)
    assert (cohort.folder / "feedback" / "01_numbers" / "ada.html").is_file()
