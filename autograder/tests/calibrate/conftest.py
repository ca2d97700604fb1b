"""Copies of the course whose exercises train, in which each test changes something."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.manifest import Repository

TRAINED = Path(__file__).parents[1] / "courses" / "trained"


@pytest.fixture
def trained(tmp_path: Path) -> Repository:
    """The course, to be changed."""
    root = tmp_path / "trained"
    shutil.copytree(TRAINED, root, ignore=shutil.ignore_patterns("__pycache__", "proof.json"))
    return Repository(root)
