"""Scores, comments, late penalties and notebooks of a batch, in one transaction."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import nbformat
import pytest
from sqlalchemy import create_engine, text

from autograder.errors import GraderFault, UserError
from autograder.grade.job import Job
from autograder.grade.lost import lost
from autograder.gradebook import entries, generate_assignment, record, settle_penalties, waiting
from autograder.manifest import Cohort, Exercise

DUE = dt.datetime(2026, 11, 20, 23, 59)  # noqa: DTZ001, local time of the cohort


def rows(cohort: Cohort) -> dict[str, list[tuple[Any, ...]]]:
    """Return all that the gradebook holds, for comparing."""
    tables = ("student", "submitted_assignment", "submitted_notebook", "grade", "comment")
    engine = create_engine(cohort.database)
    with engine.connect() as connection:
        found = {
            table: sorted(map(tuple, connection.execute(text(f"SELECT * FROM {table}"))), key=str)  # noqa: S608
            for table in tables
        }
    engine.dispose()
    return found


def by_hand(cohort: Cohort, student: str, part: str, score: float, comment: str = "") -> None:
    """Enter a manual score and comment as the formgrader does."""
    from nbgrader.api import Gradebook

    with Gradebook(cohort.database, cohort.name) as book:
        grade = book.find_grade(part, "01_tensors", "01_tensors", student)
        grade.manual_score, grade.needs_manual_grade = score, False
        book.find_comment(part, "01_tensors", "01_tensors", student).manual_comment = comment or None
        book.db.commit()


def test_scores_and_comments_come_back(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """What was recorded is read again, by us and by nbgrader."""
    from nbgrader.api import Gradebook

    record(released, exercise, [samples.make_report("ada"), samples.make_report("zoe ñ")])
    book = entries(released, exercise.slug)
    assert list(book) == ["ada", "zoe ñ"]
    assert book["ada"].name == "Ada Lovelace"
    assert (book["ada"].score, book["ada"].max_score, book["ada"].penalty) == (5.0, 12.0, 0.0)
    with Gradebook(released.database, released.name) as gradebook:
        submission = gradebook.find_submission(exercise.slug, "ada")
        assert (submission.score, submission.max_score) == (5.0, 12.0)
        grade = gradebook.find_grade("to_chw", exercise.slug, exercise.slug, "ada")
        assert (grade.auto_score, grade.needs_manual_grade) == (1.0, False)
        comment = gradebook.find_comment("to_chw", exercise.slug, exercise.slug, "ada").comment
    assert comment.startswith("✗ The pixels stay where they were. to_chw returned a float32 tensor")
    assert "STAFF-ONLY" not in comment
    assert "test_axes" not in comment


def test_who_was_lost_is_not_told_as_unanswered(
    released: Cohort, exercise: Exercise, samples: ModuleType, tmp_path: Path
) -> None:
    """Where the grader failed before it had read the notebook, a written part waits for a person."""
    record(released, exercise, [lost(exercise, Job("ada", str(tmp_path / "none.ipynb")), "it ended")])
    parts = entries(released, exercise.slug)["ada"].parts
    written = next(parts[name] for name, part in exercise.parts.items() if part.written)
    assert (written.auto_score, written.needs_manual_grade) == (None, True)


def test_a_written_part_waits_for_a_person(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """It has no automatic score, and its student is on the list of who waits."""
    record(released, exercise, [samples.make_report("ada")])
    part = entries(released, exercise.slug)["ada"].parts["why_shift"]
    assert (part.auto_score, part.manual_score, part.needs_manual_grade) == (None, None, True)
    assert waiting(released, exercise.slug) == ["ada"]


def test_a_fault_of_the_grader_waits_for_a_person(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """A part with an internal error is shown to staff in the formgrader's list."""
    record(released, exercise, [samples.make_report("ada")])
    assert entries(released, exercise.slug)["ada"].parts["one_hot"].needs_manual_grade


