"""The command `autograder`: every target of the Makefile, and what staff need beyond it.

Heavy modules are imported inside the commands: torch takes 1.5 s, nbgrader 2.9 s, and most commands need neither.
"""

from __future__ import annotations

from autograder.cli import benchmarks, books, course, grading, looks, watching, workshop  # noqa: F401  (each adds its commands)
from autograder.cli.group import cli
from autograder.cli.start import main

__all__ = ["cli", "main"]
