"""What each part of an exercise is asked, as hashes that its comments, layout and prose do not change.

A mended check then touches its own part alone: each test function is hashed together with the helpers, constants and
imports of `checks.py` that it uses, directly or through one another.
"""

from __future__ import annotations

import ast
import hashlib
import platform
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import msgspec

from autograder.manifest import Exercise, Threshold
from autograder.release.side_files import side_files
from autograder.release.source import read_source
from autograder.syntax import tree_text

__all__ = ["ENGINE", "SHARED", "asked_of", "environment_of", "metrics_of"]

SHARED = ""
"""Key of what all parts rest on: the reference, probes, limits, the engine's comparisons, the environment."""
ENGINE = (
    *("checks.py", "syntax.py", "trained.py", "compare/*.py", "sandbox/*.py"),
    *(f"release/{name}.py" for name in ("build", "grammar", "markers", "side_files", "sizes", "source")),
    *(
        f"grade/{name}.py"
        for name in ("asked", "bindings", "choices", "collect", "data", "examiner", "exceptions", "facts", "files")
    ),
    *(
        f"grade/{name}.py"
        for name in ("formats", "forms", "grader", "judge", "likeness", "rebuild", "reduce", "report", "run")
    ),
    *(
        f"grade/{name}.py"
        for name in ("seeds", "statements", "student", "tape", "text", "threshold", "unit", "weights")
    ),
)
"""What of the engine decides how a check ends or what that is worth; any change of it counts."""
ANYTHING = {"globals", "locals", "vars", "eval", "exec"}
"""A function that calls one of these may use every name there is."""


def asked_of(exercise: Exercise) -> dict[str, str]:
    """Return the hash of what each part is asked, by grade_id, and of what all parts share under SHARED."""
    asked, loose = _checks((exercise.folder / "checks.py").read_text(encoding="utf-8"), exercise.thresholds)
    shared = [loose, _reference(exercise), _probes(exercise.folder / "probes.py"), _setting(exercise), _engine()]
    given = side_files(exercise).items()
    shared += [hashlib.sha256(name.encode() + b"\x00" + path.read_bytes()).hexdigest() for name, path in given]
    asked = {part: asked.get(part, "") for part, one in exercise.parts.items() if not one.written}
    return {SHARED: _hash(*shared, environment_of(), _data()), **asked}


@cache  # finding a version reads a file of the installation
def environment_of() -> str:
    """Return what the points may depend on beside the submission and the checks."""
    return f"python {platform.python_version()}, torch {version('torch')}, numpy {version('numpy')}"


@cache
def _data() -> str:
    try:
        data = version("coursedata")
    except PackageNotFoundError:
        data = "none"
    # of one architecture, processors differ in the last bits at most, which every tolerance must allow for
    return f"IPython {version('ipython')}, coursedata {data}, {platform.machine()}"


def metrics_of(text: str) -> str:
    """Return the hash of the checks in `text` that ask for `threshold`, with all that they rest on."""
    module = _Module(ast.parse(text).body)
    tests = [test for test in module.tests if _asks_for_threshold(test)]
    used = (_hash(*(module.text[id(one)] for one in module.used_by(test))) for test in tests)
    return _hash(*used, *(module.text[id(one)] for one in module.loose))


def _checks(text: str, thresholds: Mapping[str, Threshold]) -> tuple[dict[str, str], str]:
    """Return the hash of each part's checks, and of the statements that may concern all of them."""
    module = _Module(ast.parse(text).body)
    of_part: dict[str, list[str]] = defaultdict(list)
    loose = [module.text[id(one)] for one in module.loose]
    for test in module.tests:
        part, used = _part(test), module.used_by(test)
        texts = [module.text[id(one)] for one in used]
        texts += _bounds(used, thresholds) if _asks_for_threshold(test) else []
        (of_part[part] if part is not None else loose).append(_hash(*texts))
    return {part: _hash(*hashes) for part, hashes in of_part.items()}, _hash(*loose)


def _asks_for_threshold(test: ast.FunctionDef) -> bool:
    return any(argument.arg == "threshold" for argument in test.args.args)


