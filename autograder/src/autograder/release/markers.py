"""The markers `# BEGIN SOLUTION` and `# END SOLUTION`: found exactly, or refused when something only looks like one."""

from __future__ import annotations

import ast
import difflib
import re
from dataclasses import dataclass

from autograder.release.grammar import RawCell, Where

__all__ = ["Solution", "placeholder", "refuse_look_alikes", "solution"]

BEGIN, END = "# BEGIN SOLUTION", "# END SOLUTION"
FIRST_WORDS = ("BEGIN", "END", "START", "STOP", "FINISH")
SECOND_WORDS = ("SOLUTION", "SOLUTIONS", "ANSWER", "REFERENCE")
JOINED = ("BEGINSOLUTION", "ENDSOLUTION")
ALIKE, ALIKE_JOINED = 0.75, 0.87
"""Share of equal letters from which a word counts as a misspelling: BEGN, BEIGN, SOLUTON and SOLTION are above it,
and the word SOLUTION alone is no misspelt ENDSOLUTION."""


@dataclass(frozen=True)
class Solution:
    """A solution cell's two faces."""

    reference: str
    """With the answer, without markers."""
    released: str
    """With a placeholder that parses instead of the answer."""
    answer: tuple[tuple[int, str], ...]
    """The lines between the markers, with their line numbers in the file."""


def placeholder(part: str) -> str:
    """Return the line that is released where the answer to `part` belongs."""
    return f'raise NotImplementedError("{part}")'


def solution(cell: RawCell, where: Where) -> Solution:
    """Read a solution cell; raises UserError when the answer is not clearly fenced inside one function or class."""
    pairs = _pairs(cell, where)
    if not pairs:
        where.error(cell.line, f"the solution cell {cell.title!r} has no {BEGIN} … {END}: put them around the answer")
    _check_definition(cell, pairs, where)
    reference: list[str] = []
    released: list[str] = []
    answer: list[tuple[int, str]] = []
    opened = dict(pairs)
    inside = -1
    for number, line in enumerate(cell.lines):
        if number in opened:
            inside = opened[number]
            released.append(_indent(line) + placeholder(cell.title))
        elif number == inside:
            inside = -1
        elif number < inside:
            reference.append(line)
            answer.append((cell.line + 1 + number, line))
        else:
            reference.append(line)
            released.append(line)
    found = Solution("\n".join(reference), "\n".join(released), tuple(answer))
    _check_released(cell, found, where)
    return found


def _pairs(cell: RawCell, where: Where) -> list[tuple[int, int]]:
    """Return (begin, end) as indices into the cell's lines."""
    pairs: list[tuple[int, int]] = []
    begin: int | None = None
    for number, line in enumerate(cell.lines):
        at = cell.line + 1 + number
        if line.strip() == BEGIN:
            if begin is not None:
                where.error(at, f"{BEGIN} inside a solution: close the one of line {cell.line + 1 + begin} first")
            begin = number
        elif line.strip() == END:
            if begin is None:
                where.error(at, f"{END} without a {BEGIN} before it: add one, or delete this line")
            if _indent(line) != _indent(cell.lines[begin]):
                where.error(at, f"{END} is not indented like its {BEGIN}: move it under the other's column")
            if not any(text.strip() and not text.strip().startswith("#") for text in cell.lines[begin + 1 : number]):
                where.error(at, "there is no code between the markers: write the answer there")
            pairs.append((begin, number))
            begin = None
    if begin is not None:
        where.error(cell.line + 1 + begin, f"{BEGIN} is never closed: add {END} after the answer")
    return pairs


def _check_definition(cell: RawCell, pairs: list[tuple[int, int]], where: Where) -> None:
    tree = ast.parse("\n".join(cell.lines))
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for statement in tree.body:
        if not isinstance(statement, definitions):
            at = cell.line + statement.lineno
            where.error(at, "a solution cell holds one function or class and nothing else: move this to a setup cell")
    names = [statement.name for statement in tree.body if isinstance(statement, definitions)]
    if names != [cell.title] and [_titled(one) for one in tree.body] != [cell.title]:
        where.error(
            cell.line,
            f"the cell {cell.title!r} defines {', '.join(names)}: it must define exactly {cell.title!r}",
        )
    for definition in tree.body:
        if isinstance(definition, definitions) and not ast.get_docstring(definition):
            at = cell.line + definition.lineno
            where.error(at, f"{cell.title} has no docstring: say in it what is asked, with shapes")
    bodies = [node for node in ast.walk(tree) if isinstance(node, definitions)]
    for begin, end in pairs:
        column = len(_indent(cell.lines[begin]))
        if not any(
            node.lineno <= begin and (node.end_lineno or 0) >= begin + 2 and node.body[0].col_offset <= column
            for node in bodies
        ):
            where.error(
                cell.line + 1 + begin,
                f"{BEGIN} must stand in a function's body, or a class's, and be indented like it: move it",
            )
        for number in range(begin + 1, end):
            line = cell.lines[number]
            if line.strip() and not line.startswith(_indent(cell.lines[begin])):
                where.error(cell.line + 1 + number, f"this line leaves the body that {BEGIN} stands in: indent it")


def _titled(statement: ast.stmt) -> str:
    """Return the title that goes with a class: `RunningMean` is the part `running_mean`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", statement.name).lower() if isinstance(statement, ast.ClassDef) else ""


def _check_released(cell: RawCell, found: Solution, where: Where) -> None:
    try:
        tree = ast.parse(found.released)
    except SyntaxError as error:
        where.error(cell.line, f"without its answer {cell.title!r} is not Python ({error.msg}): move the markers")
    first = tree.body[0]
    kept = isinstance(first, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(first)
    if not kept:
        where.error(cell.line, f"the docstring of {cell.title} is between the markers: move {BEGIN} below it")


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def refuse_look_alikes(cell: RawCell, where: Where) -> None:
    """Raise UserError at a line that resembles a marker, and at a real marker in a cell that may hold none."""
    for number, line in enumerate(cell.lines):
        at = cell.line + 1 + number
        if line.strip() in (BEGIN, END):
            if cell.kind != "solution":
                where.error(
                    at,
                    f"a solution marker in {_article(cell.kind)} cell: only solution cells hold answers; delete it",
                )
        elif "#" in line and _resembles(line[line.index("#") :], prose=cell.cell_type == "markdown"):
            where.error(at, f"{line.strip()!r} looks like a marker and is none: write {BEGIN} or {END}, or reword it")


def _article(kind: str) -> str:
    return f"an {kind}" if kind == "example" else kind if kind == "prose" else f"a {kind}"


def _resembles(comment: str, *, prose: bool) -> bool:
    words = re.findall(r"[A-Za-z]+", comment.replace("_", " ").upper())[: 2 if prose else 3]
    if words and any(_alike(written, JOINED, ALIKE_JOINED) for written in (words[0], "".join(words[:2]))):
        return True
    return any(_alike(first, FIRST_WORDS) for first in words) and any(_alike(word, SECOND_WORDS) for word in words)


def _alike(word: str, known: tuple[str, ...], least: float = ALIKE) -> bool:
    return any(difflib.SequenceMatcher(None, word, other).ratio() >= least for other in known)
