"""Put a submission's answers into the instructor's notebook: rebuild, don't repair.

The template decides which cells there are and in which order. Taken from the student are the solution, written and
free cells by their `grade_id`, and every further code cell, after the known cell that it follows. So a lost, copied,
split, moved, retyped or re-marked cell can hurt neither the student nor the class.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Literal

from autograder.grade.collect import Submission, SubmittedCell
from autograder.grade.report import Flag
from autograder.plain import visible
from autograder.release.source import Cell, Source
from autograder.stages import stage

__all__ = ["Rebuilt", "RebuiltCell", "rebuild"]

STUDENTS = ("solution", "written", "free")
"""Kinds of cells whose text is the student's."""
MARKDOWN_CHARACTERS = 100_000
"""Of an answer in words, which a person reads: fifty pages. Copies of its cell are joined, and could be millions."""
Kind = Literal["prose", "setup", "solution", "example", "written", "free", "extra"]


@dataclass(frozen=True)
class RebuiltCell:
    """One cell of the notebook that will run."""

    id: str
    kind: Kind
    cell_type: Literal["code", "markdown"]
    source: str

    @property
    def own(self) -> bool:
        """Whether the text is the student's."""
        return self.kind in ("solution", "extra", "free")


@dataclass
class Rebuilt:
    """The notebook that will run, and what was odd about the one that came."""

    cells: list[RebuiltCell] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def flag(self, message: str, *, staff_only: bool = False) -> None:
        """Add a remark; none costs points."""
        # it quotes names that a notebook chose, and is shown on terminals
        self.flags.append(Flag("staff" if staff_only else "student", visible(message).replace("\n", " ")))

    @property
    def code(self) -> list[RebuiltCell]:
        """The cells that run, in order."""
        return [cell for cell in self.cells if cell.cell_type == "code"]


@stage("rebuild")
def rebuild(template: Source, submission: Submission, release: str = "") -> Rebuilt:
    """Return the template with the student's answers and extra code cells.

    Args:
        template: the exercise's source.
        submission: what was handed in.
        release: content hash of the current release; a submission of another one is flagged.
    """
    rebuilt = Rebuilt()
    slug = template.path.parent.name
    if submission.exercise and submission.exercise != slug:
        rebuilt.flag(f"This is the notebook of `{submission.exercise[:40]}`: hand in the one of `{slug}`.")
    known = {cell.id: cell for cell in template.cells if cell.kind != "prose"}
    chosen, extras = _sort(template, submission, known, rebuilt)
    rebuilt.cells += extras[""]
    for cell in template.cells:
        rebuilt.cells += _template_cell(template, cell, chosen.get(cell.id), rebuilt)
        rebuilt.cells += extras[cell.id]
    if release and submission.release and submission.release != release:
        rebuilt.flag("This is an older release of the notebook: your answers were put into the current one.")
    if submission.kernel and submission.kernel.lower() != "python":
        rebuilt.flag(f"The notebook names another kernel ({submission.kernel[:40]!r}): it was run as Python.")
    return rebuilt


@dataclass(frozen=True)
class _Copies:
    """The cells of one name: which of them is graded, and which hold code that runs as an extra cell does."""

    graded: int
    versions: int
    pieces: frozenset[int] = frozenset()


def _sort(
    template: Source, submission: Submission, known: dict[str, Cell], rebuilt: Rebuilt
) -> tuple[dict[str, SubmittedCell], dict[str, list[RebuiltCell]]]:
    """Return the student's version of each known cell, and the extra cells by the known cell they follow."""
    names = [_known_name(cell, known) for cell in submission.cells]
    copies = _copies(template, submission, names, known)
    order = {name: index for index, name in enumerate(("", *known))}
    in_turn = ["", *(names[place] for place in sorted(one.graded for one in copies.values()))]
    extras: dict[str, list[RebuiltCell]] = defaultdict(list)
    turn = number = 0
    for position, cell in enumerate(submission.cells):
        own = copies.get(names[position])
        turn += own is not None and own.graded == position
        if (own is None or position in own.pieces) and cell.cell_type == "code" and cell.source.strip():
            for name in _places(in_turn, turn, order):
                number += 1
                extras[name].append(RebuiltCell(f"extra-{number:03d}", "extra", "code", cell.source))
    for name, own in copies.items():
        if own.versions > 1 and known[name].kind != "written":
            rebuilt.flag(f"The cell `{name}` is there {own.versions} times: the last one in its place was graded.")
    return {name: _graded(known[name], own, submission) for name, own in copies.items()}, extras


def _graded(cell: Cell, own: _Copies, submission: Submission) -> SubmittedCell:
    """Return the version that is graded; for a written answer everything that was written, which a person reads."""
    graded = submission.cells[own.graded]
    if cell.kind != "written":
        return graded
    places = sorted({own.graded, *own.pieces})
    return replace(graded, source="\n\n".join(submission.cells[place].source for place in places))


def _places(in_turn: list[str], turn: int, order: dict[str, int]) -> list[str]:
    """Return the known cells after which an extra cell runs, which in the notebook follows the one whose turn it is.

    That one alone, unless it or the next was moved: then also where the extra cell's other neighbour went, since
    either may need it.
    """
    here = in_turn[turn]
    places = {here}
    if turn and order[in_turn[turn - 1]] > order[here]:
        places.add(in_turn[turn - 1])
    if turn + 1 < len(in_turn) and order[in_turn[turn + 1]] < order[here]:
        places.add(list(order)[order[in_turn[turn + 1]] - 1])
    return sorted(places, key=order.__getitem__)


