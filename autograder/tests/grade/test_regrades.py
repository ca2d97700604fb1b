"""The same submission and seed give the same report: in any order, in any slot, by any grader, on busy cores too."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import SandboxUnavailable
from autograder.grade.batch import grade_batch
from autograder.grade.job import Job
from autograder.grade.report import Report
from autograder.manifest import load_exercise

pytestmark = pytest.mark.sandbox
dress: Any = sys.modules["tests_dress"]

SPEND = "    import time\n    until = time.process_time() + {}\n    while time.process_time() < until: pass\n"
TRAIN = """
torch.set_num_threads(2)
model = torch.nn.Sequential(torch.nn.Linear(64, 64), torch.nn.Tanh(), torch.nn.Linear(64, 1))
optimiser = torch.optim.SGD(model.parameters(), 0.1)
for _ in range(60):
    loss = model(torch.randn(512, 64)).square().mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
print(repr(loss.item()), model[0].weight.sum().item())
"""
SUBMISSIONS: dict[str, list[tuple[str, str]]] = {
    "honest": [],
    "sets": [
        ("extra", "words = {f'w{n}' for n in range(50)}\nprint(words, hash('word'), list(set('letters')))"),
        ("tally", "class tally:\n    def add(self, word): pass\n    def count(self, word): return hash(word) % 5"),
        ("row_sums", "def row_sums(table):\n    return [hash(w) % 7 for w in words]"),
    ],
    "trains": [
        ("extra", TRAIN),
        ("demean", "def demean(x):\n    return (x - x.mean()) * (1 + 0 * model(torch.randn(512, 64)).sum().item())"),
        ("unit", "def unit(x):\n    return x + model(torch.ones(9, 64)).mean().detach()"),
    ],
    "near_limits": [
        ("extra", "import time\nuntil = time.process_time() + 0.7\nwhile time.process_time() < until: pass"),
        ("softmax", "def softmax(x):\n" + SPEND.format(0.35) + "    return x.softmax(1)"),
        ("demean", "def demean(x):\n" + SPEND.format(0.9) + "    return x - x.mean()"),
    ],
    "random": [
        ("extra", "import random\nprint(random.random(), np.random.rand(), torch.rand(1).item())"),
        ("predict", "def predict(images):\n    return torch.randint(0, 2, (len(images),))"),
        ("softmax", "def softmax(x):\n    return x.softmax(1) + 1e-5 * torch.rand(x.shape) * np.random.rand()"),
    ],
    "hangs": [("unit", "while True: pass"), ("demean", "def demean(x):\n    while True: pass")],
    "crashes": [
        ("unit", "import os\nos._exit(3)"),
        ("demean", "import ctypes\ndef demean(x):\n    ctypes.string_at(0)"),
        ("extra", "raise ValueError({1, 2, 'three'})"),
    ],
    "memory": [
        # asked for and not filled: how much CPU time it takes to fill a gigabyte, a busy machine decides
        ("unit", "held = []\nwhile True: held.append(torch.empty(1 << 24))"),
        ("demean", "def demean(x):\n    held = []\n    while True: held.append(np.empty(1 << 24))"),
    ],
    "wrong_everywhere": [
        (name, f"def {name}(*args):\n    return object() if len(args) > 1 else {{'a': [1.5, None]}}")
        for name in ("softmax", "row_sums", "first_half", "demean", "unit", "cipher", "tally", "predict")
    ],
    "state": [
        ("extra", "calls = []\nimport warnings\nwarnings.warn('old')\nprint('x' * 70_000)"),
        ("softmax", "def softmax(x):\n    calls.append(1)\n    return x.softmax(1) if len(calls) < 2 else x"),
        ("predict", "def predict(images):\n    calls.append(2)\n    raise ValueError(len(calls))"),
        ("row_sums", "def row_sums(table):\n    return np.array([sum(row) for row in table])"),
    ],
}
FEW = ("sets", "trains", "near_limits", "crashes", "state")


@contextlib.contextmanager
def busy(*, cores: bool) -> Iterator[None]:
    """Keep every core busy twice over, or none."""
    count = 2 * len(os.sched_getaffinity(0)) if cores else 0
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


def without_times(report: Report) -> bytes:
    report = msgspec.structs.replace(report, cpu_seconds=0, overhead_seconds=0, memory_mib=0)
    return msgspec.json.format(msgspec.json.encode(report))


@pytest.mark.parametrize(
    ("names", "times", "batches"),
    [(FEW, 2, 2), pytest.param(tuple(SUBMISSIONS), 5, 4, marks=[pytest.mark.full, pytest.mark.timeout(3600)])],
    ids=["20 of 5", "200 of 10"],
)
def test_regrades(names: tuple[str, ...], times: int, batches: int, tmp_path: Path) -> None:
    """Every batch has processes of its own and another order; every second one meets cores that are busy."""
    exercise = load_exercise(dress.ARENA)
    limits = msgspec.structs.replace(exercise.limits, cell_cpu_seconds=1.0, check_cpu_seconds=0.6)
    # an optimiser's first step imports for a second of CPU time, which is all that a cell has here
    exercise = msgspec.structs.replace(exercise, limits=limits, threads=2, warm=["torch._dynamo"])
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "01_arena.ipynb").write_bytes(msgspec.json.encode(dress.dressed(SUBMISSIONS[name])))
    found: dict[str, list[bytes]] = defaultdict(list)
    for number in range(batches):
        jobs = [Job(name, str(tmp_path / name / "01_arena.ipynb")) for name in names] * times
        random.Random(number).shuffle(jobs)
        with busy(cores=number % 2 == 1):
            try:
                for report in grade_batch(exercise, jobs, lambda: b"secret of the regrades", slots=2):
                    found[report.student].append(without_times(report))
            except SandboxUnavailable as error:
                pytest.skip(str(error))
    assert {name: len(reports) for name, reports in found.items()} == dict.fromkeys(names, times * batches)
    for reports in found.values():
        for other in reports[1:]:
            assert other.decode() == reports[0].decode()
