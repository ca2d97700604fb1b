"""What a mutation operator may want to know about the function around a node: its names, and whose arrays it has."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

__all__ = ["Context"]

KEYWORDS = {"dim": "torch", "keepdim": "torch", "axis": "numpy", "keepdims": "numpy"}
"""Keywords by which code says whose reductions it uses."""
LIBRARIES = {"torch": "torch", "numpy": "numpy", "scipy": "numpy", "cv2": "numpy"}
"""Whose arrays the functions of a module take and give."""
SCALARS = {"bool", "bytes", "float", "int", "str", "Path"}
"""Annotations of parameters that are no arrays."""


class Context:
    """What an operator may want to know about the function around a node."""

    def __init__(self, function: ast.AST, modules: Mapping[str, str]) -> None:
        """Look at `function`, a FunctionDef or a ClassDef; `modules` are what the notebook's imports come from."""
        self.modules = modules
        self.alias = {module: name for name, module in modules.items() if module == "numpy"}
        methods = [node for node in ast.walk(function) if isinstance(node, ast.FunctionDef)]
        arguments = [arg for method in methods[:1] for arg in method.args.args if arg.arg != "self"]
        self.parameters = [arg.arg for arg in arguments]
        self.arrays = {arg.arg for arg in arguments if not _is_scalar(arg.annotation)}
        self.neighbours = _neighbours(function)
        self.bound_twice = _bound_twice(function, self.parameters)
        said = set(self._said(function)) or {LIBRARIES.get(module, "") for module in modules.values()} - {""}
        self._library = "torch" if "torch" in said else "".join(said)

    def module(self, node: ast.expr) -> str:
        """Return the module that `node` is or lies in, `torch` for `torch.nn`; empty where it is none."""
        while isinstance(node, ast.Attribute):
            node = node.value
        return self.modules.get(node.id, "") if isinstance(node, ast.Name) else ""

    def library(self, node: ast.expr) -> str:
        """Return whose arrays an expression is about, `torch` or `numpy`; empty where they can be neither's."""
        if isinstance(node, ast.Call):
            module = self.module(node.func)
            if module:
                return LIBRARIES.get(module, "")
        said = set(self._said(node))
        return said.pop() if len(said) == 1 else self._library

    def _said(self, tree: ast.AST) -> Iterator[str]:
        """Yield the libraries that names and keywords in `tree` stand for."""
        for node in ast.walk(tree):
            if isinstance(node, ast.Name):
                library = LIBRARIES.get(self.modules.get(node.id, ""), "")
            elif isinstance(node, ast.keyword):
                library = KEYWORDS.get(node.arg or "", "")
            else:
                continue
            if library:
                yield library


def _is_scalar(annotation: ast.expr | None) -> bool:
    return isinstance(annotation, ast.Name) and annotation.id in SCALARS


def _neighbours(function: ast.AST) -> dict[str, str]:
    """Return for each name that is unpacked beside others (`height, width = …`) the next one."""
    found: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Store):
            names = [name.id for name in node.elts if isinstance(name, ast.Name) and name.id != "_"]
            if len(names) > 1:
                found |= dict(zip(names, [*names[1:], names[0]], strict=True))
    return found


def _bound_twice(function: ast.AST, parameters: list[str]) -> set[str]:
    stored = [node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]
    return {name for name in stored if name in parameters or stored.count(name) > 1}
