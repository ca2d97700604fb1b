"""The course that this repository holds: what lies beside its sources and was made from them is as new as they are."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.calibrate.freshness import lint_thresholds
from autograder.lint import broken_links
from autograder.manifest import Repository
from autograder.prove.freshness import lint_proofs
from autograder.reached.page import lint_page
from autograder.release.publish import stale_exercises

COURSE = Repository.find(Path(__file__))


@pytest.mark.parametrize("look", [stale_exercises, lint_proofs, lint_thresholds, lint_page])
def test_what_was_made_is_as_new_as_its_sources(look: Callable[[Repository], list[str]]) -> None:
    assert look(COURSE) == []


def test_every_link_of_the_pages_leads_somewhere() -> None:
    assert broken_links(COURSE.root) == []
