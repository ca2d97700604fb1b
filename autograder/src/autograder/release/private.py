"""What may never be published: the lines of answers, checks, scripts, rubrics and submissions worth looking for.

Looked for are *needles*: text without white space, with one kind of quotes, without trailing comments.

- A line of an **answer** (between solution markers, or in a `correct_*` submission) is a needle from ANSWER_LINE
  characters on, and without its `return`, `yield` or `name =` from ANSWER_VALUE on. Headers (`for`, `if`, `def`, …),
  imports and docstrings are none by themselves: they are everybody's.
- A line of a **check**, a probe or a script (any other `*.py` beside them) is a needle from CHECK_LINE characters on, a
  sentence of a **rubric**, or of why a survivor may live, from RUBRIC_LINE on.
- A **run** of RUN consecutive lines of any of them (and of a `wrong_*` submission, of which single lines may well
  stand in a deck that treats the mistake) is a needle from ANSWER_RUN or PRIVATE_RUN characters on, however short its
  lines; so is the whole answer of a part when it has fewer lines.

The names of all these files are private too, wherever students are not meant to have a file of that name.

A line that ends with the comment `# public` is no needle by itself: the one who wrote it says that it gives nothing
away. Exempt is further what students are given anyway: text that stands in setup cells, in the released part of
solution cells or in side files, and, for single lines of all but answers and submissions, in any other public cell of
the exercise's source. The lines of an answer have no such excuse: an example that contains one gives it away.
"""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.release.side_files import LEFT_BY_TOOLS
from autograder.release.source import Source, read_source

__all__ = ["ANCHOR", "Needle", "needles", "private_names", "public_paths", "squeeze"]

ANCHOR = 12
"""Characters at the start of a needle by which it is found; none is shorter."""
ANSWER_LINE, ANSWER_VALUE, ANSWER_RUN = 20, 22, 36
CHECK_LINE, RUBRIC_LINE, PRIVATE_RUN = 44, 36, 60
RUN = 3

SENTENCE = re.compile(r"[:;.!?]\s+|[.!?]$")
KINDS = {"checks.py": "check", "probes.py": "probe"}
"""Of the code beside a notebook; all other is a script."""
PUBLIC = re.compile(r"#\s*public\s*$")
QUOTES = str.maketrans(dict.fromkeys('"\u201c\u201d\u2018\u2019', "'") | dict.fromkeys("\u200b\u2060\xad"))
HEADER = re.compile(r"(?:for|while|if|elif|else|with|try|except|finally|def|class|async|import|from|match|case)\b|@")
VALUE = re.compile(r"^(return|yield|await|assert|[A-Za-z_][\w.\[\], *:]*?\s[-+*/@]?=(?!=))\s+")


@dataclass(frozen=True)
class Needle:
    """A piece of private text and where it stands."""

    text: str
    """Squeezed."""
    shown: str
    """As the person who wrote it will recognise it."""
    path: Path
    line: int
    kind: str
    """answer, check, script, rubric, explanation, probe, submission or marker."""


MARKER = Needle("#BEGINSOLUTION", "# BEGIN SOLUTION", Path("notebook.py"), 0, "marker")


@dataclass(frozen=True)
class _Line:
    text: str
    number: int
    single: bool
    """Whether it may be a needle by itself."""


