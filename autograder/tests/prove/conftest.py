"""Copies of the tiny course, in which each test plants its fault."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.manifest import Repository

TINY = Path(__file__).parents[1] / "courses" / "tiny"


Copy = Callable[[str], Repository]


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """Makes a copy of the tiny course that may be spoilt, in a folder of the given name."""

    def make(name: str) -> Repository:
        folder = tmp_path_factory.mktemp(name) / "tiny"
        shutil.copytree(TINY, folder, ignore=shutil.ignore_patterns("__pycache__", "proof.json"))
        return Repository(folder)

    return make


@pytest.fixture
def repo(copy: Copy) -> Repository:
    return copy("tiny")


@pytest.fixture(scope="session")
def shared(copy: Copy) -> Repository:
    """A copy that no test changes."""
    return copy("shared")
