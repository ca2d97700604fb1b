"""What a proof was made on: a hash of each thing that decides whether it still holds."""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from pathlib import Path

from autograder.calibrate.record import CALIBRATION_FILE, NUMBERS
from autograder.decks.anchors import deck_anchors
from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.prove.listed import listed
from autograder.prove.taken import coursedata_hash
from autograder.prove.targets import deck_link, prose_of, targets_of
from autograder.reached.results import measured_files
from autograder.release.source import read_source
from autograder.syntax import tree_text, without_docstrings

__all__ = ["LEFT_BY_TOOLS", "content_of", "engine_hash", "files_of"]

LEFT_BY_TOOLS = ("__pycache__", ".ipynb_checkpoints", ".DS_Store", ".virtual_documents")
SLIDE = re.compile(r"slide:([^\s\"'`]+)")
PROVING = ("context", "mutants", "named", "operators", "stillborn", "swaps", "training", "trials", "verdicts")
ENGINE = ("checks.py", "compare/*.py", *(f"prove/{name}.py" for name in PROVING))
"""What of the engine is a check's own language, makes the mutants and says what is a fault. Not sandbox and judging,
which change every week: with each change of theirs the tests ask all named submissions again."""


def content_of(repo: Repository, slug: str) -> dict[str, str]:
    """Return a short hash for each thing that the proof of `slug` rests on; nothing is imported."""
    folder = repo.solutions / slug
    files = {name: path for name, path in files_of(folder).items() if not _measured(name, folder)}
    content = {name: _hash(_proved(path)) for name, path in files.items()}
    content["course.toml"] = _hash(_bytes(repo.solutions / "course.toml"))
    for deck, wanted in _wanted(slug, folder).items():
        content[f"headings of slides/{deck}.md"] = _hash(_anchors(repo, deck, wanted).encode())
    content["the engine's comparisons and mutants"] = engine_hash(Path(__file__).parent.parent)
    data = listed(repo, _data(repo, slug))
    if data:
        content["datasets/registry.toml"] = _hash(repr(sorted(data.items())).encode())
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


def _wanted(slug: str, folder: Path) -> dict[str, set[str]]:
    """Return by deck the headings that checks, submissions and the notebook's prose lead to."""
    texts = [folder / "checks.py", *(folder / "submissions").glob("*.py")]
    wanted = {slug: {name for path in texts for name in SLIDE.findall(_text(path))}}
    try:
        prose = prose_of(read_source(folder))
    except UserError:  # whoever mends that notebook makes its proof old anyway
        prose = []
    for link in (deck_link(target) for cell in prose for target in targets_of(cell)):
        if link:
            wanted.setdefault(link.slug, set()).add(link.heading)
    return wanted


def _anchors(repo: Repository, slug: str, wanted: set[str]) -> str:
    """Return which headings of a deck are there of those that something leads to."""
    deck = repo.slides / f"{slug}.md"
    return "\n".join(sorted(wanted & {"", *deck_anchors(deck)})) if deck.is_file() else "no deck"


def _data(repo: Repository, slug: str) -> list[str]:
    """Return the data that the exercise names, whatever a cohort chooses."""
    try:
        exercise = repo.exercise(slug)
    except UserError:
        return []
    return [
        *exercise.data,
        *(name for one in exercise.choices.values() for names in one.data.values() for name in names),
    ]


@cache  # the same for all exercises
def engine_hash(root: Path) -> str:
    """Return a hash of what counts of the engine in `root`; comments, docstrings and layout do not change it."""
    paths = [path for pattern in ENGINE for path in sorted(root.glob(pattern))]
    trees = (without_docstrings(path.read_text(encoding="utf-8")) for path in paths)
    texts = (f"{path.relative_to(root).as_posix()} {tree_text(tree)}" for path, tree in zip(paths, trees, strict=True))
    return _hash("\n".join(texts).encode())


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _text(path: Path) -> str:
    return _bytes(path).decode("utf-8", "replace")
