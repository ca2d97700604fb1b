"""An exercise's source, read strictly: `notebook.py` against `exercise.toml` and `rubric.md`.

nbgrader's own reading of markers fails open: a misspelt marker ships the answer and the command ends with exit code 0.
Here everything that is not exactly right is a UserError that names the file, the line and what to do.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Exercise, Part, load_exercise
from autograder.release.grammar import CellType, Kind, RawCell, Where, code_source, prose_source, split
from autograder.release.markers import Solution, refuse_look_alikes, solution

__all__ = ["Cell", "Source", "private_lines", "read_rubric", "read_source"]

TOKEN = re.compile(r"\[\[(?P<name>[A-Za-z_]\w*)\]\]")
HEADING = re.compile(r"^## (?P<part>\S+)\s*$")


@dataclass(frozen=True)
class Cell:
    """One cell of the source."""

    id: str
    """The title, which is the grade_id; `prose-NNN` for untitled text."""
    kind: Kind
    cell_type: CellType
    source: str
    """As a notebook holds it; a solution cell's has the answer between its markers."""
    tags: tuple[str, ...] = ()
    line: int = 0
    """Line of the cell's marker in notebook.py."""
    python: str = ""
    """A code cell's text as plain Python: commands such as `%timeit` stay comments."""
    solution: Solution | None = field(default=None, repr=False)
    given: str = ""
    """The text that students were given, where another runs in its place."""


@dataclass(frozen=True)
class Source:
    """All cells of an exercise, in order."""

    path: Path
    cells: tuple[Cell, ...]

    def cell(self, grade_id: str) -> Cell:
        """Return one cell; raises UserError naming the cells there are."""
        for cell in self.cells:
            if cell.id == grade_id:
                return cell
        titles = [cell.id for cell in self.cells if cell.kind != "prose"]
        close = difflib.get_close_matches(grade_id, titles, 1)
        advice = f"do you mean {close[0]!r}?" if close else f"there are: {', '.join(titles)}"
        raise UserError(f"{self.path}: there is no cell {grade_id!r}: {advice}")

    def reference(self, grade_id: str) -> str:
        """Return a cell with its answer and without markers."""
        cell = self.cell(grade_id)
        return cell.solution.reference if cell.solution else cell.source

    def released(self, grade_id: str) -> str:
        """Return a cell as students get it, tokens not yet expanded."""
        cell = self.cell(grade_id)
        return cell.solution.released if cell.solution else cell.given or cell.source

    def module_code(self) -> str:
        """Return setup and solution cells with answers, as the text of an importable module."""
        cells = [cell for cell in self.cells if cell.kind in ("setup", "solution")]
        return "\n\n\n".join(cell.solution.reference if cell.solution else cell.python for cell in cells) + "\n"


def read_source(folder: Path) -> Source:
    """Return the source in `folder`; raises UserError (`file:line: what is wrong: what to do`) at the first mistake."""
    exercise = load_exercise(folder)
    path = folder / "notebook.py"
    where = Where(path)
    cells = tuple(_cells(split(_text(path), where), where))
    _check_unique(cells, where)
    _check_parts(cells, exercise, where)
    _check_tokens(cells, exercise, where)
    _check_rubric(folder, exercise)
    return Source(path, cells)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise UserError(f"{path} is missing: every exercise needs its source there") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise UserError(f"{path}:{line}: this is not UTF-8: save the file as UTF-8") from error


def _cells(raw_cells: list[RawCell], where: Where) -> Iterator[Cell]:
    prose = 0
    for raw in raw_cells:
        refuse_look_alikes(raw, where)
        if raw.kind == "prose":
            prose += 1
        name = raw.title or f"prose-{prose:03d}"
        if raw.cell_type == "markdown":
            yield Cell(name, raw.kind, "markdown", prose_source(raw, where), raw.tags, raw.line)
            continue
        source, python = code_source(raw, where), "\n".join(raw.lines)
        answered = solution(raw, where) if raw.kind == "solution" else None
        yield Cell(name, raw.kind, "code", source, raw.tags, raw.line, python, answered)


