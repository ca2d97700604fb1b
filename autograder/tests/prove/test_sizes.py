"""`prove` where something trains: at its small size, with metrics asked of whole notebooks alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.errors import UserError
from autograder.manifest import Repository
from autograder.prove.prove import prove

TRAINED = Path(__file__).parents[1] / "courses" / "trained"
SLUG = "01_line"


@pytest.fixture
def trained(tmp_path: Path) -> Repository:
    root = tmp_path / "trained"
    shutil.copytree(TRAINED, root, ignore=shutil.ignore_patterns("__pycache__", "proof.json"))
    return Repository(root)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_proved_at_its_small_size(trained: Repository) -> None:
    """Thirty steps do not reach the bound of the grade, and reach that of the proof; mutants are asked no metric."""
    proof = prove(trained, SLUG)
    assert proof.faults == []
    assert proof.checks["test_trained_line"] == ["wrong_uphill"]
    assert proof.mutation.score == 1.0


def test_bound_of_the_grade_is_missed_at_the_small_size(trained: Repository) -> None:
    """Without a bound of its own the proof asks for the grade's: so the small size was the one that ran."""
    edit(trained.solutions / SLUG / "exercise.toml", "proof = 1.5\n", "")
    assert any("at most 0.09 is asked for" in fault for fault in prove(trained, SLUG).faults)


def test_names_of_thresholds(trained: Repository) -> None:
    """A check that names none of them, and a threshold that no check names, are faults."""
    edit(trained.solutions / SLUG / "checks.py", 'threshold("error",', 'threshold("eror",')
    faults = prove(trained, SLUG).faults
    assert any("checks.py:23: there is no threshold 'eror': add a table [thresholds.eror]" in one for one in faults)
    assert any("no check names the threshold 'error': delete it, or" in one for one in faults)


def test_misspelt_name_stops_at_once(trained: Repository) -> None:
    """A size that is put nowhere would prove at full size: nothing is run."""
    edit(trained.solutions / SLUG / "exercise.toml", "STEPS = 30", "STEP = 30")
    with pytest.raises(UserError, match=r"exercise\.toml:5: no setup cell of notebook\.py assigns STEP"):
        prove(trained, SLUG)


def test_weights_are_made_as_students_make_them(trained: Repository) -> None:
    """Where weights are judged, each submission brings what its own cells save, or what its docstring says."""
    proof = prove(trained, "02_net")
    assert proof.faults == []
    assert proof.correct == ["correct_mse_loss"]
    brought = ("wrong_half_a_file", "wrong_no_file", "wrong_other_class")
    assert all(proof.wrong[name].failed == ["test_weights_handed_in"] for name in brought[:2])
    assert set(brought) <= set(proof.checks["test_weights_handed_in"])
