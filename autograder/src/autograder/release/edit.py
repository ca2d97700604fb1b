"""Editing an exercise's source as a notebook in JupyterLab, so that what is saved comes back byte-clean."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.source import read_source

__all__ = ["edit", "jupyter_config", "lab_command"]

CELL_METADATA = "title,kind,tags,-all"
NOTEBOOK_METADATA = "-all"
OVERRIDES = {"@jupyterlab/apputils-extension:notification": {"checkForUpdates": False, "fetchNews": "false"}}
OPEN_PAGE = {
    "layout-restorer:data": {
        "main": {
            "dock": {"type": "tab-area", "currentIndex": 0, "widgets": ["notebook:notebook.py"]},
            "current": "notebook:notebook.py",
        },
    },
    "notebook:notebook.py": {"data": {"path": "notebook.py", "factory": "Notebook"}},
}
"""A workspace in which the source is open as a notebook: JupyterLab opens a .py file as text by itself."""


def edit(repo: Repository, slug: str) -> None:
    """Open the source of `slug` in JupyterLab until it is shut down, then read what was saved.

    Raises UserError when there is no such exercise, when JupyterLab does not start, and, with file and line, when what
    was saved is no source any more.
    """
    folder = repo.exercise(slug).folder
    before = (folder / "notebook.py").read_bytes()
    with tempfile.TemporaryDirectory(prefix="t2p-edit-") as scratch:
        code = _run(lab_command(folder, Path(scratch)))
    if code:
        raise UserError(f"JupyterLab ended with exit code {code}: its last lines above say why")
    read_source(folder)
    if (folder / "notebook.py").read_bytes() != before:
        sys.stderr.write(f"{slug} was changed: `make prove EXERCISE={slug}` proves it again\n")


def _run(command: list[str]) -> int:
    """Run a server until it ends; Ctrl+C is its affair, since it asks whether to shut down."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, check=False).returncode
    finally:
        signal.signal(signal.SIGINT, before)


def lab_command(folder: Path, scratch: Path, *arguments: str) -> list[str]:
    """Return the command that serves `folder` in JupyterLab; `scratch` takes its settings and checkpoints."""
    config = scratch / "jupyter_server_config.json"
    config.write_text(json.dumps(jupyter_config(scratch), indent=1), "utf-8")
    (scratch / "settings").mkdir(exist_ok=True)
    (scratch / "settings" / "overrides.json").write_text(json.dumps(OVERRIDES, indent=1), "utf-8")
    _write_workspace(scratch / "workspaces")
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        f"--config={config}",
        f"--LabApp.workspaces_dir={scratch / 'workspaces'}",
        f"--LabApp.app_settings_dir={scratch / 'settings'}",
        *(["--allow-root"] if getattr(os, "geteuid", lambda: 1)() == 0 else []),
        *arguments,
    ]


def _write_workspace(folder: Path) -> None:
    from jupyterlab_server.workspaces_handler import WORKSPACE_EXTENSION, slugify

    folder.mkdir(exist_ok=True)
    workspace = {"data": OPEN_PAGE, "metadata": {"id": "default"}}
    (folder / (slugify("default", base="") + WORKSPACE_EXTENSION)).write_text(json.dumps(workspace), "utf-8")


def jupyter_config(scratch: Path) -> dict[str, dict[str, object]]:
    """Return the server's settings: jupytext as our sources are written, nothing left beside the notebook.

    Text is written as one raw string a cell; only titles, kinds and tags are kept of a cell's metadata.
    """
    return {
        "ServerApp": {"contents_manager_class": "autograder.release.contents.SourceManager"},
        "SourceManager": {
            "cell_metadata_filter": CELL_METADATA,
            "notebook_metadata_filter": NOTEBOOK_METADATA,
        },
        "FileCheckpoints": {"checkpoint_dir": str(scratch / "checkpoints")},
    }
