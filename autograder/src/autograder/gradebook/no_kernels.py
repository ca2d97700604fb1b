"""What the formgrader's server refuses, loaded by that server itself."""

from __future__ import annotations

from typing import Any

from jupyter_server.auth.authorizer import Authorizer

__all__ = ["NoKernels"]

RUNNING = {"kernels", "sessions", "terminals"}


class NoKernels(Authorizer):
    """Lets notebooks of students be opened and keeps them from running: kernels may be looked for, never started."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:  # noqa: ARG002  (Jupyter's)
        """Return whether `action` (read, write or execute) on `resource` is allowed."""
        return action == "read" or resource not in RUNNING
