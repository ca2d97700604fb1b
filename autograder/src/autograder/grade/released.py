"""Whether an exercise still has the parts that a cohort was given: points of others find no place in the gradebook."""

from __future__ import annotations

import json
from collections.abc import Collection

from autograder.errors import UserError
from autograder.manifest import Cohort, Exercise

__all__ = ["refuse_other_parts", "refuse_unless_known"]


def refuse_other_parts(cohort: Cohort, exercise: Exercise) -> None:
    """Raise UserError, before anything is graded, where the released notebook lacks a part of `exercise`.

    A release that cannot be read is left to the gradebook, which knows the parts too.
    """
    path = cohort.released(exercise.slug) / f"{exercise.slug}.ipynb"
    try:
        cells = json.loads(path.read_text("utf-8"))["cells"]
        known = {cell["metadata"].get("nbgrader", {}).get("grade_id", "") for cell in cells}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    refuse_unless_known(cohort, exercise, known)


def refuse_unless_known(cohort: Cohort, exercise: Exercise, known: Collection[str]) -> None:
    """Raise UserError where `known`, the cells that `cohort` was given, lacks a part of `exercise`."""
    unknown = sorted(set(exercise.parts) - set(known))
    if unknown:
        raise UserError(
            f"{exercise.slug} has parts that the release of cohort {cohort.name} does not hold ({', '.join(unknown)}): "
            f"release it again, or name them as they were released, which is the only way once there are grades"
        )
