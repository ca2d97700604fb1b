"""The weights that submissions of ours bring where weights are judged: their own notebooks make them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.compare.mismatch import Mismatch
from autograder.grade.collect import collect
from autograder.grade.facts import Definitions
from autograder.grade.files import Folder
from autograder.grade.rebuild import rebuild
from autograder.grade.run import run
from autograder.grade.student import Student
from autograder.grade.tape import Tape
from autograder.manifest import Exercise, Training
from autograder.release.sizes import sized_source
from autograder.sandbox.client import Ended
from autograder.sandbox.frames import Channel, ProtocolError

__all__ = ["hand_in_weights"]

STUDENT = "training"
HOURS = 2.0


def hand_in_weights(slot: Channel, exercise: Exercise, notebook: Path, kind: str = "own") -> float:
    """Put the files of weights beside `notebook`, unless that was done; return the CPU seconds of training them.

    Args:
        slot: where the notebook runs, at the size that the exercise has for this run.
        exercise: what the notebook answers.
        notebook: a submission, in a folder of its own beside the reference's.
        kind: `own`, what its own cells save; `reference`, the file of another; `truncated`; `missing`.
    """
    done = notebook.parent.with_name(f".{notebook.parent.name}.trained")
    if not exercise.training.weights or kind == "missing" or done.exists():
        return 0.0
    maker = notebook if kind != "reference" else notebook.parent.with_name("reference") / notebook.name
    files, seconds = _trained(slot, exercise, maker)
    for name, data in files.items():
        unfinished = done.with_suffix(f".{name}.writing")
        unfinished.write_bytes(data[: len(data) // 2] if kind == "truncated" else data)
        unfinished.replace(notebook.with_name(name))
    done.touch()
    return seconds


def _trained(slot: Channel, exercise: Exercise, notebook: Path) -> tuple[dict[str, bytes], float]:
    """Return what the notebook's cells leave under the names of the weights, and what that cost."""
    names = exercise.training.weights
    limits = msgspec.structs.replace(
        exercise.limits, cell_cpu_seconds=HOURS * 3600, total_minutes=HOURS * 60, check_cpu_seconds=60.0
    )
    # its own training at the size of this run, not the short one that a grading adds
    trains = msgspec.structs.replace(exercise, training=Training(), limits=limits)
    submission = collect(notebook, STUDENT)
    rebuilt = rebuild(sized_source(trains), submission)
    rebuilt.cells = [cell for cell in rebuilt.code if cell.source.strip()]
    finished = run(slot, trains, rebuilt, {n: data for n, data in submission.files.items() if n not in names})
    seconds = finished.cpu_seconds + sum(done.cpu_seconds for done in finished.cells.values())
    if finished.sandbox is None:
        return {}, seconds
    found = {}
    fork = finished.sandbox.fork()
    try:
        work = Folder(Student(Tape(fork), Definitions([])))
        for name in names:
            found[name] = work.read_bytes(name)
    except (Mismatch, Ended, ProtocolError):  # a notebook that saves nothing has nothing to hand in
        pass
    finally:
        fork.close()
        finished.sandbox.stop()
    return found, seconds
