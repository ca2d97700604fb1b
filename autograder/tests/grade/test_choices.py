"""What a cohort chooses: put into the notebooks that it gets, with the data and the bounds that go with it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.errors import UserError
from autograder.grade.asked import asked_of
from autograder.grade.choices import other_choices
from autograder.grade.collect import collect
from autograder.grade.data import data_of, files_of_cohort, provide, use_folder_of
from autograder.grade.rebuild import rebuild
from autograder.manifest import Assignment, Cohort, Exercise, Repository
from autograder.release.build import notebook_dict
from autograder.release.sizes import sized_source
from autograder.release.tree import exercise_tree
from coursedata.registry import Dataset, RemoteFile

TRAINED = Path(__file__).parents[1] / "courses" / "trained"
SLUG = "01_line"
CONTENT = b"\x00\x00\x08\x01" + bytes(300)
CHOICES = """
[thresholds.error.where.mnist]
at_most = 0.2
runs = 4

[choices.DIGITS]
setting = "digits"
data.mnist = ["mnist/labels"]
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repository:
    """A course whose exercise lets the cohort choose its digits."""
    root = tmp_path / "course"
    shutil.copytree(TRAINED, root, ignore=shutil.ignore_patterns("__pycache__", "02_net*"))
    folder = root / "solutions" / SLUG
    (folder / "exercise.toml").write_text((folder / "exercise.toml").read_text("utf-8") + CHOICES, "utf-8")
    text = (folder / "notebook.py").read_text("utf-8")
    text = text.replace("SEED = 0  # of the data\n", 'SEED = 0  # of the data\nDIGITS = "synthetic"  # or real\n')
    (folder / "notebook.py").write_text(text, "utf-8")
    for name, digits in (("made", "synthetic"), ("real", "mnist")):
        place = root / "autograder" / "cohorts" / name
        place.mkdir(parents=True)
        (place / "cohort.toml").write_text(f'title = "T"\ndigits = "{digits}"\ndata = "files"\n', "utf-8")
    return Repository(root)


def exercise(repo: Repository, cohort: str) -> Exercise:
    return repo.exercise(SLUG, repo.cohort(cohort))


def test_bounds_and_data_go_with_the_choice(repo: Repository) -> None:
    """The threshold of a cohort is that of its data; what is said of it stays."""
    made, real = (exercise(repo, name) for name in ("made", "real"))
    assert (made.thresholds["error"].bound, real.thresholds["error"].bound) == (0.09, 0.2)
    assert made.thresholds["error"].what == real.thresholds["error"].what
    assert (made.data, real.data) == ([], ["mnist/labels"])
    assert asked_of(made) != asked_of(real)


def test_students_get_what_was_chosen(repo: Repository) -> None:
    """The notebook of the release says it; what is committed for everyone stays as its author wrote it."""
    path = f"{SLUG}/{SLUG}.ipynb"
    texts = {
        name: exercise_tree(repo, [SLUG], cohort)[path].decode()
        for name, cohort in (("all", None), ("made", repo.cohort("made")), ("real", repo.cohort("real")))
    }
    assert 'DIGITS = \\"synthetic\\"' in texts["all"]
    assert "DIGITS = 'mnist'  # or real" in texts["real"]
    assert "STEPS, RATE = 600, 0.1" in texts["real"]


def flags_of(repo: Repository, folder: Path, notebook: dict[str, Any], cohort: str) -> list[str]:
    """Return the remarks on a notebook that was handed in to `cohort`: to students and to staff."""
    one = exercise(repo, cohort)
    source = sized_source(one)
    path = folder / f"{SLUG}.ipynb"
    path.write_text(json.dumps(notebook), "utf-8")
    submission = collect(path, "anna")
    flags = [*rebuild(source, submission).flags, *other_choices(one, source, submission)]
    return [f"{flag.audience}: {flag.message}" for flag in flags]


def test_the_right_notebook_is_not_remarked_on(repo: Repository, tmp_path: Path) -> None:
    """What was released to a cohort comes back without a remark."""
    for cohort in ("made", "real"):
        one = exercise(repo, cohort)
        notebook = notebook_dict(one, sized_source(one), answers=True)
        assert flags_of(repo, tmp_path, notebook, cohort) == []


def test_trained_on_the_other_data(repo: Repository, tmp_path: Path) -> None:
    """Staff are told; the student is told only that a locked cell differs, and loses nothing."""
    one = exercise(repo, "made")
    notebook = notebook_dict(one, sized_source(one), answers=True)
    student, staff = flags_of(repo, tmp_path, notebook, "real")
    assert student.startswith("student: The locked cell `sizes` was changed")
    assert staff == (
        "staff: The notebook that came says DIGITS = 'synthetic', and this course works with 'mnist': it may have been "
        "trained on other data. It was graded with 'mnist'."
    )


ODD = {
    "0x" + "f" * 5000: "something else (int)",
    "-5": None,
    "True": "True",
    "12": "12",
    "1.5": "something else (float)",
    '"\\ud800" * 2': None,
    '"\\ud800"': "'\\ud800'",
    '"x" "' + "y" * 500 + '"': repr("x" + "y" * 39),
}


@pytest.mark.parametrize("literal", ODD, ids=range(len(ODD)))
def test_odd_choices_are_told_in_few_words(literal: str, repo: Repository, tmp_path: Path) -> None:
    """Whatever plain value is assigned, the remark can be made and stored: Python does not write every number."""
    one = exercise(repo, "made")
    notebook = notebook_dict(one, sized_source(one), answers=True)
    notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": f"DIGITS = {literal}"})
    flags = [flag for flag in flags_of(repo, tmp_path, notebook, "made") if flag.startswith("staff")]
    shown = ODD[literal]
    assert [flag.partition(", and this")[0] for flag in flags] == (
        [f"staff: The notebook that came says DIGITS = {shown}"] if shown else []
    )
    msgspec.msgpack.encode(flags)


