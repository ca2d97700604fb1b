"""`verify`: every number of the gradebook follows from the ledger, or is named."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from autograder.errors import UserError
from autograder.grade.keep import report_path, submitted_at
from autograder.grade.ledger import Ledger
from autograder.grade.report import write_report
from autograder.grade.seeds import cohort_secret
from autograder.grade.verify import verify
from autograder.gradebook import ensure_gradebook, record, settle_penalties
from autograder.manifest import Cohort, Exercise, load_cohort

SLUG = "01_tensors"
LATE = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001, local time of the cohort


@dataclass
class Kept:
    """A class of two, one of them late, in ledger, reports and gradebook."""

    cohort: Cohort
    exercise: Exercise
    samples: ModuleType

    @property
    def ledger(self) -> Path:
        """The file."""
        return self.cohort.folder / "ledger.jsonl"

    def enter(self, student: str, unit: str = "c0ffee") -> None:
        """Keep a report as grading does, all the way into the gradebook."""
        report = self.samples.make_report(student, unit=unit)
        with Ledger(self.ledger, cohort_secret(self.cohort.folder)) as ledger:
            ledger.append(report, submitted=submitted_at(self.cohort, report.exercise, report.student))
        write_report(report, report_path(self.cohort, SLUG, student))
        record(self.cohort, self.exercise, [report])

    def sql(self, statement: str) -> None:
        """Change the gradebook behind everybody's back."""
        with sqlite3.connect(self.cohort.folder / "gradebook.db") as connection:
            assert connection.execute(statement).rowcount != 0
        connection.close()

    def found(self) -> list[str]:
        """Return what does not follow."""
        return verify(self.cohort).differences


@pytest.fixture
def kept(released: Cohort, exercise: Exercise, samples: ModuleType) -> Kept:
    kept = Kept(released, exercise, samples)
    samples.hand_in(released, "ada", LATE)
    samples.hand_in(released, "carl")
    ensure_gradebook(released)
    kept.sql("update assignment set duedate = '2026-11-20 22:59:00.000000'")
    kept.enter("ada")
    kept.enter("carl")
    return kept


def grade(part: str, student: str) -> str:
    return f"""(select grade.id from grade join submitted_notebook on grade.notebook_id = submitted_notebook.id
      join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
      join base_cell on grade.cell_id = base_cell.id
      where submitted_assignment.student_id = '{student}' and base_cell.name = '{part}')"""  # noqa: S608


def test_everything_follows(kept: Kept) -> None:
    """Nothing differs, late penalties included."""
    assert kept.found() == []
    assert verify(kept.cohort).lines == 2


def test_what_a_person_entered(kept: Kept) -> None:
    """Manual grades and extra credit are told apart; a penalty that they change is derived again by our commands."""
    kept.sql(f"update grade set manual_score = 2.5, needs_manual_grade = 0 where id = {grade('why_shift', 'ada')}")  # noqa: S608
    kept.sql(f"update grade set extra_credit = 1 where id = {grade('to_chw', 'carl')}")  # noqa: S608
    seen = verify(kept.cohort)
    assert seen.by_hand == ["01_tensors: ada, why_shift: 2.5", "01_tensors: carl, to_chw: extra credit 1"]
    penalty = "01_tensors: ada, late penalty: the gradebook says 0.5, it follows 0.75 "
    assert seen.differences == [f"{penalty}(after grading by hand `autograder feedback` derives it again)"]
    settle_penalties(kept.cohort)
    assert kept.found() == []


def test_a_date_in_the_gradebook_alone(kept: Kept) -> None:
    """A date that cohort.toml does not name is a person's: it is told with what they entered, and counts."""
    path = kept.cohort.folder / "cohort.toml"
    path.write_text(path.read_text("utf-8").partition("[assignments")[0], "utf-8")
    seen = verify(load_cohort(kept.cohort.folder))
    assert seen.differences == []
    (told,) = seen.by_hand
    assert told.startswith("01_tensors: the due date 2026-11-20 23:59 stands in the gradebook alone")


def test_a_score_by_hand_above_what_its_part_is_worth(kept: Kept) -> None:
    """A part's points were lowered after a person had given more: no sum holds it before it is looked at again."""
    kept.sql(f"update grade set manual_score = 3.5, needs_manual_grade = 0 where id = {grade('why_shift', 'carl')}")  # noqa: S608
    assert kept.found() == [
        "01_tensors: carl, why_shift: 3.5 by hand, and it is worth 3 now: grade it anew (`make formgrader`)"
    ]


