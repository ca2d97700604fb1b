"""Put a submission's answers into the instructor's notebook: rebuild, don't repair.

The template decides which cells there are and in which order. Taken from the student are the solution, written and
free cells by their `grade_id`, and every further code cell, after the known cell that it follows. So a lost, copied,
retyped or re-marked cell can hurt neither the student nor the class.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Literal

from autograder.grade.collect import Submission, SubmittedCell
from autograder.grade.report import Flag
from autograder.release.source import Cell, Source
from autograder.stages import stage

__all__ = ["Rebuilt", "RebuiltCell", "rebuild"]

STUDENTS = ("solution", "written", "free")
"""Kinds of cells whose text is the student's."""
Kind = Literal["prose", "setup", "solution", "example", "written", "free", "extra"]


@dataclass(frozen=True)
class RebuiltCell:
    """One cell of the notebook that will run."""

    id: str
    kind: Kind
    cell_type: Literal["code", "markdown"]
    source: str


@dataclass
class Rebuilt:
    """The notebook that will run, and what was odd about the one that came."""

    cells: list[RebuiltCell] = field(default_factory=list)
    flags: list[Flag] = field(default_factory=list)

    def flag(self, message: str, *, staff_only: bool = False) -> None:
        """Add a remark; none costs points."""
        self.flags.append(Flag("staff" if staff_only else "student", message))

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


def _sort(
    template: Source, submission: Submission, known: dict[str, Cell], rebuilt: Rebuilt
) -> tuple[dict[str, SubmittedCell], dict[str, list[RebuiltCell]]]:
    """Return the student's version of each known cell, and the extra cells by the known cell they follow."""
    versions: dict[str, list[tuple[int, SubmittedCell]]] = defaultdict(list)
    extras: dict[str, list[RebuiltCell]] = defaultdict(list)
    last = ""
    for position, cell in enumerate(submission.cells):
        name = _known_name(cell, known)
        if name:
            versions[name].append((position, cell))
            last = name
        elif cell.cell_type == "code" and cell.source.strip():
            number = sum(map(len, extras.values())) + 1
            extras[last].append(RebuiltCell(f"extra-{number:03d}", "extra", "code", cell.source))
    order = {name: index for index, name in enumerate(known)}
    scale = max(1, len(submission.cells)) / max(1, len(known))
    chosen = {}
    for name, copies in versions.items():
        chosen[name] = _choose(template, known[name], copies, order[name] * scale)
        if len(copies) > 1:
            rebuilt.flag(f"The cell `{name}` is there {len(copies)} times: one of them was graded.")
    return chosen, extras


def _known_name(cell: SubmittedCell, known: dict[str, Cell]) -> str:
    if cell.grade_id in known:
        return cell.grade_id
    # some editors drop metadata but keep the cell's id, which is the grade_id
    return cell.cell_id if not cell.grade_id and cell.cell_id in known else ""


def _choose(template: Source, cell: Cell, copies: list[tuple[int, SubmittedCell]], expected: float) -> SubmittedCell:
    """Return the copy nearest to where the template has it, an untouched placeholder only if nothing else is there."""
    released = template.released(cell.id).strip()
    worked = [copy for copy in copies if copy[1].source.strip() != released] or copies
    return min(worked, key=lambda copy: abs(copy[0] - expected))[1]


def _template_cell(template: Source, cell: Cell, student: SubmittedCell | None, rebuilt: Rebuilt) -> list[RebuiltCell]:
    if cell.kind == "prose":
        return [RebuiltCell(cell.id, "prose", cell.cell_type, cell.source)]
    if cell.kind not in STUDENTS:
        if student is None:
            rebuilt.flag(f"The locked cell `{cell.id}` was deleted: it was put back.")
        elif student.source.strip() != template.released(cell.id).strip():
            rebuilt.flag(f"The locked cell `{cell.id}` was changed: the original was run.")
        return [RebuiltCell(cell.id, cell.kind, cell.cell_type, cell.source)]
    if student is None:
        if cell.kind != "free":
            rebuilt.flag(f"The cell `{cell.id}` is not in your notebook.")
        # no placeholder: it would hide an answer that stands in another cell
        return []
    if student.cell_type != cell.cell_type:
        rebuilt.flag(f"The cell `{cell.id}` was turned into {student.cell_type[:10]}: it was read as {cell.cell_type}.")
    return [RebuiltCell(cell.id, cell.kind, cell.cell_type, student.source)]
