"""Where the machine cannot give a layer, nothing is graded, and the message names the layer and what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autograder.doctor import State
from autograder.doctor import sandbox as doctor
from autograder.errors import SandboxUnavailable
from autograder.grade.grader import Grader
from autograder.manifest import load_exercise
from autograder.sandbox import cgroup, first, kernel, landlock, policy, root, warm

pytestmark = pytest.mark.sandbox
ADVICE = "do this and that"
NESTED = pytest.mark.skipif(os.geteuid() != 0, reason="only where root starts the grader is the uid changed")


def refuse(*_: object, **__: object) -> None:
    """Answer as a kernel that forbids it."""
    raise OSError(1, "the call: Operation not permitted")


def refused(module: Any, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one step fail."""
    return lambda patch: patch.setattr(module, name, refuse)


def refused_namespace(name: str, *, inner_only: bool = False) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one namespace be refused, to the warm process or to a submission alone."""

    def take(patch: pytest.MonkeyPatch) -> None:
        real, times = kernel.unshare, []

        def unshare(flags: int) -> None:
            times.append(1)
            if flags & kernel.NAMESPACES[name] and (len(times) > 1 or not inner_only):
                refuse()
            real(flags)

        patch.setattr(kernel, "unshare", unshare)

    return take


def refused_mount(target: Path) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one mount be refused, as /proc is where parts of it are masked."""

    def take(patch: pytest.MonkeyPatch) -> None:
        mount = kernel.mount
        patch.setattr(kernel, "mount", lambda *a, **more: refuse() if Path(a[1]) == target else mount(*a, **more))

    return take


def refused_in_submission(module: Any, name: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Let one step of the warm process pass and fail in a submission's process."""

    def take(patch: pytest.MonkeyPatch) -> None:
        real = getattr(module, name)
        patch.setattr(module, name, lambda *args: refuse() if args[0].startswith("1000 ") else real(*args))

    return take


STEPS = {
    **{f"{name} namespace": refused_namespace(name) for name in kernel.NAMESPACES},
    **{f"{name} namespace (inner)": refused_namespace(name, inner_only=True) for name in kernel.NAMESPACES},
    "user namespace (maps)": refused(kernel, "write_id_maps"),
    "user namespace (maps, inner)": refused_in_submission(kernel, "write_id_maps"),
    "mount namespace (private)": refused(kernel, "mount_private"),
    "mount namespace (root)": refused(kernel, "pivot_root"),
    "a /proc of its own": refused_mount(Path("/proc")),
    "read-only root": refused(kernel, "read_only"),
    "private folders": refused_mount(root.HOME),
    "unprivileged user": refused(kernel, "set_dumpable"),
    "memory killer's choice": refused(first, "offer_to_memory_killer"),
    "resource limits": refused(first, "set_limits"),
    "no new privileges": refused(kernel, "set_no_new_privileges"),
    "no capabilities": refused(kernel, "drop_capabilities"),
    "Landlock": refused(landlock, "restrict"),
    "seccomp filter": refused(kernel, "install_filter"),
    "seccomp filter (library)": refused(kernel, "filter_program"),
}


@pytest.mark.parametrize("name", [pytest.param(n, marks=NESTED if n == "unprivileged user" else ()) for n in STEPS])
def test_missing_layer(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nothing starts: the message is one line with the layer, what the kernel said, and what to do."""
    if name == "Landlock" and not landlock.version():
        pytest.skip("this kernel has no Landlock")
    STEPS[name](monkeypatch)
    monkeypatch.setattr(policy, "remedy", lambda layer, _: f"{ADVICE} for {layer}")
    with pytest.raises(SandboxUnavailable) as caught:
        warm.start_warm(1, lambda _: (tmp_path / "graded").touch())
    layer = name.partition(" (")[0]
    message = str(caught.value)
    assert f"{layer}: the call: Operation not permitted" in message
    assert f"{ADVICE} for {layer}; `autograder doctor`" in message
    assert "\n" not in message
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_graded(arena: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The grader itself stops before it opens a submission, and says which layer is missing."""
    monkeypatch.setattr(kernel, "install_filter", refuse)
    with pytest.raises(SandboxUnavailable, match=r"seccomp filter.*CONFIG_SECCOMP_FILTER"):
        Grader(load_exercise(arena.exercise.folder), b"s" * 32).__enter__()


def test_what_is_optional_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Landlock or groups grading goes on, and the doctor says what is less, and how to get it."""
    rows = {row.name: row for row in doctor.sandbox_rows()}
    assert (rows["Landlock"].state is State.GOOD) == bool(landlock.version())
    monkeypatch.setattr(landlock, "version", lambda: 0)
    monkeypatch.setattr(cgroup, "available", dict)
    rows = {row.name: row for row in doctor.sandbox_rows()}
    for name, lacking in {"Landlock": "not in this kernel", "cgroup limits": "bind each process alone"}.items():
        assert rows[name].state is State.LESS
        assert lacking in rows[name].found
        assert rows[name].remedy


@pytest.mark.parametrize("name", [*(f"{n} namespace" for n in kernel.NAMES), "seccomp filter", "Landlock", "anything"])
def test_every_layer_has_advice(name: str) -> None:
    """Whatever is missing, there is something to do or to ask for."""
    assert policy.remedy(name, "Operation not permitted")
