"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

import numpy as np

__all__ = ["Definitions", "Facts"]

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
HIDDEN_NAMES = frozenset(
    {"map", "filter", "reduce", "accumulate", "starmap", "takewhile", "dropwhile", "groupby"}
    | {"exec", "eval", "compile", "__import__", "builtins", "__builtins__", "globals"}
)
"""Names that run Python code once an element, or code that is not to be seen."""
HIDDEN_ATTRIBUTES = frozenset(
    {"starmap", "takewhile", "dropwhile", "groupby", "apply_", "map_", "map2_"}
    | {"vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "fromiter", "vmap"}
)
"""The same, whatever they are asked of."""
FOLDS = {"reduce", "accumulate"}
"""Loops of functools and itertools, but no loops of a NumPy ufunc."""
SOURCE_LIMIT = 200_000


@dataclass(frozen=True)
class Facts:
    """One definition and what it reaches within the submission."""

    text: str
    """Source of the definition; empty when there is none."""
    nodes: tuple[ast.AST, ...] = ()
    """The definition and each definition of the submission that it calls, in turn."""

    @cached_property
    def calls(self) -> frozenset[str]:
        """Last names of everything that is called: `sum` for `x.sum()` and for `torch.sum(x)`."""
        found = set()
        for node in self._walk():
            if isinstance(node, ast.Call):
                target = node.func
                found.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
        return frozenset(found - {""})

    @cached_property
    def has_loop(self) -> bool:
        """Whether Python code may run once an element: a loop, a comprehension, recursion, `map` and its kin."""
        if any(isinstance(node, LOOPS) for node in self._walk()):
            return True
        # a name is enough: `m = map` would hide the call
        names = frozenset().union(*map(_free_names, self.nodes))
        attributes = {node.attr for node in self._walk() if isinstance(node, ast.Attribute)}
        folds = any(map(_is_fold, self._walk()))
        return (
            folds
            or bool(names & (HIDDEN_NAMES | HIDDEN_ATTRIBUTES) or attributes & HIDDEN_ATTRIBUTES)
            or self._recursive()
        )

    def _recursive(self) -> bool:
        """Whether some definition reaches itself by the names in it."""
        reach = {getattr(node, "name", ""): set(_free_names(node)) for node in self.nodes}
        for name, first in reach.items():
            waiting, seen = list(first), set(first)
            while waiting:
                waiting += (new := reach.get(waiting.pop(), set()) - seen)
                seen |= new
            if name and name in seen:
                return True
        return False

    def _walk(self) -> list[ast.AST]:
        return [inner for node in self.nodes for inner in ast.walk(node)]


def _free_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a definition takes from outside: not its parameters, not what it assigns."""
    names = [inner for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    loaded = {name.id for name in names if isinstance(name.ctx, ast.Load)}
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        return frozenset(loaded)
    own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    own |= {inner.arg for inner in ast.walk(node) if isinstance(inner, ast.arg)}
    signatures = [inner for inner in ast.walk(node) if isinstance(inner, ast.arguments)]
    values = [value for one in signatures for value in (*one.defaults, *one.kw_defaults) if value]
    defaults = [inner for value in values for inner in ast.walk(value)]
    return frozenset(loaded - own | {name.id for name in defaults if isinstance(name, ast.Name)})


def _is_fold(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in FOLDS or not isinstance(node.value, ast.Name):
        return False
    return not isinstance(getattr(np, node.value.id, None), np.ufunc)


class Definitions:
    """The top-level definitions of a submission's code cells; a later one replaces an earlier of the same name."""

    def __init__(self, cells: list[str]) -> None:
        self._cells = cells

    def facts(self, name: str) -> Facts:
        """Return the facts of the definition of `name`."""
        if name not in self._found:
            return Facts("")
        node, source = self._found[name]
        return Facts(ast.get_source_segment(source, node) or "", tuple(_reached(name, self._found)))

    @cached_property
    def _found(self) -> dict[str, tuple[ast.AST, str]]:
        found: dict[str, tuple[ast.AST, str]] = {}
        room = SOURCE_LIMIT
        for source in self._cells:
            if len(source) > room:
                continue  # data, and no room for it: the cells around it are still read
            room -= len(source)
            for node in _top_level(source):
                found.update((name, (node, source)) for name in _names(node))
        return found


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _reached(name: str, definitions: dict[str, tuple[ast.AST, str]]) -> list[ast.AST]:
    waiting, seen, found = [name], set(), []
    while waiting:
        current = waiting.pop()
        if current in seen or current not in definitions:
            continue
        seen.add(current)
        node = definitions[current][0]
        found.append(node)
        waiting += [inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)]
    return found


def _top_level(source: str) -> list[ast.stmt]:
    lines = [line if not line.lstrip().startswith(("%", "!")) else "pass" for line in source.splitlines()]
    try:
        return ast.parse("\n".join(lines)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
