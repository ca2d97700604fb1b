"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter

import numpy as np

__all__ = ["Definitions", "Facts", "classes_of", "parsed"]

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
LONGEST_NAME = 100
"""Characters; a longer string is text and names nothing."""
SHORT, SHORT_CELLS = 4000, 256
"""Characters of a cell, and cells, whose statements are remembered: a class has many alike, and memory has an end."""
MAGIC = re.compile(r"^([ \t]*)(?:[%!?].*|\S.*\?[ \t]*)$", re.MULTILINE)
"""A line for IPython, which is no Python. What follows the blanks is none, so that no blank is tried twice."""
MAGIC_VALUE = re.compile(r"^([ \t]*[^\W\d][\w ,.]*=[ \t]*)[%!].*$", re.MULTILINE)
"""A line that keeps what a magic or a command gives."""
BINDS = re.compile(r"\b(?:def|class)[ \t]+(\w+)|(?<![=!<>:.\w])(\w+)[ \t]*=(?!=)")
"""What a cell that is too long to be read may define."""
CELL_MAGIC = re.compile(r"\s*%%(\w*)")
TRANSPARENT = {"time", "capture", "prun"}
"""Cell magics below which definitions are the notebook's; under any other they are nobody's, or another language's."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Found = dict[str, list[tuple[ast.AST, str]]]
"""What each name was defined by, with the source of its cell."""


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
        said = {id(node.value) for node in self._walked if isinstance(node, ast.Expr)}  # docstrings
        for node in self._walked:
            if isinstance(node, ast.Name):
                found |= {node.id, *self.imports.get(node.id, ())}
            elif isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.alias):
                found.update(node.name.split("."))
            elif isinstance(node, ast.ImportFrom):
                found.update((node.module or "").split("."))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                parts = node.value[:LONGEST_NAME].split(".")
                found.update(parts if all(part.isidentifier() for part in parts) else ())
        return frozenset(found - {""})

    @cached_property
    def has_loop(self) -> bool:
        """Whether Python code may run once an element: a loop, a comprehension, recursion, `map` and its kin."""
        if any(isinstance(node, LOOPS) for node in self._walked):
            return True
        # a name is enough: `m = map` would hide the call
        names = frozenset().union(*map(_free_names, self.nodes))
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
            names = _names(node)
            own = set(names) if isinstance(node, (ast.Assign, ast.AnnAssign)) else set()  # `f = timed(f)`
            reach[number] = {*_free_names(node) - own}
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


@lru_cache(maxsize=SHORT_CELLS)
def _free_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a definition takes from outside, and some more: not its parameters, not what it assigns."""
    loaded = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}
    if not isinstance(node, FUNCTIONS):
        return frozenset(loaded)
    outside = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    used = {inner.id for one in outside for inner in ast.walk(one) if isinstance(inner, ast.Name)}
    return frozenset(loaded - _own_names(node) | used)


