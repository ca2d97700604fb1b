"""The wheel that students install: complete, small, and the same bytes from the same sources."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LARGEST = 100_000
"""Bytes: it lies in every student's zip and is uploaded to Colab by hand."""


def build(source: Path, folder: Path) -> Path:
    """Build the wheel without a network, as the release does."""
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run(
        [*command, "--wheel-dir", str(folder), str(source)],
        env={**os.environ, "SOURCE_DATE_EPOCH": "315532800", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        timeout=120,
        check=True,
    )
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_package_and_its_registry_and_nothing_else(wheel: Path) -> None:
    """No test, no cache, no file of another folder."""
    names = set(zipfile.ZipFile(wheel).namelist())
    pages = (".py", ".html", ".css", ".js")
    sources = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*") if path.suffix in pages}
    inside = {name for name in names if not name.startswith("coursedata-0")}
    assert inside == sources | {"coursedata/registry.toml"}
    assert wheel.stat().st_size < LARGEST


def test_the_wheel_has_the_same_bytes_from_another_folder(wheel: Path, tmp_path: Path) -> None:
    """Neither the place nor the time of building enters it."""
    copy = tmp_path / "elsewhere" / "datasets"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    os.utime(copy / "src" / "coursedata" / "cli.py", (1_000_000_000, 1_000_000_000))
    assert build(copy, tmp_path / "second").read_bytes() == wheel.read_bytes()


def test_the_installed_wheel_works_without_the_repository(wheel: Path, tmp_path: Path) -> None:
    """What is unpacked from it finds its registry and makes the recording."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = (
        "import coursedata, coursedata.registry as r, pathlib;"
        "print(pathlib.Path(coursedata.__file__).parents[1], *r.registry(), coursedata.recording().heart_rate)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path), "mnist", "welltory", "66.0"]
