"""`exercises/`: the public notebooks as they must be, compared with, or written to, the folder that is committed."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from autograder.disk import write_whole
from autograder.errors import UserError
from autograder.manifest import Cohort, Repository
from autograder.release.build import notebook_bytes, notebook_dict
from autograder.release.side_files import LEFT_BY_TOOLS, side_files
from autograder.release.sizes import sized_source

__all__ = ["Tree", "exercise_tree", "put_tree", "stale_files"]

Tree = dict[str, bytes]
"""Files by their path below `exercises/`."""

KEPT = (".gitkeep", "README.md", "LICENSE")
"""Files in `exercises/` itself that people write."""


def exercise_tree(repo: Repository, slugs: Iterable[str], cohort: Cohort | None = None) -> Tree:
    """Return the public files of `slugs`, as `cohort` chose them: a notebook each, and what lies in its `files/`."""
    tree: Tree = {}
    for slug in slugs:
        exercise = repo.exercise(slug, cohort)
        source = sized_source(exercise)
        tree[f"{slug}/{slug}.ipynb"] = notebook_bytes(notebook_dict(exercise, source))
        for name, path in side_files(exercise).items():
            if f"{slug}/{name}" in tree:
                raise UserError(f"{path} has the name of the notebook itself: rename it")
            tree[f"{slug}/{name}"] = path.read_bytes()
    return tree


def stale_files(folder: Path, tree: Tree, *, whole: bool) -> list[str]:
    """Return how `folder` differs from `tree`, one line each; `whole`: folders that `tree` lacks count as well."""
    lines = []
    for name, data in tree.items():
        path = folder / name
        if not path.is_file():
            lines.append(f"{path} is missing")
        elif path.read_bytes() != data:
            lines.append(f"{path} is not what its source says")
    return lines + [f"{path} comes from no source" for path in strays(folder, tree, whole=whole)]


def strays(folder: Path, tree: Tree, *, whole: bool) -> list[Path]:
    """Return the files in `folder` that `tree` does not have, in the exercises of `tree` or, if `whole`, anywhere."""
    known = {name.split("/")[0] for name in tree}
    found = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        inside = name.parts[0] in known or whole
        people = len(name.parts) == 1 and name.name in KEPT
        of_tools = any(part in LEFT_BY_TOOLS for part in name.parts)
        if path.is_file() and inside and not people and not of_tools and name.as_posix() not in tree:
            found.append(path)
    return found


def put_tree(folder: Path, tree: Tree, *, whole: bool) -> list[Path]:
    """Write `tree` into `folder`, each file by a rename and only where it differs; delete strays; return its files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in tree.items():
        path = folder / name
        written.append(path)
        if path.is_file() and not path.is_symlink() and path.read_bytes() == data:
            continue
        write_whole(path, data)
    for path in strays(folder, tree, whole=whole):
        path.unlink()
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        if path.name in LEFT_BY_TOOLS and whole:
            shutil.rmtree(path, ignore_errors=True)
        elif not any(path.iterdir()):
            path.rmdir()
    return written
