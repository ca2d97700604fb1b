"""What a cell says in Python, without what is IPython's: parsed on the trusted side, never run."""

from __future__ import annotations

import ast
import keyword
import re
import sys
import sysconfig
import textwrap
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.machinery import PathFinder

__all__ = [
    "DEFINING",
    "WELL_KNOWN",
    "Reading",
    "binds_anything",
    "by_room",
    "classes_of",
    "identifiers",
    "is_known",
    "parsed",
    "reading",
]

WELL_KNOWN = sys.stdlib_module_names | {"IPython", "PIL", "coursedata", "matplotlib", "numpy", "pandas", "plotly"}
WELL_KNOWN |= {"scipy", "sympy", "torch", "torchvision", "tqdm"}
"""Packages whose names are looked up where they are loaded: no file beside the notebook then takes their place."""
SOURCE_LIMIT = 200_000
SHORT, SHORT_CELLS = 2000, 128
"""Characters of a cell, and cells, whose statements are remembered: a class has many alike, and memory has an end."""
BINDS = re.compile(r"\b(?:def|class)[ \t]+(\w+)|(?<![=!<>:.\w])(\w+)[ \t]*=(?!=)")
"""What a command may define."""
GIVES = re.compile(r"=|\b(?:class|def|except|for|global|import|match|with)\b")
"""What a command holds that gives names values."""
OPTIONS = 8
"""Words before the Python in a command: `%timeit -n 5 -r 1 f(x)`."""
AUTOMAGIC = re.compile(r"[ \t]*(\w+)[ \t]+(?!=)[^\n]*\n?")
"""A cell of one line that is no Python is a magic without its sign, as in `run file.py`."""
RUNS_FILES = re.compile(r"""(?<![\w."'])(?:run[ \t]+[\w"'./~$-]|rerun\b|store[ \t]+-[rz])""")
"""A magic that gives values to names which it does not name."""
LOADS = re.compile(r"(?<![\w.])(?:re)?load_ext[ \t]+(\w+)")
EXTENSIONS = {"autoreload", "dotenv", "jupyter_black", "lab_black", "line_profiler", "memory_profiler", "nb_black"}
EXTENSIONS |= {"storemagic", "watermark"}
"""What is loaded for other things than names, whether it is installed or not."""
STARRED = re.compile(r"\bimport[\s\\(]*\*")
STAR = "from . import *"
"""In the place of what may give a value to every name."""
PROMPT = re.compile(r"^\s*>>>|^.*In \[\d+\]: |^\s*\.{3,}:", re.MULTILINE)
MOST_QUOTES = 100
"""Of three characters in a line, in a cell with prompts: IPython copies the line for each."""
IMPORTING = re.compile(r"\b(?:import|from)\b")
MOST_DOTS = 500
"""In a line that imports: Python's parser joins a dotted name piece by piece, in a time that grows as its square."""
CELL_MAGIC = re.compile(r"\s*%%(?!\w+\?)(\w*).*\n?")
"""The first line of such a cell; where it asks for help, what follows is the notebook's."""
TRANSPARENT = {"time", "capture", "prun"}
"""Cell magics below which definitions are the notebook's; under any other they are nobody's, or another language's."""
INDENTED = re.compile(r"(?:[ \t]*\n)*[ \t]")
ESCAPED = re.compile(r"([ \t]*)([%!?,;/](?:[^\n]*\\\n)*[^\n]*\n?)")
"""A line that is a command's from its beginning, with those that a backslash joins to it."""
ESCAPED_VALUE = re.compile(r"[ \t]*((?:%(?=[ \t]*[^\W\d])|!)(?:[^\n]*\\\n)*[^\n]*\n?)")
"""The rest of a line that keeps what a magic or a command gives."""
PIECE = re.compile(
    r"""\#[^\n]*  |  \\\r?\n
    |   \"{3}(?:[^"\\]|\\(?s:.)|"(?!""))*+(?:\"{3}|\\?\Z)  |  '{3}(?:[^'\\]|\\(?s:.)|'(?!''))*+(?:'{3}|\\?\Z)
    |   "(?:[^"\\\n]|\\(?s:.))*+"?  |  '(?:[^'\\\n]|\\(?s:.))*+'?
    |   (?P<open>[([{])  |  (?P<close>[)\]}])  |  [=!<>:+\-*/%&|^@]=  |  (?P<assign>=)  |  (?P<end>\n)
    |   (?<!\?)(?P<help>\?++[ \t]*+(?=\r?\n|\Z))""",
    re.VERBOSE,
)
"""What says where a statement ends: comments and strings are passed over, as is what a backslash joins."""
WORD = re.compile(r"\w+")
DEFINING = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
Placed = tuple[ast.stmt, bool]
"""A statement of a cell, and whether it runs for certain where its cell runs to its end."""


