"""Named submissions: `submissions/correct_*.py` and `wrong_*.py`, read strictly, built into notebooks as handed in.

A file begins with a docstring that holds TOML (what the submission stands for), then come py:percent cells titled like
the notebook's. Cells that are not given are the reference's; a cell titled `extra` stands before the next given one.
"""

from __future__ import annotations

import ast
import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from autograder.decks.anchors import deck_anchors
from autograder.errors import UserError
from autograder.grade.report import Verdict
from autograder.manifest import Exercise, load_exercise
from autograder.release.build import notebook_dict
from autograder.release.grammar import CellType, RawCell, Where, code_source, prose_source
from autograder.release.source import Source, read_source

if TYPE_CHECKING:
    from nbformat import NotebookNode

__all__ = [
    "EXTRA",
    "Named",
    "NamedCell",
    "all_named",
    "deck_of",
    "named_dict",
    "named_notebook",
    "read_named",
    "see_problem",
]

EXTRA = "extra"
WeightsKind = Literal["own", "reference", "truncated", "missing"]
DOCSTRING = re.compile(r'(?P<quotes>"""|\'\'\')(?P<toml>.*?)(?P=quotes)[ \t]*(?:\n|$)', re.DOTALL)
MARKER = re.compile(r"^# %% (?P<title>[a-z][a-z0-9_]*)(?P<markdown> \[markdown\])?$")
LIKE_MARKER = re.compile(r"^\s*#\s*%%+(\s|$)")
STUDENTS = ("solution", "free", "written")
UNEXPECTED = (Verdict.PASSED, Verdict.INTERNAL_ERROR, Verdict.REFUSED)
"""Verdicts that no wrong submission can be written for."""


class NamedCell(msgspec.Struct, frozen=True):
    """One cell that a submission gives; `title` is a cell of the notebook, or `extra`."""

    title: str
    cell_type: CellType
    source: str


class Named(msgspec.Struct, frozen=True):
    """One named submission; part, verdict, misconception and see are empty for a correct one."""

    name: str
    """The file's name without `.py`."""
    part: str
    verdict: str
    misconception: str
    see: str
    note: str
    cells: tuple[NamedCell, ...]
    path: Path
    weights: WeightsKind = "own"
    """Where weights are judged: those that its own cells save, the reference's, half of its file, or none."""

    @property
    def correct(self) -> bool:
        """Whether it must get full marks."""
        return self.name.startswith("correct_")


class _Correct(msgspec.Struct, forbid_unknown_fields=True):
    note: str


class _Wrong(msgspec.Struct, forbid_unknown_fields=True):
    part: str
    verdict: str
    misconception: str
    see: str
    note: str = ""
    weights: WeightsKind = "own"


def read_named(path: Path) -> Named:
    """Return the submission in `path`; raises UserError naming the file, what is wrong and what to do."""
    exercise = load_exercise(path.resolve().parent.parent)
    return _read(path, exercise, read_source(exercise.folder))


def all_named(exercise: Exercise) -> list[Named]:
    """Return all submissions of an exercise, sorted by name; raises UserError at the first mistake."""
    source = read_source(exercise.folder)
    return [_read(path, exercise, source) for path in sorted((exercise.folder / "submissions").glob("*.py"))]


def named_notebook(exercise: Exercise, source: Source, named: Named) -> NotebookNode:
    """Return the notebook that a student with these answers would hand in."""
    import nbformat  # takes 1.2 s, and proving needs only plain dicts

    return nbformat.from_dict(named_dict(exercise, source, named))  # type: ignore[no-untyped-call, no-any-return]


def named_dict(exercise: Exercise, source: Source, named: Named) -> dict[str, Any]:
    """Return what `named_notebook` returns, as plain dicts."""
    notebook = notebook_dict(exercise, source, answers=True)
    given = {cell.title: cell.source for cell in named.cells if cell.title != EXTRA}
    before = _extras(named)
    cells: list[dict[str, Any]] = []
    for cell in notebook["cells"]:
        cells += before.pop(cell["id"], [])
        cells.append(cell | {"source": given[cell["id"]]} if cell["id"] in given else cell)
    return notebook | {"cells": cells + before.pop("", [])}


def deck_of(exercise: Exercise) -> Path:
    """Return where an exercise's deck lies: `slides/SLUG.md` beside `solutions/`."""
    return exercise.folder.parent.parent / "slides" / f"{exercise.slug}.md"


def _extras(named: Named) -> dict[str, list[dict[str, Any]]]:
    """Return extra cells by the cell that they stand before; under "" those at the end."""
    found: dict[str, list[dict[str, Any]]] = {}
    waiting: list[dict[str, Any]] = []
    number = 0
    for cell in named.cells:
        if cell.title != EXTRA:
            if waiting:
                found[cell.title], waiting = waiting, []
            continue
        number += 1
        common = {"cell_type": cell.cell_type, "id": f"extra-{number:03d}", "metadata": {}, "source": cell.source}
        waiting.append(common | ({"execution_count": None, "outputs": []} if cell.cell_type == "code" else {}))
    return found | {"": waiting}


