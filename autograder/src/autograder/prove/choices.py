"""What cohorts may choose must be there to be chosen: the literal, the values, their files, and the bounds for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import msgspec

from autograder.errors import UserError
from autograder.manifest import Choice, Cohort, Exercise, Repository
from autograder.prove.listed import unlisted
from autograder.release.sizes import with_literals
from autograder.release.source import Source

__all__ = ["choice_faults"]


def choice_faults(repo: Repository, exercise: Exercise, source: Source) -> Iterator[str]:
    """Yield what stands under `[choices]` or `where` in exercise.toml, and no cohort could get."""
    shown = f"solutions/{exercise.slug}/exercise.toml"
    values = {value for choice in exercise.choices.values() for value in _values(choice)}
    for name, choice in exercise.choices.items():
        yield from _assigned(source, name, choice)
        for value, files in choice.data.items():
            table = f"{shown}: choices.{name}.data.{value}"
            if value not in _values(choice):
                yield f"{table}: `{choice.setting}` of a cohort is one of {', '.join(_values(choice))}: mend the name"
            yield from (f"{table} names {file!r}: add it to datasets/registry.toml" for file in unlisted(repo, files))
    for name, threshold in exercise.thresholds.items():
        for value in threshold.where:
            if value not in values:
                there = f"there are: {', '.join(sorted(values)) or 'none'}"
                yield f"{shown}: thresholds.{name}.where.{value}: no cohort can choose that; {there}: mend the name"


def _assigned(source: Source, name: str, choice: Choice) -> Iterator[str]:
    """Yield why no other value can be put in place of the literal, if so."""
    try:
        with_literals(source, {name: _values(choice)[0]})
    except UserError as error:
        yield str(error)


def _values(choice: Choice) -> tuple[str, ...]:
    """Return what a cohort may write for the setting; where that is any text, what is made and what data there are."""
    (setting,) = (field for field in msgspec.structs.fields(Cohort) if field.name == choice.setting)
    return get_args(setting.type) if get_origin(setting.type) is Literal else (setting.default, *choice.data)