def _copies(template: Source, submission: Submission, names: list[str], known: dict[str, Cell]) -> dict[str, _Copies]:
    """Return the cells of each known name that is there, nearest to where the template has it first."""
    positions: dict[str, list[int]] = defaultdict(list)
    for position, name in enumerate(names):
        positions[name].append(position)
    scale = max(1, len(submission.cells)) / max(1, len(known))
    found = {}
    for index, (name, cell) in enumerate(known.items()):
        if name in positions:
            nearest = sorted(positions[name], key=lambda place: abs(place - index * scale))
            found[name] = _sorted_out(template, cell, {place: submission.cells[place] for place in nearest}, names)
    return found


def _sorted_out(template: Source, cell: Cell, there: dict[int, SubmittedCell], names: list[str]) -> _Copies:
    """Tell versions of a cell from other code under its name; those `there` are by position, the likeliest first.

    An untouched placeholder counts only where nothing else is. Splitting a cell copies its name to both halves, and so
    does pasting it: what does not define the name is code of another kind. A locked cell that was changed runs after
    the original, for what it imports.
    """
    released = _lines(template.released(cell.id))
    sources = {place: one.source for place, one in there.items()}
    worked = [place for place, source in sources.items() if _lines(source) != released]
    untouched = [place for place in sources if place not in worked]
    if cell.kind not in STUDENTS:
        return _Copies((untouched or worked)[0], 1, frozenset(worked))
    if not worked:
        return _Copies(untouched[0], 1)
    defining = [place for place in worked if _defines(cell.id, sources[place])]
    if cell.kind == "solution" and defining:
        pieces = frozenset(worked) - frozenset(defining)
        run = [place for place in defining if there[place].cell_type == cell.cell_type]
        return _Copies(_last_beside(run or defining, names), len(sources) - len(pieces), pieces)
    different = {_lines(sources[place]): place for place in reversed(worked)}
    return _Copies(worked[0], len(different), frozenset(different.values()) - {worked[0]})


def _last_beside(places: list[int], names: list[str]) -> int:
    """Return the last of the positions that follow the first one with no other known cell in between.

    Of cells that run, that is the version which the examples below it were run with.
    """
    found = places[0]
    for place in sorted(place for place in places if place > found):
        if any(names[between] not in ("", names[place]) for between in range(found, place)):
            break
        found = place
    return found


def _lines(source: str) -> tuple[str, ...]:
    """Return the lines without what editors change: their ends, and blank ones around them."""
    return tuple(line.rstrip() for line in source.strip().splitlines())


def _defines(name: str, source: str) -> bool:
    word = re.escape(name)
    statement = rf"((async[ \t]+)?def|class)[ \t]+{word}\b|{word}[ \t]*(:[^=\n]*)?=(?!=)"
    return re.search(rf"^[ \t]*({statement})", source, re.MULTILINE) is not None


def _known_name(cell: SubmittedCell, known: dict[str, Cell]) -> str:
    if cell.grade_id in known:
        return cell.grade_id
    # some editors drop metadata but keep the cell's id, which is the grade_id
    return cell.cell_id if not cell.grade_id and cell.cell_id in known else ""


def _template_cell(template: Source, cell: Cell, student: SubmittedCell | None, rebuilt: Rebuilt) -> list[RebuiltCell]:
    if cell.kind == "prose":
        return [RebuiltCell(cell.id, "prose", cell.cell_type, cell.source)]
    if cell.kind not in STUDENTS:
        if student is None:
            rebuilt.flag(f"The locked cell `{cell.id}` was deleted: it was put back.")
        elif _lines(student.source) != _lines(template.released(cell.id)):
            rebuilt.flag(f"The locked cell `{cell.id}` was changed: the original was run, and yours after it.")
        return [RebuiltCell(cell.id, cell.kind, cell.cell_type, cell.source)]
    if student is None:
        if cell.kind != "free":
            rebuilt.flag(f"The cell `{cell.id}` is not in your notebook.")
        # no placeholder: it would hide an answer that stands in another cell
        return []
    if student.cell_type != cell.cell_type:
        rebuilt.flag(f"The cell `{cell.id}` was turned into {student.cell_type[:10]}: it was read as {cell.cell_type}.")
    source = _readable(cell.id, student.source, rebuilt) if cell.cell_type == "markdown" else student.source
    return [RebuiltCell(cell.id, cell.kind, cell.cell_type, source)]


def _readable(name: str, text: str, rebuilt: Rebuilt) -> str:
    """Return an answer in words, with a note in the place of what is more than anybody reads."""
    if len(text) <= MARKDOWN_CHARACTERS:
        return text
    note = f"The text has {len(text):,} characters; what follows the first {MARKDOWN_CHARACTERS:,} was left out."
    rebuilt.flag(f"The cell `{name}`: {note[0].lower()}{note[1:]}")
    return f"{text[:MARKDOWN_CHARACTERS]}\n\n{note}"