def _own_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names that belong to a function's own scope, not to one inside it."""
    own = {node.arg for node in ast.walk(function.args) if isinstance(node, ast.arg)}
    foreign: set[str] = set()
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            own.add(node.name)
        elif isinstance(node, (ast.Global, ast.Nonlocal)):
            foreign.update(node.names)
        elif not isinstance(node, ast.Lambda):
            own |= {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()
            waiting += ast.iter_child_nodes(node)
    return own - foreign


def _is_fold(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in FOLDS or not isinstance(node.value, ast.Name):
        return False
    return not isinstance(getattr(np, node.value.id, None), np.ufunc)


class Definitions:
    """The top-level definitions of a submission's code cells; a later one replaces an earlier of the same name."""

    def __init__(self, cells: list[str]) -> None:
        self._read, self._too_long = _by_room(cells)

    def facts(self, name: str) -> Facts:
        """Return the facts of the definition of `name`."""
        if not self._found.get(name) or name in self._rebound:
            return Facts("")
        node, source = self._found[name][0]
        return Facts(ast.get_source_segment(source, node) or "", tuple(_reached(name, self._found)), self._imports)

    @cached_property
    def _statements(self) -> list[tuple[str, tuple[ast.stmt, ...]]]:
        """Each cell that is read, with its statements: a long one is parsed once and not once a question."""
        return [(source, _top_level(source)) for source in self._read]

    @cached_property
    def _imports(self) -> dict[str, frozenset[str]]:
        """What imported names stand for; of several imports under one name, all."""
        found: dict[str, frozenset[str]] = {}
        for node in (node for _, nodes in self._statements for node in nodes):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                module = getattr(node, "module", None) or ""
                for one in node.names:
                    name = (one.asname or one.name).partition(".")[0]
                    parts = frozenset(f"{module}.{one.name}".split(".")) - {""}
                    found[name] = found.get(name, frozenset()) | parts
        return found

    @cached_property
    def _found(self) -> Found:
        found: Found = {}
        for source, nodes in self._statements:
            for node in nodes:
                mentioned = _mentioned(node)
                for name in _names(node):
                    if name not in mentioned:  # `f = timed(f)` and `f = f(x)` hide nothing of what f was
                        found[name] = []
                    found.setdefault(name, []).append((node, source))
                found.update((name, []) for name in _bound_otherwise(node))
        return found

    @cached_property
    def _rebound(self) -> set[str]:
        """Names that may have become something else: in a cell that is too long, or by a `global` in a definition."""
        found = {name for source in self._too_long for match in BINDS.finditer(source) for name in match.groups()}
        return found.union(*(_declared_global(node) for _, nodes in self._statements for node in nodes))


def _by_room(cells: list[str]) -> tuple[list[str], list[str]]:
    """Return the cells for which there is room, and the longer ones: they are data, and those around are still read."""
    room, read, too_long = SOURCE_LIMIT, [], []
    for source in cells:
        if len(source) <= room:
            room -= len(source)
            read.append(source)
        else:
            too_long.append(source)
    return read, too_long


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) and node.value else targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _bound_otherwise(node: ast.stmt) -> set[str]:
    """Return the names to which a statement gives a value that cannot be read: an import's, a loop's, a tuple's."""
    if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return set()
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).partition(".")[0] for one in node.names}
    return _stored(node) - set(_names(node))


def _stored(node: ast.stmt) -> set[str]:
    """Return the names that a statement gives a value to, without the statements inside it: those are asked too."""
    found: set[str | None] = set()
    waiting: list[ast.AST] = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            found.add(one.id)
        elif isinstance(one, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            found.add(one.name)
        elif isinstance(one, ast.MatchMapping):
            found.add(one.rest)
        waiting += [inner for inner in ast.iter_child_nodes(one) if not isinstance(inner, ast.stmt)]
    return {name for name in found if name}


def _declared_global(node: ast.stmt) -> set[str]:
    """Return the names that a definition may bind in the notebook when it runs, whatever they were before."""
    if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
        return set()
    return {name for inner in ast.walk(node) if isinstance(inner, ast.Global) for name in inner.names}


def _mentioned(node: ast.stmt) -> set[str]:
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    return {inner.id for inner in ast.walk(value) if isinstance(inner, ast.Name)} if value else set()


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
                waiting += _free_names(node)
    return list(found.values())


def _top_level(source: str) -> tuple[ast.stmt, ...]:
    """Return a cell's statements, also those in the blocks of others; none where it is no Python."""
    return _statements_of_short(source) if len(source) <= SHORT else _statements(source)


@lru_cache(maxsize=SHORT_CELLS)
def _statements_of_short(source: str) -> tuple[ast.stmt, ...]:
    return _statements(source)


def _statements(source: str) -> tuple[ast.stmt, ...]:
    magic = CELL_MAGIC.match(source)
    if magic and magic[1] not in TRANSPARENT:
        return ()
    python = MAGIC.sub(r"\1pass", MAGIC_VALUE.sub(r"\1None", source))
    waiting = (parsed(source) or parsed(python))[::-1]
    found: list[ast.stmt] = []
    while waiting:
        node = waiting.pop()
        found.append(node)  # also of `for` and `with`, which bind names themselves
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            waiting += _blocks(node)[::-1]
    return tuple(found)


def _blocks(node: ast.stmt) -> list[ast.stmt]:
    """Return the statements inside another: of `if`, `for`, `while`, `try`, `with`, `match`."""
    inside = [*getattr(node, "handlers", []), *getattr(node, "cases", [])]
    first = [*getattr(node, "body", []), *(one for part in inside for one in part.body)]
    return [*first, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]


@lru_cache(maxsize=SHORT_CELLS)
def classes_of(source: str) -> frozenset[str]:
    """Return the names of the classes that a cell of the exercise's own defines at its top level."""
    return frozenset(node.name for node in _top_level(source) if isinstance(node, ast.ClassDef))


def parsed(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none where it is no Python, or more than can be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a student's string is no concern of staff's
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
