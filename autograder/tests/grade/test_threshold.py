"""The fixture `threshold`: which side is right, what the student reads, and what calibration is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.compare import Mismatch
from autograder.errors import GraderFault
from autograder.grade.asked import SHARED, asked_of
from autograder.grade.batch import grade_batch
from autograder.grade.job import Job
from autograder.grade.report import Report, Verdict
from autograder.grade.threshold import Thresholds
from autograder.manifest import Exercise, Part, Threshold, load_exercise
from autograder.release.build import notebook_dict
from autograder.release.sizes import sized_source

TRAINED = Path(__file__).parents[1] / "courses" / "trained" / "solutions" / "01_line"


def asking(threshold: Threshold, *, small: bool = False) -> Thresholds:
    part = Part("A part", 1, 1)
    return Thresholds(Exercise("Title", 1, {"part": part}, thresholds={"name": threshold}, small=small))


ACCURACY = Threshold(at_least=0.93, proof=0.5, what="the accuracy of your MLP", unit="%")
ERROR = Threshold(at_most=3.0, what="the median error", unit="BPM")
SAID: dict[str, tuple[Threshold, Any, str]] = {
    "too little": (ACCURACY, 0.8714, "The accuracy of your MLP is 87.1 %; at least 93 % is asked for."),
    "a hair too little": (ACCURACY, 0.92997, "The accuracy of your MLP is 92.997 %; at least 93 % is asked for."),
    "too much": (ERROR, np.float32(12.5), "The median error is 12.5 BPM; at most 3 BPM is asked for."),
    "a hair too much": (ERROR, 3.0004, "The median error is 3.0004 BPM; at most 3 BPM is asked for."),
    "no number": (ERROR, float("nan"), "The median error is no finite number."),
    "nothing said of it": (Threshold(at_least=1), 0, "What was reached is 0; at least 1 is asked for."),
}


@pytest.mark.parametrize("case", SAID)
def test_sentence(case: str) -> None:
    """The student reads what was reached and what is asked for, never two numbers that look the same."""
    threshold, value, sentence = SAID[case]
    with pytest.raises(Mismatch) as mismatch:
        asking(threshold)("name", value)
    assert mismatch.value.reason == sentence


def test_right_side() -> None:
    """The bound itself is enough, on both sides."""
    asking(ACCURACY)("name", 0.93)
    asking(ERROR)("name", np.float64(3.0))


def test_proof_size_has_a_bound_of_its_own() -> None:
    """Where there is none, the bound is the same."""
    asking(ACCURACY, small=True)("name", 0.5)
    with pytest.raises(Mismatch, match="at least 50 %"):
        asking(ACCURACY, small=True)("name", 0.49)
    with pytest.raises(Mismatch, match="at most 3 BPM"):
        asking(ERROR, small=True)("name", 4)


def test_unknown_name_is_the_graders_fault() -> None:
    """No student pays for a threshold that nobody defined."""
    with pytest.raises(GraderFault, match=r"no \[thresholds.nome\]; there are: name"):
        asking(ERROR)("nome", 1)


def test_calibration_hears_every_value() -> None:
    """While calibrating nothing is refused, and each value is kept."""
    exercise = asking(ERROR).exercise
    reached: dict[str, list[float]] = {}
    for value in (1.0, 99.0):
        Thresholds(exercise, reached)("name", value)
    assert reached == {"name": [1.0, 99.0]}


def graded(exercise: Exercise, folder: Path, answers: dict[str, str] | None = None) -> Report:
    notebook = notebook_dict(exercise, sized_source(exercise), answers=True)
    for cell in notebook["cells"]:
        cell["source"] = (answers or {}).get(cell["id"], cell["source"])
    path = folder / "01_line.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    (report,) = grade_batch(exercise, [Job("anna", str(path))], lambda: bytes(32), sandboxed=False)
    return report


def test_graded_at_both_sizes(tmp_path: Path) -> None:
    """The size travels to the examiner: cells, flags and bounds agree with it."""
    exercise = load_exercise(TRAINED)
    for one, points in ((exercise, "POINTS = 200"), (exercise.at_proof_size(), "POINTS = 20")):
        report = graded(one, tmp_path)
        assert (report.points, report.flags) == (6, [])
        assert points in next(cell.source for cell in report.cells if cell.id == "sizes")


def test_who_trains_badly_reads_why(tmp_path: Path) -> None:
    """A notebook whose training leads nowhere gets the sentence, in the part that the check belongs to."""
    answers = {"descend": "def descend(weights, x, y, rate):\n    return weights"}
    report = graded(load_exercise(TRAINED), tmp_path, answers)
    found = {f.check: f for part in report.parts for f in part.findings if f.verdict is not Verdict.PASSED}
    assert set(found) == {"test_step_of_random_weights", "test_trained_line"}
    said = found["test_trained_line"].reason
    assert said.startswith("The error of your line on unseen points is 2")
    assert said.endswith("; at most 0.09 is asked for.")


def test_a_moved_bound_asks_its_part_anew(tmp_path: Path) -> None:
    """What calibration writes asks nobody anew; another bound does, in the part alone that names it."""
    folder = tmp_path / "01_line"
    folder.mkdir()
    for path in TRAINED.glob("*.*"):
        (folder / path.name).write_bytes(path.read_bytes())
    before, manifest = asked_of(load_exercise(folder)), folder / "exercise.toml"
    text = manifest.read_text("utf-8")
    manifest.write_text(text + "runs = 20\nmean = 0.03\nspread = 0.01\nfalse_fail = 0.0\n", "utf-8")
    assert asked_of(load_exercise(folder)) == before
    manifest.write_text(text.replace("at_most = 0.09", "at_most = 0.08"), "utf-8")
    now = asked_of(load_exercise(folder))
    assert {part for part in now if now[part] != before[part]} == {"descend"}
    assert SHARED in now
