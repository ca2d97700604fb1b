"""The script that brings Debian's packages says what and why, and never stands in the way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


NO_FONTS = "mount -t tmpfs none /usr/share/fonts"
RESTRICTED = (
    *("mount -t tmpfs none /proc/sys", "mkdir /proc/sys/kernel"),
    "echo 1 > /proc/sys/kernel/apparmor_restrict_unprivileged_userns",
)

pytestmark = pytest.mark.sandbox


@pytest.fixture
def clone(tmp_path: Path, root: Path, bootstrap: Path) -> Path:
    """A repository, its folder's name with a space in it, with a Python of its own."""
    folder = tmp_path / "my course"
    (folder / "autograder").mkdir(parents=True)
    shutil.copytree(bootstrap, folder / "autograder/bootstrap")
    (folder / "autograder/src").symlink_to(root / "autograder/src")
    subprocess.run([sys.executable, "-m", "venv", "--copies", "--without-pip", str(folder / ".venv")], check=True)
    return folder


def test_says_what_is_missing_why_and_what_to_type(run_where: Run, bootstrap: Path) -> None:
    """Where it may not install, each missing package has its reason, one command brings all, and set-up goes on."""
    done = run_where(NO_FONTS, bootstrap / "debian.sh", T2P_NO_APT="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "system: missing: fonts-noto-cjk (Chinese, Japanese and Korean names on slides and pages)" in done.stdout
    typed = next(line for line in done.stdout.splitlines() if "apt-get install" in line)
    assert typed.startswith("system:   sudo apt-get update && sudo apt-get install ")
    assert typed.endswith("fonts-noto-cjk fonts-noto-color-emoji fonts-dejavu-core")


def test_apt_that_fails_stops_nothing(run_where: Run, bootstrap: Path, tmp_path: Path) -> None:
    """Without a network the end of what apt said is shown, then what to type; set-up goes on."""
    (tmp_path / "apt-get").write_text("#!/bin/sh\necho 'E: no network' >&2; exit 100\n")
    (tmp_path / "apt-get").chmod(0o755)
    done = run_where(NO_FONTS, f"PATH={tmp_path}:$PATH {bootstrap / 'debian.sh'}")
    assert done.returncode == 0
    assert "E: no network" in done.stderr
    assert "system: apt could not install them (above)" in done.stdout
    assert "sudo apt-get install" in done.stdout


def test_ubuntu_is_told_of_its_snap(run_where: Run, bootstrap: Path, tmp_path: Path) -> None:
    """On Ubuntu Chromium is no package: the snap is named unless T2P_CHROMIUM names a browser, and apt not asked."""
    (tmp_path / "os-release").write_text("ID=ubuntu\n")
    there = f"mount --bind {tmp_path}/os-release $(realpath /etc/os-release)"
    hide = (
        "for file in /usr/bin/chromium /usr/bin/google-chrome*; do [ ! -e $file ] || mount --bind /dev/null $file; done"
    )
    done = run_where(there, hide, bootstrap / "debian.sh", T2P_NO_APT="1")
    assert done.returncode == 0
    assert "sudo snap install chromium" in done.stdout
    assert "missing: chromium" not in done.stdout
    done = run_where(there, hide, bootstrap / "debian.sh", T2P_NO_APT="1", T2P_CHROMIUM="/usr/bin/env")
    assert "snap" not in done.stdout


def test_apparmor_profile_is_for_this_python_alone(run_where: Run, clone: Path) -> None:
    """Under Ubuntu's restriction a profile is shown and kept, with the exact command, for one path and one right."""
    done = run_where(*RESTRICTED, f"'{clone}/autograder/bootstrap/debian.sh'", cwd=clone, T2P_NO_APT="1")
    assert done.returncode == 0
    (kept,) = (clone / ".venv").glob("t2p-*.apparmor")
    profile = [line for line in kept.read_text().splitlines() if line and not line.startswith("#")]
    assert profile == [
        "abi <abi/4.0>,",
        "include <tunables/global>",
        f'profile {kept.stem} "{clone}/.venv/bin/python{{,3,3.[0-9]*}}" flags=(unconfined) {{',
        "  userns,",
        "}",
    ]
    command = f"sudo install -m 644 .venv/{kept.name} /etc/apparmor.d/{kept.stem} && sudo apparmor_parser --replace "
    assert command in done.stdout


def test_linked_python_gets_no_profile(run_where: Run, clone: Path) -> None:
    """A link to the system's Python would give the right to every program in Python: refused, with what to type."""
    python = clone / ".venv/bin/python"
    python.unlink()
    python.symlink_to(sys.executable)
    done = run_where(*RESTRICTED, f"'{clone}/autograder/bootstrap/debian.sh'", cwd=clone, T2P_NO_APT="1")
    assert done.returncode == 0
    assert "Type: rm -r .venv && make setup" in done.stdout
    assert not list((clone / ".venv").glob("*.apparmor"))


def test_nothing_is_done_twice(run: Run, bootstrap: Path) -> None:
    """Where all is there, or was told before, a second run says the same and changes nothing."""
    first, second = (run(bootstrap / "debian.sh", T2P_NO_APT="1") for _ in range(2))
    assert (first.returncode, first.stdout) == (second.returncode, second.stdout)
    assert first.returncode == 0
