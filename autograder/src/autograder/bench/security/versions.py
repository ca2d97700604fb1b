"""What a grader is made of beside our own files: the versions that decide how it meets an attack."""

from __future__ import annotations

import importlib.metadata
import platform
from pathlib import Path

__all__ = ["versions"]

EVERYBODYS = ("torch", "numpy", "ipython")
"""What runs the students' code, of whichever grader."""
NBGRADERS = ("nbgrader", "nbclient", "nbconvert", "jupyter_client", "ipykernel", "traitlets")


def versions(grader: str, otter: Path | None = None) -> str:
    """Return the versions that matter for a grader; `otter` is the Python of otter-grader's environment."""
    names = (*EVERYBODYS, *(NBGRADERS if grader != "ours" else ()))  # otter runs a kernel as nbgrader does
    found = [f"{name} {importlib.metadata.version(name)}" for name in names]
    if grader == "otter" and otter is not None:
        own = [str(path) for path in (otter.parent.parent / "lib").glob("python3*/site-packages")]
        found += sorted(f"{one.name} {one.version}" for one in importlib.metadata.distributions(path=own))
    return ", ".join([f"Python {platform.python_version()}", *found])