def _read(path: Path, exercise: Exercise, source: Source) -> Named:
    where = Where(path)
    if not path.stem.startswith(("correct_", "wrong_")):
        where.error(1, "the name begins with neither correct_ nor wrong_: rename the file")
    try:
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{where.shown} is missing: the submissions are solutions/NN_topic/submissions/*.py") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{where.shown}:1: this is not UTF-8: save the file as UTF-8") from error
    found = DOCSTRING.match(text)
    if not found:
        where.error(1, 'the file must begin with a docstring that holds TOML: """ on the first line, then its keys')
    cells = tuple(_cells(text, found.end(), where, source, lenient=path.stem.startswith("wrong_")))
    if path.stem.startswith("correct_"):
        correct = _head(found["toml"], _Correct, where)
        return Named(path.stem, "", "", "", "", correct.note, cells, path)
    head = _head(found["toml"], _Wrong, where)
    _check_head(head, exercise, source, where)
    return Named(path.stem, head.part, head.verdict, head.misconception, head.see, head.note, cells, path, head.weights)


def _head(toml: str, kind: type[Any], where: Where) -> Any:
    keys = ", ".join(field.name for field in msgspec.structs.fields(kind))
    try:
        head = msgspec.toml.decode(toml, type=kind)
    except msgspec.DecodeError as error:
        where.error(1, f"the docstring's TOML: {error}: a file of this name has the keys {keys}")
    for field in msgspec.structs.fields(kind):
        if field.required and not getattr(head, field.name).strip():
            where.error(1, f"{field.name} is empty in the docstring: say it in a few words")
    return head


def _check_head(head: _Wrong, exercise: Exercise, source: Source, where: Where) -> None:
    parts = [name for name, part in exercise.parts.items() if not part.written]
    if head.part not in parts:
        where.error(1, f"there is no part {head.part!r} that checks grade: {_advice(head.part, parts)}")
    verdicts = [verdict.value for verdict in Verdict if verdict not in UNEXPECTED]
    if head.verdict not in verdicts:
        where.error(1, f"a wrong submission cannot get the verdict {head.verdict!r}: {_advice(head.verdict, verdicts)}")
    problem = see_problem(head.see, exercise, source)
    if problem:
        where.error(1, problem)


def see_problem(see: str, exercise: Exercise, source: Source) -> str:
    """Return why `see` leads nowhere, or nothing; slides are not looked for where there is no deck yet."""
    kind, _, name = see.partition(":")
    if kind == "cell" and name:
        titles = [cell.id for cell in source.cells if cell.kind != "prose"]
        return "" if name in titles else f"see = {see!r} names no cell of notebook.py: {_advice(name, titles)}"
    if kind == "slide" and name:
        deck = deck_of(exercise)
        if not deck.exists() or name in (anchors := deck_anchors(deck)):
            return ""
        return f"see = {see!r} names no heading of slides/{deck.name}: {_advice(name, list(anchors))}"
    return f"see = {see!r} cannot be read: write cell:GRADE_ID or slide:ANCHOR"


def _cells(text: str, start: int, where: Where, source: Source, *, lenient: bool) -> Iterator[NamedCell]:
    if "\r" in text:
        where.error(text[: text.index("\r")].count("\n") + 1, "the line ends with a carriage return: save with LF ends")
    lines = text.split("\n")
    first = text[:start].count("\n")
    marked = [number for number in range(first, len(lines)) if LIKE_MARKER.match(lines[number])]
    for number in range(first, marked[0] if marked else len(lines)):
        if lines[number].strip():
            where.error(number + 1, "code before the first cell: write a marker such as `# %% extra` above it")
    if not marked:
        where.error(first, "no cell follows: write `# %% GRADE_ID` and below it what this student wrote")
    given: set[str] = set()
    for begin, end in zip(marked, [*marked[1:], len(lines)], strict=True):
        cell = _cell(lines[begin:end], begin + 1, where, source, lenient=lenient)
        if cell.title in given and cell.title != EXTRA:
            where.error(begin + 1, f"the cell {cell.title!r} is given twice: keep one")
        given.add(cell.title)
        yield cell


def _cell(lines: list[str], line: int, where: Where, source: Source, *, lenient: bool) -> NamedCell:
    marker = MARKER.match(lines[0])
    if not marker:
        forms = "`# %% GRADE_ID`, `# %% GRADE_ID [markdown]` or `# %% extra`"
        where.error(line, f"{lines[0]!r} cannot be read: write {forms}")
    title, cell_type = marker["title"], "markdown" if marker["markdown"] else "code"
    if title != EXTRA:
        titles = {cell.id: cell for cell in source.cells if cell.kind in STUDENTS}
        if title not in titles:
            where.error(line, f"{title!r} is no cell that a student fills in: {_advice(title, [*titles, EXTRA])}")
        if titles[title].cell_type != cell_type:
            change = "add [markdown]" if cell_type == "code" else "take [markdown] away"
            where.error(line, f"{title!r} is a {titles[title].cell_type} cell in notebook.py: {change}")
    body = _trimmed(lines[1:])
    if not body:
        where.error(line, "this cell is empty: write what the student wrote, or delete its marker")
    offset = line + next(index for index, text in enumerate(lines[1:]) if text.strip())
    raw = RawCell(title, "free", cell_type, (), tuple(body), offset)  # type: ignore[arg-type]
    if cell_type == "markdown":
        return NamedCell(title, "markdown", prose_source(raw, where))
    if lenient and not _parses(body):
        return NamedCell(title, "code", "\n".join(body))  # students also hand in what is no Python
    return NamedCell(title, "code", code_source(raw, where))


def _trimmed(lines: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _parses(lines: list[str]) -> bool:
    try:
        ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return False
    return True


def _advice(name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name, known, 1)
    return f"do you mean {close[0]!r}?" if close else f"there are: {', '.join(known) or 'none'}"
