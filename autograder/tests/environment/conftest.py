"""The bootstrap scripts are no package: tests load them by path and run them as people do."""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[3]


Run = Callable[..., subprocess.CompletedProcess[str]]
Load = Callable[[str], ModuleType]


@pytest.fixture
def root() -> Path:
    return ROOT


@pytest.fixture
def bootstrap() -> Path:
    return ROOT / "autograder" / "bootstrap"


@pytest.fixture
def run() -> Run:
    """What a person gets who types a command, in an environment without settings of ours, of make's or of git's."""

    def run_it(*command: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("T2P_", "MAKE", "GIT_"))}
        return subprocess.run(
            [str(word) for word in command],
            cwd=cwd,
            env=clean | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run_it


@pytest.fixture
def load(bootstrap: Path) -> Load:
    """The bootstrap scripts as modules."""

    def load_it(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(f"bootstrap_{name}", bootstrap / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load_it


@pytest.fixture
def run_where(run: Run) -> Run:
    """Runs shell commands with mounts of their own, which this machine sees nothing of."""
    if run("unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt").returncode:
        pytest.skip("this machine allows no user namespaces: `autograder doctor` says how to get them")

    def run_it(*command: str | Path, cwd: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
        script = " && ".join(map(str, command))
        return run("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, cwd=cwd, **variables)

    return run_it
