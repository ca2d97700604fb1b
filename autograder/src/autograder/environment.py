"""What a process of ours needs around it: the environment's programs on PATH, and an OpenMP that survives a fork."""

from __future__ import annotations

import os
import sys
from pathlib import Path

__all__ = ["preload_path", "venv_bin_first"]


def venv_bin_first() -> None:
    """Put this environment's `bin` first on PATH; every entry point calls it.

    nbgrader starts `alembic`, and we start `npm`, by name: without this the first database would be made half.
    """
    ours = str(Path(sys.prefix) / "bin")
    others = [folder for folder in os.environ.get("PATH", os.defpath).split(os.pathsep) if folder != ours]
    os.environ["PATH"] = os.pathsep.join([ours, *others])


def preload_path() -> Path | None:
    """Return the OpenMP runtime to give a grading process as LD_PRELOAD, or None where there is none.

    GNU's runtime, which torch brings, hangs in a fork once its threads have started; Intel's survives nested forks.
    None means: forks that check must call `torch.set_num_threads(1)` first.
    """
    library = Path(sys.prefix) / "lib" / "libiomp5.so"
    return library if sys.platform == "linux" and library.is_file() else None