PENALTY = "update submitted_notebook set late_submission_penalty = 0 where late_submission_penalty > 0"
TAMPERED: dict[str, tuple[str, str]] = {
    "a score": (
        f"update grade set auto_score = 3 where id = {grade('to_chw', 'carl')}",  # noqa: S608
        "01_tensors: carl, to_chw: the gradebook says 3.0, the ledger 1",
    ),
    "a score taken out": (
        f"update grade set auto_score = null where id = {grade('to_chw', 'carl')}",  # noqa: S608
        "01_tensors: carl, to_chw: the gradebook says None, the ledger 1",
    ),
    "the machine's score of a written part": (
        f"update grade set auto_score = 3 where id = {grade('why_shift', 'carl')}",  # noqa: S608
        "01_tensors: carl, why_shift: the gradebook says 3, the ledger has no points of the machine for it",
    ),
    "a maximum": (
        "update grade_cells set max_score = 40 where max_score = 4",
        "01_tensors: mean_green is worth 40.0 in the gradebook, and 4 when carl was graded",
    ),
    "a late penalty": (PENALTY, "01_tensors: ada, late penalty: the gradebook says 0, it follows 0.5 "),
    "a time": (
        "update submitted_assignment set timestamp = '2026-11-20 12:00:00.000000' where timestamp is not null",
        "01_tensors: ada, handed in: 2026-11-20T12:00:00 by the gradebook, 2026-11-21T11:00:00 by the ledger",
    ),
    "a deadline": (
        "update assignment set duedate = '2026-12-24 22:59:00.000000'",
        (
            "01_tensors: the deadline is 2026-12-24 22:59:00 in the gradebook, 2026-11-20 22:59:00 (UTC) in "
            "cohort.toml: `make release COHORT=demo EXERCISE=01_tensors` brings it in"
        ),
    ),
    "a student more": (
        "update submitted_assignment set student_id = 'zoe ñ' where student_id = 'carl'",
        "01_tensors: the gradebook has points of zoe ñ, the ledger no grading",
    ),
    "a student less": (
        "delete from submitted_assignment where student_id = 'carl'",
        "01_tensors: the ledger has a grading of carl, the gradebook has none",
    ),
    "the head": (
        "update t2p_ledger set head = replace(head, '\"lines\":2', '\"lines\":1')",
        "what the gradebook says of the ledger was tampered with",
    ),
    "the head taken out": (
        "delete from t2p_ledger",
        "the gradebook does not say which line of the ledger it was written after: grade once more",
    ),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_gradebook_that_was_tampered_with(name: str, kept: Kept) -> None:
    """The student, the part, and both numbers are named."""
    statement, sentence = TAMPERED[name]
    kept.sql(statement)
    assert any(one.startswith(sentence) for one in kept.found()), kept.found()


SECOND_NOTEBOOK = (
    "insert into notebook (id, name, assignment_id) select 'n2', 'extra', id from assignment",
    "insert into base_cell (id, name, notebook_id, type) values ('c2', 'x', 'n2', 'GradeCell')",
    "insert into grade_cells (id, max_score, cell_type) values ('c2', 0, 'code')",
    (
        "insert into submitted_notebook (id, assignment_id, notebook_id) "
        "select 'sn2', id, 'n2' from submitted_assignment where student_id = 'carl'"
    ),
    "insert into grade (id, cell_id, notebook_id, auto_score, needs_manual_grade) values ('g2', 'c2', 'sn2', 20, 0)",
)
ANOTHER_ASSIGNMENT = (
    "insert into assignment (id, name, course_id) select 'a3', 'bonus', course_id from assignment",
    "insert into notebook (id, name, assignment_id) values ('n3', 'bonus', 'a3')",
    "insert into base_cell (id, name, notebook_id, type) values ('c3', 'x', 'n3', 'GradeCell')",
    "insert into grade_cells (id, max_score, cell_type) values ('c3', 50, 'code')",
    "insert into submitted_assignment (id, assignment_id, student_id) values ('sa3', 'a3', 'carl')",
    "insert into submitted_notebook (id, assignment_id, notebook_id) values ('sn3', 'sa3', 'n3')",
)


def test_a_second_notebook(kept: Kept) -> None:
    """Its points would be exported with the exercise's own: notebook, submission and grade are named."""
    for statement in SECOND_NOTEBOOK:
        kept.sql(statement)
    assert kept.found() == [
        "01_tensors: a notebook extra of 0 points, which no release made",
        "01_tensors: carl has a submission of notebook extra which is not that of the exercise",
        "01_tensors: carl, x of notebook extra: the gradebook says 20, the exercise has no such part",
    ]


def test_a_penalty_in_a_second_notebook(kept: Kept) -> None:
    """A negative one would give points."""
    for statement in SECOND_NOTEBOOK[:4]:
        kept.sql(statement)
    kept.sql("update submitted_notebook set late_submission_penalty = -20 where id = 'sn2'")
    sentence = "01_tensors: carl has a submission of notebook extra, with a late penalty of -20, which is not that of"
    assert any(one.startswith(sentence) for one in kept.found()), kept.found()


def test_an_assignment_beside_the_course(kept: Kept) -> None:
    """What a person made and entered is told as theirs; points of the machine and penalties below 0 are not."""
    for statement in ANOTHER_ASSIGNMENT:
        kept.sql(statement)
    kept.sql(
        "insert into grade (id, cell_id, notebook_id, manual_score, needs_manual_grade) "
        "values ('g3', 'c3', 'sn3', 50, 0)"
    )
    seen = verify(kept.cohort)
    assert seen.by_hand == [
        "bonus: an assignment that is no exercise of the course",
        "bonus: carl, x of notebook bonus: 50",
    ]
    assert seen.differences == []
    kept.sql("update grade set auto_score = 40, manual_score = null where id = 'g3'")
    kept.sql("update submitted_notebook set late_submission_penalty = -2 where id = 'sn3'")
    assert kept.found() == [
        "bonus: carl, a late penalty of -2 in notebook bonus gives points",
        "bonus: carl, x of notebook bonus: the gradebook says 40 by the machine, the ledger has no grading",
    ]


def test_a_grade_of_no_submission(kept: Kept) -> None:
    """A row that hangs in the air is named."""
    kept.sql(
        "insert into grade (id, cell_id, notebook_id, auto_score, needs_manual_grade) values ('g4', 'c4', 'sn4', 5, 0)"
    )
    assert kept.found() == [
        "of no assignment: nobody, None of notebook None: the gradebook says 5, the exercise has no such part"
    ]


def test_an_exercise_taken_out(kept: Kept) -> None:
    """A ledger of more exercises than the gradebook has."""
    kept.sql("update assignment set name = '09_other'")
    assert "01_tensors: the ledger has gradings, the gradebook has no such exercise" in kept.found()


def cut(kept: Kept, lines: int) -> None:
    kept.ledger.write_bytes(b"".join(kept.ledger.read_bytes().splitlines(keepends=True)[:lines]))


def test_a_tail_that_was_cut_off(kept: Kept) -> None:
    """The first line that is missing is named; without the head, the lack of it is."""
    cut(kept, 1)
    with pytest.raises(UserError, match="line 2 is missing, 1 were cut off at the end"):
        kept.found()
    kept.ledger.with_suffix(".head").unlink()
    with pytest.raises(UserError, match="head is missing"):
        kept.found()


@pytest.mark.parametrize("lines", [0, 1])
def test_an_old_ledger_put_back_with_its_head(lines: int, kept: Kept) -> None:
    """Head and ledger of an earlier day fit each other, and neither gradebook nor reports."""
    folder, head = kept.cohort.folder, kept.ledger.with_suffix(".head")
    old = kept.ledger.read_bytes(), head.read_bytes()
    kept.enter("zoe ñ")
    kept.enter("ada", unit="another")
    if lines:
        kept.ledger.write_bytes(old[0])
        head.write_bytes(old[1])
        missing = "the gradebook was written after line 4, line 3 is missing: lines were cut off"
    else:
        kept.ledger.unlink()
        head.unlink()
        missing = "the gradebook was written after line 4, line 1 is missing: lines were cut off"
    found = kept.found()
    assert missing in found
    assert "01_tensors: there is a report of zoe ñ, the ledger has no grading" in found
    assert folder.is_dir()


def test_another_ledger_put_in_its_place(kept: Kept) -> None:
    """A ledger that was begun anew is not the one that the gradebook was written after."""
    kept.ledger.unlink()
    kept.ledger.with_suffix(".head").unlink()
    with Ledger(kept.ledger, cohort_secret(kept.cohort.folder)) as ledger:
        for student in ("carl", "ada"):
            report = kept.samples.make_report(student)
            ledger.append(report, submitted=submitted_at(kept.cohort, report.exercise, report.student))
    assert (
        "the gradebook was written after another line 2 than the ledger has: one of them was replaced" in kept.found()
    )


REPORTS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a finding": (lambda text: text.replace(b'"wrong"', b'"passed"'), "is not the one that the ledger tells of"),
    "half of it": (lambda text: text[:100], "is damaged"),
}


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_that_was_tampered_with(name: str, kept: Kept) -> None:
    """Pages and regrades are made of reports, so they are held to the ledger as well."""
    change, words = REPORTS[name]
    path = report_path(kept.cohort, SLUG, "carl")
    path.write_bytes(change(path.read_bytes()))
    (found,) = kept.found()
    assert words in found
    assert "carl" in found


def test_a_secret_that_is_gone(kept: Kept) -> None:
    """No new secret is made where an old one sealed the ledger, and another one is told from tampering."""
    path = kept.cohort.folder / "secret"
    path.unlink()
    with pytest.raises(UserError, match=r"secret is missing, though ledger.jsonl was sealed with it: restore it"):
        kept.found()
    assert not path.exists()
    path.write_text("ab" * 32)
    with pytest.raises(UserError, match="another secret: restore the cohort's secret from a backup"):
        kept.found()


def test_looking_makes_nothing(cohort: Cohort) -> None:
    """Before the first release there is neither gradebook nor secret, and there is none afterwards."""
    before = sorted(cohort.folder.rglob("*"))
    assert (verify(cohort).lines, verify(cohort).differences) == (0, [])
    assert sorted(cohort.folder.rglob("*")) == before
