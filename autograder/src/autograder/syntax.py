"""Syntax trees: what is in them, and as text to be hashed, the same under every release of Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import groupby

__all__ = ["children", "tree_text", "walk", "without_docstrings"]


def children(node: ast.AST) -> list[ast.AST]:
    """Return what `ast.iter_child_nodes` yields, but for `Load` and its kin, in half the time."""
    found: list[ast.AST] = []
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, list):
            found += [one for one in value if isinstance(one, ast.AST)]
        elif isinstance(value, ast.AST) and name != "ctx":
            found.append(value)
    return found


def walk(tree: ast.AST) -> list[ast.AST]:
    """Return what `ast.walk` yields, in its order, but for `Load` and its kin."""
    found = [tree]
    for node in found:
        found += children(node)
    return found


def tree_text(tree: object) -> str:
    """Return a syntax tree as text that two trees share only if they say the same.

    `ast.dump` gives other text on other releases, which add fields that are empty in code that was written before them
    (`type_params`) and cut an f-string's text otherwise: here, what is empty is left out, and text is joined.
    """
    if isinstance(tree, ast.JoinedStr):
        return f"JoinedStr([{', '.join(_pieces(tree))}])"
    if isinstance(tree, ast.AST):
        fields = (f"{name}={tree_text(value)}" for name, value in ast.iter_fields(tree) if not _empty(value))
        return f"{type(tree).__name__}({', '.join(fields)})"
    if isinstance(tree, list):
        return f"[{', '.join(map(tree_text, tree))}]"
    return ascii(tree)  # which letters repr() shows as they are depends on the release


def _empty(value: object) -> bool:
    return value is None or value == []


def _pieces(string: ast.JoinedStr) -> Iterator[str]:
    """Yield an f-string's pieces: text between two values is one of them, and none where there is no text."""
    for is_text, group in groupby(string.values, lambda piece: isinstance(piece, ast.Constant)):
        if is_text:
            text = "".join(str(piece.value) for piece in group if isinstance(piece, ast.Constant))
            yield from [ascii(text)] if text else []
        else:
            yield from map(tree_text, group)


def without_docstrings(code: str) -> ast.Module:
    """Return the syntax tree of `code` without docstrings."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        documented = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module))
        if documented and node.body and ast.get_docstring(node, clean=False) is not None:  # type: ignore[attr-defined,arg-type]
            node.body = node.body[1:]  # type: ignore[attr-defined]
    return tree
