"""An exercise that trains for ten seconds, to see how much of a machine's time goes to the students' code.

The training has a fixed number of steps: where a sandbox slows them down, they take longer.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from autograder.bench.cost import as_anybody
from autograder.errors import GraderFault
from autograder.manifest import Exercise, load_exercise
from autograder.release.build import notebook_dict
from autograder.release.source import read_source

__all__ = ["cells_of", "make_exercise", "notebook", "run_plain", "steps_of"]

EXERCISE = """\
title = "Training"
minutes = 10
warm = ["torch._dynamo"]  # as all exercises that train: the first optimiser imports it

[parts.predict]
title = "Train"
points = 2
minutes = 5
"""
CHECKS = '''\
"""Hidden checks of 01_training."""

import torch

from autograder.checks import check
from autograder.compare import require


@check("predict", hint="Train for longer.", see="cell:predict_seen")
def test_training_lowers_the_loss(student, reference, torch_rng):
    """Unseen points are fitted."""
    x = torch.randn(50, 8, generator=torch_rng)
    loss = ((student.predict(x) - x.sum(1, keepdim=True)) ** 2).mean().item()
    require(loss < 0.5, "Unseen points are not fitted.")
'''
NOTEBOOK = '''\
# %% [markdown]
r"""
# Training

[[predict]]
"""

# %% imports kind="setup"
import torch

# %% predict kind="solution"
def predict(x):
    """Return the trained model's output for `x` (N, 8)."""
    # BEGIN SOLUTION
    with torch.no_grad():
        return model(x)
    # END SOLUTION

# %% predict_seen kind="example"
torch.zeros(1, 8).shape
'''
TRAIN = """\
import torch

model = torch.nn.Sequential(torch.nn.Linear(8, 256), torch.nn.ReLU(), torch.nn.Linear(256, 1))
optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
for step in range({steps}):
    x = torch.randn(256, 8)
    loss = ((model(x) - x.sum(1, keepdim=True)) ** 2).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""
PLAIN = """\
import json, sys, time
import torch

cells = json.load(sys.stdin)
torch.set_num_threads(1)
exec({first_step!r}, {{}})
began, names = time.process_time(), {{}}
for cell in cells:
    exec(cell, names)
print(time.process_time() - began)
"""
"""Runs cells as Python does by itself, once it has done what our warm process has: imported torch, made a step."""
SAMPLE_STEPS = 2_000
"""To see how fast this machine trains: a second or two."""


def make_exercise(folder: Path) -> Exercise:
    """Write the exercise into `folder` and return it."""
    place = folder / "01_training"
    place.mkdir(parents=True)
    for name, text in (("exercise.toml", EXERCISE), ("checks.py", CHECKS), ("notebook.py", NOTEBOOK)):
        (place / name).write_text(text, encoding="utf-8")
    return load_exercise(place)


def steps_of(seconds: float) -> int:
    """Return how many steps take about `seconds` of CPU time here, in a plain process."""
    (sample,) = run_plain([TRAIN.format(steps=SAMPLE_STEPS)], 1)
    return max(1, round(SAMPLE_STEPS * seconds / sample))


def notebook(exercise: Exercise, steps: int) -> bytes:
    """Return a submission that trains for so many steps."""
    made = json.loads(json.dumps(notebook_dict(exercise, read_source(exercise.folder), answers=True)))
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "my-training",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    position = next(number for number, one in enumerate(made["cells"]) if one["id"] == "predict")
    made["cells"].insert(position, cell | {"source": TRAIN.format(steps=steps)})
    return json.dumps(made).encode()


def cells_of(submission: bytes) -> list[str]:
    """Return the code of a submission's cells."""
    return [cell["source"] for cell in json.loads(submission)["cells"] if cell["cell_type"] == "code"]


def run_plain(cells: Sequence[str], at_once: int) -> list[float]:
    """Run `cells` in plain processes, so many at once, and return the CPU seconds of each; raises GraderFault."""
    program = PLAIN.format(first_step=TRAIN.format(steps=1))
    environment = as_anybody() | {"CUDA_VISIBLE_DEVICES": ""}  # as in the sandbox
    processes = [
        subprocess.Popen(
            [sys.executable, "-P", "-c", program], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        ) for _ in range(at_once)
    ]  # fmt: skip
    with ThreadPoolExecutor(at_once) as pool:
        said = list(pool.map(lambda process: process.communicate(json.dumps(cells).encode())[0], processes))
    if any(process.returncode for process in processes):
        raise GraderFault("the cells that train do not run in a plain process (above): `autograder doctor` tells more")
    return [float(text) for text in said]