def _check_unique(cells: tuple[Cell, ...], where: Where) -> None:
    first: dict[str, int] = {}
    for cell in cells:
        if cell.id in first:
            where.error(cell.line, f"the title {cell.id!r} stands already in line {first[cell.id]}: choose another")
        first[cell.id] = cell.line


def _check_parts(cells: tuple[Cell, ...], exercise: Exercise, where: Where) -> None:
    manifest = exercise.folder / "exercise.toml"
    for cell in cells:
        part = exercise.parts.get(cell.id)
        if cell.kind not in ("solution", "written"):
            if part is not None:
                where.error(cell.line, f'{cell.id!r} is a part in exercise.toml: write kind="{_kind_of(part)}"')
            continue
        if part is None:
            close = difflib.get_close_matches(cell.id, exercise.parts, 1)
            advice = f"do you mean {close[0]!r}?" if close else f"add a table [parts.{cell.id}] there"
            where.error(cell.line, f"{cell.id!r} is no part of exercise.toml: {advice}")
        if part.written != (cell.kind == "written"):
            other = "written = true" if not part.written else "no `written`"
            where.error(
                cell.line,
                f'{cell.id!r} is kind="{cell.kind}" here and not so in exercise.toml: write kind='
                f'"{_kind_of(part)}" here, or {other} there',
            )
    titles = {cell.id for cell in cells}
    for name, part in exercise.parts.items():
        if name in ("minutes", "points", "extra"):
            raise UserError(f"{manifest}: a part cannot be called {name!r}, which has a meaning of its own: rename it")
        if name not in titles:
            form = f'`# %% {name}{" [markdown]" if part.written else ""} kind="{_kind_of(part)}"`'
            raise UserError(f"{manifest}: the part {name!r} has no cell: add {form} to notebook.py, or delete the part")


def _kind_of(part: Part) -> str:
    return "written" if part.written else "solution"


def _check_tokens(cells: tuple[Cell, ...], exercise: Exercise, where: Where) -> None:
    known = [*exercise.parts, "minutes", "points"]
    seen: set[str] = set()
    for cell in cells:
        if cell.cell_type != "markdown":
            continue
        for offset, line in enumerate(cell.source.split("\n")):
            for match in TOKEN.finditer(line):
                if match["name"] not in known:
                    close = difflib.get_close_matches(match["name"], known, 1)
                    advice = f"write [[{close[0]}]]" if close else "a part's name, minutes or points may stand there"
                    where.error(
                        cell.line + 2 + offset,
                        f"{match[0]} names no part: {advice} (an index such as x[[a]] is written x[[ a ]])",
                    )
                seen.add(match["name"])
    for cell in cells:
        if cell.id in exercise.parts and cell.id not in seen:
            where.error(
                cell.line,
                f"no text says what {cell.id!r} is worth: write [[{cell.id}]] in the prose above it, "
                f"which becomes its points, tier and minutes",
            )


def read_rubric(folder: Path) -> dict[str, str]:
    """Return the rubric of each written part: the text under its `## grade_id` heading in rubric.md."""
    path = folder / "rubric.md"
    sections: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in _text(path).split("\n") if path.is_file() else []:
        heading = HEADING.match(line)
        if heading:
            current = sections.setdefault(heading["part"], [])
        elif current is not None:
            current.append(line)
    return {part: "\n".join(lines).strip() for part, lines in sections.items()}


def _check_rubric(folder: Path, exercise: Exercise) -> None:
    path = folder / "rubric.md"
    rubric = read_rubric(folder)
    for name, part in exercise.parts.items():
        if part.written and not rubric.get(name):
            state = "has an empty section" if name in rubric else "has no heading"
            raise UserError(
                f"{path} {state} for the written part {name!r}: write `## {name}` and how its points are given"
            )
    for name in rubric:
        if name not in exercise.parts or not exercise.parts[name].written:
            raise UserError(f"{path}: `## {name}` is no written part of exercise.toml: rename the heading or delete it")


def private_lines(source: Source) -> list[tuple[int, str]]:
    """Return the lines between solution markers, with their line numbers in notebook.py."""
    return [line for cell in source.cells if cell.solution for line in cell.solution.answer]