def _bounds(used: Iterable[ast.stmt], thresholds: Mapping[str, Threshold]) -> list[str]:
    """Return the bounds that statements name, or all where they name none as they stand there."""
    nodes = (node for statement in used for node in ast.walk(statement))
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    chosen = sorted(texts & thresholds.keys()) or sorted(thresholds)
    return [f"{name} {thresholds[name].at_least} {thresholds[name].at_most}" for name in chosen]


class _Module:
    """The statements of a module, by the names that they bind."""

    def __init__(self, body: list[ast.stmt]) -> None:
        self.binding: dict[str, list[ast.stmt]] = defaultdict(list)
        self.tests: list[ast.FunctionDef] = []
        self.loose: list[ast.stmt] = []
        self.text = {id(statement): tree_text(statement) for statement in body}
        self._used: dict[int, list[ast.stmt]] = {}
        self.place = {id(statement): number for number, statement in enumerate(body)}
        for statement in body:
            names = _bound(statement)
            if isinstance(statement, ast.FunctionDef) and statement.name.startswith("test"):
                self.tests.append(statement)
            elif names is None or any(name.startswith(("pytest", "Test", "__")) for name in names):
                self.loose.append(statement)
            for name in names or ():
                self.binding[name].append(statement)

    def used_by(self, test: ast.FunctionDef) -> list[ast.stmt]:
        """Return `test` and all statements that it rests on, in the order of the file."""
        found: dict[int, ast.stmt] = {}
        waiting: list[ast.stmt] = [test]
        while waiting:
            statement = waiting.pop()
            if id(statement) in found:
                continue
            found[id(statement)] = statement
            waiting += self._uses(statement)
        return sorted(found.values(), key=lambda one: self.place[id(one)])

    def _uses(self, statement: ast.stmt) -> list[ast.stmt]:
        known = self._used.get(id(statement))
        if known is None:
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            names = set(self.binding) if names & ANYTHING else names
            known = self._used[id(statement)] = [one for name in names for one in self.binding.get(name, ())]
        return known


def _bound(statement: ast.stmt) -> list[str] | None:
    """Return the names that a statement of a module binds and nothing else does, or None where more may happen."""
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AsyncFunctionDef(name=name):
            return [name]
        case ast.Import(names=names) | ast.ImportFrom(names=names) if all(one.name != "*" for one in names):
            return [(one.asname or one.name).partition(".")[0] for one in names]
        case ast.Assign() | ast.AnnAssign():
            targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
            nodes = [node for target in targets for node in ast.walk(target)]
            plain = all(isinstance(node, ast.Name | ast.Tuple | ast.List | ast.expr_context) for node in nodes)
            return [node.id for node in nodes if isinstance(node, ast.Name)] if plain else None
        case ast.Expr(value=ast.Constant()):
            return []
    return None


def _part(test: ast.FunctionDef) -> str | None:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "check":
            named = [word.value for word in decorator.keywords if word.arg == "part"]
            first = (decorator.args + named)[:1]
            if first and isinstance(first[0], ast.Constant) and isinstance(first[0].value, str):
                return first[0].value
    return None


def _reference(exercise: Exercise) -> str:
    cells = [cell for cell in read_source(exercise.folder).cells if cell.kind != "prose"]
    runs = [(c.id, c.kind, c.cell_type, "" if c.cell_type == "markdown" else c.source) for c in cells]
    return _hash(msgspec.json.encode(runs).decode())


def _probes(path: Path) -> str:
    return tree_text(ast.parse(path.read_text(encoding="utf-8"))) if path.exists() else ""


def _setting(exercise: Exercise) -> str:
    settings: list[object] = [exercise.threads, exercise.limits, exercise.per_student_inputs]
    settings += [exercise.warm, exercise.data]
    settings += [exercise.training] if exercise.training.weights else []
    settings += [exercise.literals | exercise.chosen] if exercise.literals or exercise.chosen else []
    return msgspec.json.encode((exercise.slug, settings)).decode()


@cache
def _engine() -> str:
    root = Path(__file__).parent.parent
    paths = [path for pattern in ENGINE for path in sorted(root.glob(pattern))]
    return _hash(*(path.read_text(encoding="utf-8") for path in paths))


def _hash(*texts: str) -> str:
    return hashlib.sha256("\x00".join(_lengths(texts)).encode()).hexdigest()[:16]


def _lengths(texts: Iterable[str]) -> Iterable[str]:
    return (f"{len(text)} {text}" for text in texts)
