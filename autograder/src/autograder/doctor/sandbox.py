"""What of the sandbox this machine can give, and whom to ask for the rest."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.doctor.row import Row, State
from autograder.sandbox import cgroup
from autograder.sandbox.policy import LANDLOCK, container, remedy

__all__ = ["sandbox_rows"]

GROUP = "sandbox"
CORE_PATTERN = Path("/proc/sys/kernel/core_pattern")
OTHER_SYSTEM = "grading needs Linux: the container of autograder/bootstrap/Dockerfile has it (its first lines say how)"


def sandbox_rows() -> Iterator[Row]:
    """Yield a row for each layer, for who starts it, and for the limits of a whole submission."""
    if sys.platform != "linux":
        yield Row(GROUP, "Linux", sys.platform, State.BLOCKING, OTHER_SYSTEM)
        return
    from autograder.doctor import layers

    for layer in layers.LAYERS:
        said = layers.answer(layer.attempt)
        if said:
            yield Row(GROUP, layer.name, said, State.BLOCKING, remedy(layer.name, said))
        else:
            yield Row(GROUP, layer.name, "yes")
    yield _landlock_row()
    yield _user_row()
    yield _limits_row()
    yield core_row(_core_pattern(), resource.getrlimit(resource.RLIMIT_CORE)[1])


def _core_pattern() -> str:
    try:
        return CORE_PATTERN.read_text("utf-8", "replace")
    except OSError:  # masked, as in some containers: the row of /proc tells
        return ""


def core_row(pattern: str, limit: int) -> Row:
    """Return whether a crash of student code starts the program of `pattern`; `limit` is ours, and cannot be raised."""
    if not pattern.startswith("|") or limit != 0:
        return Row(GROUP, "core dumps", "none")
    found = "each crash of student code starts the machine's collector of core dumps, outside of all limits"
    return Row(GROUP, "core dumps", found, State.LESS, "`ulimit -Hc 1` (not 0) in the shell or service that grades")


def _landlock_row() -> Row:
    from autograder.sandbox import landlock

    if landlock.version():
        return Row(GROUP, LANDLOCK, f"active, version {landlock.version()}")
    found = "not in this kernel, or off; mounts and namespaces alone say what may be opened and reached"
    return Row(GROUP, LANDLOCK, found, State.LESS, remedy(LANDLOCK, found))


def _user_row() -> Row:
    if os.geteuid() == 0:
        return Row(GROUP, "started by", "root; student code becomes an unprivileged user first")
    return Row(
        GROUP,
        "started by",
        f"uid {os.geteuid()}, not root; slots share what the kernel counts by uid (root gives each its own)",
    )


def _limits_row() -> Row:
    name = "cgroup limits"
    version = "v2" if (cgroup.ROOT / "cgroup.controllers").exists() else "v1"
    usable = {controller: folder for controller, folder in cgroup.available().items() if _can_make_group(folder)}
    lacking = sorted({"memory", "pids"} - set(usable))
    if not lacking:
        return Row(GROUP, name, f"active, {version}: memory and processes of a whole submission")
    return Row(
        GROUP,
        name,
        f"{version}: none for {' and '.join(lacking)}; limits bind each process alone",
        State.LESS,
        _limits_remedy(version),
    )


def _limits_remedy(version: str) -> str:
    if container():
        return "add to docker run: --cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup:rw"
    if version == "v2":
        return "systemd-run --user --scope -p Delegate=yes make grade COHORT=…"
    return "grade as root, who may make groups here, or on a machine with cgroups v2"


def _can_make_group(folder: Path) -> bool:
    group = folder / f"t2p-doctor-{os.getpid()}"
    try:
        group.mkdir()
        group.rmdir()
    except OSError:
        return False
    return True
