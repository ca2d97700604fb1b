"""What every process of ours finds around it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import environment
from autograder.environment import chromium_path, cores, cpu_quota, for_forks, preload_path, venv_bin_first


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


@pytest.mark.parametrize(
    ("own", "files", "quota", "wanted"),
    [
        pytest.param("0::/", {"cpu.max": "200000 100000"}, 2.0, 2, id="version 2, a container"),
        pytest.param("0::/a/b", {"a/cpu.max": "150000 100000", "a/b/cpu.max": "max 100000"}, 1.5, 2, id="an ancestor"),
        pytest.param("0::/a", {"cpu.max": "300000 100000", "a/cpu.max": "50000 100000"}, 0.5, 1, id="the least counts"),
        pytest.param("0::/a", {"a/cpu.max": "max 100000"}, None, 64, id="version 2, no bound"),
        pytest.param("0::/a", {"a/cpu.max": "9900000 100000"}, 99.0, 64, id="more than there are"),
        pytest.param("0::/../x", {"cpu.max": "200000 100000"}, 2.0, 2, id="a group outside the namespace"),
        pytest.param(
            "4:memory:/m\n3:cpu,cpuacct:/docker/0a\n0::/",
            {"cpu,cpuacct/cpu.cfs_quota_us": "300000", "cpu,cpuacct/cpu.cfs_period_us": "100000"}, 3.0, 3,
            id="version 1, the host's path",
        ),
        pytest.param(
            "1:cpu:/a", {"cpu/a/cpu.cfs_quota_us": "-1", "cpu/a/cpu.cfs_period_us": "100000"}, None, 64,
            id="version 1, no bound",
        ),
        pytest.param("1:cpuset:/a", {"a/cpu.max": "100000 100000"}, None, 64, id="another controller"),
        pytest.param("0::/", {}, None, 64, id="no such files"),
    ],
)  # fmt: skip
def test_a_quota_of_cpu_time_bounds_the_cores(
    own: str, files: dict[str, str], quota: float | None, wanted: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that may run on 64 cores for the time of 2 keeps 2 busy: so many are its slots."""
    for name, text in files.items():
        (tmp_path / "cgroup" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "cgroup" / name).write_text(f"{text}\n")
    (tmp_path / "own").write_text(f"{own}\n")
    monkeypatch.setattr(environment, "CGROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(environment, "OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(64)))
    assert cpu_quota() == quota
    assert cores() == wanted
