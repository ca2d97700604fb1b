"""`calibrate` on a small course: what is run, what is written, what stands against it."""

from __future__ import annotations

import statistics
import tomllib
from pathlib import Path

import pytest

from autograder.calibrate.calibrate import Calibrated, calibrate
from autograder.calibrate.freshness import lint_thresholds
from autograder.calibrate.judge import judged, worst
from autograder.calibrate.record import read_calibration
from autograder.calibrate.table import print_calibration
from autograder.environment import cores
from autograder.errors import UserError
from autograder.manifest import Repository, Threshold

SLUG = "01_line"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def run(repo: Repository, seeds: int, steps: list[tuple[int, int]] | None = None, *, again: bool = False) -> Calibrated:
    kept = steps if steps is not None else []
    return calibrate(repo, SLUG, seeds, lambda _what, done, of: kept.append((done, of)), again=again)


@pytest.fixture
def loose(trained: Repository) -> Repository:
    """The course with a bound that every run is far from."""
    edit(trained.solutions / SLUG / "exercise.toml", "at_most = 0.09", "at_most = 0.4")
    return trained


def test_numbers_are_written(loose: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Runs, mean, spread and rate stand in the manifest, the rest of it as it was, with a plot beside; lint agrees."""
    folder = loose.solutions / SLUG
    path = folder / "exercise.toml"
    after = "\n# of the next table\n[rules]\ncalibration_runs = 4\n"
    before = path.read_text("utf-8") + after
    path.write_text(before, "utf-8")
    done = run(loose, 4)
    assert done.faults == []
    written = tomllib.loads(path.read_text("utf-8"))["thresholds"]["error"]
    values = [one.values["error"] for one in done.calibration.runs]
    assert len(set(values)) == 4  # each seed trained on data of its own
    assert written["runs"] == 4
    assert written["mean"] == pytest.approx(statistics.fmean(values), rel=1e-4)
    assert written["spread"] == pytest.approx(statistics.stdev(values), rel=1e-4)
    assert 0 <= written["false_fail"] < 0.01
    numbers = [line for line in path.read_text("utf-8").split("\n") if line not in before.split("\n")]
    assert [line.split(" = ")[0] for line in numbers] == ["runs", "mean", "spread", "false_fail"]
    assert path.read_text("utf-8").endswith(f"{numbers[-1]}\n{after}")
    assert lint_thresholds(loose) == []
    assert (folder / "calibration.svg").read_text("utf-8").startswith("<?xml")
    assert print_calibration(done) == 0
    assert "≤ 0.4" in capsys.readouterr().out


def test_runs_that_hold_are_kept(loose: Repository) -> None:
    """More seeds add to those there are, the same ones run nothing, and everything comes out the same again."""
    first = run(loose, 2)
    steps: list[tuple[int, int]] = []
    more = run(loose, 4, steps)
    assert steps[0] == (2, 4)
    assert steps[-1] == (4, 4)
    assert more.calibration.runs[:2] == first.calibration.runs
    written = {path.name: path.read_bytes() for path in (loose.solutions / SLUG).iterdir() if path.is_file()}
    steps = []
    run(loose, 4, steps)
    assert steps == [(4, 4)]
    assert {path.name: path.read_bytes() for path in (loose.solutions / SLUG).iterdir() if path.is_file()} == written
    repeated = run(loose, 2, again=True)
    assert [one.values for one in repeated.calibration.runs] == [one.values for one in first.calibration.runs]


def test_where_the_runs_were_made(loose: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place is that of the runs: it stays while none is made, and runs from elsewhere are named and noted."""
    here = run(loose, 2).calibration.measured_on
    monkeypatch.setattr("autograder.calibrate.calibrate.environment_of", lambda: "python 9")
    kept = run(loose, 2)
    assert (kept.calibration.measured_on, kept.notes) == (here, [])
    elsewhere = f"python 9, {cores()} cores"
    for mixed in (run(loose, 3), run(loose, 4), run(loose, 4)):
        assert mixed.calibration.measured_on == f"{here} and {elsewhere}"
        (note,) = mixed.notes
        assert note.startswith("the runs were made in more than one place: ")
    anew = run(loose, 4, again=True)
    assert (anew.calibration.measured_on, anew.notes) == (elsewhere, [])


def test_a_changed_reference_is_run_anew(loose: Repository) -> None:
    """Runs of another notebook do not count."""
    run(loose, 2)
    edit(loose.solutions / SLUG / "notebook.py", "STEPS, RATE = 600, 0.1", "STEPS, RATE = 500, 0.1")
    steps: list[tuple[int, int]] = []
    run(loose, 2, steps)
    assert steps[0] == (0, 2)


def test_a_moved_bound_needs_no_run(loose: Repository) -> None:
    """The values stay; what they say of the new bound is written."""
    before = run(loose, 4)
    edit(loose.solutions / SLUG / "exercise.toml", "at_most = 0.4", "at_most = 0.001")
    steps: list[tuple[int, int]] = []
    after = run(loose, 4, steps)
    assert steps == [(4, 4)]
    assert after.calibration.runs == before.calibration.runs
    found = after.calibration.thresholds["error"]
    assert (found.missed, found.false_fail) == (4, 1.0)
    assert any("would turn away 100.0% of honest runs" in line for line in lint_thresholds(loose))


def test_a_reference_that_fails(loose: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A run in which another check fails counts for nothing: the manifest stays as it is."""
    edit(loose.solutions / SLUG / "checks.py", "matches_shape(student.fitted(x), x)", "student.fitted(x)[:3]")
    before = (loose.solutions / SLUG / "exercise.toml").read_bytes()
    done = run(loose, 2)
    assert len(done.faults) == 2
    assert "with SEED = 0 the reference does not pass test_trained_line" in " ".join(done.faults)
    assert (loose.solutions / SLUG / "exercise.toml").read_bytes() == before
    assert print_calibration(done) == 1
    capsys.readouterr()


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_metric_that_is_no_number(loose: Repository, value: str) -> None:
    """A run whose metric is no number is a fault that names seed and threshold; the other runs stay as they are."""
    folder = loose.solutions / SLUG
    error = "np.sqrt(np.mean((line - (3 * x + 1)) ** 2))"
    edit(folder / "checks.py", error, f'float("{value}") if reference.SEED == 2 else {error}')
    first = run(loose, 2)
    manifest = (folder / "exercise.toml").read_bytes()
    done = run(loose, 4)
    (fault,) = done.faults
    assert fault.startswith(f"with SEED = 2 the threshold 'error' was given {value}, which is no number: ")
    kept = read_calibration(folder)
    assert kept is not None
    assert [one.seed for one in kept.runs] == [0, 1, 3]
    assert kept.runs[:2] == first.calibration.runs
    assert (folder / "exercise.toml").read_bytes() == manifest


def test_without_a_seed(loose: Repository) -> None:
    """Then hidden inputs alone differ, which is said."""
    path = loose.solutions / SLUG / "notebook.py"
    edit(path, "SEED = 0  # of the data\n", "")
    edit(path, "default_rng(SEED)", "default_rng(0)")
    done = run(loose, 2)
    assert done.notes == ["no setup cell assigns SEED: the runs differ in their hidden inputs alone"]
    first, second = (one.values["error"] for one in done.calibration.runs)
    assert first != second


ACCURACY, ERROR = Threshold(at_least=0.9), Threshold(at_most=3.0)


def test_the_worst_of_a_run_counts() -> None:
    """A check may ask about several sets: the one nearest to failing decides."""
    assert (worst(ACCURACY, [0.95, 0.91]), worst(ERROR, [1.0, 2.0])) == (0.91, 2.0)


@pytest.mark.parametrize("value", ["nan", "inf", "-inf"])
def test_no_number_is_the_worst(value: str) -> None:
    """What is no number decides on either side, wherever it stands among the others."""
    for threshold in (ACCURACY, ERROR):
        assert str(worst(threshold, [0.95, float(value)])) == str(worst(threshold, [float(value), 0.95])) == value


def test_rate_against_tables() -> None:
    """The tail is Student's: with 20 runs and 2.861 predictive spreads to go, 19 degrees of freedom say 0.5 %."""
    values = [0.95 + 0.01 * one for one in (-1.5, -0.5, 0.5, 1.5) * 5]
    spread = statistics.stdev(values) * (1 + 1 / 20) ** 0.5
    found = judged(Threshold(at_least=0.95 - 2.861 * spread), values)  # t for 0.5 % at 19 degrees, from any table
    assert found.tail == pytest.approx(0.005, abs=2e-5)
    assert found.false_fail == found.tail
    assert judged(Threshold(at_most=0.95 + 2.861 * spread), values).tail == pytest.approx(0.005, abs=2e-5)


def test_a_miss_that_was_seen_counts() -> None:
    """One of twenty on the wrong side is 5 %, whatever the curve says."""
    found = judged(ACCURACY, [0.99] * 19 + [0.89])
    assert (found.missed, found.false_fail) == (1, max(0.05, found.tail))


def test_runs_that_agree() -> None:
    """Where every run gives the same, the bound is passed by all or by none."""
    assert judged(ACCURACY, [1.0] * 20).false_fail == 0.0
    assert judged(ACCURACY, [0.9] * 20).false_fail == 0.0
    assert judged(ACCURACY, [0.8] * 20).false_fail == 1.0
    assert judged(ACCURACY, [0.95]).runs == 1


def test_damaged_record(loose: Repository) -> None:
    """A record that cannot be read is none: lint asks for another."""
    run(loose, 2)
    (loose.solutions / SLUG / "calibration.json").write_text("{", "utf-8")
    assert read_calibration(loose.solutions / SLUG) is None
    assert "were not calibrated" in lint_thresholds(loose)[0]


def test_weights_are_trained_at_full_size(weighed: Repository) -> None:
    """Where weights are judged, a run trains as a student does at home and then hands that in."""
    done = calibrate(weighed, "02_net", 2, lambda *_: None)
    assert done.faults == []
    assert all(one.values["error"] < 0.3 for one in done.calibration.runs)
    assert len({one.values["error"] for one in done.calibration.runs}) == 2


CHOICES = """
[thresholds.error.where.mnist]
at_most = 0.4

[choices.NOISE]
setting = "digits"
"""


def test_a_choice_that_nobody_can_make(loose: Repository) -> None:
    """A mistyped value is answered with those there are, before anything is run; none is left behind."""
    folder = loose.solutions / SLUG
    path = folder / "exercise.toml"
    path.write_text(path.read_text("utf-8") + CHOICES, "utf-8")
    with pytest.raises(UserError, match=r"for cohorts that chose 'mnst'; there are: mnist$"):
        calibrate(loose, SLUG, 4, lambda *_: None, chosen="mnst")
    assert list(folder.glob("calibration*")) == []


def test_a_choice_has_runs_of_its_own(loose: Repository) -> None:
    """What a cohort may choose is calibrated for itself; both are asked for, and neither touches the other."""
    folder = loose.solutions / SLUG
    path = folder / "exercise.toml"
    path.write_text(path.read_text("utf-8") + CHOICES, "utf-8")
    edit(folder / "notebook.py", "SEED = 0  # of the data\n", 'SEED = 0  # of the data\nNOISE = "synthetic"\n')
    edit(folder / "notebook.py", "y = 3 * x + 1 + 0.5 *", 'y = 3 * x + 1 + (0.5 if NOISE == "synthetic" else 0.1) *')
    assert [line.rpartition("run ")[2] for line in lint_thresholds(loose)] == [
        f"`make calibrate EXERCISE={SLUG}`",
        f"`make calibrate EXERCISE={SLUG} ARGS='--choose mnist'`",
    ]
    first = run(loose, 4)
    other = calibrate(loose, SLUG, 4, lambda *_: None, chosen="mnist")
    assert other.calibration.thresholds["error"].mean < first.calibration.thresholds["error"].mean / 2
    written = tomllib.loads(path.read_text("utf-8"))["thresholds"]["error"]
    assert written["where"]["mnist"]["mean"] == other.calibration.thresholds["error"].mean
    assert written["mean"] == first.calibration.thresholds["error"].mean
    assert lint_thresholds(loose) == []
    assert {one.name for one in folder.glob("calibration*")} == {
        *("calibration.json", "calibration.svg", "calibration-mnist.json", "calibration-mnist.svg")
    }
