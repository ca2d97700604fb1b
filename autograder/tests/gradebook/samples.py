"""Hand-made exercises, cohorts and reports for tests of the gradebook and of the pages."""

from __future__ import annotations

import datetime as dt
import struct
import zlib
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.grade.report import CellResult, Finding, Flag, Output, PartReport, Report, Verdict
from autograder.manifest import Cohort, Exercise, load_cohort, load_exercise

SLUG = "01_tensors"

EXERCISE_TOML = """
title = "Tensors"
minutes = 90
[parts.mean_green]
title = "Mean green per frame"
points = 4
minutes = 10
[parts.to_chw]
title = "From HWC to CHW"
points = 3
minutes = 8
[parts.one_hot]
title = "One-hot without F.one_hot"
points = 2
minutes = 10
tier = "stretch"
[parts.why_shift]
title = "Why the maximum is taken away"
points = 3
minutes = 5
written = true
"""

COHORT_TOML = """
title = "Autumn course"
lecturer = "A. Lecturer"
affiliation = "University"
timezone = "Europe/Berlin"
[late]
grace_minutes = 15
percent_per_day = 10
max_days = 3
[assignments.01_tensors]
due = 2026-11-20T23:59:00
"""

STUDENTS_CSV = """id,first_name,last_name,email
ada,Ada,Lovelace,ada@example.org
zoe ñ,Zoë,"Núñez, the younger",zoe@example.org
carl,Carl,Gauß,carl@example.org
"""

RELEASED_ANSWER = "*Write here.*"


def make_repository(root: Path) -> Cohort:
    """Lay out a repository with one exercise and one cohort below `root`; return the cohort."""
    solutions = root / "solutions" / SLUG
    solutions.mkdir(parents=True)
    (solutions / "exercise.toml").write_text(EXERCISE_TOML, "utf-8")
    folder = root / "autograder" / "cohorts" / "demo"
    folder.mkdir(parents=True)
    (folder / "cohort.toml").write_text(COHORT_TOML, "utf-8")
    (folder / "students.csv").write_text(STUDENTS_CSV, "utf-8")
    return load_cohort(folder)


def exercise_of(cohort: Cohort) -> Exercise:
    """Return the exercise of the repository that holds `cohort`."""
    return load_exercise(cohort.folder.parents[2] / "solutions" / SLUG)


def write_source(cohort: Cohort, *, extra_part: str = "") -> Path:
    """Write the released notebook into `course/source`, as the release does."""
    points = {"mean_green": 4, "to_chw": 3, "one_hot": 2, "why_shift": 3} | ({extra_part: 1} if extra_part else {})
    cells = [new_markdown_cell("# Tensors\n\nThe mean is $\\frac{1}{n}\\sum x_i$.", id="prose-001")]
    for part, value in points.items():
        marks = {"grade": True, "solution": True, "locked": False, "task": False, "schema_version": 3}
        marks |= {"grade_id": part, "points": value}
        if part == "why_shift":
            cell = new_markdown_cell(RELEASED_ANSWER, id=part)
        else:
            cell = new_code_cell(f"def {part}(x):\n    raise NotImplementedError({part!r})", id=part)
        cell.metadata["nbgrader"] = marks
        cells.append(cell)
    notebook = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    path = cohort.folder / "course" / "source" / SLUG / f"{SLUG}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook) + "\n", "utf-8")
    return path


def hand_in(cohort: Cohort, student: str, moment: dt.datetime | str | None = None, notebook: str = "{}") -> Path:
    """Write a submission of `student`, with a timestamp when `moment` is given; return its folder."""
    folder = cohort.folder / "course" / "submitted" / student / SLUG
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{SLUG}.ipynb").write_text(notebook, "utf-8")
    if moment is not None:
        text = moment if isinstance(moment, str) else f"{moment:%Y-%m-%d %H:%M:%S} Europe/Berlin"
        (folder / "timestamp.txt").write_text(text, "utf-8")
    return folder


