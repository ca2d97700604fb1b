"""What the machine itself gives: Python, where it runs, memory, disk."""

from __future__ import annotations

import importlib
import importlib.util
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path

from coursedata.console import Row
from coursedata.download import cache_folder
from coursedata.errors import CourseDataError

__all__ = ["disk", "downloads", "memory", "place", "python", "writing"]

OLDEST_PYTHON = (3, 11)
LITTLE_MEMORY, LITTLE_DISK = 4.0, 2.0
"""In GiB: torch, a notebook and a browser; the course's packages and data."""


def python() -> list[Row]:
    """Return a row on whether this Python is new enough and of 64 bits."""
    version = platform.python_version()
    found = f"{platform.python_implementation()} {version}, {sys.executable}"
    if sys.version_info < OLDEST_PYTHON:
        return [
            Row("problem", "Python", found, "Install Python 3.11 or newer from python.org, make a new environment.")
        ]
    if sys.maxsize < 2**32:
        return [Row("problem", "Python", f"{found}, 32 bits", "PyTorch needs the 64-bit Python from python.org.")]
    return [Row("ok", "Python", found)]


def place() -> list[Row]:
    """Return a row on the system and the kind of environment, with advice where packages would go to all users."""
    kinds = [name for name, here in _kinds().items() if here]
    system = f"{platform.system()} {platform.release()}, {platform.machine()}"
    row = Row("ok", "where it runs", f"{system}; {', '.join(kinds) or 'no virtual environment'}")
    if kinds:
        return [row]
    advice = "Better: make an environment for the course (python -m venv .venv), and install with its Python."
    return [Row("note", row.name, row.text, advice)]


def _kinds() -> dict[str, bool]:
    return {
        "Google Colab": "COLAB_RELEASE_TAG" in os.environ or "google.colab" in sys.modules,
        "Windows' Linux (WSL)": "microsoft" in platform.release().lower(),
        "conda": (Path(sys.prefix) / "conda-meta").is_dir(),
        "a virtual environment": sys.prefix != sys.base_prefix,
        "a container": Path("/.dockerenv").exists(),
    }


def memory() -> list[Row]:
    """Return a row on how much memory there is."""
    total = _total_memory()
    if total is None:
        return [Row("note", "memory", "could not be read", "Nothing to do where you have 4 GiB or more.")]
    if total < LITTLE_MEMORY:
        return [Row("note", "memory", f"{total:.1f} GiB", "Close other programs while you work, or use Colab.")]
    return [Row("ok", "memory", f"{total:.1f} GiB")]


def _total_memory() -> float | None:
    if importlib.util.find_spec("psutil"):
        psutil = importlib.import_module("psutil")
        return float(psutil.virtual_memory().total) / 2**30
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    except (AttributeError, OSError, ValueError):
        return None


def disk() -> list[Row]:
    """Return a row on how much of the disk under the current folder is free."""
    free = shutil.disk_usage(Path.cwd()).free / 2**30
    if free < LITTLE_DISK:
        return [
            Row("problem", "free disk", f"{free:.1f} GiB", "Free at least 2 GiB: without it notebooks are not saved.")
        ]
    return [Row("ok", "free disk", f"{free:.1f} GiB")]


def writing() -> list[Row]:
    """Return a row on whether a file can be written in the current folder."""
    folder = Path.cwd()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"pulse")
    except OSError as error:
        text = f"{folder}: {error.strerror or error}"
        return [Row("problem", "writing here", text, "Put the course into a folder of your own, such as Documents.")]
    if "onedrive" in str(folder).lower():
        text = f"{folder} is kept in step by OneDrive"
        return [Row("note", "writing here", text, "It locks files while it copies them: a folder outside is safer.")]
    return [Row("ok", "writing here", f"{folder} can be written to")]


def downloads() -> list[Row]:
    """Return a row on where data come from and go to; nothing is needed before a week says so."""
    given = os.environ.get("T2P_DATA")
    if given and not Path(given).expanduser().is_dir():
        raise CourseDataError(f"the variable T2P_DATA names {given}, and there is no such folder")
    source = f"copies in {given}, then the network" if given else "the network (nothing is needed for week 1)"
    return [Row("ok", "data", f"kept in {cache_folder()}, from {source}")]
