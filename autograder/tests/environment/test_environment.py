"""What every process of ours finds around it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.environment import chromium_path, for_forks, preload_path, venv_bin_first


def test_programs_of_the_environment_are_found_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the call `alembic` is this environment's, once, whatever PATH was."""
    ours = str(Path(sys.prefix) / "bin")
    monkeypatch.setenv("PATH", os.pathsep.join(["/usr/bin", ours, "/bin"]))
    venv_bin_first()
    assert os.environ["PATH"] == os.pathsep.join([ours, "/usr/bin", "/bin"])
    assert shutil.which("alembic") == str(Path(ours) / "alembic")


def test_an_environment_without_path_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service without PATH finds the environment's programs and the system's."""
    monkeypatch.delenv("PATH")
    venv_bin_first()
    assert shutil.which("alembic") is not None
    assert shutil.which("env") is not None


@pytest.mark.skipif(preload_path() is None, reason="no OpenMP runtime of Intel's for this machine")
def test_trained_process_survives_a_fork_in_the_environment_for_it() -> None:
    """With the library that it preloads, a process whose threads have computed forks a child that computes too."""
    code = (
        "import os, torch\n"
        "torch.set_num_threads(2)\n"
        "step = lambda: float((torch.ones(512, 512) @ torch.ones(512, 512)).sum())\n"
        "first = step()\n"
        "if os.fork() == 0:\n    os._exit(0 if step() == first else 1)\n"
        "raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))\n"
    )
    subprocess.run([sys.executable, "-c", code], env=os.environ | for_forks(), check=True, timeout=60)


def test_wanted_browser_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """T2P_CHROMIUM names the browser; a name that is no program means that there is none."""
    browser = tmp_path / "browser"
    browser.touch(0o755)
    monkeypatch.setenv("T2P_CHROMIUM", str(browser))
    assert chromium_path() == browser
    monkeypatch.setenv("T2P_CHROMIUM", str(tmp_path / "gone"))
    assert chromium_path() is None
