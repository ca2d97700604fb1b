"""Which definitions of a notebook's names may be the ones that run, as far as its source says."""

from __future__ import annotations

import ast
import sys
from collections.abc import Collection, Iterator
from functools import lru_cache
from types import ModuleType
from weakref import WeakKeyDictionary

from autograder.grade.statements import DEFINING, WELL_KNOWN, Reading, binds_anything, identifiers
from autograder.syntax import children, walk

__all__ = ["Bindings", "Found", "binds_all_inside", "declared_global", "defined", "defined_or_mended", "free_names"]

Found = dict[str, list[tuple[ast.AST, str]]]
"""What each name was defined by, with the source of its cell."""

REGISTERING = {"register", "__setattr__"}
"""Methods that give a function something else to run."""
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
DEEPEST = 4
"""Attributes of attributes that are followed to the name that they are of."""


class Bindings:
    """What names stand for after the cells taken so far, in their order."""

    def __init__(self) -> None:
        """Begin with a notebook without a cell."""
        self.found: Found = {}
        """Of each name its last certain definition, and what may have changed or replaced that."""
        self.doubted: set[str] = set()
        """Names that may stand for something that cannot be read."""
        self.starred = False
        """Whether names may have come from a file that is not read, whatever they are."""
        self.imported: set[str] = set()
        """Names that imports surely gave a value to since then."""
        self._trusted: set[str] = set()  # the others that were found, so that each import * need look at new ones alone
        self._changeable: set[str] = set()
        self._aliases: dict[str, str] = {}

    def take(self, cell: Reading, *, broken: bool) -> None:
        """Go on by a cell; of one that is `broken`, which did not run to its end, nobody knows what it bound."""
        for node, certain in cell.placed:
            surely = certain and not broken
            self._define(node, cell.text, surely=surely)
            bound, changed = _effects(node)
            self._mend(changed, node, cell.text)
            self._bind_otherwise(bound, node, surely=surely)
        if cell.failure and not (broken and issubclass(cell.failure, SyntaxError)):
            anything = binds_anything(cell.text)
            if anything:
                self._star()
            # IPython read it, and may have run it
            self._doubt(identifiers(cell.text) | (self._trusted if anything else set()))

    def _define(self, node: ast.stmt, text: str, *, surely: bool) -> None:
        names = defined(node)
        value = getattr(node, "value", None) if names else None
        mentions = _names_in(value)
        for name in names:
            # `f = timed(f)` and `f = f(x)` hide nothing of what f was, nor does what perhaps never ran
            if surely and name not in mentions:
                self.found[name] = []
                for kept in (self.doubted, self._changeable):
                    kept.discard(name)
                self._aliases.pop(name, None)
            self.found.setdefault(name, []).append((node, text))
            if name not in self.doubted:
                self._trusted.add(name)
            if self._is_changeable(node, value):
                self._changeable.add(name)
            if isinstance(value, ast.Name):
                self._aliases[name] = self._aliases.get(value.id, value.id)

    def _is_changeable(self, node: ast.stmt, value: ast.AST | None) -> bool:
        """Whether what is defined may run something: data may be given attributes as one likes."""
        made = value.func if isinstance(value, ast.Call) else value
        of = made.id if isinstance(made, ast.Name) else ""
        return isinstance(node, DEFINING) or isinstance(value, ast.Lambda) or of in self._changeable

    def _mend(self, changed: set[str], node: ast.stmt, text: str) -> None:
        for name in changed | {self._aliases[name] for name in changed if name in self._aliases}:
            if name in self._changeable:
                self.found[name].append((node, text))

    def _bind_otherwise(self, names: set[str], node: ast.stmt, *, surely: bool) -> None:
        again = _starred(node, self.found)
        if again is None:
            self._star()
        elif surely and isinstance(node, (ast.Import, ast.ImportFrom)):
            self.imported |= names
        self._doubt(names | (set(self._trusted) if again is None else again))
        if surely and isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign)):
            self.found.update((name, []) for name in names | (again or set()))  # a loop may be over nothing

    def _star(self) -> None:
        self.starred = True
        self.imported.clear()

    def _doubt(self, names: set[str]) -> None:
        self.doubted |= names
        self._trusted -= names


