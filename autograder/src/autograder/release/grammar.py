"""The grammar of `notebook.py`: how its text is cut into cells, and what a cell marker may say.

It is stricter than jupytext's, which reads whatever it is given: there a misspelt attribute is metadata that nobody
asks for, and the comment `# copy the array` becomes the shell command `copy the array`.
"""

from __future__ import annotations

import ast
import difflib
import io
import re
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn

from autograder.errors import UserError

__all__ = ["CellType", "Kind", "RawCell", "Where", "code_source", "prose_source", "split"]

Kind = Literal["prose", "setup", "solution", "example", "written", "free"]
CellType = Literal["code", "markdown"]

CELL_TYPES: dict[str, tuple[CellType, ...]] = {
    "setup": ("code",),
    "solution": ("code",),
    "example": ("code",),
    "written": ("markdown",),
    "free": ("code", "markdown"),
}
TAGS = ("raises-exception",)
TAGGED = ("example", "free")
RESERVED = ("extra", "minutes", "points")
FORM = '`# %% title kind="solution"`, `# %% title [markdown] kind="written"` or `# %% [markdown]`'

LIKE_MARKER = re.compile(r"^\s*#\s*%%+(\s|$)")
ATTRIBUTE = re.compile(r' (?P<key>[^\s=\[\]"]+)=(?P<value>"[^"]*"|\[[^\]]*\]|\S+)')
TITLE = re.compile(r"[a-z][a-z0-9_]*")
COMMAND = re.compile(r"^(?P<indent>\s*)# (?P<command>%{1,3}[a-zA-Z].*|![ ]?[A-Za-z.~$\\/{].*)$")
SHELL_WORDS = "cat|cd|cp|mv|rm|rmdir|mkdir|copy|ddir|echo|ls|ldir|ren"
READ_AS_COMMAND = (
    re.compile(r"^\s*(# |#)*(%|%%|%%%)[a-zA-Z]"),
    re.compile(r"^\s*(?:(?:# |#)+\s*)?(\?|!)\s*[A-Za-z.~$\\/{}]"),
    re.compile(r"^(# |#)*\s*([a-zA-Z_][a-zA-Z_$0-9]*)\s*=\s*(%|%%|%%%|!)[a-zA-Z](.*)"),
    re.compile(r"^\s*(# )*[^\s]*\?\s*$"),
    re.compile(rf"^(# |#)*({SHELL_WORDS})($|\s$|\s[^=,])"),
)


@dataclass(frozen=True)
class Where:
    """A file, to say where in it a mistake is."""

    path: Path

    def error(self, line: int, message: str) -> NoReturn:
        """Raise a UserError that begins with `file:line`."""
        raise UserError(f"{self.shown}:{line}: {message}")

    @property
    def shown(self) -> str:
        """The path as short as an editor can still open it from the current folder."""
        path = self.path.resolve()
        return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


@dataclass(frozen=True)
class RawCell:
    """One cell as it stands in the file: its marker understood, its text untouched."""

    title: str
    """Empty for prose."""
    kind: Kind
    cell_type: CellType
    tags: tuple[str, ...]
    lines: tuple[str, ...]
    line: int
    """Line number of the marker, from 1; the text begins on the next line."""


def split(text: str, where: Where) -> list[RawCell]:
    """Cut the text of a notebook.py into cells; raises UserError at the first marker that is not ours."""
    _check_bytes(text, where)
    lines = text.removesuffix("\n").split("\n")
    starts = [number for number, line in enumerate(lines) if LIKE_MARKER.match(line)]
    if not starts or starts[0] != 0:
        where.error(1, f"the file must begin with a cell marker: write {FORM} on its first line")
    ends = [*starts[1:], len(lines)]
    return [_raw_cell(lines[begin:end], begin + 1, where) for begin, end in zip(starts, ends, strict=True)]


def _check_bytes(text: str, where: Where) -> None:
    if text.startswith("\ufeff"):
        where.error(1, "the file begins with a byte order mark: save it as plain UTF-8")
    if "\r" in text:
        where.error(text[: text.index("\r")].count("\n") + 1, "the line ends with a carriage return: save with LF ends")
    if not text.endswith("\n") or text.endswith("\n\n"):
        where.error(text.count("\n") or 1, "the file must end with exactly one line break")


def _raw_cell(lines: list[str], line: int, where: Where) -> RawCell:
    title, cell_type, attributes = _marker(lines[0], line, where)
    kind, tags = _kind(title, cell_type, attributes, line, where)
    body = list(lines[1:])
    while body and not body[-1].strip():
        body.pop()
    if not body:
        where.error(line, "this cell is empty: fill it or delete its marker")
    if not body[0].strip():
        where.error(line + 1, "a cell begins with a blank line: delete it, since JupyterLab would")
    return RawCell(title, kind, cell_type, tags, tuple(body), line)


def _marker(text: str, line: int, where: Where) -> tuple[str, CellType, dict[str, str]]:
    if not text.startswith("# %%") or text.startswith("# %%%") or text != text.rstrip():
        where.error(line, f"{text!r} looks like a cell marker and is none: write {FORM}, without spaces around it")
    rest = text.removeprefix("# %%")
    attributes: dict[str, str] = {}
    found = list(ATTRIBUTE.finditer(rest))
    head = rest[: found[0].start()] if found else rest
    for match in found:
        if match["key"] in attributes:
            where.error(line, f"the attribute {match['key']!r} stands twice in this marker: keep one")
        attributes[match["key"]] = match["value"]
    if rest[len(head) :] != "".join(match[0] for match in found):
        where.error(line, f"{text!r} cannot be read: the attributes come last, with one space between, as in {FORM}")
    if list(attributes) != sorted(attributes):
        order = " ".join(f"{key}={attributes[key]}" for key in sorted(attributes))
        where.error(line, f"the attributes are not in alphabetical order: write {order}")
    markdown = head.endswith(" [markdown]")
    title = head.removesuffix(" [markdown]")
    if "[" in title or title not in ("", f" {title.strip()}"):
        where.error(line, f"{text!r} cannot be read: one title, then [markdown], one space between, as in {FORM}")
    return title.strip(), "markdown" if markdown else "code", attributes


