"""Files that appear together: written beside their places first, renamed when everything else has worked."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import TracebackType
from typing import Self

from autograder.disk import unfinished

__all__ = ["StagedFiles", "write_whole"]


class StagedFiles:
    """A set of files that are nowhere to be seen before `publish`; leaving the block without it removes them."""

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}
        self._folders: set[Path] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for beside in self._waiting.values():
            beside.unlink(missing_ok=True)

    def stage(self, path: Path, content: str | bytes) -> None:
        """Write `content` beside `path`."""
        beside = self._beside(path)
        beside.write_bytes(content.encode("utf-8", "replace") if isinstance(content, str) else content)
        self._waiting[path] = beside

    def stage_twin(self, path: Path, of: Path) -> None:
        """Give the file that was staged for `of` a second name; where the disk cannot, write it a second time."""
        beside = self._beside(path)
        beside.unlink(missing_ok=True)
        try:
            beside.hardlink_to(self._waiting[of])
        except OSError:  # another file system, or one without links
            shutil.copyfile(self._waiting[of], beside)
        self._waiting[path] = beside

    def _beside(self, path: Path) -> Path:
        if path.parent not in self._folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(path.parent)
        return unfinished(path)

    def publish(self) -> list[Path]:
        """Rename every staged file into its place; return the places."""
        for path, beside in self._waiting.items():
            beside.replace(path)
        done = list(self._waiting)
        self._waiting.clear()
        return done


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write one file by a temporary file and a rename; return its path."""
    with StagedFiles() as files:
        files.stage(path, content)
        files.publish()
    return path
