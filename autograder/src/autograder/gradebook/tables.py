"""The tables of nbgrader's gradebook, as far as grading reads and writes them.

Described here and not taken from `nbgrader.api`, whose import costs as much as grading thirty submissions; a test
holds these descriptions to nbgrader's own.
"""

from __future__ import annotations

from sqlalchemy import Boolean, DateTime, Float, Interval, String, TableClause, Text, column, table

__all__ = [
    "ALL",
    "assignment",
    "base_cell",
    "comment",
    "grade",
    "grade_cells",
    "notebook",
    "source_cell",
    "student",
    "submitted_assignment",
    "submitted_notebook",
    "task_cells",
]

assignment = table("assignment", column("id", String), column("name", String), column("duedate", DateTime))
notebook = table("notebook", column("id", String), column("name", String), column("assignment_id", String))
base_cell = table(
    "base_cell", column("id", String), column("name", String), column("notebook_id", String), column("type", String)
)
grade_cells = table("grade_cells", column("id", String), column("max_score", Float))
task_cells = table("task_cells", column("id", String), column("max_score", Float))
source_cell = table("source_cell", column("name", String), column("source", Text), column("notebook_id", String))
student = table(
    "student", column("id", String), column("first_name", String), column("last_name", String), column("email", String)
)
submitted_assignment = table(
    "submitted_assignment",
    column("id", String),
    column("assignment_id", String),
    column("student_id", String),
    column("timestamp", DateTime),
    column("extension", Interval),
)
submitted_notebook = table(
    "submitted_notebook",
    column("id", String),
    column("assignment_id", String),
    column("notebook_id", String),
    column("flagged", Boolean),
    column("late_submission_penalty", Float),
)
grade = table(
    "grade",
    column("id", String),
    column("notebook_id", String),
    column("cell_id", String),
    column("auto_score", Float),
    column("manual_score", Float),
    column("extra_credit", Float),
    column("needs_manual_grade", Boolean),
)
comment = table(
    "comment",
    column("id", String),
    column("notebook_id", String),
    column("cell_id", String),
    column("auto_comment", Text),
    column("manual_comment", Text),
)

ALL: tuple[TableClause, ...] = (
    *(assignment, notebook, base_cell, grade_cells, task_cells, source_cell),
    *(student, submitted_assignment, submitted_notebook, grade, comment),
)