def _kind(
    title: str, cell_type: CellType, attributes: dict[str, str], line: int, where: Where
) -> tuple[Kind, tuple[str, ...]]:
    for key in attributes:
        if key not in ("kind", "tags"):
            where.error(line, _unknown_attribute(key))
    if "kind" not in attributes:
        if cell_type == "code":
            where.error(line, f'this code cell has no kind: add kind="…", one of {", ".join(CELL_TYPES)}')
        if title or attributes:
            where.error(line, 'prose has neither title nor attributes: write `# %% [markdown]`, or add kind="written"')
        return "prose", ()
    quoted = attributes["kind"]
    kind = quoted.strip('"')
    if quoted != f'"{kind}"':
        where.error(line, f'the kind stands in double quotes: write kind="{kind}"')
    if kind not in CELL_TYPES:
        close = difflib.get_close_matches(kind, CELL_TYPES, 1)
        advice = f'write kind="{close[0]}"' if close else f"the kinds are {', '.join(CELL_TYPES)}"
        where.error(line, f"there is no kind {kind!r}: {advice}")
    if cell_type not in CELL_TYPES[kind]:
        change = "add [markdown] before kind" if cell_type == "code" else "take [markdown] away"
        where.error(line, f"a {kind} cell is a {CELL_TYPES[kind][0]} cell: {change}")
    _check_title(title, kind, line, where)
    return kind, _tags(attributes.get("tags"), kind, cell_type, line, where)  # type: ignore[return-value]


def _unknown_attribute(key: str) -> str:
    if key in ("points", "minutes", "tier", "title"):
        return f"{key} is not written here: it stands in exercise.toml, in the part's table; delete it from the marker"
    close = difflib.get_close_matches(key, ("kind", "tags"), 1)
    return f"there is no attribute {key!r}: " + (f"write {close[0]}" if close else "only kind and tags are known")


def _check_title(title: str, kind: str, line: int, where: Where) -> None:
    if not title:
        where.error(line, f'this {kind} cell has no title: write `# %% title kind="{kind}"`')
    if not TITLE.fullmatch(title):
        where.error(
            line, f"{title!r} cannot be a grade_id: use small letters, digits and underscores, as in mean_green"
        )
    if title in RESERVED:
        where.error(line, f"the title {title!r} has a meaning of its own (submissions, tokens): choose another")


def _tags(value: str | None, kind: str, cell_type: CellType, line: int, where: Where) -> tuple[str, ...]:
    if value is None:
        return ()
    if value not in [f'["{tag}"]' for tag in TAGS]:
        where.error(line, f'tags={value} is not known: the only one is tags=["{TAGS[0]}"]')
    if kind not in TAGGED or cell_type != "code":
        where.error(line, f"a {kind} cell takes no tags: only example and free code cells may be meant to raise")
    return TAGS


def prose_source(cell: RawCell, where: Where) -> str:
    """Return the Markdown of a cell that is one raw string between two lines with quotes."""
    first, last = cell.lines[0], cell.lines[-1]
    text = "\n".join(cell.lines)
    if first != 'r"""' or last != '"""' or len(cell.lines) < 3 or text.count('"""') != 2:
        where.error(
            cell.line + 1,
            'Markdown is written as a single raw string: a line r""", the text, a line """ and nothing else',
        )
    inner = cell.lines[1:-1]
    for offset in (0, -1):
        if not inner[offset].strip():
            line = cell.line + (2 if offset == 0 else len(cell.lines) - 1)
            where.error(line, "Markdown begins and ends with a line of text: delete the blank line")
    if inner[-1].endswith("\\"):
        where.error(cell.line + len(cell.lines) - 1, "the last line of the text ends with a backslash: take it away")
    return "\n".join(inner)


def code_source(cell: RawCell, where: Where) -> str:
    """Return a code cell as the notebook holds it: commented commands such as `# %timeit f(x)` are commands again."""
    text = "\n".join(cell.lines)
    try:
        ast.parse(text)
    except (SyntaxError, ValueError) as error:
        at = cell.line + (getattr(error, "lineno", None) or 1)
        where.error(at, f"this is not Python ({error.args[0]}): mend it; a command is written `# %timeit …` or `# !ls`")
    quoted = _lines_in_strings(text)
    found = []
    for number, line in enumerate(cell.lines, 1):
        command = None if number in quoted else COMMAND.match(line)
        if command:
            found.append(command["indent"] + command["command"])
            continue
        if number not in quoted and any(pattern.match(line) for pattern in READ_AS_COMMAND):
            where.error(cell.line + number, f"Jupyter would take {line.strip()!r} for a command: reword the line")
        found.append(line)
    return "\n".join(found)


def _lines_in_strings(text: str) -> set[int]:
    """Return the numbers of the lines that begin inside a string."""
    tokens = tokenize.generate_tokens(io.StringIO(text + "\n").readline)
    strings = (tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING))
    return {n for token in tokens if token.type in strings for n in range(token.start[0] + 1, token.end[0] + 1)}
