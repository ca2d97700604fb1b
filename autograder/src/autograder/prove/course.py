"""What the course asks of every exercise; `solutions/course.toml` may say otherwise, and an exercise for itself."""

from __future__ import annotations

from typing import Any

import msgspec

from autograder.errors import UserError
from autograder.manifest import Exercise, Repository

__all__ = ["Rules", "load_rules"]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The course's rules for an exercise; each key of `course.toml` replaces one of them."""

    core_parts: tuple[int, int] = (6, 9)
    """Fewest and most core parts."""
    core_share: float = 0.8
    """Least share of the points that core parts carry."""
    claim_share: float = 0.2
    """Greatest share of the points that rests on the word of the process that ran the submission."""
    mutation_score: float = 0.95
    """Least share of mutants that checks kill, those left out that behave as the reference does."""
    correct_submissions: int = 1
    """Fewest correct submissions."""
    wrong_submissions: int = 1
    """Fewest wrong submissions."""
    calibration_runs: int = 20
    """Fewest runs of the reference behind a threshold."""
    false_fail: float = 0.01
    """Greatest share of honest runs that a threshold may be expected to turn away."""
    packages: tuple[str, ...] = ("IPython", "google")
    """What a notebook may import beside the standard library, `coursedata` and what that depends on: what every Jupyter
    kernel has, and Colab's own package, which the cell for Colab asks for."""


def load_rules(repo: Repository, exercise: Exercise | None = None) -> Rules:
    """Return the rules of the course, or of one exercise of it; raises UserError naming the field that is wrong."""
    path = repo.solutions / "course.toml"
    asked: dict[str, Any] = {}
    try:
        asked = msgspec.toml.decode(path.read_bytes()) if path.exists() else {}
        rules = msgspec.convert(asked, Rules)
        if exercise and exercise.rules:
            path = exercise.folder / "exercise.toml"
            rules = msgspec.convert(asked | exercise.rules, Rules)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeDecodeError) as error:
        known = ", ".join(field.name for field in msgspec.structs.fields(Rules))
        raise UserError(f"{path}: {error}: its keys are {known}") from error
    return rules
