"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from graphlib import CycleError, TopologicalSorter
from weakref import WeakKeyDictionary

import numpy as np

__all__ = ["Definitions", "Facts", "by_room", "classes_of", "parsed"]

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
SHORT, SHORT_CELLS = 2000, 128
"""Characters of a cell, and cells, whose statements are remembered: a class has many alike, and memory has an end."""
MAGIC = re.compile(r"^([ \t]*)(?:[%!?].*|\S.*\?[ \t]*)$", re.MULTILINE)
"""A line for IPython, which is no Python. What follows the blanks is none, so that no blank is tried twice."""
MAGIC_VALUE = re.compile(r"^([ \t]*[^\W\d][\w ,.]*=[ \t]*)[%!].*$", re.MULTILINE)
"""A line that keeps what a magic or a command gives."""
BINDS = re.compile(r"\b(?:def|class)[ \t]+(\w+)|(?<![=!<>:.\w])(\w+)[ \t]*=(?!=)")
"""What a cell that is too long to be read may define."""
IMPORTING = re.compile(r"\b(?:import|from)\b")
MOST_DOTS = 500
"""In a line that imports: Python's parser joins a dotted name piece by piece, in a time that grows as its square."""
CELL_MAGIC = re.compile(r"\s*%%(\w*)")
TRANSPARENT = {"time", "capture", "prun"}
"""Cell magics below which definitions are the notebook's; under any other they are nobody's, or another language's."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Placed = tuple[ast.stmt, bool]
"""A statement of a cell, and whether it runs for certain where its cell runs to its end."""
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
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
                parts = node.value[:LONGEST_NAME].split(".")
                found.update(parts if all(part.isidentifier() for part in parts) else ())
        return frozenset(found.union(plain, *(self.imports.get(name, ()) for name in plain)) - {""})

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


_free: WeakKeyDictionary[ast.AST, frozenset[str]] = WeakKeyDictionary()
"""What `_free_names` found; it goes when the definition does, since a class's would fill the memory."""


def _free_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a definition takes from outside, and some more: not its parameters, not what it assigns."""
    if node not in _free:
        _free[node] = _look_for_free_names(node)
    return _free[node]


def _look_for_free_names(node: ast.AST) -> frozenset[str]:
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
        if not self._found.get(name) or name in self._rebound:
            return Facts("")
        node, source = self._found[name][0]
        return Facts(ast.get_source_segment(source, node) or "", tuple(_reached(name, self._found)), self._imports)

    @cached_property
    def _statements(self) -> list[tuple[str, tuple[Placed, ...]]]:
        """Each cell that is read, with its statements: a long one is parsed once and not once a question."""
        return [(source, _top_level(source)) for source in self._read]

    @property
    def _nodes(self) -> Iterator[ast.stmt]:
        return (node for _, placed in self._statements for node, _ in placed)

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
    def _found(self) -> Found:
        found: Found = {}
        for source, placed in self._statements:
            for node, surely in placed:
                mentioned = _mentioned(node)
                for name in _names(node):
                    # `f = timed(f)` and `f = f(x)` hide nothing of what f was, nor does what perhaps never ran
                    if name not in mentioned and surely and source not in self._broken:
                        found[name] = []
                    found.setdefault(name, []).append((node, source))
                found.update((name, []) for name in _bound_otherwise(node))
        return found

    @cached_property
    def _rebound(self) -> set[str]:
        """Names that may have become something else: in a cell that is too long, or by a `global` in a definition."""
        found = {name for source in self._too_long for match in BINDS.finditer(source) for name in match.groups()}
        return found.union(*map(_declared_global, self._nodes))


def by_room(cells: Iterable[str]) -> tuple[list[str], list[str]]:
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
        if isinstance(one, ast.comprehension):
            waiting += [one.iter, *one.ifs]  # its variable is its own
        elif not isinstance(one, ast.AnnAssign) or one.value:  # without a value it is a note
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


def _top_level(source: str) -> tuple[Placed, ...]:
    """Return a cell's statements, also those in the blocks of others, but for what never runs; none of no Python."""
    return _statements_of_short(source) if len(source) <= SHORT else _statements(source)


@lru_cache(maxsize=SHORT_CELLS)
def _statements_of_short(source: str) -> tuple[Placed, ...]:
    return _statements(source)


def _statements(source: str) -> tuple[Placed, ...]:
    magic = CELL_MAGIC.match(source)
    if magic and magic[1] not in TRANSPARENT:
        return ()
    python = MAGIC.sub(r"\1pass", MAGIC_VALUE.sub(r"\1None", source))
    waiting = [(node, True) for node in reversed(parsed(source) or parsed(python))]
    found: list[Placed] = []
    while waiting:
        node, surely = waiting.pop()
        found.append((node, surely))  # also of `for` and `with`, which bind names themselves
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            certain, blocks = _blocks(node)
            waiting += [(inner, surely and certain) for inner in reversed(blocks)]
    return tuple(found)


def _blocks(node: ast.stmt) -> tuple[bool, list[ast.stmt]]:
    """Return the statements inside another, `if`, `for`, `try` and so on, and whether they run for certain.

    What stands below `if False` never runs.
    """
    if isinstance(node, (ast.If, ast.While)) and isinstance(node.test, ast.Constant):
        return True, node.body if node.test.value else node.orelse
    inside = [*getattr(node, "handlers", []), *getattr(node, "cases", [])]
    first = [*getattr(node, "body", []), *(one for part in inside for one in part.body)]
    blocks = [*first, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]
    return isinstance(node, (ast.With, ast.AsyncWith)), blocks


@lru_cache(maxsize=SHORT_CELLS)
def classes_of(source: str) -> frozenset[str]:
    """Return the names of the classes that a cell of the exercise's own defines at its top level."""
    return frozenset(node.name for node, _ in _top_level(source) if isinstance(node, ast.ClassDef))


def parsed(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none where it is no Python, or more than can be read."""
    try:
        if _imports_too_deep(source):
            return []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # an odd escape in a student's string is no concern of staff's
            return ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []


def _imports_too_deep(source: str) -> bool:
    """Whether a line, with those that a backslash joins to it, imports by a name of very many parts."""
    if source.count(".") < MOST_DOTS:
        return False
    lines = re.split(r"[\r\n]", re.sub(r"\\\r?\n|\\\r", " ", source))
    return any(line.count(".") >= MOST_DOTS and IMPORTING.search(line) for line in lines)
