"""`autograder doctor` tells the truth about this machine, and what to do about each lack."""

from __future__ import annotations

import ctypes
import dataclasses
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder import environment
from autograder.doctor import Row, State, layers, report, verdict
from autograder.doctor.machine import machine_rows
from autograder.doctor.sandbox import core_row
from autograder.environment import chromium_path, cores

Run = Callable[..., subprocess.CompletedProcess[str]]


DOCTOR = f"{shlex.quote(sys.executable)} -m autograder.doctor"
DOCKER = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined --security-opt systempaths=unconfined"


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """This machine's report."""
    return report()


def test_report_covers_everything(rows: list[Row]) -> None:
    """Every part of the machine that grading or the decks need has its row."""
    wanted = {
        *("system", "Python", "cores", "memory", "free disk"),
        *("user namespace", "mount namespace", "pid namespace", "net namespace", "ipc namespace", "uts namespace"),
        *("a /proc of its own", "namespaces inside it", "seccomp filter", "Landlock", "started by", "cgroup limits"),
        *("core dumps", "torch", "torchvision", "nbgrader", "Node", "Marp", "Chromium"),
    }
    assert {row.name for row in rows} >= wanted
    assert {row.group for row in rows} == {"machine", "sandbox", "GPU", "packages", "decks"}


def test_every_lack_has_a_remedy(rows: list[Row]) -> None:
    """A row that is not good says what to type or to ask for; a good one has no such line."""
    assert [row for row in rows if (row.state is State.GOOD) == bool(row.remedy)] == []
    with pytest.raises(dataclasses.FrozenInstanceError):
        rows[0].found = "x"  # type: ignore[misc]


def test_report_agrees_with_the_machine(rows: list[Row]) -> None:
    """Python, browser and GPU are those that programs find here."""
    found = {row.name: row for row in rows}
    assert sys.executable in found["Python"].found
    assert (found["Chromium"].state is State.GOOD) == (chromium_path() is not None)
    assert found["cores"].found.startswith(f"{cores()} for this process")


def test_a_quota_is_shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In a container with `--cpus=1.5` the row says how many cores are kept busy, and why not all."""
    (tmp_path / "cpu.max").write_text("150000 100000\n")
    (tmp_path / "own").write_text("0::/\n")
    monkeypatch.setattr(environment, "CGROUPS", tmp_path)
    monkeypatch.setattr(environment, "OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(64)))
    row = next(row for row in machine_rows(tmp_path) if row.name == "cores")
    assert row.found.startswith("2 for this process (a cgroup's quota: the time of 1.5, on any of 64); ")


def test_looking_imports_no_torch(run: Run) -> None:
    """The report is quick: torch, which takes seconds, is not imported where there is no GPU."""
    code = "from autograder.doctor import report; rows = report(); import sys; print('torch' in sys.modules, len(rows))"
    assert run(sys.executable, "-c", code).stdout.startswith("False ")


@pytest.mark.sandbox
def test_masked_proc_is_found_and_ends_with_3(run_where: Run) -> None:
    """Where parts of /proc are masked, as in containers, the row says which option gives them back; the code is 3."""
    done = run_where("mount -t tmpfs none /proc/sys", DOCTOR, COLUMNS="300")
    assert done.returncode == 3
    line = next(line for line in done.stdout.splitlines() if "a /proc of its own" in line)
    assert "mount proc at /proc: Operation not permitted" in line
    assert DOCKER in done.stdout
    assert "A cohort cannot be graded here: a /proc of its own" in done.stdout


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("setting", "value", "advice"),
    [
        ("kernel/apparmor_restrict_unprivileged_userns", "1", "make system (as somebody who may use sudo)"),
        ("kernel/unprivileged_userns_clone", "0", "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", "0", "sudo sysctl -w user.max_user_namespaces=15000"),
    ],
)
def test_setting_that_forbids_is_named(run_where: Run, setting: str, value: str, advice: str) -> None:
    """Where a kernel setting takes the layer, the advice is about that setting and not about containers."""
    code = "from autograder.sandbox import policy; policy.container = str; print(policy.remedy('user namespace', 'x'))"
    done = run_where(
        "mount -t tmpfs none /proc/sys",
        f"mkdir -p /proc/sys/{setting.partition('/')[0]}",
        f"echo {value} > /proc/sys/{setting}",
        f"{shlex.quote(sys.executable)} -c {shlex.quote(code)}",
    )
    assert done.stdout.startswith(advice)


def test_answer_is_what_the_kernel_said() -> None:
    """An attempt's error is its answer, a process that is killed is an answer too, and no answer means yes."""

    def refused() -> None:
        raise PermissionError(1, "no")

    assert layers.answer(lambda: None) == ""
    assert layers.answer(refused) == "[Errno 1] no"
    assert (
        layers.answer(lambda: os.kill(os.getpid(), signal.SIGKILL)) == "the process that tried it ended with status 9"
    )


def test_attempts_are_made_without_rights() -> None:
    """Started by root too, an attempt may do no more than the sandbox, which is not root."""

    def mount() -> None:
        if ctypes.CDLL(None).mount(b"none", b"/mnt", b"tmpfs", 0, None) == 0:
            raise AssertionError("mounted")

    assert layers.answer(mount) == ""
    assert layers.answer(lambda: os.close(os.open("/etc/shadow", os.O_RDONLY))) != ""


def test_verdict_names_what_matters() -> None:
    """What blocks is named first and alone; then what is merely less; else that nothing is missing."""
    good, less, blocking = (Row("g", state.value, "x", state) for state in State)
    assert verdict([good]) == "Grading works here, and nothing is missing."
    assert verdict([good, less]) == "Grading works here. Less than there could be: less."
    assert verdict([good, less, blocking]).startswith("A cohort cannot be graded here: blocking.")


@pytest.mark.parametrize(
    ("pattern", "limit", "state"),
    [("|/usr/share/apport %p", 0, State.LESS), ("|/usr/share/apport %p", -1, State.GOOD), ("core", 0, State.GOOD)],
)
def test_collectors_of_core_dumps_are_told(pattern: str, limit: int, state: State) -> None:
    """The kernel starts one at each crash where the limit is 0, which no submission's process can raise to 1."""
    assert core_row(pattern, limit).state is state
