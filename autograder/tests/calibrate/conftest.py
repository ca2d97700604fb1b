"""Copies of the course whose exercises train, in which each test changes something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.manifest import Repository

TRAINED = Path(__file__).parents[1] / "courses" / "trained"


@pytest.fixture
def trained(tmp_path: Path) -> Repository:
    """The course with the exercise alone that trains while it is graded, to be changed."""
    return _copied(tmp_path, "02_net*")


@pytest.fixture
def weighed(tmp_path: Path) -> Repository:
    """The course with the exercise alone whose weights are handed in, to be changed."""
    return _copied(tmp_path, "01_line*")


def _copied(folder: Path, without: str) -> Repository:
    root = folder / "trained"
    shutil.copytree(TRAINED, root, ignore=shutil.ignore_patterns("__pycache__", "proof.json", without))
    return Repository(root)
