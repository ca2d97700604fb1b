"""The list of everything that can be downloaded: where it lies, its licence, and the bytes it is known by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coursedata.errors import CourseDataError

__all__ = ["Dataset", "RemoteFile", "load_registry", "registry"]


@dataclass(frozen=True)
class RemoteFile:
    """One file of a data set."""

    name: str
    """Path inside the data set's folder, with `/` between folders."""
    bytes: int
    """Size of the file as it is used, unpacked."""
    sha256: str
    """Hash of the file as it is used, unpacked."""


@dataclass(frozen=True)
class Dataset:
    """Files that belong together."""

    name: str
    title: str
    licence: str
    cite: str
    sources: tuple[str, ...]
    """Addresses of the folder, the official one first, then mirrors in the order they are tried; each ends in `/`."""
    packed: str
    """What a file's name ends in at the source: ".gz" where it is packed there, "" where not."""
    files: dict[str, RemoteFile]

    @property
    def bytes(self) -> int:
        """Size of all files together."""
        return sum(file.bytes for file in self.files.values())


@cache
def registry() -> dict[str, Dataset]:
    """Return the data sets of this course by their names."""
    return load_registry(_path())


def load_registry(path: Path) -> dict[str, Dataset]:
    """Return the data sets listed in a registry file; raises CourseDataError naming the table that is wrong."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: _dataset(path, name, table) for name, table in tables.items()}


def _dataset(path: Path, name: str, table: dict[str, Any]) -> Dataset:
    try:
        return Dataset(
            name=name,
            title=table["title"],
            licence=table["licence"],
            cite=table["cite"],
            sources=(table["url"], *table.get("mirrors", ())),
            packed=table.get("packed", ""),
            files={file: RemoteFile(file, **facts) for file, facts in table["files"].items()},
        )
    except (KeyError, TypeError) as error:
        raise CourseDataError(f"{path}, table [{name}]: {error} is missing or wrong") from error


def _path() -> Path:
    inside_wheel = Path(__file__).with_name("registry.toml")
    return inside_wheel if inside_wheel.is_file() else Path(__file__).parents[2] / "registry.toml"
