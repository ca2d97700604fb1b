"""What code takes from `coursedata`: the modules behind the names that it uses, and all that these rest on there."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from importlib.util import resolve_name
from pathlib import Path

from autograder.manifest import Repository
from autograder.syntax import tree_text, without_docstrings

__all__ = ["coursedata_hash"]

LIBRARY = "coursedata"
CELL = re.compile(r"^# %%.*$", re.MULTILINE)


def coursedata_hash(repo: Repository, texts: Iterable[str]) -> str:
    """Return a hash of what `texts`, Python of one exercise, take from `coursedata`; empty where that is nothing.

    Comments, layout and docstrings do not change it, nor does what they do not use; nothing is imported.
    """
    trees = [tree for text in texts if LIBRARY in text for tree in _trees(text)]
    found = _rests_on(repo.root / "datasets" / "src", _names(trees))
    lines = (f"{name} {found[name]}" for name in sorted(found))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16] if found else ""


def _trees(text: str) -> list[ast.Module]:
    """Return the syntax trees of a file, of its cells where it is none; a cell that is no Python takes nothing."""
    try:
        return [ast.parse(text)]
    except (SyntaxError, ValueError):
        cells = CELL.split(text)
        return [tree for cell in cells for tree in _trees(cell)] if len(cells) > 1 else []


def _names(trees: list[ast.Module], package: str = "") -> set[str]:
    """Return the dotted names of `coursedata` that code uses; `package` is what its relative imports start from."""
    nodes = [node for tree in trees for node in ast.walk(tree)]
    bound: dict[str, str] = {}  # of all trees: a cell uses what another has imported
    for one in (one for node in nodes if isinstance(node, ast.Import) for one in node.names):
        if _ours(one.name):
            bound[one.asname or LIBRARY] = one.name if one.asname else LIBRARY
    found = {name for node in nodes for name in _imported(node, package).values()}
    return found.union(*(_read(tree, bound) for tree in trees))


def _imported(node: ast.AST, package: str) -> dict[str, str]:
    """Return what `from … import …` takes from `coursedata`: by the name that it gets, where it is."""
    if not isinstance(node, ast.ImportFrom) or (node.level and not package):
        return {}
    home = resolve_name("." * node.level + (node.module or ""), package) if node.level else node.module or ""
    return {one.asname or one.name: f"{home}.{one.name}" for one in node.names if _ours(home)}


def _read(node: ast.AST, bound: dict[str, str]) -> Iterator[str]:
    """Yield what is read of names that stand for `coursedata` or a module of it; a name alone is all of it."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.insert(0, node.attr)
        node = node.value
    if isinstance(node, ast.Name) and node.id in bound:
        yield ".".join([bound[node.id], *attributes])
    for child in ast.iter_child_nodes(node):
        yield from _read(child, bound)


def _ours(module: str) -> bool:
    return module.partition(".")[0] == LIBRARY


def _rests_on(sources: Path, names: set[str]) -> dict[str, str]:
    """Return what `names` lead to, directly or behind one another: modules by name, and what packages only hand on."""
    found: dict[str, str] = {}
    waiting, seen = set(names), set[str]()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        module, rest = _module(sources, name)
        package, attribute = (module, rest[0]) if rest else name.rpartition(".")[::2]
        origin = _handed_on(sources, package).get(attribute)
        if origin:
            found[f"{package}:{attribute}"] = origin  # a module of the package may have the same name
            waiting |= {origin} - seen
        if module and module not in found and not (origin and rest):
            path = _file(sources, module)
            tree = without_docstrings(path.read_text(encoding="utf-8"))
            found[module] = tree_text(tree)
            waiting |= _names([tree], module if path.name == "__init__.py" else module.rpartition(".")[0]) - seen
    return found


def _module(sources: Path, name: str) -> tuple[str, list[str]]:
    """Return the module that a dotted name begins with, and what follows; an empty one where there is none."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if _file(sources, ".".join(parts[:length])).is_file():
            return ".".join(parts[:length]), parts[length:]
    return "", parts


def _file(sources: Path, module: str) -> Path:
    folder = sources.joinpath(*module.split("."))
    package = folder / "__init__.py"
    return package if package.is_file() else folder.with_suffix(".py")


def _handed_on(sources: Path, package: str) -> dict[str, str]:
    """Return what a package imports from its modules for others: by name, where it is defined."""
    path = sources.joinpath(*package.split("."), "__init__.py")
    tree = ast.parse(path.read_text(encoding="utf-8") if path.is_file() else "")
    return {name: origin for node in tree.body for name, origin in _imported(node, package).items()}
