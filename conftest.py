"""Imported before any test: pytest would else take the folder `autograder/` for the package of that name."""

import autograder  # noqa: F401  (for its effect)
