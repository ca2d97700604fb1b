"""What the source of a submission says, read by `ast` on the trusted side: it parses, it never runs."""

from __future__ import annotations

import ast
import builtins
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

import numpy as np

from autograder.compare.mismatch import Mismatch
from autograder.grade.bindings import Bindings, Found, binds_all_inside, declared_global, defined_or_mended, free_names
from autograder.grade.statements import DEFINING, Reading, binds_anything, by_room, identifiers, is_known, reading
from autograder.syntax import walk

__all__ = ["Definitions", "Facts"]

LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
CONCEALING = frozenset(
    {"exec", "eval", "compile", "__import__", "import_module", "importlib", "runpy", "builtins", "__builtins__"}
    | {"globals", "locals", "vars", "__dict__", "__globals__", "__getattribute__", "get_ipython"}
)
"""What runs code that is not to be seen, or finds a name that is not."""
ELSEWHERE = {"threading", "_thread", "concurrent", "multiprocessing", "subprocess", "asyncio", "ctypes", "submit"}
"""What runs code where its steps are not counted."""
HIDDEN_ATTRIBUTES = frozenset(
    {"starmap", "takewhile", "dropwhile", "groupby", "apply_", "map_", "map2_"}
    | {"vectorize", "apply_along_axis", "apply_over_axes", "frompyfunc", "fromiter", "vmap", "submit"}
    | (CONCEALING - {"compile", "eval"})  # of torch and of pandas they are something else
)
"""What runs Python code once an element, or code that is not to be seen, whatever it is asked of."""
HIDDEN_NAMES = HIDDEN_ATTRIBUTES | CONCEALING | ELSEWHERE | {"map", "filter", "reduce", "accumulate"}
"""The same of names, and of what imports let them stand for."""
LOOKUPS = {"getattr", "attrgetter", "methodcaller"}
"""What finds an attribute by a string, which says its name as well as a dot does where it can be read."""
MAPS = {"map", "filter"}
"""Attributes that are such where a module is asked for them."""
FOREIGN = "The code uses what another file defines, which is not read here: write it in a cell of the notebook."
COMMON = {"F", "math", "nn", "np", "plt", "torch"}
"""Names that a file of one's own also holds, and that stand for the same there."""
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
    foreign: frozenset[str] = frozenset()
    """Names in it that stand for what a file beside the notebook defines, which nobody reads."""

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
        """Whether Python code may run once an element: a loop, a comprehension, recursion, `map` and its kin.

        Raises Mismatch where a file beside the notebook defines what runs.
        """
        if any(isinstance(node, LOOPS) for node in self._walked):
            return True
        if self.foreign:
            raise Mismatch("source", FOREIGN)
        # a name is enough: `m = map` would hide the call
        hidden = bool(self._mentioned & HIDDEN_NAMES or self._attributes & HIDDEN_ATTRIBUTES)
        loaded = "sys" in self._mentioned and "modules" in self._mentioned | self._attributes
        return hidden or loaded or any(map(self._is_odd, self._walked)) or self._recursive()

    def _is_odd(self, node: ast.AST) -> bool:
        if isinstance(node, ast.Attribute) and node.attr in MAPS and isinstance(node.value, ast.Name):
            return bool(self._stands_for(node.value.id))
        name = _last_name(node)
        if name in LOOKUPS and id(node) not in self._looked_up:
            return True
        renamed = isinstance(node, ast.Name) and name not in LOOKUPS and self._stands_for(name) & LOOKUPS
        return bool(renamed) or _is_fold(node) or _is_sorted_by(node)

    def _stands_for(self, name: str) -> frozenset[str]:
        return self.imports.get(name, frozenset()) | self._imported_inside.get(name, frozenset())

    @cached_property
    def _mentioned(self) -> frozenset[str]:
        """Names that are taken from outside, and what imports let them stand for."""
        free: frozenset[str] = frozenset().union(*map(free_names, self.nodes))
        return free.union(*(self.imports.get(name, ()) for name in free), *self._imported_inside.values())

    @cached_property
    def _imported_inside(self) -> dict[str, frozenset[str]]:
        return _imported(self._walked)

    @cached_property
    def _attributes(self) -> frozenset[str]:
        attributes = {node.attr for node in self._walked if isinstance(node, ast.Attribute)}
        return frozenset(attributes.union(*self._looked_up.values()))

    @cached_property
    def _looked_up(self) -> dict[int, set[str]]:
        """Which attributes are looked up by strings, for each name of what does so in a call that can be read."""
        calls = (node for node in self._walked if isinstance(node, ast.Call))
        return {id(call.func): names for call in calls if (names := _asked_by_string(call))}

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
        return [inner for node in self.nodes for inner in walk(node)]


