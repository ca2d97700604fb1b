"""What lies beside an exercise's notebook, for students and while grading: the files in `solutions/SLUG/files/`."""

from __future__ import annotations

from pathlib import Path

from autograder.errors import UserError
from autograder.manifest import Exercise

__all__ = ["LEFT_BY_TOOLS", "SIDE_BYTES", "side_files"]

LEFT_BY_TOOLS = (".ipynb_checkpoints", "__pycache__", ".DS_Store", ".virtual_documents")
SIDE_BYTES = 16 << 20
"""Together: they go into every submission's sandbox in one message, and into every student's download."""


def side_files(exercise: Exercise) -> dict[str, Path]:
    """Return the files that students get beside the notebook, by their path there; raises UserError for a link."""
    folder, found = exercise.folder / "files", {}
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            raise UserError(f"{path} is a link: put the file itself there, since links do not survive a zip")
        name = path.relative_to(folder)
        if path.is_file() and not any(part in LEFT_BY_TOOLS for part in name.parts):
            found[name.as_posix()] = path
    return found
