"""The course folder, the released assignment, the roster and the dates."""

from __future__ import annotations

import json
import subprocess
import sys
from types import ModuleType

import msgspec
import pytest

from autograder.demo import advising
from autograder.errors import CellsChanged, UserError
from autograder.manifest import Cohort, Exercise


def test_the_release_is_the_source_byte_for_byte(released: Cohort, samples: ModuleType) -> None:
    """No step of nbgrader's touches a cell of ours."""
    course = released.folder / "course"
    name = f"{samples.SLUG}/{samples.SLUG}.ipynb"
    assert (course / "release" / name).read_bytes() == (course / "source" / name).read_bytes()


def test_releasing_again_changes_nothing(released: Cohort, samples: ModuleType) -> None:
    """A second release of the same notebook is no error and gives the same bytes."""
    from autograder.gradebook import generate_assignment

    path = released.folder / "course" / "release" / samples.SLUG / f"{samples.SLUG}.ipynb"
    before = path.read_bytes()
    generate_assignment(released, samples.SLUG)
    assert path.read_bytes() == before


def test_parts_and_points_are_in_the_gradebook(released: Cohort, samples: ModuleType) -> None:
    """Nbgrader knows each part, solution and written, with its points."""
    from nbgrader.api import Gradebook

    with Gradebook(released.database, released.name) as book:
        cells = book.find_notebook(samples.SLUG, samples.SLUG).grade_cells
        assert {cell.name: cell.max_score for cell in cells} == {
            "mean_green": 4.0,
            "to_chw": 3.0,
            "one_hot": 2.0,
            "why_shift": 3.0,
        }


def test_due_dates_are_kept_in_utc(released: Cohort, samples: ModuleType) -> None:
    """23:59 in Berlin in November is 22:59 UTC."""
    from nbgrader.api import Gradebook

    with Gradebook(released.database, released.name) as book:
        assert str(book.find_assignment(samples.SLUG).duedate) == "2026-11-20 22:59:00"


