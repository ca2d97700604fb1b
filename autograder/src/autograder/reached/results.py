"""`results*.json` beside an exercise: what a script measured beyond its calibration, and what others have published."""

from __future__ import annotations

from pathlib import Path

import msgspec

from autograder.errors import UserError

__all__ = ["Published", "Reached", "Results", "Table", "measured_files", "read_results"]


class Reached(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One number that was asked for, and what came."""

    what: str
    value: float
    unit: str = ""
    at_least: float | None = None
    at_most: float | None = None
    spread: float | None = None
    """Standard deviation over `runs`."""
    runs: int | None = None
    cpu_seconds: float | None = None
    minutes: float | None = None
    """By the clock."""
    window: str = ""
    """Length, band and bin width of what an error was measured on."""
    note: str = ""

    @property
    def missed(self) -> bool:
        """Whether less was reached than asked."""
        low = self.at_least is not None and self.value < self.at_least
        return low or (self.at_most is not None and self.value > self.at_most)


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Measured rows."""

    title: str
    columns: list[str]
    rows: list[list[str | int | float | None]]
    about: str = ""

    def __post_init__(self) -> None:
        """Refuse rows of another length than the heading."""
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"a row of the table {self.title!r} has another number of cells than `columns`")


class Published(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A figure of others."""

    what: str
    value: str
    source: str
    url: str = ""


class Results(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of results."""

    measured_on: str
    made_by: list[str] = []
    """Scripts beside it that wrote it."""
    reached: list[Reached] = []
    tables: list[Table] = []
    published: list[Published] = []
    notes: list[str] = []


def result_files(folder: Path) -> list[Path]:
    """Return the files of results of an exercise."""
    return sorted(folder.glob("results*.json"))


def read_results(folder: Path) -> list[Results]:
    """Return all results of the exercise in `folder`; raises UserError naming the file and the field that is wrong."""
    return [_read(path) for path in result_files(folder)]


def measured_files(folder: Path) -> set[str]:
    """Return the names of the files of results and of the scripts that made them."""
    scripts = {name for results in read_results(folder) for name in results.made_by}
    return scripts | {path.name for path in result_files(folder)}


def _read(path: Path) -> Results:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: {error}") from error
