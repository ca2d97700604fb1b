"""The lock names one tested version of everything, and no build of torch."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from packaging.requirements import Requirement

Load = Callable[[str], ModuleType]
Run = Callable[..., subprocess.CompletedProcess[str]]


def lines(root: Path) -> list[str]:
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_every_wish_is_locked(load: Load, root: Path) -> None:
    """Each requirement of the packages and tools is in the lock at a version that it allows: else `make lock`."""
    locked = {Requirement(line).name: Requirement(line) for line in lines(root)}
    lock = load("lock")
    for wish in map(Requirement, lock.wishes(root)):
        (pin,) = locked[lock.canonical(wish.name)].specifier
        assert pin.operator == "=="
        assert wish.specifier.contains(pin.version)


def test_no_build_and_no_registry_is_named(root: Path) -> None:
    """No local version, hash, address or index: which build of torch is right is for each machine to say."""
    assert all(re.fullmatch(r"[a-z0-9-]+==[0-9][0-9a-z.]*(; .+)?", line) for line in lines(root))
    assert "torch==2.13.0" in lines(root)
    assert not [line for line in lines(root) if line.startswith(("nvidia", "triton", "opencv-python=="))]


def test_header_says_how_to_make_it_again(load: Load, root: Path) -> None:
    """The file begins with what made it."""
    assert (root / "requirements.lock").read_text(encoding="utf-8").startswith(load("lock").HEADER)


def test_versions_are_public_and_markers_reach_what_they_brought(load: Load) -> None:
    """`+cpu` is dropped, torch's CUDA libraries too; what only a marked wish needs has its marker as well."""
    metadata = [
        {
            "name": "Torch",
            "version": "2.13.0+cpu",
            "requires_dist": ["sympy>=1", "nvidia_nccl; sys_platform == 'linux'"],
        },
        {"name": "sympy", "version": "1.14.0", "requires_dist": []},
        {"name": "nvidia-nccl", "version": "2"},
        {"name": "intel_openmp", "version": "3", "requires_dist": ["umf>=1", "sympy"]},
        {"name": "umf", "version": "1.2"},
    ]
    wishes = ["torch==2.13.0", "intel-openmp>=2; platform_machine == 'x86_64'"]
    assert list(load("lock").locked(metadata, wishes)) == [
        "intel-openmp==3; platform_machine == 'x86_64'",
        "sympy==1.14.0",
        "torch==2.13.0",
        "umf==1.2; platform_machine == 'x86_64'",
    ]


def test_failing_command_shows_its_end_and_itself(run: Run, bootstrap: Path) -> None:
    """An installation that fails shows the last lines and the command to try by hand, without a traceback."""
    code = (
        f"import sys; sys.path.insert(0, {str(bootstrap)!r}); import packages\n"
        "packages.run('three packages', ['sh', '-c', 'seq 100; echo no such package >&2; exit 3'])"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 1
    assert done.stdout == "three packages …\n"
    assert "no such package\n" in done.stderr
    assert "three packages: failed; the command was\n  sh -c seq" in done.stderr
    assert len(done.stderr.splitlines()) == 27
