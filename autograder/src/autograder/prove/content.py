"""What a proof was made on: a hash of each thing that decides whether it still holds."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

from autograder.calibrate.record import CALIBRATION_FILE, NUMBERS
from autograder.decks.anchors import deck_anchors
from autograder.manifest import Repository
from autograder.prove.taken import coursedata_hash
from autograder.reached.results import measured_files
from autograder.syntax import tree_text, without_docstrings

__all__ = ["LEFT_BY_TOOLS", "content_of", "files_of"]

LEFT_BY_TOOLS = ("__pycache__", ".ipynb_checkpoints", ".DS_Store", ".virtual_documents")
SLIDE = re.compile(r"slide:([^\s\"'`]+)")
ENGINE = ("checks.py", "compare/*.py", "prove/mutants.py", "prove/operators.py", "prove/swaps.py")
"""What of the engine decides what a check finds and which mutants there are."""


def content_of(repo: Repository, slug: str) -> dict[str, str]:
    """Return a short hash for each thing that the proof of `slug` rests on; nothing is imported."""
    folder = repo.solutions / slug
    files = {name: path for name, path in files_of(folder).items() if not _measured(name, folder)}
    content = {name: _hash(_proved(path)) for name, path in files.items()}
    content["course.toml"] = _hash(_bytes(repo.solutions / "course.toml"))
    content[f"headings of slides/{slug}.md"] = _hash("\n".join(_anchors(repo, slug, folder)).encode())
    content["the engine's comparisons and mutants"] = _code_hash(_engine())
    used = coursedata_hash(repo, (_text(path) for name, path in files.items() if name.endswith(".py")))
    if used:
        content["coursedata"] = used
    return dict(sorted(content.items()))


def _measured(name: str, folder: Path) -> bool:
    """Return whether a file holds what was measured, or measures it: no proof rests on that."""
    return name == "proof.json" or CALIBRATION_FILE.fullmatch(name) is not None or name in measured_files(folder)


def _proved(path: Path) -> bytes:
    """Return what a proof rests on in a file: all of it, but for the numbers that calibration writes."""
    data = path.read_bytes()
    if path.name != "exercise.toml" or b"[thresholds." not in data:
        return data
    manifest = tomllib.loads(data.decode("utf-8"))
    for threshold in manifest["thresholds"].values():
        for table in (threshold, *threshold.get("where", {}).values()):
            for number in NUMBERS:
                table.pop(number, None)
    return repr(manifest).encode()


def files_of(folder: Path) -> dict[str, Path]:
    """Return the files of an exercise by their path in its folder, without what tools leave behind."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink())
    return {
        path.relative_to(folder).as_posix(): path
        for path in found
        if not any(part in LEFT_BY_TOOLS for part in path.relative_to(folder).parts)
    }


def _anchors(repo: Repository, slug: str, folder: Path) -> list[str]:
    """Return the headings of the deck that checks and submissions lead to, as far as they exist."""
    deck = repo.slides / f"{slug}.md"
    texts = [folder / "checks.py", *(folder / "submissions").glob("*.py")]
    wanted = {name for path in texts for name in SLIDE.findall(_text(path))}
    return sorted(wanted & set(deck_anchors(deck))) if deck.is_file() else []


def _engine() -> list[Path]:
    root = Path(__file__).parent.parent
    return [path for pattern in ENGINE for path in sorted(root.glob(pattern))]


def _code_hash(paths: list[Path]) -> str:
    """Return a hash that comments, docstrings and layout do not change."""
    trees = (f"{path.name} {tree_text(without_docstrings(path.read_text(encoding='utf-8')))}" for path in paths)
    return _hash("\n".join(trees).encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(path: Path) -> str:
    return _bytes(path).decode("utf-8", "replace")