@dataclass(frozen=True)
class Reading:
    """One cell."""

    text: str
    """The Python in it, line for line."""
    placed: tuple[Placed, ...] = ()
    """Its statements, also those in the blocks of others, but for what never runs; none of no Python."""
    failure: type[Exception] | None = None
    """Why it could not be read: SyntaxError where IPython cannot either, or knows more; else it is too much."""


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


def identifiers(source: str) -> set[str]:
    """Return every word of a source that is not read, as Python would spell it: any of them may get a value there."""
    words = set(WORD.findall(source))
    return {word if word.isascii() else unicodedata.normalize("NFKC", word) for word in words}


def binds_anything(source: str) -> bool:
    """Return whether a source that is not read, or a command, may give values to names that it does not name."""
    loaded = (match[1] for match in LOADS.finditer(source))
    others = any(name not in EXTENSIONS and not is_known(name) for name in loaded)
    return others or bool(STARRED.search(source) or RUNS_FILES.search(source))


@lru_cache(maxsize=256)
def is_known(module: str) -> bool:
    """Return whether a top-level module is one of Python's or an installed package's, and no file of a submission's."""
    places = [sysconfig.get_paths()[kind] for kind in ("purelib", "platlib")]
    installed = module != "autograder" and PathFinder.find_spec(module, places) is not None
    return module in WELL_KNOWN or installed


def reading(source: str) -> Reading:
    """Return what a cell says."""
    return _reading_of_short(source) if len(source) <= SHORT else _reading(source)


@lru_cache(maxsize=SHORT_CELLS)
def _reading_of_short(source: str) -> Reading:
    return _reading(source)


def _reading(source: str) -> Reading:
    text = _dedented(source)
    if PROMPT.search(text):
        if any(line.count('"""') + line.count("'''") > MOST_QUOTES for line in text.splitlines()):
            return Reading(text, failure=RecursionError)
        text = _without_prompts(text)
    magic = CELL_MAGIC.match(text)
    if magic and magic[1] not in TRANSPARENT:
        # a timing's names are its own, but for those
        return Reading(text, failure=RecursionError) if magic[1] == "timeit" and "global" in text else Reading("")
    if magic:  # it may swallow the error that ended what is below it
        text = _instead(magic[0].strip()[1:] + "\n", inside=False, binds=True) + _dedented(text[magic.end() :])
    return _in_python(text, surely=not magic)


def _in_python(text: str, *, surely: bool) -> Reading:
    failure: type[Exception] | None = None
    for attempt in (str, _without_magics, _with_sign):
        before, text = text, attempt(text)
        if failure and text is before:
            continue
        try:
            return Reading(text, tuple(_placed(_tree(text), surely=surely)))
        except (SyntaxError, RecursionError, MemoryError) as error:
            failure = type(error)
    return Reading(text, failure=failure)


def _without_prompts(text: str) -> str:
    """Return a source as it is after IPython has taken `>>> `, `In [1]: ` and their like away."""
    from IPython.core import inputtransformer2 as ipython

    lines = ipython.leading_empty_lines(text.splitlines(keepends=True))  # type: ignore[no-untyped-call]
    return "".join(ipython.ipython_prompt(ipython.classic_prompt(lines)))


def _with_sign(text: str) -> str:
    """Return a line that may be a magic without its sign as Python; anything else as it is."""
    line = AUTOMAGIC.fullmatch(text)
    return text if not line or keyword.iskeyword(line[1]) else _instead(f"%{text.strip()}", inside=False, binds=True)


def _dedented(source: str) -> str:
    """Return a source that is indented as a whole as IPython runs it."""
    return textwrap.dedent(source) if INDENTED.match(source) else source


def _without_magics(source: str) -> str:
    """Return a source with Python in the place of what IPython would replace."""
    place, found = 0, []
    while place < len(source):
        if escaped := ESCAPED.match(source, place):
            place = escaped.end()
            found.append(escaped[1] + _instead(escaped[2], inside=bool(escaped[1]), binds=True))
        else:
            python, place = _logical_line(source, place)
            found.append(python)
    return "".join(found)


