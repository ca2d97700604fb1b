"""Run a rebuilt notebook in the sandbox; a cell that ends the process costs itself alone.

When a cell kills, hangs or starves the process beyond what the worker can catch, the notebook runs again from a fresh
fork without that cell. So the parts around it keep their points, and nobody pays for a checkpoint at every cell.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from autograder.grade.rebuild import Rebuilt
from autograder.grade.report import Verdict
from autograder.grade.statements import classes_of
from autograder.manifest import Exercise
from autograder.release.side_files import side_files
from autograder.sandbox.client import Ended, Sandbox
from autograder.sandbox.frames import Channel
from autograder.sandbox.limits import Limits
from autograder.sandbox.messages import Cell, CellDone, Display, Program
from autograder.stages import own, stage

__all__ = ["Finished", "limits_of", "run"]

RUNS = 25
"""A notebook is run again at most this often, within its total time; what is left then counts as crashed."""
DISPLAYS = 50
SHOWN_BYTES = 64 << 20
"""Kept of everything a submission shows; the worker's own limits are only its word."""
LETTER_BYTES = 4
ESCAPED, ESCAPED_BYTES = "&<>\"'", 5
"""What a page writes as `&#34;` or the like."""
FIXED_CPU_SECONDS = 30


@dataclass
class Finished:
    """A notebook that has run as far as it can."""

    sandbox: Sandbox | None
    """None when every run ended in the process's death."""
    cells: dict[str, CellDone] = field(default_factory=dict)
    ended: dict[str, Verdict] = field(default_factory=dict)
    """Cells that ended the process, and how."""
    cpu_seconds: float = 0.0
    """Of runs that were given up."""
    room: int = SHOWN_BYTES

    def keep(self, done: CellDone) -> None:
        """Keep how a cell ended and as much of what it showed as there is room for.

        Raises Ended where nothing that follows could run.
        """
        displays = []
        for display in done.displays[:DISPLAYS]:
            self.room -= _bytes_of(display)
            if self.room > 0:
                displays.append(display)
        self.cells[done.id] = msgspec.structs.replace(done, displays=displays)
        if done.exhausted:
            raise Ended(done.status, done.id)

    @property
    def reason(self) -> str:
        """Why there is nothing to ask, where there is nothing: how the last run ended."""
        return next(reversed(self.ended.values()), Verdict.CRASHED).value

    def verdict(self, cell: str) -> Verdict:
        """Return how a cell ended; a cell that never ran has crashed with the process."""
        if cell in self.ended:
            return self.ended[cell]
        return Verdict(self.cells[cell].status) if cell in self.cells else Verdict.CRASHED


def _bytes_of(display: Display) -> int:
    """Return what an output takes at most, in memory and on a page: one wide letter makes all of a text wide."""
    letters = len(display.text) * (1 if display.text.isascii() else LETTER_BYTES)
    escaped = sum(map(display.text.count, ESCAPED)) * (ESCAPED_BYTES - 1)
    return letters + escaped + len(display.pixels)


def limits_of(exercise: Exercise, cells: int) -> Limits:
    """Return what the kernel enforces on the whole of a submission."""
    limits = exercise.limits
    cpu = limits.cell_cpu_seconds * max(1, min(cells, 20)) + FIXED_CPU_SECONDS
    return Limits(limits.memory_mb << 20, limits.files_mb << 20, limits.processes, int(cpu), exercise.threads)


@stage("cells")
def run(
    slot: Channel,
    exercise: Exercise,
    rebuilt: Rebuilt,
    files: dict[str, bytes],
    meanwhile: Callable[[], object] = lambda: None,
) -> Finished:
    """Run the rebuilt notebook over `slot` of the warm process and return it finished, ready to be forked.

    `files` were handed in; what the exercise gives to students lies there as it was given. `meanwhile` is called while
    the first cells run: what the examiner has to do anyway costs no time then.
    """
    given_files = {name: path.read_bytes() for name, path in side_files(exercise).items()}
    finished = Finished(None)
    code = rebuilt.code
    given = sorted({name for cell in code if not cell.own for name in classes_of(cell.source)})
    until = time.monotonic() + exercise.limits.total_minutes * 60
    for _ in range(RUNS):
        cells = [Cell(cell.id, cell.source, skip=cell.id in finished.ended, own=cell.own) for cell in code]
        limits, frame_bytes = limits_of(exercise, len(code)), exercise.limits.frame_mb << 20
        sandbox = Sandbox.start(slot, limits, frame_bytes=frame_bytes, until=until)
        finished.cells.clear()
        finished.room = SHOWN_BYTES
        try:
            sandbox.begin(_program(exercise, cells, {**given_files, **files, **given_files}, given))
            meanwhile()
            for done in sandbox.cells():
                finished.keep(done)
            finished.sandbox = sandbox
        except Ended as end:
            finished.ended[end.cell] = Verdict(end.reason)
        finally:
            if finished.sandbox is None:
                finished.cpu_seconds += sandbox.stop().cpu_seconds
        if finished.sandbox is not None or time.monotonic() >= until:
            break
    own(finished.cpu_seconds + sum(done.cpu_seconds for done in finished.cells.values()))
    return finished


def _program(exercise: Exercise, cells: list[Cell], files: dict[str, bytes], given_classes: list[str]) -> Program:
    limits = exercise.limits
    return Program(
        cells=cells,
        threads=exercise.threads,
        cell_cpu_seconds=limits.cell_cpu_seconds,
        check_cpu_seconds=limits.check_cpu_seconds,
        wall_factor=limits.wall_factor,
        memory_bytes=limits.memory_mb << 20,
        files_bytes=limits.files_mb << 20,
        processes=limits.processes,
        output_bytes=limits.output_kb << 10,
        files=files,
        given_classes=given_classes,
    )
