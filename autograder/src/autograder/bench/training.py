"""An exercise that trains for ten seconds, to see how much of a machine's time goes to the students' code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from autograder.manifest import Exercise, load_exercise
from autograder.release.build import notebook_dict
from autograder.release.source import read_source

__all__ = ["make_exercise", "notebooks"]

EXERCISE = """\
title = "Training"
minutes = 10

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
import time

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
import time

import torch

model = torch.nn.Sequential(torch.nn.Linear(8, 256), torch.nn.ReLU(), torch.nn.Linear(256, 1))
optimiser = torch.optim.Adam(model.parameters(), lr=1e-3)
began = time.process_time()
while time.process_time() - began < {seconds}:
    x = torch.randn(256, 8)
    loss = ((model(x) - x.sum(1, keepdim=True)) ** 2).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
"""


def make_exercise(folder: Path) -> Exercise:
    """Write the exercise into `folder` and return it."""
    place = folder / "01_training"
    place.mkdir(parents=True)
    for name, text in (("exercise.toml", EXERCISE), ("checks.py", CHECKS), ("notebook.py", NOTEBOOK)):
        (place / name).write_text(text, encoding="utf-8")
    return load_exercise(place)


def notebooks(exercise: Exercise, count: int, seconds: float) -> list[bytes]:
    """Return `count` submissions that each train for `seconds` of CPU time."""
    made = json.loads(json.dumps(notebook_dict(exercise, read_source(exercise.folder), answers=True)))
    cell: dict[str, Any] = {
        "cell_type": "code",
        "id": "my-training",
        "metadata": {},
        "outputs": [],
        "execution_count": None,
    }
    position = next(number for number, one in enumerate(made["cells"]) if one["id"] == "predict")
    made["cells"].insert(position, cell | {"source": TRAIN.format(seconds=seconds)})
    return [json.dumps(made).encode()] * count
