"""Groups of processes where cgroups are of version 2, on a folder that answers as the kernel's does."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.sandbox import cgroup

MEMORY, PROCESSES = 1 << 30, 64


class Tree:
    """A folder like /sys/fs/cgroup; this process lives in its folder `user/grader`."""

    def __init__(self, root: Path) -> None:
        """Make it."""
        self.parent, self.own = root / "user", root / "user" / "grader"
        self.busy: set[Path] = set()
        """Where the kernel hands no controller on, since processes live there."""
        self.own.mkdir(parents=True)
        for folder in (root, self.parent, self.own):
            (folder / "cgroup.controllers").write_text("cpu memory pids\n")
            (folder / "cgroup.subtree_control").write_text("\n")

    def write(self, path: Path, text: str) -> None:
        """Take what is written as the kernel does."""
        if path.parent in self.busy and path.name == "cgroup.subtree_control":
            raise OSError(errno.EBUSY, "Device or resource busy")
        if path.name == "memory.memsw.limit_in_bytes":
            raise PermissionError(errno.EACCES, "of version 1")
        with path.open("w") as file:
            file.write(text.replace("+", ""))


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tree]:
    """Version 2 in place of what this machine has."""
    found = Tree(tmp_path)

    def write_text(path: Path, text: str, *_: Any, **__: Any) -> None:
        found.write(path, text)

    monkeypatch.setattr(cgroup, "ROOT", tmp_path)
    monkeypatch.setattr(cgroup, "own_group", lambda: "user/grader")
    monkeypatch.setattr(Path, "write_text", write_text)
    cgroup.available.cache_clear()
    yield found
    cgroup.available.cache_clear()


def test_controllers_are_handed_on(tree: Tree) -> None:
    """Groups are made below the grader's own, for which memory and pids are switched on."""
    assert cgroup.available() == {"memory": tree.own, "pids": tree.own}
    assert (tree.own / "cgroup.subtree_control").read_text().split() == ["memory", "pids"]


def test_a_group_that_processes_live_in(tree: Tree) -> None:
    """A group with processes hands nothing on: then groups are made beside it, else there are none."""
    tree.busy = {tree.own}
    assert set(cgroup.available().values()) == {tree.parent}
    cgroup.available.cache_clear()
    tree.busy.add(tree.parent)
    (tree.parent / "cgroup.subtree_control").write_bytes(b"")
    assert cgroup.available() == {}


def test_limits_are_written_before_anybody_is_in(tree: Tree) -> None:
    """One group holds both limits, swap included, and the submission's first process."""
    group = cgroup.Group.create(4711, MEMORY, PROCESSES)
    (folder,) = set(group.folders.values())
    assert folder.parent == tree.own
    written = {path.name: path.read_text() for path in folder.iterdir()}
    assert written == {
        "memory.max": str(MEMORY),
        "memory.swap.max": "0",
        "pids.max": str(PROCESSES),
        "cgroup.procs": "4711",
    }


def test_ends_for_lack_of_memory_are_counted(tree: Tree) -> None:
    """What the kernel ended for its use of memory is told apart from what crashed."""
    group = cgroup.Group.create(4711, MEMORY, PROCESSES)
    assert group.out_of_memory() == 0
    (group.folders["memory"] / "memory.events").write_bytes(b"low 0\nhigh 0\nmax 12\noom 2\noom_kill 3\n")
    assert group.out_of_memory() == 3
    assert tree.own in group.folders["memory"].parents
