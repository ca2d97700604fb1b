"""One call of marp for many decks; whatever it says beside its usual lines is a failure."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.environment import chromium_path, venv_bin_first
from autograder.errors import GraderFault, UserError

__all__ = ["Variant", "measure", "run_marp"]

DONE = re.compile(r"^\[\s*INFO \] .* => (?P<path>.+)$")
USUAL = re.compile(r"^\[\s*INFO \]")
SECONDS_PER_DECK = 180
Variant = dict[str, bool]
"""`notes` (presenter's notes stay in the page) and `dark`."""


def run_marp(slides: Path, source: Path, out: Path, *options: str, variant: Variant, done: Callable[[], None]) -> None:
    """Build every deck in `source` into `out`; `done` is called after each.

    Raises UserError with marp's own words when it fails or warns: its exit code alone says nothing.
    """
    command = [
        *(_node(), str(_package(slides, "@marp-team/marp-cli") / "marp-cli.js")),
        *("--config-file", str(slides / "marp.config.mjs"), "--input-dir", str(source), "--output", str(out)),
        *options,
    ]
    environment = _environment() | {
        "T2P_DECK_NOTES": str(int(variant["notes"])),
        "T2P_DECK_DARK": str(int(variant["dark"])),
    }
    complaints = []
    with subprocess.Popen(
        command,
        cwd=slides,
        env=environment,
        text=True,
        encoding="utf-8",
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    ) as process:
        for line in process.stderr or ():
            if DONE.match(line):
                done()
            elif line.strip() and not USUAL.match(line):
                complaints.append(line.strip())
    if process.returncode or complaints:
        words = " ".join(complaints) or f"exit code {process.returncode}"
        raise UserError(f"marp could not build the decks: {words}")


def measure(slides: Path, pages: list[Path], chromium: Path) -> list[dict[str, Any]]:
    """Return what measure.mjs finds in decks that were built with the bare template."""
    command = [_node(), str(slides / "marp" / "measure.mjs"), str(chromium), *map(str, pages)]
    result = subprocess.run(
        command,
        check=False,
        cwd=slides,
        env=_environment(),
        capture_output=True,
        encoding="utf-8",
        timeout=SECONDS_PER_DECK * len(pages),
    )
    if result.returncode:
        raise GraderFault(f"Chromium could not look at the decks: {result.stderr.strip()[-2000:]}")
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def _environment() -> dict[str, str]:
    chromium = chromium_path()
    return dict(os.environ) | ({"CHROME_PATH": str(chromium)} if chromium else {})


def _node() -> str:
    venv_bin_first()
    node = shutil.which("node")
    if not node:
        raise UserError("decks are built by Node, which is not here: run `make setup`")
    return node


def _package(slides: Path, name: str) -> Path:
    folder = slides / "node_modules" / name
    if not folder.is_dir():
        raise UserError(f"{name} is not installed in slides/: run `make setup`")
    return folder