def squeeze(text: str) -> str:
    """Return `text` as it is compared: compatibility characters folded, one kind of quotes, no white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.translate(QUOTES).split())


def needles(repo: Repository) -> list[Needle]:
    """Return what may never be published, of every exercise there is; raises UserError when a source cannot be read."""
    found = {MARKER.text: MARKER}
    for slug in repo.slugs():
        for needle in _of_exercise(repo.solutions / slug):
            found.setdefault(needle.text, needle)
    return list(found.values())


def private_names(repo: Repository) -> frozenset[str]:
    """Return the names of all that lies beside a notebook, but for what students get."""
    beside = {path.name for slug in repo.slugs() for path in (repo.solutions / slug).iterdir()}
    return frozenset(beside - {"files", *LEFT_BY_TOOLS})


def public_paths(repo: Repository) -> tuple[str, ...]:
    """Return the ends of the paths of what students are given, side files and `coursedata`, each after a `/`."""
    roots = {repo.solutions / slug / "files": f"/{slug}/" for slug in repo.slugs()} | {repo.root / "datasets/src": "/"}
    return tuple(front + path.relative_to(root).as_posix() for root, front in roots.items() for path in root.rglob("*"))


def _of_exercise(folder: Path) -> Iterator[Needle]:
    source = read_source(folder)
    given = _given(source, folder)
    shown = given + squeeze("\n".join(cell.source for cell in source.cells if cell.solution is None))
    for cell in source.cells:
        if cell.solution:
            yield from _answer(cell.solution.answer, source.path, given)
    for path in sorted((folder / "submissions").glob("*.py")):
        lines = _code_lines(path)
        if path.name.startswith("correct_"):
            yield from _singles(lines, path, "answer", given)
        yield from _runs(lines, path, "submission", PRIVATE_RUN, given)
    for path in sorted(folder.glob("*.py")):
        if path != source.path:
            lines, kind = _code_lines(path), KINDS.get(path.name, "script")
            yield from _long_lines(lines, path, kind, CHECK_LINE, shown)
            yield from _runs(lines, path, kind, PRIVATE_RUN, given)
    for path, kind, lines in (
        (folder / "rubric.md", "rubric", _text_lines(folder / "rubric.md")),
        (folder / "survivors.toml", "explanation", _explanations(folder / "survivors.toml")),
    ):
        sentences = [_Line(part, line.number, line.single) for line in lines for part in SENTENCE.split(line.text)]
        yield from _long_lines(sentences, path, kind, RUBRIC_LINE, shown)
        yield from _runs(lines, path, kind, PRIVATE_RUN, given)


def _given(source: Source, folder: Path) -> str:
    """Return all that students are handed to work with, squeezed."""
    cells = [source.released(cell.id) for cell in source.cells if cell.kind in ("setup", "solution")]
    files = [path.read_text("utf-8", "replace") for path in sorted(folder.glob("files/**/*.py"))]
    return squeeze("\n".join([*cells, *files]))


def _answer(answer: tuple[tuple[int, str], ...], path: Path, given: str) -> Iterator[Needle]:
    docstrings = _docstring_lines("\n".join(["if True:", *(line for _, line in answer)]))
    lines = [
        _Line(_bare(line), number, place not in docstrings and not PUBLIC.search(line))
        for place, (number, line) in enumerate(answer, 2)
        if _bare(line)
    ]
    yield from _singles(lines, path, "answer", given)
    yield from _runs(lines, path, "answer", ANSWER_RUN, given)
    whole = squeeze("".join(line.text for line in lines))
    if len(lines) < RUN and len(whole) >= ANCHOR + 2:
        yield from _needle(whole, lines[0], path, "answer", given)


def _singles(lines: list[_Line], path: Path, kind: str, given: str) -> Iterator[Needle]:
    for line in lines:
        if not line.single or HEADER.match(line.text):
            continue
        full, value = squeeze(line.text), squeeze(VALUE.sub("", line.text, count=1))
        if len(full) >= ANSWER_LINE and _says_something(full):
            yield from _needle(full, line, path, kind, given)
        if value != full and len(value) >= ANSWER_VALUE and _says_something(value):
            yield from _needle(value, line, path, kind, given)


def _long_lines(lines: list[_Line], path: Path, kind: str, least: int, exempt: str) -> Iterator[Needle]:
    for line in lines:
        text = squeeze(line.text)
        if line.single and len(text) >= least and not text.startswith(("import", "from")):
            yield from _needle(text, line, path, kind, exempt)


def _runs(lines: list[_Line], path: Path, kind: str, least: int, given: str) -> Iterator[Needle]:
    for start in range(len(lines) - RUN + 1):
        window = lines[start : start + RUN]
        text = squeeze("".join(line.text for line in window))
        if len(text) >= least and any(line.single for line in window):
            yield from _needle(text, window[0], path, kind, given)


def _needle(text: str, line: _Line, path: Path, kind: str, exempt: str) -> Iterator[Needle]:
    if text not in exempt:
        yield Needle(text, line.text.strip(), path, line.number, kind)


def _says_something(text: str) -> bool:
    """Return whether a line does more than raise or pass on what it was given: at least three words or numbers."""
    return not text.startswith(("raiseNotImplementedError", "raiseTypeError", "print(")) and (
        len(re.findall(r"[A-Za-z_]\w*|\d+", text)) >= 3
    )


def _code_lines(path: Path) -> list[_Line]:
    if not path.is_file():
        return []
    text = path.read_text("utf-8", "replace")
    docstrings = _docstring_lines(text)
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = _bare(line)
        if bare and number not in docstrings and not bare.startswith(("import ", "from ")):
            lines.append(_Line(bare, number, single=not PUBLIC.search(line)))
    return lines


def _text_lines(path: Path) -> list[_Line]:
    if not path.is_file():
        return []
    lines = path.read_text("utf-8", "replace").split("\n")
    return [_Line(line.strip(), n, single=not line.startswith("#")) for n, line in enumerate(lines, 1) if line.strip()]


def _explanations(path: Path) -> list[_Line]:
    """Return why each survivor may live, with the line of its table."""
    if not path.is_file():
        return []
    text = path.read_text("utf-8", "replace")
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} cannot be read ({error}): correct it") from error
    lines = text.split("\n")
    return [
        _Line(" ".join(str(table.get("why", "")).split()), _line_of(name, lines), single=True)
        for name, table in tables.items()
        if isinstance(table, dict)
    ]


def _line_of(text: str, lines: list[str]) -> int:
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _bare(line: str) -> str:
    """Return a line of code without its comment; a `#` inside a string is left alone."""
    text = line.strip()
    if "#" not in text:
        return text
    quote = ""
    for place, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[place - 1] != "\\" else quote
        elif letter in "\"'":
            quote = letter
        elif letter == "#":
            return text[:place].rstrip()
    return text


def _docstring_lines(text: str) -> set[int]:
    """Return the numbers of lines that belong to a string standing by itself: a docstring or a title."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return set()
    strings = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    ]
    return {number for node in strings for number in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