def defined(node: ast.AST) -> list[str]:
    """Return the names that a statement defines by what can be read."""
    if isinstance(node, DEFINING):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else []
    targets = [node.target] if isinstance(node, ast.AnnAssign) and node.value else targets
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _effects(node: ast.AST) -> tuple[set[str], set[str]]:
    """Return the names to which a statement gives a value that cannot be read, and those of what it changes.

    A value is an import's, a loop's, a tuple's; a change is `f.__code__ = …`, `setattr(f, …)` or `@f.register`. The
    statements inside it are asked too.
    """
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return {(one.asname or one.name).partition(".")[0] for one in node.names}, set()
    stored: set[str | None] = set()
    changed: set[str] = set()
    waiting: list[ast.AST] = [*node.decorator_list] if isinstance(node, DEFINING) else [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, ast.Name):
            if isinstance(one.ctx, ast.Store):
                stored.add(one.id)
            continue
        if isinstance(one, (ast.Attribute, ast.Subscript, ast.Call)):
            changed.add(_changed(one))
        elif isinstance(one, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            stored.add(one.name)
        elif isinstance(one, ast.MatchMapping):
            stored.add(one.rest)
        if isinstance(one, ast.comprehension):
            waiting += [one.iter, *one.ifs]  # its variable is its own
        elif not isinstance(one, ast.AnnAssign) or one.value:  # without a value it is a note
            waiting += [inner for inner in children(one) if not isinstance(inner, ast.stmt)]
    return {name for name in stored if name}.difference(defined(node)), changed - {""}


def _starred(node: ast.AST, found: Collection[str]) -> set[str] | None:
    """Return which of the names in `found` an `import *` binds anew; None where it may be any of them."""
    if not isinstance(node, ast.ImportFrom) or node.names[0].name != "*":
        return set()
    name = node.module or ""
    module = sys.modules.get(name)
    if node.level or module is None or name.partition(".")[0] not in WELL_KNOWN:
        return None
    return {one for one in _exported(module) if one in found}


@lru_cache(maxsize=64)
def _exported(module: ModuleType) -> frozenset[str]:
    names = getattr(module, "__all__", None)
    return frozenset(names if names is not None else (name for name in vars(module) if not name.startswith("_")))


def declared_global(node: ast.stmt) -> set[str]:
    """Return the names that a definition may bind in the notebook when it runs, whatever they were before."""
    if not isinstance(node, DEFINING):
        return set()
    return {name for inner in walk(node) if isinstance(inner, ast.Global) for name in inner.names}


def binds_all_inside(node: ast.stmt) -> bool:
    """Whether a definition, when it runs, may give values to names that it does not name, as by `%run`."""
    return isinstance(node, DEFINING) and any(_starred(one, ()) is None for one in walk(node))


def _names_in(value: ast.AST | None) -> set[str]:
    return {inner.id for inner in walk(value) if isinstance(inner, ast.Name)} if value else set()


def defined_or_mended(node: ast.AST) -> list[str]:
    """Return the names that stand for something else by a statement; a function stands for its own name alone."""
    return defined(node) if isinstance(node, DEFINING) else [*defined(node), *_effects(node)[1]]


def _changed(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute) and (not isinstance(node.ctx, ast.Load) or node.attr in REGISTERING):
        return _root(node)
    if isinstance(node, ast.Subscript) and not isinstance(node.ctx, ast.Load) and isinstance(node.value, ast.Attribute):
        return _root(node)  # `f.__dict__["x"] = …`
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("setattr", "delattr"):
        return _root(node.args[0]) if node.args else ""
    return ""


def _root(node: ast.AST) -> str:
    for _ in range(DEEPEST):
        node = node.value if isinstance(node, (ast.Attribute, ast.Subscript)) else node
    return node.id if isinstance(node, ast.Name) else ""


_free: WeakKeyDictionary[ast.AST, frozenset[str]] = WeakKeyDictionary()
"""What `free_names` found; it goes when the definition does, since a class's would fill the memory."""


def free_names(node: ast.AST) -> frozenset[str]:
    """Return the names that a definition takes from outside, and some more: not its parameters, not what it assigns."""
    if node not in _free:
        _free[node] = _look_for_free_names(node)
    return _free[node]


def _look_for_free_names(node: ast.AST) -> frozenset[str]:
    loaded = {inner.id for inner in _executed(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}
    if not isinstance(node, FUNCTIONS):
        return frozenset(loaded)
    outside = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    used = {inner.id for one in outside for inner in walk(one) if isinstance(inner, ast.Name)}
    return frozenset(loaded - _own_names(node) | used)


def _executed(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what `ast.walk` does, but for annotations, which are notes."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        notes = {id(getattr(one, name, None)) for name in ("annotation", "returns")}
        waiting += [inner for inner in children(one) if id(inner) not in notes]


def _own_names(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    """Return the names that belong to a function's own scope, not to one inside it."""
    own = {node.arg for node in walk(function.args) if isinstance(node, ast.arg)}
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
            waiting += children(node)
    return own - foreign
