"""`python -m autograder.cli`: how the command starts itself again in an environment made for grading."""

from __future__ import annotations

from autograder.cli import main

main()
