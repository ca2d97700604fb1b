"""What `nbgrader_config.py` sets: where things lie, what may touch a cell, and our own steps in nbgrader's places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import CheckCellMetadata, SaveCells
from nbgrader.server_extensions.formgrader.handlers import template_path

from autograder.environment import venv_bin_first
from autograder.gradebook.converters import install_converters
from autograder.gradebook.escaping import EscapeNames, install_escaping
from autograder.gradebook.export import RosterCsv
from autograder.manifest import Cohort, load_cohort

__all__ = ["configure"]

TEMPLATES = Path(__file__).parent / "templates"
"""Holds `formgrade/mathjax.html.j2`, found before nbconvert's file of that name: formulas need no network."""


def configure(config: Any, course: Path) -> Cohort:
    """Fill `config` (traitlets) for the course folder `course` and put our converters in place; return the cohort."""
    venv_bin_first()
    cohort = load_cohort(course.parent)
    config.CourseDirectory.root = str(course)
    config.CourseDirectory.course_id = cohort.name
    config.CourseDirectory.db_url = cohort.database
    config.NbGraderAPI.timezone = cohort.timezone
    config.Exchange.timezone = cohort.timezone
    # Placeholders, locks and metadata are the release's own work: here the cells are only looked at and entered.
    config.GenerateAssignment.preprocessors = [CheckCellMetadata, SaveCells]
    config.ExportApp.plugin_class = RosterCsv
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES), template_path]
    config.FormgradeExtension.debug = False
    # Releasing and collecting are ours: nbgrader's exchange stays inside the cohort instead of /usr/local.
    exchange = cohort.folder / "exchange"
    exchange.mkdir(mode=0o700, exist_ok=True)
    config.Exchange.root = str(exchange)
    config.HTMLExporter.preprocessors = [EscapeNames]
    install_converters()
    install_escaping()
    return cohort
