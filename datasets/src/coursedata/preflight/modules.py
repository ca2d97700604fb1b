"""Imports of what the grader may not have: files beside the notebook, and packages that the course does not bring."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from coursedata.console import Row
from coursedata.preflight.notebook import Cell

__all__ = ["check_imports"]

IMPORT = re.compile(r"^[ \t]*(?:import|from)[ \t]+[\w.].*$", re.MULTILINE)


def check_imports(cell: Cell, folder: Path) -> Iterator[Row]:
    """Yield a row for each module that a cell imports and that is Python's nor the course's; `folder` is its own."""
    for name in sorted(_imported(cell.source) - sys.stdlib_module_names):
        if (folder / f"{name}.py").is_file() or (folder / name).is_dir():
            todo = f"Hand in {name} beside the notebook, or write what it holds into a cell."
            yield Row("note", cell.name, f"imports {name}, which lies beside the notebook", todo)
        elif name not in _brought():
            todo = "The grader may not have it: use what the course brings."
            yield Row("note", cell.name, f"imports {name}, which the course does not bring", todo)


def _imported(source: str) -> set[str]:
    """Return the top-level names of the modules that a source imports, line by line: it may hold what is no Python."""
    found: set[str] = set()
    for line in IMPORT.findall(source):
        try:
            nodes = ast.parse(line.strip().removesuffix("(").rstrip()).body
        except SyntaxError:  # a text, or the first line of several
            words = line.split()
            nodes = ast.parse(f"import {words[1]}").body if words[1].isidentifier() and words[0] == "from" else []
        for node in nodes:
            if isinstance(node, ast.Import):
                found.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add((node.module or "").partition(".")[0])
    return found - {""}


@cache
def _brought() -> frozenset[str]:
    """Return the top-level modules of all packages that come with the course."""
    waiting, names = ["coursedata"], set[str]()
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in names:
            continue
        names.add(name)
        try:
            wanted = [Requirement(line) for line in metadata.requires(name) or ()]
        except metadata.PackageNotFoundError:
            continue
        waiting += [wish.name for wish in wanted if wish.marker is None or wish.marker.evaluate({"extra": ""})]
    known = {"coursedata", "cv2", "tqdm"}  # itself, whichever OpenCV is installed, and what graders have besides
    packages = metadata.packages_distributions().items()
    return frozenset(known.union(m for m, ds in packages if any(canonicalize_name(d) in names for d in ds)))