def test_a_date_that_cohort_toml_does_not_name_stays(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Dates that were set in the formgrader outlive the release of another exercise, and so do their late days."""
    from nbgrader.api import Gradebook

    from autograder.gradebook import dates_beside, entries, generate_assignment, record, settle_penalties

    undated = msgspec.structs.replace(released, assignments={})
    with Gradebook(released.database, released.name) as book:
        for slug in (samples.SLUG, "bonus"):
            book.update_or_create_assignment(slug, duedate="2026-10-01 18:00:00 UTC")
    samples.hand_in(undated, "ada", "2026-10-02 12:00:00 UTC")
    record(undated, exercise, [samples.make_report("ada")])
    assert entries(undated, samples.SLUG)["ada"].penalty == 0.5
    generate_assignment(undated, samples.SLUG)
    settle_penalties(undated)
    assert entries(undated, samples.SLUG)["ada"].penalty == 0.5
    with Gradebook(released.database, released.name) as book:
        assert {str(book.find_assignment(slug).duedate) for slug in (samples.SLUG, "bonus")} == {"2026-10-01 18:00:00"}
    (note,) = dates_beside(undated, [samples.SLUG])
    assert note.startswith("01_tensors: the due date 2026-10-01 20:00 stands in the gradebook alone")
    assert dates_beside(released, [samples.SLUG]) == []


def test_a_test_cell_is_refused(cohort: Cohort, samples: ModuleType) -> None:
    """A graded cell that is no answer would give points for running nbgrader's own test."""
    from autograder.gradebook import generate_assignment, prepare_course

    prepare_course(cohort)
    source = samples.write_source(cohort)
    source.write_text(source.read_text("utf-8").replace('"solution": true', '"solution": false', 1), "utf-8")
    with pytest.raises(UserError, match="test cell"):
        generate_assignment(cohort, samples.SLUG)


def test_parts_cannot_change_after_submissions(released: Cohort, samples: ModuleType, exercise: object) -> None:
    """A part added after students were graded is refused in one sentence, and the release of before stays."""
    from autograder.gradebook import generate_assignment, record

    record(released, exercise, [samples.make_report("ada")])
    samples.write_source(released, extra_part="late_idea")
    with pytest.raises(CellsChanged, match=r"late_idea.*another slug$"):
        generate_assignment(released, samples.SLUG)
    assert (released.folder / "course" / "release" / samples.SLUG / f"{samples.SLUG}.ipynb").is_file()


def test_the_demo_says_how_its_class_begins_anew(released: Cohort, samples: ModuleType, exercise: object) -> None:
    """Its students are made up, so what was graded may go: the command for it bears a folder with a space."""
    from autograder.gradebook import generate_assignment, record

    record(released, exercise, [samples.make_report("ada")])
    samples.write_source(released, extra_part="late_idea")
    folder = released.folder.rename(released.folder.with_name("made up"))
    moved = msgspec.structs.replace(released, folder=folder)
    with pytest.raises(CellsChanged) as caught, advising(moved):
        generate_assignment(moved, samples.SLUG)
    assert f"another slug; the demo's class is made up: `git clean -fdx '{folder}'` lets" in str(caught.value)


def test_no_other_cell_can_come_either(released: Cohort, samples: ModuleType, exercise: object) -> None:
    """Locked and free cells count for nbgrader too: they are named, and so is the way out."""
    from autograder.gradebook import generate_assignment, record

    record(released, exercise, [samples.make_report("ada")])
    source = samples.write_source(released)
    notebook = json.loads(source.read_text("utf-8"))
    marks = {"grade": False, "solution": False, "locked": True, "task": False, "schema_version": 3}
    for name, solution in (("late_hint", False), ("late_try", True)):
        cell = {"cell_type": "code", "source": "", "outputs": [], "execution_count": None, "id": name}
        cell["metadata"] = {"nbgrader": marks | {"grade_id": name, "solution": solution, "locked": not solution}}
        notebook["cells"].append(cell)
    source.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(UserError, match=r"\(late_hint, late_try\).*another slug"):
        generate_assignment(released, samples.SLUG)


def test_a_cell_of_another_kind_is_another_cell(released: Cohort, samples: ModuleType, exercise: object) -> None:
    """A part that becomes a free cell is refused after grading by its name, and the release of before stays."""
    from autograder.gradebook import generate_assignment, record

    record(released, exercise, [samples.make_report("ada")])
    before = (released.released(samples.SLUG) / f"{samples.SLUG}.ipynb").read_bytes()
    source = samples.write_source(released)
    notebook = json.loads(source.read_text("utf-8"))
    (cell,) = [cell for cell in notebook["cells"] if cell["id"] == "one_hot"]
    cell["metadata"]["nbgrader"]["grade"] = False
    source.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(CellsChanged, match=r"change its kind \(one_hot\): keep them"):
        generate_assignment(released, samples.SLUG)
    assert (released.released(samples.SLUG) / f"{samples.SLUG}.ipynb").read_bytes() == before


def test_a_release_that_nbgrader_refuses_leaves_the_one_before(released: Cohort, samples: ModuleType) -> None:
    """What nbgrader deletes when it fails is put back: without the folder nobody could be graded any more."""
    from autograder.gradebook import generate_assignment

    before = (released.released(samples.SLUG) / f"{samples.SLUG}.ipynb").read_bytes()
    source = samples.write_source(released)
    notebook = json.loads(source.read_text("utf-8"))
    notebook["cells"].append(notebook["cells"][1] | {"id": "twin"})  # with a name that stands there already
    source.write_text(json.dumps(notebook), "utf-8")
    with pytest.raises(UserError, match="nbgrader did not take"):
        generate_assignment(released, samples.SLUG)
    assert (released.released(samples.SLUG) / f"{samples.SLUG}.ipynb").read_bytes() == before
    assert [path.name for path in released.nbgrader_course.glob(".*")] == []


def test_an_unreleased_exercise_says_what_to_do(cohort: Cohort, samples: ModuleType) -> None:
    """Without a source notebook there is nothing to release."""
    from autograder.gradebook import generate_assignment

    with pytest.raises(UserError, match="release the exercise first"):
        generate_assignment(cohort, samples.SLUG)


def test_the_roster_is_entered_and_nobody_is_removed(released: Cohort) -> None:
    """A student who left the roster keeps their grades and is named."""
    from autograder.gradebook import sync_roster
    from autograder.roster import Student

    assert sync_roster(released, [Student("ada", "Augusta", "King", "")]) == ["carl", "zoe ñ"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name\nada\n", "must name the columns"),
        ("id,first_name\n../ada,Ada\n", "cannot be an id"),
        ("id,first_name\nada,Ada\nADA,Ada\n", "stands there twice"),
        ("id,first_name\nada,Ada,Lovelace\n", "more cells than columns"),
    ],
)
def test_a_wrong_roster_is_answered_with_its_line(cohort: Cohort, text: str, complaint: str) -> None:
    """Each mistake in students.csv has a sentence of its own."""
    from autograder.roster import read_roster

    (cohort.folder / "students.csv").write_text(text, "utf-8")
    with pytest.raises(UserError, match=complaint):
        read_roster(cohort)


def test_names_of_the_roster_are_readable(cohort: Cohort) -> None:
    """A name that a student chose elsewhere covers no line, hides nothing and fits into the gradebook."""
    from autograder.roster import read_roster

    text = "id,first_name,last_name,email\nada,Zoë\u200b,\u202e{},{}\n".format("Z" + "\u0301" * 90, "x" * 300)
    (cohort.folder / "students.csv").write_text(text, "utf-8")
    student = read_roster(cohort)[0]
    assert student.first_name == "Zoë⟨U+200B⟩"
    assert student.last_name == "⟨U+202E⟩Z" + "\u0301" * 4
    assert student.email == "x" * 128


@pytest.mark.parametrize("module", ["scores", "reading", "publish"])
def test_grading_does_not_import_nbgrader(module: str) -> None:
    """What grading and giving feedback use must not pay nbgrader's 2 seconds."""
    script = f"import sys, autograder.gradebook.{module}; sys.exit('nbgrader' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
