"""What the code says: parts still empty, syntax errors, and what works on one's own machine alone."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from typing import Any

from coursedata.console import Row, Sign
from coursedata.preflight.modules import check_imports
from coursedata.preflight.notebook import Cell, Notebook

__all__ = ["check_code", "is_empty_part", "parse"]

PERSONAL_PATH = re.compile(r"(?:/(?:home|Users|root|content|mnt|media|Volumes)/|[A-Za-z]:[\\/]|\\\\|~[\\/])")
NETWORK = {"aiohttp", "ftplib", "gdown", "httpx", "huggingface_hub", "kagglehub", "requests", "socket", "wget"}
NETWORK_CALLS = {"load_state_dict_from_url", "urlopen", "urlretrieve"}
SHELL_NETWORK = re.compile(r"^\s*[!%]\s*(?:curl|wget|git\s+clone)\b", re.MULTILINE)
INSTALL = re.compile(r"^\s*[!%]\s*(?:pip3?|conda|mamba|uv|apt(?:-get)?|(?:python3?|py)\s+-m\s+pip)\b.*", re.MULTILINE)
MAGIC = re.compile(r"^\s*[!%?]|=\s*[!%]|\?\s*$", re.MULTILINE)
MAGIC_LINE = re.compile(r"^\s*[!%]", re.MULTILINE)
TIMING = re.compile(r"^\s*%%(?:time|timeit|capture|prun)\b[^\n]*")
"""Cell magics whose body is Python."""
OURS = ("coursedata",)
"""Packages that our own cells install."""


def check_code(notebook: Notebook) -> Iterator[Row]:
    """Yield what is in the students' code cells; locked cells are ours."""
    for cell in notebook.cells:
        if cell.kind == "code" and not cell.ours:
            yield from _check_cell(cell)
            yield from check_imports(cell, notebook.path.parent)


def parse(source: str) -> ast.Module:
    """Return the syntax tree of a cell, its magics turned into calls as IPython does.

    Raises SyntaxError; what Python cannot digest at all (too deep, a NUL) is raised as SyntaxError too.
    """
    code = TIMING.sub("", source, count=1)
    try:
        return _tree(code)
    except SyntaxError:
        if not MAGIC.search(code):
            raise
        return _tree(_without_magics(code))


def is_empty_part(cell: Cell) -> bool:
    """Return whether a part still raises NotImplementedError in its own name, or holds no code that does something."""
    try:
        tree = parse(cell.source)
    except SyntaxError:
        return False
    written = any(_is_placeholder(node, cell.grade_id) or _does_nothing(node, cell.grade_id) for node in ast.walk(tree))
    return not tree.body or written


def _check_cell(cell: Cell) -> Iterator[Row]:
    part = cell.role == "solution"
    try:
        tree = parse(cell.source)
    except SyntaxError as error:
        text = f"syntax error in line {error.lineno or 1} (cell {cell.number}): {error.msg}"
        yield Row("problem", cell.name, text, "Nothing in this cell runs until it is mended.")
        return
    if part and is_empty_part(cell):
        yield Row(
            "problem",
            cell.name,
            "still to be written",
            "Put your code where raise NotImplementedError was.",
        )
    elif part and not _defines(tree, cell.grade_id):
        todo = f"The checks call {cell.grade_id}: keep that name."
        yield Row("problem", cell.name, f"does not define {cell.grade_id}", todo)
    yield from _check_magics(cell, part=part)
    yield from _check_tree(cell, tree)


def _check_magics(cell: Cell, *, part: bool) -> Iterator[Row]:
    install = INSTALL.search(cell.source)
    if install and not any(name in install[0] for name in OURS):
        todo = "The grader installs nothing: use what the course brings, and delete the line."
        yield Row("note", cell.name, f"installs a package: {install[0].strip()}", todo)
    if SHELL_NETWORK.search(cell.source):
        yield _network(cell, "downloads by a shell command", surely=part)
    if part and MAGIC_LINE.search(cell.source) and not _is_python(cell.source):
        yield Row("note", cell.name, "has a line with % or !", "Put magics into a cell of your own, not into a part.")


def _check_tree(cell: Cell, tree: ast.Module) -> Iterator[Row]:
    seen: set[str] = set()
    for node in ast.walk(tree):
        for row in _check_node(cell, node):
            if row.text not in seen:
                seen.add(row.text)
                yield row


def _check_node(cell: Cell, node: ast.AST) -> Iterator[Row]:
    line, part = getattr(node, "lineno", 1), cell.role == "solution"
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and PERSONAL_PATH.match(node.value):
        todo = "That place is on your machine only: use a path relative to the notebook."
        yield Row(_sign(surely=part), cell.name, f"line {line} names the path {node.value!r}", todo)
    if isinstance(node, ast.Call) and _called(node) == "input":
        todo = "Nobody types while it is graded (EOFError): put the value into a variable."
        yield Row(_sign(surely=part), cell.name, f"line {line} calls input()", todo)
    if isinstance(node, ast.Call) and _called(node) in NETWORK_CALLS:
        yield _network(cell, f"line {line} downloads with {_called(node)}", surely=part)
    if isinstance(node, ast.Import | ast.ImportFrom):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        for name in names:
            if name.partition(".")[0] in NETWORK or name == "urllib.request":
                yield _network(cell, f"line {line} imports {name}", surely=False)


def _network(cell: Cell, text: str, *, surely: bool) -> Row:
    todo = "There is no network while it is graded: use the data that the course gives."
    return Row(_sign(surely=surely), cell.name, text, todo)


def _sign(*, surely: bool) -> Sign:
    """Return what a row says of what works on one's own machine alone: in a part, points are lost by it."""
    return "problem" if surely else "note"


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) and function.attr in NETWORK_CALLS else ""


def _defines(tree: ast.Module, name: str) -> bool:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and node.name == name:
            return True
        if isinstance(node, ast.ClassDef) and re.sub(r"(?<!^)(?=[A-Z])", "_", node.name).lower() == name:
            return True  # the class RunningMean is the part running_mean
        if isinstance(node, ast.Assign) and any(isinstance(to, ast.Name) and to.id == name for to in node.targets):
            return True
    return False


def _does_nothing(node: ast.AST, grade_id: str) -> bool:
    """Return whether this is the part's function with nothing in it but words, `pass` and `...`."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name != grade_id:
        return False
    words = (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant) for one in node.body)
    return all(isinstance(one, ast.Pass) or said for one, said in zip(node.body, words, strict=True))


def _is_placeholder(node: ast.AST, grade_id: str) -> bool:
    if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
        return False
    call = node.exc
    if not isinstance(call.func, ast.Name) or call.func.id != "NotImplementedError":
        return False
    return any(isinstance(argument, ast.Constant) and argument.value == grade_id for argument in call.args)


def _is_python(source: str) -> bool:
    try:
        _tree(source)
    except SyntaxError:
        return False
    return True


def _tree(code: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return ast.parse(code)
        except (RecursionError, MemoryError, ValueError) as error:
            raise SyntaxError("Python cannot read this: it is nested too deep or holds a NUL character") from error


def _without_magics(code: str) -> str:
    try:
        from IPython.core.inputtransformer2 import TransformerManager

        transformer: Any = TransformerManager  # IPython types it in part
        return str(transformer().transform_cell(code))
    except Exception:  # noqa: BLE001  (whatever its tokenizer trips over, Python's own message is the better one)
        return code
