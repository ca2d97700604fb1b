"""The nbgrader gradebook of a cohort: the only package that imports nbgrader, and it does so late (2.9 s).

Importing `autograder.gradebook` or one of its light modules (`scores`, `notebook`) costs nothing; a name
below is looked up in its module when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.gradebook.course import (
        dates_beside,
        generate_assignment,
        prepare_course,
        sync_dates,
        sync_roster,
    )
    from autograder.gradebook.database import ensure_gradebook
    from autograder.gradebook.export import export_csv
    from autograder.gradebook.outstanding import unsettled
    from autograder.gradebook.publish import write_feedback, write_summary
    from autograder.gradebook.reading import entries, waiting
    from autograder.gradebook.scores import record, settle_penalties
    from autograder.gradebook.server import formgrader_server

__all__ = [
    "dates_beside",
    "ensure_gradebook",
    "entries",
    "export_csv",
    "formgrader_server",
    "generate_assignment",
    "load",
    "prepare_course",
    "record",
    "settle_penalties",
    "sync_dates",
    "sync_roster",
    "unsettled",
    "waiting",
    "write_feedback",
    "write_summary",
]

_MODULES = {
    "course": ("dates_beside", "generate_assignment", "prepare_course", "sync_dates", "sync_roster"),
    "database": ("ensure_gradebook",),
    "export": ("export_csv",),
    "publish": ("write_feedback", "write_summary"),
    "reading": ("entries", "waiting"),
    "scores": ("record", "settle_penalties"),
    "server": ("formgrader_server",),
    "outstanding": ("unsettled",),
}


def load(*names: str) -> None:
    """Import now what `names` need, which their first use would otherwise wait for."""
    for name in names:
        __getattr__(name)


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(import_module(f"autograder.gradebook.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