def _logical_line(source: str, start: int) -> tuple[str, int]:
    """Return in Python the line at `start`, with those that brackets, strings and so on join to it; and its end."""
    depth, assigned = 0, False
    for piece in PIECE.finditer(source, start):
        depth = max(0, depth + (piece.lastgroup == "open") - (piece.lastgroup == "close"))
        if depth:
            continue
        if piece.lastgroup == "end":
            return source[start : piece.end()], piece.end()
        if piece.lastgroup == "help":
            line = source[start : piece.end()]
            return line[: len(line) - len(line.lstrip())] + "None" + "\n" * line.count("\n"), piece.end()
        if piece.lastgroup == "assign" and not assigned:
            assigned = True
            if escaped := ESCAPED_VALUE.match(source, piece.end()):
                return source[start : piece.end()] + _instead(escaped[1], inside=True, binds=False), escaped.end()
    return source[start:], len(source)


def _instead(command: str, *, inside: bool, binds: bool) -> str:
    """Return Python in the place of a command: it names what that names and, where it `binds`, may give values to."""
    lines = "\n" * command.count("\n")
    if command[0] in "!?" and "{" not in command:
        return "None" + lines
    star = f"; {STAR}" if command[0] == "%" and binds_anything(command) else ""
    names = _given_values(command) if binds else set()
    targets = ", ".join(sorted(name for name in names if name.isidentifier() and not keyword.iskeyword(name)))
    if not (inside or targets):
        return "None" + star + lines
    words = ", ".join(f'"{word}"' for word in WORD.findall(command))
    return (f"[{targets}] = " if targets else "") + f"get_ipython({words})" + star + lines


def _given_values(command: str) -> set[str]:
    """Return the names to which a command may give values."""
    if not GIVES.search(command):
        return set()
    names = {name for match in BINDS.finditer(command) for name in match.groups() if name}
    words = command.split(" ", OPTIONS)
    for start in range(1, len(words)):
        try:
            return names | _stored(_tree(" ".join(words[start:]).strip()))
        except SyntaxError:  # an option comes first
            continue
        except (RecursionError, MemoryError):
            return identifiers(command)
    return names


def _stored(tree: list[ast.stmt]) -> set[str]:
    names: set[str] = set()
    for node in (inner for one in tree for inner in ast.walk(one)):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.add(node.id)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(one.asname or one.name).partition(".")[0] for one in node.names}
        elif isinstance(node, (*DEFINING, ast.ExceptHandler, ast.MatchAs)) and node.name:
            names.add(node.name)
        elif isinstance(node, ast.Global):
            names.update(node.names)
    return names


def _placed(tree: list[ast.stmt], *, surely: bool) -> Iterator[Placed]:
    waiting = [(node, surely) for node in reversed(tree)]
    while waiting:
        node, certain = waiting.pop()
        yield node, certain  # also of `for` and `with`, which bind names themselves
        if not isinstance(node, DEFINING):
            inside, blocks = _blocks(node)
            waiting += [(inner, certain and inside) for inner in reversed(blocks)]


def _blocks(node: ast.stmt) -> tuple[bool, list[ast.stmt]]:
    """Return the statements inside another, `if`, `for`, `try` and so on, and whether they run for certain.

    What stands below `if False` never runs; a `break` may end any loop early, and a context may swallow an error.
    """
    if isinstance(node, (ast.If, ast.While)) and isinstance(node.test, ast.Constant):
        return isinstance(node, ast.If), node.body if node.test.value else node.orelse
    inside = [*getattr(node, "handlers", []), *getattr(node, "cases", [])]
    first = [*getattr(node, "body", []), *(one for part in inside for one in part.body)]
    return False, [*first, *getattr(node, "orelse", []), *getattr(node, "finalbody", [])]


@lru_cache(maxsize=SHORT_CELLS)
def classes_of(source: str) -> frozenset[str]:
    """Return the names of the classes that a cell of the exercise's own defines at its top level."""
    return frozenset(node.name for node, _ in reading(source).placed if isinstance(node, ast.ClassDef))


def parsed(source: str) -> list[ast.stmt]:
    """Return the statements of a cell; none where it is no Python, or more than can be read."""
    try:
        return _tree(source)
    except (SyntaxError, RecursionError, MemoryError):
        return []


def _tree(source: str) -> list[ast.stmt]:
    if _imports_too_deep(source):
        raise RecursionError
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an odd escape in a student's string is no concern of staff's
        try:
            return ast.parse(source).body
        except ValueError as error:  # a byte of zeros, which Python does not take
            raise SyntaxError from error


def _imports_too_deep(source: str) -> bool:
    """Whether a line, with those that a backslash joins to it, imports by a name of very many parts."""
    if source.count(".") < MOST_DOTS:
        return False
    lines = re.split(r"[\r\n]", re.sub(r"\\\r?\n|\\\r", " ", source))
    return any(line.count(".") >= MOST_DOTS and IMPORTING.search(line) for line in lines)
