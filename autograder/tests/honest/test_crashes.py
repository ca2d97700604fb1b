"""A part that crashes, hangs or exhausts something costs that part alone, in its cell or in a call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from autograder.grade.job import Job
from autograder.grade.report import Report

pytestmark = pytest.mark.sandbox

CRASHES = {
    "exit": "import os\nos._exit(1)",
    "exit_0": "import os\nos._exit(0)",
    "segmentation_fault": "import ctypes\nctypes.string_at(0)",
    "abort": "import os\nos.abort()",
    "kill": "import os\nos.kill(os.getpid(), 9)\nos.kill(os.getpid(), 11)\nos.abort()",
    "hang": "while True: pass",
    "hang_that_swallows": "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
    "hang_in_c": "import re\nre.match('(a*)*b', 'a' * 60)",
    "memory": "held = [0]\nwhile True: held += held",
    "memory_of_torch": "held = []\nwhile True: held.append(torch.ones(1 << 24))",
    "recursion": "def deeper(n): return deeper(n + 1) + 1\ndeeper(0)",
    "recursion_in_c": "import sys\nsys.setrecursionlimit(10**8)\ndef deeper(n): return [*map(deeper, [n])]\ndeeper(0)",
    "output": "while True: print('x' * 10000)",
    "processes": "import os, time\nwhile True: os.fork()",
    "threads": "import threading, time\nwhile True: threading.Thread(target=time.sleep, args=(60,)).start()",
    "files": "with open('f', 'wb') as file:\n    while True: file.write(bytes(1 << 20))",
    "descriptors": "held = []\nwhile True: held.append(open('/dev/null'))",
    "stops_itself": "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\nwhile True: pass",
    "system_exit": "raise SystemExit",
    "interrupt": "raise KeyboardInterrupt",
    "raise": "raise RuntimeError('x' * 10**6)",
}
PART = "demean"
LEFT_BEHIND = {
    "full folders": "import os, uuid\nfor f in ('/tmp', '/dev/shm', '.'):\n    try:\n        with open(f'{f}/{uuid.uuid4()}', 'wb') as file:\n            while True: file.write(bytes(1 << 20))\n    except OSError: pass",
    "sleeping processes": "import subprocess\nheld = []\ntry:\n    while True: held.append(subprocess.Popen(['sleep', '300']))\nexcept OSError:\n    held[-1].kill()\n    held[-1].wait()",
    "busy threads": "import threading\ndef work():\n    while True: pass\nfor _ in range(8): threading.Thread(target=work, daemon=True).start()",
    "a name taken away": "globals().pop('demean', None)",
}
"""What a call may leave behind, by what the next one then lacks."""
NEEDY = """
import subprocess, tempfile
def demean(x):
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes(1 << 16))
        file.flush()
    assert subprocess.run(["true"]).returncode == 0
    return x - x.mean()
"""


def indented(code: str) -> str:
    return "".join(f"    {line}\n" for line in code.splitlines())


@pytest.fixture(scope="module")
def grade(arena: Any) -> Iterator[Callable[[dict[str, str]], Report]]:
    """Grades within limits that a hang soon reaches."""
    exercise, _ = arena.limited(cell_cpu_seconds=0.6, check_cpu_seconds=0.4)
    with arena.another(exercise) as another:
        yield lambda answers: another(arena.honest(answers))


FIRST = {"exit", "segmentation_fault", "hang", "hang_in_c", "memory", "memory_of_torch", "recursion", "output"}
FIRST |= {"processes", "threads", "descriptors"}
KINDS = [name if name in FIRST else pytest.param(name, marks=pytest.mark.full) for name in CRASHES]


@pytest.mark.parametrize("where", ["cell", "call"])
@pytest.mark.parametrize("name", KINDS)
def test_a_part_that_crashes(name: str, where: str, grade: Callable[[dict[str, str]], Report]) -> None:
    """The other parts keep every point, whatever became of the process."""
    code = CRASHES[name]
    report = grade({PART: code if where == "cell" else f"def {PART}(x):\n{indented(code)}"})
    lost = {part.part: part.points for part in report.parts if part.points < part.max_points}
    assert lost == {PART: 0.0}, [(f.check, f.verdict, f.reason) for p in report.parts for f in p.findings if f.reason]
    assert not report.internal_errors


def test_every_part_but_one_crashes(arena: Any, grade: Callable[[dict[str, str]], Report]) -> None:
    """The one that does not keeps its points, though the notebook is run again for each of the others."""
    parts = [name for name in arena.exercise.parts if name != PART]
    kinds = ["exit", "segmentation_fault", "system_exit", "raise", "abort", "exit_0", "recursion"]
    report = grade({part: CRASHES[kind] for part, kind in zip(parts, kinds, strict=True)})
    assert {part.part: part.points for part in report.parts if part.points} == {PART: arena.exercise.parts[PART].points}


@pytest.mark.parametrize("name", LEFT_BEHIND)
def test_a_part_that_leaves_something_behind(name: str, arena: Any, grade: Callable[[dict[str, str]], Report]) -> None:
    """A right answer that fills folders, starts processes or takes names away costs no other part its points."""
    code = f"def softmax(x):\n{indented(LEFT_BEHIND[name])}    return torch.exp(x - x.max()) / torch.exp(x - x.max()).sum()"
    report = grade({"softmax": code, PART: NEEDY})
    part = next(part for part in report.parts if part.part == PART)
    assert part.points == part.max_points, [(f.check, f.verdict, f.reason, f.staff[-300:]) for f in part.findings]