def _is_fold(node: ast.AST) -> bool:
    if not isinstance(node, ast.Attribute) or node.attr not in FOLDS or not isinstance(node.value, ast.Name):
        return False
    return not isinstance(getattr(np, node.value.id, None), np.ufunc)


def _is_sorted_by(node: ast.AST) -> bool:
    """Whether something is called once an element for its rank: `sorted(rows, key=sum)`."""
    if isinstance(node, ast.Dict):  # `**{"key": sum}`
        return any(isinstance(key, ast.Constant) and key.value == "key" for key in node.keys)
    return isinstance(node, ast.keyword) and node.arg == "key"


def _last_name(node: ast.AST) -> str:
    """Return what is asked for: `getattr` of `getattr` and of `builtins.getattr`."""
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _asked_by_string(call: ast.Call) -> set[str]:
    """Return the attributes for which a call of `getattr` and its kin asks by a string that is written there."""
    name = _last_name(call.func)
    place = 1 if name == "getattr" else 0
    asked = call.args[place] if name in LOOKUPS and len(call.args) > place else None
    text = asked.value if isinstance(asked, ast.Constant) else None
    return set(text.split(".")) if isinstance(text, str) and (len(call.args) == 1 or name != "attrgetter") else set()


def _imported(nodes: Iterable[ast.AST]) -> dict[str, frozenset[str]]:
    """Return the dotted parts of what each name that is imported stands for."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = getattr(node, "module", None) or ""
            for one in node.names:
                found[(one.asname or one.name).partition(".")[0]].update(f"{module}.{one.name}".split("."))
    return {name: frozenset(parts - {""}) for name, parts in found.items()}


def _sources_of(node: ast.Import | ast.ImportFrom) -> list[tuple[str, str]]:
    """Return each name that an import binds, with the top-level module that it comes from; "." for a relative one."""
    module = "." if isinstance(node, ast.ImportFrom) and node.level else getattr(node, "module", None)
    return [((one.asname or one.name).partition(".")[0], (module or one.name).partition(".")[0]) for one in node.names]


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
        nodes = tuple(_reached(name, found))
        return Facts(ast.get_source_segment(source, node) or "", nodes, self._imports, self._foreign(nodes))

    def _foreign(self, nodes: Iterable[ast.AST]) -> frozenset[str]:
        """Return the names in some definitions that stand for what a file beside the notebook defines."""
        free: set[str] = set()
        found: set[str] = set()
        for node in nodes:
            free |= free_names(node)
            for inner in walk(node):
                if isinstance(inner, (ast.Import, ast.ImportFrom)):
                    found.update(name for name, module in _sources_of(inner) if not is_known(module))
        doubted = free & self._bindings.doubted
        found.update(name for name in doubted if not all(map(is_known, self._modules.get(name, ()))))
        if self._bindings.starred:
            own = self._bindings.found.keys() - doubted | self._bindings.imported
            found |= free - own - COMMON - vars(builtins).keys()
        return frozenset(found)

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
        return _imported(self._nodes)

    @cached_property
    def _modules(self) -> dict[str, set[str]]:
        """From which top-level modules imported names come."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for node in self._nodes:
            for name, module in _sources_of(node) if isinstance(node, (ast.Import, ast.ImportFrom)) else ():
                found[name].add(module)
        return dict(found)

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
        if any(map(binds_anything, self._too_long)) or any(map(binds_all_inside, self._nodes_with("*"))):
            found.update(self._bindings.found)
        return found.union(*map(declared_global, self._nodes_with("global")))

    def _nodes_with(self, text: str) -> Iterator[ast.stmt]:
        """Yield the statements of the cells in which a text stands: to look at each of them takes longer."""
        return (node for cell, _ in self._readings if text in cell.text for node, _ in cell.placed)


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
