"""The course that this repository holds: what lies beside its sources and was made from them is as new as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.calibrate.freshness import lint_thresholds
from autograder.lint import broken_page_links
from autograder.manifest import Repository
from autograder.prove.freshness import lint_proofs
from autograder.reached.page import lint_page
from autograder.release.leaks import find_leaks
from autograder.release.publish import stale_exercises

COURSE = Repository.find(Path(__file__))


@pytest.mark.parametrize("look", [stale_exercises, lint_proofs, lint_thresholds, lint_page])
def test_what_was_made_is_as_new_as_its_sources(look: Callable[[Repository], list[str]]) -> None:
    assert look(COURSE) == []


def test_the_student_guide_may_lie_in_the_zip() -> None:
    """It gives no answer away, and none of its links leads to a page that the zip does not hold."""
    guide = COURSE.root / "docs" / "student-guide.md"
    assert find_leaks(COURSE, guide.parent, [guide]) == []
    targets = re.findall(r"\]\(([^)]+)\)", guide.read_text("utf-8"))
    assert [target for target in targets if not target.startswith(("#", "https://"))] == []


def test_every_link_of_the_pages_leads_somewhere() -> None:
    assert broken_page_links(COURSE.root) == []


def test_a_comment_in_code_is_no_heading_that_a_link_may_name(tmp_path: Path) -> None:
    (tmp_path / "slides").mkdir()
    (tmp_path / "slides" / "README.md").write_text(
        "# Decks\n\n[a](#decks) [b](#code) `[c](#d)`\n\n```sh\n# Code\n```\n", "utf-8"
    )
    assert broken_page_links(tmp_path) == ["slides/README.md:3: README.md has no heading #code: mend the link"]
