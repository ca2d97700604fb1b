"""What `datasets/registry.toml` says of the data that an exercise names; `coursedata` need not be installed for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from typing import Any

from autograder.manifest import Repository

__all__ = ["listed", "unlisted"]


def unlisted(repo: Repository, names: Iterable[str]) -> list[str]:
    """Return which of `names`, DATASET or DATASET/FILE, the registry lacks."""
    known = _registry(repo)
    return [name for name in names if not _files(name, known)]


def listed(repo: Repository, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of each file that `names` stand for, by DATASET/FILE; of what the registry lacks, nothing."""
    known = _registry(repo)
    return {file: digest for name in names for file, digest in _files(name, known).items()}


def _registry(repo: Repository) -> dict[str, Any]:
    path = repo.root / "datasets" / "registry.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _files(name: str, known: dict[str, Any]) -> dict[str, str]:
    dataset, _, file = name.partition("/")
    files = known.get(dataset, {}).get("files", {})
    return {f"{dataset}/{one}": str(files[one].get("sha256", "")) for one in files if not file or one == file}