@pytest.mark.parametrize("answer", ["", "  \n", "*Write here.*", None])
def test_an_unanswered_question_needs_nobody(
    answer: str | None, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """An empty, missing or untouched answer has no points at once."""
    cells = [] if answer is None else samples.make_cells(answer)
    record(released, exercise, [samples.make_report("ada", cells=cells)])
    part = entries(released, exercise.slug)["ada"].parts["why_shift"]
    assert (part.auto_score, part.needs_manual_grade) == (0.0, False)


def test_a_comment_on_a_cell_without_points_is_read(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """The formgrader takes comments on free cells too: they come back by the cell's name, and stay."""
    from nbgrader.api import Gradebook

    source = samples.write_source(released, extra_part="last_words")
    notebook = json.loads(source.read_text("utf-8"))
    notebook["cells"][-1]["metadata"]["nbgrader"] |= {"grade": False, "points": 0}
    source.write_text(json.dumps(notebook), "utf-8")
    generate_assignment(released, samples.SLUG)
    record(released, exercise, [samples.make_report("ada")])
    with Gradebook(released.database, released.name) as book:
        book.find_comment("last_words", samples.SLUG, samples.SLUG, "ada").manual_comment = "Ask me."
        book.db.commit()
    record(released, exercise, [samples.make_report("ada")])
    assert entries(released, exercise.slug)["ada"].comments == {"last_words": "Ask me."}


def test_recording_again_changes_nothing(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """The same reports give the same rows and the same bytes, also after a person has graded."""
    reports = [samples.make_report("ada"), samples.make_report("carl")]
    record(released, exercise, reports)
    by_hand(released, "ada", "why_shift", 2.0, "Good.")
    by_hand(released, "ada", "to_chw", 3.0)
    path = released.folder / "course/autograded/ada/01_tensors/01_tensors.ipynb"
    before, bytes_before = rows(released), path.read_bytes()
    record(released, exercise, reports)
    record(released, exercise, reports[::-1])
    assert rows(released) == before
    assert path.read_bytes() == bytes_before


def test_a_score_above_what_a_part_is_worth_now_asks_for_a_second_look(
    released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """After a part's points were lowered, a person's score above them stays and waits for a person, who is told."""
    from nbgrader.api import Gradebook

    reports = [samples.make_report("ada")]
    record(released, exercise, reports)
    by_hand(released, "ada", "to_chw", 3.0)
    assert not entries(released, samples.SLUG)["ada"].parts["to_chw"].needs_manual_grade
    source = samples.write_source(released)
    source.write_text(source.read_text("utf-8").replace('"points": 3', '"points": 2'), "utf-8")
    generate_assignment(released, samples.SLUG)
    part = entries(released, samples.SLUG)["ada"].parts["to_chw"]
    assert (part.score, part.needs_manual_grade) == (3.0, True)
    told = [note for note in record(released, exercise, reports).notes if "by hand" in note]
    assert told == ["ada: to_chw: 3 by hand, and it is worth 2 now: grade it anew (`make formgrader`)"]
    with Gradebook(released.database, released.name) as book:
        assert book.find_grade("to_chw", samples.SLUG, samples.SLUG, "ada").needs_manual_grade
    by_hand(released, "ada", "to_chw", 2.0)
    assert [note for note in record(released, exercise, reports).notes if "by hand" in note] == []


def test_what_a_person_entered_survives_a_regrade(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Manual score and comment stay; a changed automatic score is shown to the person again."""
    record(released, exercise, [samples.make_report("ada")])
    by_hand(released, "ada", "to_chw", 2.5, "Nearly.")
    better = [msgspec.structs.replace(part, points=part.max_points) for part in samples.make_parts()]
    record(released, exercise, [samples.make_report("ada", parts=better)])
    part = entries(released, exercise.slug)["ada"].parts["to_chw"]
    assert (part.auto_score, part.manual_score, part.score, part.comment) == (3.0, 2.5, 2.5, "Nearly.")
    assert part.needs_manual_grade


def test_a_changed_answer_asks_for_a_second_look(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """The score of a written answer stays when the answer changed, but a person is asked."""
    record(released, exercise, [samples.make_report("ada")])
    by_hand(released, "ada", "why_shift", 2.0)
    record(released, exercise, [samples.make_report("ada", cells=samples.make_cells("Now <b>better</b>."))])
    part = entries(released, exercise.slug)["ada"].parts["why_shift"]
    assert (part.score, part.needs_manual_grade) == (2.0, True)


@pytest.mark.parametrize("lost", ["autograded notebooks", "what came after a backup"])
def test_a_changed_answer_is_known_without_the_autograded_notebook(
    lost: str, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Nobody's score stands for an answer that nobody read, whichever files were cleared away or brought back."""
    record(released, exercise, [samples.make_report("ada")])
    by_hand(released, "ada", "why_shift", 2.0)
    kept, newer = released.folder / "gradebook.db", [samples.make_report("ada", cells=samples.make_cells("No idea."))]
    before = kept.read_bytes()
    if lost == "autograded notebooks":
        shutil.rmtree(released.folder / "course/autograded")
    else:
        record(released, exercise, newer)
        kept.write_bytes(before)
    record(released, exercise, newer)
    part = entries(released, exercise.slug)["ada"].parts["why_shift"]
    assert (part.score, part.needs_manual_grade) == (2.0, True)


def test_a_failure_in_the_middle_leaves_nothing(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """When the third report of a batch cannot be recorded, the first two are not either, in rows or in files."""
    record(released, exercise, [samples.make_report("carl")])
    before = rows(released)
    files = sorted((released.folder / "course/autograded").rglob("*"))
    reports = [
        samples.make_report("ada"),
        samples.make_report("carl", parts=[]),
        samples.make_report("zoe ñ", exercise="02_other"),
    ]
    with pytest.raises(GraderFault, match="no place among"):
        record(released, exercise, reports)
    assert rows(released) == before
    assert [path for path in sorted((released.folder / "course/autograded").rglob("*")) if path.is_file()] == [
        path for path in files if path.is_file()
    ]


def test_a_locked_gradebook_is_a_fault_and_changes_nothing(
    released: Cohort, exercise: Exercise, samples: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program that holds the database makes the batch fail as a whole, in one sentence."""
    monkeypatch.setattr("autograder.gradebook.database.SECONDS_TO_WAIT_FOR_A_LOCK", 0.05)
    engine = create_engine(released.database, isolation_level="AUTOCOMMIT")
    with engine.connect() as other:
        other.exec_driver_sql("BEGIN EXCLUSIVE")
        with pytest.raises((GraderFault, UserError), match="locked"):
            record(released, exercise, [samples.make_report("ada")])
        other.exec_driver_sql("ROLLBACK")
    engine.dispose()
    assert rows(released)["grade"] == []


@pytest.mark.parametrize(
    ("late", "penalty"),
    [
        (dt.timedelta(minutes=-5), 0.0),
        (dt.timedelta(minutes=15), 0.0),
        (dt.timedelta(minutes=16), 0.5),
        (dt.timedelta(hours=24), 0.5),
        (dt.timedelta(hours=24, minutes=1), 1.0),
        (dt.timedelta(days=3), 1.5),
        (dt.timedelta(days=3, seconds=1), 5.0),
    ],
)
def test_late_penalties(
    late: dt.timedelta, penalty: float, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Grace, started days and the last day count as cohort.toml says; 5 of 12 points were reached."""
    samples.hand_in(released, "ada", DUE + late)
    record(released, exercise, [samples.make_report("ada")])
    entry = entries(released, exercise.slug)["ada"]
    assert entry.penalty == pytest.approx(penalty)
    assert entry.total == pytest.approx(5.0 - penalty)


def test_a_manual_grade_changes_the_penalty(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """A late student pays the share of all points, those that a person gave included."""
    samples.hand_in(released, "ada", DUE + dt.timedelta(hours=2))
    record(released, exercise, [samples.make_report("ada")])
    by_hand(released, "ada", "why_shift", 3.0)
    settle_penalties(released)
    assert entries(released, exercise.slug)["ada"].penalty == pytest.approx(0.8)


def test_an_extension_is_honoured(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Nbgrader's own extension moves one student's deadline."""
    from nbgrader.api import Gradebook

    samples.hand_in(released, "ada", DUE + dt.timedelta(hours=20))
    record(released, exercise, [samples.make_report("ada")])
    with Gradebook(released.database, released.name) as book:
        book.grant_extension(exercise.slug, "ada", days=1)
    settle_penalties(released)
    assert entries(released, exercise.slug)["ada"].penalty == 0.0


@pytest.mark.parametrize(
    "stamp",
    [*("yesterday", "", "\x00" * 50, "9" * 5000), "2026-11-21 10:00:00 /etc/passwd", "0001-01-01 00:00:00 +2359"],
)
def test_a_broken_timestamp_costs_nothing_and_is_told(
    stamp: str, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Whatever a timestamp.txt holds, everybody is recorded, and staff are told."""
    samples.hand_in(released, "ada", stamp)
    outcome = record(released, exercise, [samples.make_report("ada"), samples.make_report("carl")])
    assert set(entries(released, exercise.slug)) == {"ada", "carl"}
    assert ["on time" in note for note in outcome.notes] == [True]


@pytest.mark.timeout(60)
@pytest.mark.parametrize("kind", ["pipe", "link", "folder"])
def test_a_timestamp_that_is_no_file_holds_nobody_up(
    kind: str, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """It is opened as a notebook is: a FIFO would wait for a writer for ever."""
    stamp = samples.hand_in(released, "ada") / "timestamp.txt"
    {"pipe": os.mkfifo, "link": lambda path: path.symlink_to("/dev/zero"), "folder": Path.mkdir}[kind](stamp)
    outcome = record(released, exercise, [samples.make_report("ada")])
    assert ["on time" in note for note in outcome.notes] == [True]


def hand_in_then(samples: ModuleType, cohort: Cohort, student: str, moment: dt.datetime, written: dt.datetime) -> None:
    """Hand in with a timestamp, and a notebook that the file system says was written at another time."""
    notebook = samples.hand_in(cohort, student, moment) / f"{samples.SLUG}.ipynb"
    os.utime(notebook, (written.timestamp(), written.timestamp()))


def test_a_time_that_the_notebook_belies_is_told(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """A date that came with an upload takes the penalty away: staff are told, nothing else changes."""
    day = dt.timedelta(days=1)
    hand_in_then(samples, released, "ada", DUE - day, DUE + 3 * day)
    hand_in_then(samples, released, "carl", DUE - day, DUE - day)
    hand_in_then(samples, released, "zoe ñ", DUE + day / 2, DUE + day)
    reports = [samples.make_report(student) for student in ("ada", "carl", "zoe ñ")]
    (note,) = record(released, exercise, reports).notes
    assert note.startswith("timestamp.txt of ada is more than a day older than the notebook, which was written after")
    assert entries(released, exercise.slug)["ada"].penalty == 0.0


def test_notebooks_copied_without_their_times_are_not_told(
    released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Whoever collects a week later gives every file a new time: that says nothing about a student."""
    day = dt.timedelta(days=1)
    for student in ("ada", "carl"):
        hand_in_then(samples, released, student, DUE - day, DUE + 7 * day)
    assert record(released, exercise, [samples.make_report("ada"), samples.make_report("carl")]).notes == []


def test_a_stranger_is_entered_and_told(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Work of somebody who is not in the roster is not lost."""
    outcome = record(released, exercise, [samples.make_report("mallory")])
    (note,) = outcome.notes
    assert note.startswith(
        "mallory is not in the roster: graded and entered under this id; `make export COHORT=demo` reads"
    )
    assert entries(released, exercise.slug)["mallory"].name == "mallory"


@pytest.mark.parametrize("name", ["../evil", "", "..", "a/b", "a\x00b", "\udce4", "x" * 200])
def test_an_impossible_name_costs_nobody_else(
    name: str, released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """A name that no folder or row can hold is told to staff; the others are recorded."""
    outcome = record(released, exercise, [samples.make_report(name), samples.make_report("ada")])
    assert outcome.students == ["ada"]
    assert "cannot be entered" in outcome.notes[0]


@pytest.mark.parametrize("name", ["O'Brien", "a b", "名前", "\u200fمريم", "[x]*?", "<b>&"])
def test_an_odd_name_is_entered(name: str, released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Quotes, other scripts, direction marks and glob signs are names."""
    samples.hand_in(released, name, DUE)
    record(released, exercise, [samples.make_report(name)])
    assert list(entries(released, exercise.slug)) == [name]
    assert (released.folder / "course/autograded" / name / "01_tensors/01_tensors.ipynb").is_file()


def test_an_exercise_that_was_not_released_says_what_to_do(
    cohort: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Grading before the release is a user's mistake."""
    from autograder.gradebook import prepare_course

    prepare_course(cohort)
    with pytest.raises(UserError, match="make release COHORT=demo EXERCISE=01_tensors"):
        record(cohort, exercise, [samples.make_report("ada")])


def test_the_autograded_notebook_is_valid_and_harmless(
    released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Nbformat accepts it, it has our parts, and no tag, picture or script link of a student's is left."""
    answer = "<img src=x onerror=alert(1)> [x](javascript:alert(1)) ![p](https://evil.example/p) <svg/onload=alert(2)>"
    samples.hand_in(released, "ada", DUE)
    record(released, exercise, [samples.make_report("ada", cells=samples.make_cells(answer))])
    folder = released.folder / "course/autograded/ada/01_tensors"
    notebook = nbformat.read(folder / "01_tensors.ipynb", as_version=4)
    nbformat.validate(notebook)
    named = [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
    marks = {mark.grade_id: mark for mark in named}
    assert {name for name, mark in marks.items() if mark.grade} == {"mean_green", "to_chw", "one_hot", "why_shift"}
    assert marks["to_chw"].points == 3
    written = next(cell.source for cell in notebook.cells if cell.id == "why_shift")
    assert "<img" not in written
    assert "<svg" not in written
    assert "](javascript" not in written
    assert "![" not in written
    assert (folder / "timestamp.txt").read_text("utf-8") == "2026-11-20 22:59:00.000000 UTC\n"


def test_hostile_cell_ids_and_outputs_give_a_notebook(
    released: Cohort, exercise: Exercise, samples: ModuleType
) -> None:
    """Ids that nbformat refuses, twins, NUL and lone surrogates do not stop the class."""
    from autograder.grade.report import CellResult, Output

    names = ["a b", "<b>", "x" * 80, "twin", "twin", "cell-2", "twin-4"]
    output = [Output("text", "\ud800 </script>"), Output("error", ""), Output("png", png=samples.png())]
    cells = [CellResult(name, "extra", "code", "\x00 \ud800", output) for name in names]
    record(released, exercise, [samples.make_report("ada", cells=cells)])
    path = released.folder / "course/autograded/ada/01_tensors/01_tensors.ipynb"
    ids = [cell["id"] for cell in json.loads(path.read_text("utf-8"))["cells"]]
    assert len(set(ids)) == len(names)


def test_comments_hold_no_html(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """A reason that quotes a student's text becomes no tag where a comment is shown."""
    parts = samples.make_parts()
    finding = msgspec.structs.replace(parts[1].findings[1], reason="<img src=x onerror=alert(1)>")
    parts[1] = msgspec.structs.replace(parts[1], findings=[finding])
    record(released, exercise, [samples.make_report("ada", parts=parts)])
    comments = "".join(str(row) for row in rows(released)["comment"])
    assert "<img" not in comments


def test_a_temporary_file_never_stays(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """After a batch only finished files lie in the course."""
    record(released, exercise, [samples.make_report("ada")])
    assert list(Path(released.folder).rglob(".*.writing")) == []


def test_writers_wait_for_each_other(released: Cohort, exercise: Exercise, samples: ModuleType) -> None:
    """Batches that are recorded at the same time are all in the gradebook afterwards."""
    batches = [[samples.make_report(f"s{batch}{number}") for number in range(5)] for batch in range(4)]
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda batch: record(released, exercise, batch), batches))
    assert [len(outcome.students) for outcome in outcomes] == [5, 5, 5, 5]
    assert len(entries(released, exercise.slug)) == 20
