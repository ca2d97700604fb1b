"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cached_property

__all__ = ["Facts", "facts"]

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
HIDDEN_LOOPS = {"map", "filter", "vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "fromiter", "vmap"}
"""Calls that run Python code once an element, whatever they are called on."""
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
        names = {node.name for node in self.nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}
        return bool(self.calls & (HIDDEN_LOOPS | self._recursive(names)))

    def _recursive(self, names: set[str]) -> set[str]:
        found = set()
        for node in self.nodes:
            name = getattr(node, "name", "")
            if name in names and any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node) if n is not node):
                found.add(name)
        return found

    def _walk(self) -> list[ast.AST]:
        return [inner for node in self.nodes for inner in ast.walk(node)]


def facts(cells: list[str], name: str) -> Facts:
    """Return the facts of the last top-level definition of `name` in the code cells."""
    definitions: dict[str, tuple[ast.AST, str]] = {}
    for source in cells:
        for node in _top_level(source):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                definitions[node.name] = (node, source)
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        definitions[target.id] = (node, source)
    if name not in definitions:
        return Facts("")
    found, source = definitions[name]
    return Facts(ast.get_source_segment(source, found) or "", tuple(_reached(name, definitions)))


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
        return ast.parse("\n".join(lines)[:SOURCE_LIMIT]).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
