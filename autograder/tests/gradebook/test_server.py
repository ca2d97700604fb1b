"""What the formgrader's server asks before it starts."""

from __future__ import annotations

import socket

import pytest

from autograder.errors import UserError
from autograder.gradebook import formgrader_server
from autograder.manifest import Cohort


def test_a_cohort_without_a_course_says_what_to_do(cohort: Cohort) -> None:
    """Before the first release there is nothing to grade by hand."""
    with pytest.raises(UserError, match="make release COHORT=demo EXERCISE=SLUG"), formgrader_server(cohort):
        pass


def test_a_port_that_is_taken_is_named(released: Cohort) -> None:
    """Another program's port is not mistaken for ours."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UserError, match=f"port {port} "), formgrader_server(released, port=port):
            pass
