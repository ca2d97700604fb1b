"""The programs and packages beside Python: torch's builds, OpenMP, Chromium, fonts, Node and what builds the decks."""

from __future__ import annotations

import importlib.metadata
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from autograder.doctor.row import Row, State
from autograder.environment import chromium_path, preload_path

__all__ = ["deck_rows", "package_rows"]

DECKS, PACKAGES = "decks", "packages"
FONTS = {"CJK": "NotoSansCJK*", "emoji": "NotoColorEmoji*"}
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "/Library/Fonts")
SYSTEM = "make system installs it, or says what to type"


def package_rows() -> Iterator[Row]:
    """Yield rows for the packages whose build differs between machines; nothing is imported."""
    yield _version_row("torch", State.BLOCKING)
    yield _torchvision_row()
    yield _version_row("nbgrader", State.BLOCKING)
    library = preload_path()
    if library:
        yield Row(PACKAGES, "OpenMP for forks", library.name)
    elif sys.platform == "linux":
        found = "none; checks in forks compute on one thread"
        yield Row(PACKAGES, "OpenMP for forks", found, State.LESS, "pip has it for x86_64 only: intel-openmp")


def _version_row(name: str, lack: State) -> Row:
    try:
        return Row(PACKAGES, name, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Row(PACKAGES, name, "not installed", lack, "make setup")


def _torchvision_row() -> Row:
    row = _version_row("torchvision", State.LESS)
    if row.state is State.GOOD and "_t2p_torchvision_ops" in sys.modules:
        return Row(
            PACKAGES, row.name, f"{row.found}, without compiled operators (right beside a CPU torch from elsewhere)"
        )
    return row


def deck_rows(slides: Path) -> Iterator[Row]:
    """Yield rows for what builds the decks in the folder `slides`, and looks at them."""
    yield _node_row()
    yield _marp_row(slides)
    chromium = chromium_path()
    if chromium:
        yield Row(DECKS, "Chromium", f"{_first_line([str(chromium), '--version'])} ({chromium})")
    else:
        yield Row(DECKS, "Chromium", "none: decks as HTML only, their lint and browser tests skip", State.LESS, SYSTEM)
    for script, pattern in FONTS.items():
        there = _font(pattern)
        found = there.name if there else "none: such letters are drawn as boxes"
        yield Row(DECKS, f"{script} font", found, State.GOOD if there else State.LESS, "" if there else SYSTEM)


def _node_row() -> Row:
    node = shutil.which("node", path=str(Path(sys.prefix) / "bin")) or shutil.which("node")
    if node is None:
        return Row(DECKS, "Node", "none", State.LESS, "make setup")
    return Row(DECKS, "Node", f"{_first_line([node, '--version'])} ({node})")


def _marp_row(slides: Path) -> Row:
    try:
        package = json.loads((slides / "node_modules/@marp-team/marp-cli/package.json").read_text(encoding="utf-8"))
    except OSError:
        return Row(DECKS, "Marp", "not installed", State.LESS, "make setup")
    return Row(DECKS, "Marp", f"marp-cli {package['version']}")


def _first_line(command: list[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"does not start: {error}"
    return (done.stdout.strip() or done.stderr.strip() or "says nothing").splitlines()[0]


def _font(pattern: str) -> Path | None:
    found = (path for folder in FONT_FOLDERS for path in Path(folder).expanduser().rglob(pattern))
    return next(found, None)
