"""A memory and process limit for a submission as a whole, where the machine lets us make one.

The limits of `setrlimit` bind each process alone; a cgroup binds all of a submission's processes together. A process
inside the sandbox cannot place its children, so the trusted side puts the first process in before it is told anything.
"""

from __future__ import annotations

import contextlib
import os
import time
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from pathlib import Path

__all__ = ["Group", "available", "remove_left"]

ROOT = Path("/sys/fs/cgroup")
V1_FILES = {"memory": "memory.limit_in_bytes", "pids": "pids.max"}
V2_FILES = {"memory": "memory.max", "pids": "pids.max"}
YOUNG_SECONDS = 60.0

_numbers = count(1)


@lru_cache(maxsize=1)
def available() -> dict[str, Path]:
    """Return the folder in which groups can be made, for each of `memory` and `pids` that this machine offers."""
    if (ROOT / "cgroup.controllers").exists():
        return _version_2()
    return {
        name: ROOT / name for name in V1_FILES if os.access(ROOT / name, os.W_OK) and (ROOT / name / "tasks").exists()
    }


def _version_2() -> dict[str, Path]:
    own = ROOT / own_group()
    for folder in (own, own.parent):
        control = folder / "cgroup.subtree_control"
        if not os.access(control, os.W_OK):
            continue
        with contextlib.suppress(OSError):  # busy while processes of ours live in the same group
            control.write_text("+memory +pids")
        enabled = set(control.read_text().split()) & set(V2_FILES)
        if enabled:
            return dict.fromkeys(sorted(enabled), folder)
    return {}


def own_group() -> str:
    """Return the path, below the root, of the group of version 2 that this process lives in."""
    return Path("/proc/self/cgroup").read_text().strip().rpartition(":")[2].lstrip("/")


def remove_left() -> int:
    """Remove the groups of graders that were killed; return how many. One that holds a process cannot be removed."""
    removed = 0
    for parent in set(available().values()):
        for folder in parent.glob("t2p-*-*"):
            with contextlib.suppress(OSError):
                ended = not Path("/proc", folder.name.split("-")[1]).exists()
                # a grader in another container has a number of its own, and its newest group is empty for a moment
                if ended and time.time() - folder.stat().st_ctime > YOUNG_SECONDS:
                    folder.rmdir()
                    removed += 1
    return removed


@dataclass
class Group:
    """The groups that one submission's processes are in; empty where the machine offers none."""

    folders: dict[str, Path]

    @classmethod
    def create(cls, pid: int, memory_bytes: int, processes: int) -> Group:
        """Make the groups and put process `pid` into them; its children follow by themselves."""
        limits = {"memory": memory_bytes, "pids": processes}
        name = f"t2p-{os.getpid()}-{next(_numbers)}"
        folders: dict[str, Path] = {}
        for controller, parent in available().items():
            folder = parent / name
            files = V1_FILES if parent.name == controller else V2_FILES
            with contextlib.suppress(OSError):
                folder.mkdir(exist_ok=True)
                folders[controller] = folder
                (folder / files[controller]).write_text(str(limits[controller]))
                if controller == "memory":
                    _leave_no_swap(folder, memory_bytes)
                (folder / "cgroup.procs").write_text(str(pid))
        return cls(folders)

    def out_of_memory(self) -> int:
        """Return how many processes of the group the kernel has ended for their use of memory."""
        for file in ("memory.oom_control", "memory.events"):
            path = self.folders.get("memory", Path()) / file
            with contextlib.suppress(OSError):
                words = path.read_text().split()
                pairs = dict(zip(words[::2], words[1::2], strict=False))
                return int(pairs.get("oom_kill", "0"))
        return 0

    def remove(self) -> None:
        """Take the groups away once their processes have ended."""
        for folder in set(self.folders.values()):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _leave_no_swap(folder: Path, memory_bytes: int) -> None:
    """Let the limit bind what is swapped out as well: the kernel would swap for long, and the neighbours wait."""
    # of memory and swap together in version 1, of swap alone in version 2; a machine without swap may have neither
    for file, most in (("memory.memsw.limit_in_bytes", memory_bytes), ("memory.swap.max", 0)):
        with contextlib.suppress(OSError):
            (folder / file).write_text(str(most))
