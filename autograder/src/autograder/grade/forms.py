"""What form a probe's answer has, read from its `return` statements: anything else was not made by the probe.

A probe runs beside the answer, in a process that the submission shares, so that what comes back may be forged. A check
may take apart what its probe returns, `loss, gradient = student.probe(...)`, without looking at each level first.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

__all__ = ["Form", "fits", "forms_of"]

LISTS = frozenset({"list", "sorted"})
SCALARS: dict[str, tuple[type, ...]] = {"bool": (bool,), "len": (int,), "float": (float,), "int": (int,), "str": (str,)}


@dataclass(frozen=True)
class Form:
    """A list with items of these forms, a dictionary with these keys, a list of any length, or one of these types."""

    items: tuple[Form | None, ...] | None = None
    keys: dict[Any, Form | None] = field(default_factory=dict)
    each: Form | None = None
    many: bool = False
    types: tuple[type, ...] = ()


@cache
def forms_of(source: str) -> dict[str, Form]:
    """Return the form of each function's answer in the text of a probes.py, where all its returns have the same."""
    found = {}
    for function in ast.parse(source).body:
        if isinstance(function, ast.FunctionDef):
            names = _assigned(function)
            forms = {repr(form): form for form in (_form(value, names) for value in _returned(function))}
            form = next(iter(forms.values()), None)
            if len(forms) == 1 and form is not None:
                found[function.name] = form
    return found


def fits(value: Any, form: Form | None) -> bool:
    """Return whether a decoded answer has the form; no form fits all."""
    if form is None:
        return True
    if form.types:
        return type(value) in form.types
    if form.keys:
        known = isinstance(value, dict) and value.keys() == form.keys.keys()
        return known and all(fits(value[key], one) for key, one in form.keys.items())
    if not isinstance(value, (list, tuple)):
        return False
    if form.many:
        return all(fits(one, form.each) for one in value)
    items = form.items or ()
    return len(value) == len(items) and all(fits(one, item) for one, item in zip(value, items, strict=True))


def _own(function: ast.FunctionDef) -> Iterator[ast.AST]:
    """Yield the nodes of a function's body, those of functions and classes inside it left out."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Lambda)):
            waiting += ast.iter_child_nodes(node)


def _returned(function: ast.FunctionDef) -> list[ast.expr | None]:
    return [node.value for node in _own(function) if isinstance(node, ast.Return)]


def _assigned(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return what is assigned to each name that is assigned once, and alone."""
    found: dict[str, list[ast.expr | None]] = {}
    for node in _own(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.setdefault(node.id, []).append(None)
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    for name, value in zip(target.elts, node.value.elts, strict=False):
                        if isinstance(name, ast.Name):
                            found.setdefault(name.id, []).append(value)
    kept = {
        name: [one for one in values if one is not None] for name, values in found.items() if values.count(None) == 1
    }
    return {name: values[0] for name, values in kept.items() if len(values) == 1}


def _form(value: ast.expr | None, names: dict[str, ast.expr]) -> Form | None:
    match value:
        case ast.List(elts=items) | ast.Tuple(elts=items) if not any(isinstance(one, ast.Starred) for one in items):
            if isinstance(value, ast.List) and not items:
                return Form(many=True)  # begun empty, filled later
            return Form(tuple(_form(one, names) for one in items))
        case ast.List() | ast.Tuple():
            return Form(many=True)
        case ast.ListComp(elt=each):
            return Form(each=_form(each, {}), many=True)
        case ast.Dict(keys=keys, values=values) if keys and all(isinstance(key, ast.Constant) for key in keys):
            pairs = zip(keys, values, strict=True)
            return Form(keys={key.value: _form(one, names) for key, one in pairs if isinstance(key, ast.Constant)})
        case ast.Call(func=ast.Name(id=name)) if name in LISTS:
            return Form(many=True)
        case ast.Call(func=ast.Name(id=name)) if name in SCALARS:
            return Form(types=SCALARS[name])
        case ast.Name(id=name) if name in names:
            return _form(names[name], {key: one for key, one in names.items() if key != name})
    return None
