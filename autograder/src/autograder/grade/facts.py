"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import numpy as np

from autograder.grade.bindings import Bindings, Found, binds_all_inside, declared_global, defined_or_mended, free_names
from autograder.grade.statements import DEFINING, Reading, binds_anything, by_room, identifiers, reading

__all__ = ["Definitions", "Facts"]

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
HIDDEN_NAMES = frozenset(
    {"map", "filter", "reduce", "accumulate", "starmap", "takewhile", "dropwhile", "groupby"}
    | {"exec", "eval", "compile", "__import__", "builtins", "__builtins__", "globals", "get_ipython"}
)
"""Names that run Python code once an element, or code that is not to be seen."""
HIDDEN_ATTRIBUTES = frozenset(
    {"starmap", "takewhile", "dropwhile", "groupby", "apply_", "map_", "map2_"}
    | {"vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "fromiter", "vmap"}
)
"""The same, whatever they are asked of."""
FOLDS = {"reduce", "accumulate"}
"""Loops of functools and itertools, but no loops of a NumPy ufunc."""
LONGEST_NAME = 100
"""Characters; a longer string is text and names nothing."""


@dataclass(frozen=True)
class Facts:
    """One definition and what it reaches within the submission."""

    text: str
    """Source of the definition; empty when there is none."""
    nodes: tuple[ast.AST, ...] = ()
    """The definition and each definition of the submission that it calls, in turn."""
    imports: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The dotted parts of what each imported name of the submission stands for."""

    @cached_property
    def calls(self) -> frozenset[str]:
        """Last names of everything that is called: `sum` for `x.sum()` and for `torch.sum(x)`."""
        found = set()
        for node in self._walked:
            if isinstance(node, ast.Call):
                target = node.func
                found.add(target.attr if isinstance(target, ast.Attribute) else getattr(target, "id", ""))
        return frozenset(found - {""})

    @cached_property
    def names(self) -> frozenset[str]:
        """Everything that is mentioned, called or not: names, attributes, what imports stand for, strings.

        So neither another name for a function (`far = torch.cdist`), nor another import of it, nor `getattr` hides it.
        """
        found: set[str] = set()
        plain: set[str] = set()
        said = {id(node.value) for node in self._walked if isinstance(node, ast.Expr)}  # docstrings
        for node in self._walked:
            if isinstance(node, ast.Name):
                plain.add(node.id)
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.alias):
                found.update(node.name.split("."))
            elif isinstance(node, ast.ImportFrom):
                found.update((node.module or "").split("."))
            elif isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)) and id(node) not in said:
                text = node.value[:LONGEST_NAME]
                parts = (text if isinstance(text, str) else text.decode("latin-1")).split(".")
                found.update(parts if all(part.isidentifier() for part in parts) else ())
        return frozenset(found.union(plain, *(self.imports.get(name, ()) for name in plain)) - {""})

    @cached_property
    def has_loop(self) -> bool:
        """Whether Python code may run once an element: a loop, a comprehension, recursion, `map` and its kin."""
        if any(isinstance(node, LOOPS) for node in self._walked):
            return True
        # a name is enough: `m = map` would hide the call
        names = frozenset().union(*map(free_names, self.nodes))
        attributes = {node.attr for node in self._walked if isinstance(node, ast.Attribute)}
        folds = any(map(_is_fold, self._walked))
        return (
            folds
            or bool(names & (HIDDEN_NAMES | HIDDEN_ATTRIBUTES) or attributes & HIDDEN_ATTRIBUTES)
            or self._recursive()
        )

    def _recursive(self) -> bool:
        """Whether some definition reaches itself by the names in it."""
        # from names to what defines them, and on to the names in that: no larger than the source, whoever wrote it
        reach: dict[str | int, set[str | int]] = {}
        for number, node in enumerate(self.nodes):
            names = defined_or_mended(node)
            own = set() if isinstance(node, DEFINING) else set(names)  # `f = timed(f)`
            reach[number] = {*free_names(node) - own}
            for name in names:
                reach.setdefault(name, set()).add(number)
        try:
            TopologicalSorter(reach).prepare()
        except CycleError:
            return True
        return False

    @cached_property
    def _walked(self) -> list[ast.AST]:
        return [inner for node in self.nodes for inner in ast.walk(node)]


def _is_fold(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in FOLDS or not isinstance(node.value, ast.Name):
        return False
    return not isinstance(getattr(np, node.value.id, None), np.ufunc)


class Definitions:
    """The top-level definitions of a submission's code cells; a later one replaces an earlier of the same name."""

    def __init__(self, cells: list[str], broken: Collection[str] = ()) -> None:
        """Read `cells`; of those that are `broken`, which did not run to their end, nobody knows what was defined."""
        self._read, self._too_long = by_room(cells)
        self._broken = frozenset(broken)
        self._facts: dict[str, Facts] = {}

    def facts(self, name: str) -> Facts:
        """Return the facts of the definition of `name`."""
        if name not in self._facts:
            self._facts[name] = self._facts_of(name)
        return self._facts[name]

    def _facts_of(self, name: str) -> Facts:
        found = self._bindings.found
        if not found.get(name) or name in self._bindings.doubted or name in self._rebound:
            return Facts("")
        node, source = found[name][0]
        return Facts(ast.get_source_segment(source, node) or "", tuple(_reached(name, found)), self._imports)

    @cached_property
    def _readings(self) -> list[tuple[Reading, bool]]:
        """Each cell that is read, and whether it is broken: a long one is parsed once and not once a question."""
        return [(reading(source), source in self._broken) for source in self._read]

    @property
    def _nodes(self) -> Iterator[ast.stmt]:
        return (node for cell, _ in self._readings for node, _ in cell.placed)

    @cached_property
    def _imports(self) -> dict[str, frozenset[str]]:
        """What imported names stand for; of several imports under one name, all."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for node in self._nodes:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                module = getattr(node, "module", None) or ""
                for one in node.names:
                    name = (one.asname or one.name).partition(".")[0]
                    found[name].update(f"{module}.{one.name}".split("."))
        return {name: frozenset(parts - {""}) for name, parts in found.items()}

    @cached_property
    def _bindings(self) -> Bindings:
        bindings = Bindings()
        for cell, broken in self._readings:
            bindings.take(cell, broken=broken)
        return bindings

    @cached_property
    def _rebound(self) -> set[str]:
        """Names that may have become something else: in a cell that is too long, or by a `global` in a definition."""
        found: set[str] = set().union(*map(identifiers, self._too_long))
        if any(map(binds_anything, self._too_long)) or any(map(binds_all_inside, self._nodes)):
            found.update(self._bindings.found)
        return found.union(*map(declared_global, self._nodes))


def _reached(name: str, definitions: Found) -> list[ast.AST]:
    waiting, seen = [name], set()
    found: dict[int, ast.AST] = {}
    while waiting:
        current = waiting.pop()
        if current in seen or current not in definitions:
            continue
        seen.add(current)
        for node, _ in definitions[current]:
            if id(node) not in found:
                found[id(node)] = node
                waiting += free_names(node)
    return list(found.values())