def png(width: int = 240, height: int = 60) -> bytes:
    """Return a small picture: a gradient in green."""
    rows = b"".join(
        b"\0" + b"".join(bytes((20, 60 + 180 * x // width, 90)) for x in range(width)) for _ in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    )


MEAN_GREEN = '''def mean_green(video):
    """Mean green of each frame: video (T, H, W, 3) -> (T,)."""
    return video[..., 1].float().mean(dim=(1, 2))'''

TO_CHW = '''def to_chw(image):
    """Image (H, W, C) uint8 -> (C, H, W) float in [0, 1]."""
    h, w, c = image.shape
    return image.reshape(c, h, w) / 255'''

LAST_CELL = "minutes_spent = 105\nmuddiest_point = 'When does reshape copy?'"


def make_report(student: str, **changes: object) -> Report:
    """Return the report of a good submission with one wrong part; `changes` replace fields."""
    fields: dict[str, object] = {
        "exercise": SLUG,
        "student": student,
        "unit": "c0ffee",
        "purpose": "final",
        "parts": make_parts(),
        "cells": make_cells(),
        "flags": [
            Flag("student", "The cell 'mean_green_seen' was changed; the original was run instead."),
            Flag("staff", "STAFF-ONLY: similarity 0.97 with the reference."),
        ],
        "cpu_seconds": 2.4,
        "overhead_seconds": 0.07,
    }
    return Report(**(fields | changes))


def make_parts() -> list[PartReport]:
    """Return the four parts: full, partial, internal error, written."""
    return [
        PartReport(
            part="mean_green",
            title="Mean green per frame",
            tier="core",
            points=4,
            max_points=4,
            findings=[
                Finding(
                    "test_mean_green_of_odd_sizes[5]",
                    "mean_green",
                    "Frames of any size give one number a frame.",
                    2,
                    Verdict.PASSED,
                ),
                Finding("test_mean_green_keeps_input", "mean_green", "The video is left as it was.", 1, Verdict.PASSED),
            ],
        ),
        PartReport(
            part="to_chw",
            title="From HWC to CHW",
            tier="core",
            points=1,
            max_points=3,
            findings=[
                Finding("test_shape", "to_chw", "The shape is (C, H, W).", 1, Verdict.PASSED),
                Finding(
                    check="test_axes_move_SECRETNAME",
                    part="to_chw",
                    title="The pixels stay where they were.",
                    weight=2,
                    verdict=Verdict.WRONG,
                    reason="to_chw returned a float32 tensor of shape (3, 5, 7) as it should, "
                    "but its values differ at 68 of 105 places.",
                    hint="reshape keeps the order in memory; permute moves the axes.",
                    see="slide:permute-moves-axes",
                    staff="STAFF-ONLY: assert tensor([0.1234]) == tensor([0.9876])",
                ),
            ],
        ),
        PartReport(
            part="one_hot",
            title="One-hot without F.one_hot",
            tier="stretch",
            points=0,
            max_points=2,
            findings=[
                Finding(
                    "test_rows",
                    "one_hot",
                    "Each row has a single one.",
                    1,
                    Verdict.MISSING,
                    reason="one_hot is not defined yet.",
                    see="cell:mean_green_seen",
                ),
                Finding(
                    "test_speed",
                    "one_hot",
                    "A thousand labels take no time.",
                    1,
                    Verdict.INTERNAL_ERROR,
                    staff="STAFF-ONLY: examiner lost its pipe",
                ),
            ],
        ),
        PartReport(
            part="why_shift", title="Why the maximum is taken away", tier="core", points=0, max_points=3, written=True
        ),
    ]


def make_cells(answer: str = "So that $e^x$ stays finite: the largest exponent is then 0.") -> list[CellResult]:
    """Return the cells of the rebuilt notebook after it ran."""
    return [
        CellResult("prose-001", "prose", "markdown", "# Tensors\n\nThe mean is $\\frac{1}{n}\\sum x_i$."),
        CellResult("imports", "setup", "code", "import torch"),
        CellResult("prose-002", "prose", "markdown", "## A face is a tensor"),
        CellResult("mean_green", "solution", "code", MEAN_GREEN),
        CellResult(
            "mean_green_seen",
            "example",
            "code",
            "plt.plot(mean_green(video))\nmean_green(video)[:3]",
            [Output("png", png=png()), Output("text", "tensor([101.2100, 101.9700, 103.0400])")],
        ),
        CellResult("to_chw", "solution", "code", TO_CHW),
        CellResult("extra-1", "extra", "code", "print('my own try')", [Output("text", "my own try\n")]),
        CellResult(
            "one_hot",
            "solution",
            "code",
            "def one_hot(labels, classes):\n    raise NotImplementedError('one_hot')",
        ),
        CellResult(
            "one_hot_seen",
            "example",
            "code",
            "one_hot(torch.tensor([0, 2]), 3)",
            [
                Output(
                    "error",
                    "Traceback (most recent call last):\n  Cell 'one_hot', line 2\n"
                    "\x1b[0;31mNotImplementedError\x1b[0m: one_hot",
                )
            ],
            Verdict.MISSING,
        ),
        CellResult("prose-003", "prose", "markdown", "## Written question"),
        CellResult("why_shift", "written", "markdown", answer),
        CellResult("last_words", "free", "code", LAST_CELL),
    ]