def test_odd_cells_say_nothing(repo: Repository, tmp_path: Path) -> None:
    """What is no Python, and what only looks like a choice, is passed over."""
    one = exercise(repo, "made")
    notebook = notebook_dict(one, sized_source(one), answers=True)
    odd = ["DIGITS = (", "%%bash\nDIGITS=mnist", "print(DIGITS == 'mnist')", "(" * 5000, "x = DIGITS"]
    cells = [{"cell_type": "code", "metadata": {}, "source": text} for text in odd]
    notebook["cells"] += [*cells, {"cell_type": "markdown", "metadata": {}, "source": "DIGITS = 'mnist'"}]
    assert not any(flag.startswith("staff") for flag in flags_of(repo, tmp_path, notebook, "made"))


def registry(url: str) -> dict[str, Dataset]:
    file = RemoteFile("labels", len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    dataset = Dataset("mnist", "t", "l", "c", (url,), ".gz", {"labels": file})
    return {"mnist": dataset}


@pytest.fixture
def copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of copies, so that no server is asked."""
    monkeypatch.setenv("T2P_CACHE", str(tmp_path / "cache"))
    folder = tmp_path / "copies"
    (folder / "mnist").mkdir(parents=True)
    (folder / "mnist" / "labels.gz").write_bytes(gzip.compress(CONTENT))
    monkeypatch.setenv("T2P_DATA", str(folder))
    return folder


NOWHERE = "http://127.0.0.1:9/"


def test_files_are_put_there_once(repo: Repository, copies: Path) -> None:
    """The cohort's folder gets each file, verified; the second time nothing is left to do."""
    cohort, steps = repo.cohort("real"), list[tuple[str, int, int]]()
    for _ in range(2):
        folder, files = provide(repo, cohort, lambda *step: steps.append(step), registry(NOWHERE))
        assert (folder, files) == (cohort.folder / "files", ["mnist/labels"])
        assert (folder / "mnist" / "labels").read_bytes() == CONTENT
        shutil.rmtree(copies / "mnist", ignore_errors=True)
    assert steps == [("mnist/labels", 0, 1), ("all files verified", 1, 1)] * 2


def test_a_cohort_that_needs_nothing(repo: Repository) -> None:
    """Made digits and videos come with the package."""
    assert provide(repo, repo.cohort("made"), lambda *_: None, registry(NOWHERE))[1] == []


def test_only_what_is_assigned(repo: Repository) -> None:
    """A cohort of other exercises does not wait for their data, but for its own digits."""
    cohort = msgspec.structs.replace(repo.cohort("real"), digits="synthetic", videos="mnist")
    assert files_of_cohort(repo, cohort, registry(NOWHERE)) == ["mnist/labels"]
    cohort = msgspec.structs.replace(cohort, videos="synthetic", assignments={"09_other": Assignment()})
    assert files_of_cohort(repo, cohort, registry(NOWHERE)) == []


def test_without_a_network(repo: Repository, copies: Path) -> None:
    """One error says what lies there, what could not be had, and what to do."""
    shutil.rmtree(copies / "mnist")
    with pytest.raises(UserError, match=r"0 of 1 files lie in .*files; then: mnist/labels could not be had") as error:
        provide(repo, repo.cohort("real"), lambda *_: None, registry(NOWHERE))
    assert "Check the network" in str(error.value)


def test_damaged_copy(repo: Repository, copies: Path) -> None:
    """Other bytes are refused, and not kept."""
    (copies / "mnist" / "labels.gz").write_bytes(gzip.compress(CONTENT[:-1]))
    with pytest.raises(UserError, match="these are not the bytes of labels"):
        provide(repo, repo.cohort("real"), lambda *_: None, registry(NOWHERE))
    assert not (repo.cohort("real").folder / "files" / "mnist" / "labels").exists()


def test_unknown_data(repo: Repository) -> None:
    """A name that the registry lacks is answered with the names there are."""
    cohort = msgspec.structs.replace(repo.cohort("made"), videos="ubfc")
    with pytest.raises(UserError, match=r"cohort made needs 'ubfc', and datasets/registry.toml has only: mnist"):
        files_of_cohort(repo, cohort, registry(NOWHERE))
    file = replace(registry(NOWHERE)["mnist"], files={})
    with pytest.raises(UserError, match="needs 'mnist/labels'"):
        files_of_cohort(repo, repo.cohort("real"), {"mnist": file})


def test_no_room_for_it(repo: Repository, copies: Path) -> None:
    """A folder that cannot be made is named, with the setting that names another."""
    (repo.cohort("real").folder / "files").write_text("a file")
    with pytest.raises(UserError, match=r"files cannot be written to .*: name another as `data` in cohort.toml"):
        provide(repo, repo.cohort("real"), lambda *_: None, registry(NOWHERE))


def test_graders_look_into_the_cohorts_folder(repo: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a person set stands above it."""
    cohort: Cohort = repo.cohort("real")
    monkeypatch.setenv("T2P_DATA", "/somewhere")
    use_folder_of(cohort)
    assert os.environ["T2P_DATA"] == "/somewhere"
    monkeypatch.delenv("T2P_DATA")
    use_folder_of(cohort)
    assert os.environ["T2P_DATA"] == str(cohort.folder / "files")
    assert data_of(exercise(repo, "made")) == {}
