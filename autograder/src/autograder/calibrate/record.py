"""What calibration found, as `calibration.json` keeps it beside an exercise."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from autograder.disk import write_whole

__all__ = [
    "CALIBRATION_FILE",
    "NUMBERS",
    "Calibration",
    "Judged",
    "Run",
    "file_of",
    "plot_of",
    "read_calibration",
    "write_calibration",
]

CALIBRATION_FILE = re.compile(r"calibration(-\w+)?\.(json|svg)")
NUMBERS = ("runs", "mean", "spread", "false_fail")
"""Keys of a threshold that calibration writes into exercise.toml."""


class Run(msgspec.Struct, frozen=True):
    """One grading of the reference."""

    seed: int
    values: dict[str, float]
    """By threshold: what its checks were given, the worst of them."""
    cpu_seconds: float
    """Of the notebook's cells and answers."""
    seconds: float
    """By the clock, with what grading adds."""
    memory_mib: float = 0.0
    """Largest resident set of one of its processes, libraries included; 0 where it was not looked at."""


class Judged(msgspec.Struct, frozen=True):
    """What the runs say of one threshold."""

    bound: float
    runs: int
    mean: float
    spread: float
    false_fail: float
    missed: int
    """Runs on the wrong side of the bound."""
    tail: float
    """Share beyond the bound under Student's t with the runs' mean and spread."""


class Calibration(msgspec.Struct, frozen=True):
    """All runs of one exercise, and what they were run on."""

    exercise: str
    content: str = ""
    """Hash of what decides the values: notebook, metric checks, probes, threads, data."""
    measured_on: str = ""
    """Where the runs were made; several places, with `and` between them, where some were added elsewhere."""
    runs: list[Run] = []
    thresholds: dict[str, Judged] = {}


def file_of(chosen: str = "") -> str:
    """Return the name of the record for a cohort's choice, such as "mnist"; empty for what notebooks say."""
    return f"calibration-{chosen}.json" if chosen else "calibration.json"


def plot_of(chosen: str = "") -> str:
    """Return the name of its plot."""
    return file_of(chosen).replace(".json", ".svg")


def read_calibration(folder: Path, chosen: str = "") -> Calibration | None:
    """Return the calibration of the exercise in `folder`, or None where there is none that can be read."""
    try:
        return msgspec.json.decode((folder / file_of(chosen)).read_bytes(), type=Calibration)
    except (OSError, msgspec.DecodeError):
        return None


def write_calibration(calibration: Calibration, folder: Path, chosen: str = "") -> None:
    """Write it by a rename, so that a run that is stopped leaves what it had."""
    text = msgspec.json.format(msgspec.json.encode(calibration, order="deterministic"), indent=1)
    write_whole(folder / file_of(chosen), text + b"\n")
