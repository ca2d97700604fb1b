"""The machine itself: system, processors, memory, disk and GPU."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.doctor.row import Row, State
from autograder.environment import cores, cores_to_run_on, cpu_quota
from autograder.sandbox.policy import container

__all__ = ["gpu_rows", "machine_rows"]

GROUP = "machine"
GIB = 1 << 30
MEMORY_WANTED, DISK_WANTED = 4 * GIB, 8 * GIB
TORCH_SAYS = """
import json, torch
cuda = torch.cuda.is_available()
name = torch.cuda.get_device_name() if cuda else ""
print(json.dumps({"build": torch.__version__, "cuda": cuda, "name": name, "mps": torch.backends.mps.is_available()}))
"""


def machine_rows(folder: Path) -> Iterator[Row]:
    """Yield rows for system, Python, processors, memory and the disk that holds `folder`."""
    inside = f", in a container ({container()})" if container() else ""
    yield Row(GROUP, "system", f"{_system()}, kernel {platform.release()}, {platform.machine()}{inside}")
    yield Row(GROUP, "Python", f"{platform.python_version()} ({sys.executable})")
    yield Row(GROUP, "cores", f"{cores()} for this process{_bound()}; {_processor()}")
    memory = memory_bytes()
    yield _sized("memory", memory, MEMORY_WANTED, "grade with fewer slots (slots = 1 in cohort.toml)")
    yield _sized("free disk", shutil.disk_usage(folder).free, DISK_WANTED, "make room: set-up and a cohort need 8 GiB")


def _bound() -> str:
    """Return in words what a quota leaves of the cores."""
    quota = cpu_quota()
    return "" if quota is None else f" (a cgroup's quota: the time of {quota:g}, on any of {cores_to_run_on()})"


def memory_bytes() -> int:
    """Return the memory this process may use: the machine's, or less where its cgroup says so."""
    found = [os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")]
    for file in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            found.append(int(Path(file).read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such group, or the word "max"
            continue
    return min(found)


def gpu_rows() -> Iterator[Row]:
    """Yield what GPU there is; torch is imported (in another process) only where one can be."""
    cards = _nvidia_cards()
    if cards is None and sys.platform != "darwin":
        yield Row("GPU", "GPU", "none; exercises run on the CPU")
        return
    torch = _ask_torch()
    if cards is not None:
        yield _cuda_row(cards, torch)
    if sys.platform == "darwin":
        yield Row("GPU", "MPS", "yes" if torch.get("mps") else "no")


def _cuda_row(cards: str, torch: dict[str, object]) -> Row:
    if torch.get("cuda"):
        return Row("GPU", "CUDA", f"{torch['name']}, torch {torch['build']}")
    found = f"{cards}, but torch {torch.get('build', 'is missing')} cannot use it"
    advice = (
        "pip's default torch on Linux is CUDA's: unset PIP_EXTRA_INDEX_URL, rm -r .venv, make setup; then the driver"
    )
    return Row("GPU", "CUDA", found, State.LESS, advice)


def _nvidia_cards() -> str | None:
    if not Path("/proc/driver/nvidia/version").exists() and not Path("/dev/dxg").exists():
        return None
    said = _output(["nvidia-smi", "--query-gpu=name", "--format=csv,noheader"])
    return ", ".join(said.splitlines()) or "an NVIDIA driver without a card"


def _ask_torch() -> dict[str, object]:
    said = _output([sys.executable, "-c", TORCH_SAYS])
    answer: dict[str, object] = json.loads(said) if said else {}
    return answer


def _output(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def _sized(name: str, size: int, wanted: int, advice: str) -> Row:
    state = State.GOOD if size >= wanted else State.LESS
    return Row(GROUP, name, f"{size / GIB:.1f} GiB", state, advice if state is State.LESS else "")


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.mac_ver()[0]}".strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "processor unknown")
