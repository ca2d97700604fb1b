"""Numbers into `exercise.toml`, every other byte of which stays as its author wrote it."""

from __future__ import annotations

from collections.abc import Mapping

import tomlkit
from tomlkit.items import Item, Table

from autograder.calibrate.record import NUMBERS, Judged
from autograder.disk import write_whole
from autograder.manifest import Exercise

__all__ = ["write_numbers"]


def write_numbers(exercise: Exercise, thresholds: Mapping[str, Judged], chosen: str = "") -> None:
    """Write runs, mean, spread and false_fail of each threshold into its table, or that for a choice, by a rename."""
    path = exercise.folder / "exercise.toml"
    text = path.read_text(encoding="utf-8")
    document = tomlkit.parse(text)
    for name, judged in thresholds.items():
        table = document["thresholds"][name]
        table = table["where"][chosen] if chosen else table
        for number in NUMBERS:
            _set(table, number, getattr(judged, number))
    new = tomlkit.dumps(document)
    if new != text:
        write_whole(path, new.encode())


def _set(table: Table, key: str, value: float) -> None:
    if key in table:
        table[key] = value
        return
    # after the last value, not after the tables inside, nor the comments above the next one, which tomlkit counts here
    last = [one for one, item in table.value.body if one is not None and not isinstance(item, Table)][-1]
    table.value._insert_after(last, key, _item(value))  # noqa: SLF001  (tomlkit has no public way)


def _item(value: float) -> Item:
    return tomlkit.item(value)
