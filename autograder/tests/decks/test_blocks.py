"""Code on slides: it runs, prints what the slide shows, and no fence is passed over."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from autograder.decks import run_blocks
from autograder.decks.source import read_deck, slugs_of
from autograder.manifest import Repository

NOTE = "\n\n<!-- 2 min. Talk. -->"
RIGHT = {
    "printed": "```python\nprint(1 + 1)\n```\n\n```output\n2\n```",
    "shared": "```python\na = 1\n```\n\n```python\nprint(a)\n```\n\n```output\n1\n```",
    "raises": "```python raises\n1 / 0\n```\n\n```output\nZeroDivisionError: division by zero\n```",
    "cut": "```python\nprint('a long line')\n```\n\n```output\na long…\n```",
    "opted out": "```python no-run\nraise SystemExit\n```",
    "opted out, with text": "```python no-run\nprint(1)\n```\n\n```text\n1\n```",
    "other": "```text\n```\n",
}
WRONG = {
    "output": ("```python\nprint(1 + 1)\n```\n\n```output\n3\n```", "the block prints '2' and the slide shows '3'"),
    "unshown": ("```python\nprint(1 + 1)\n```", "the slide does not show it"),
    "raises": ("```python\nunknown\n```", "the block raises NameError"),
    "harmless": ("```python raises\n1 + 1\n```", "raises nothing"),
    "braces": ("```python {2,3}\nprint(1)\n```", "does not know {2,3}"),
    "alias": ("```py\nprint(1)\n```", "`py` is not run"),
    "inside HTML": ("<div>\n```python\nprint(1)\n```\n</div>", "text inside HTML"),
    "never compared": ("```python no-run\nprint(1)\n```\n\n```output\n2\n```", "nobody compares it: write `text`"),
    "orphan": ("```output\n1\n```", "belongs to no block"),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_block_passes(course: Any, name: str) -> None:
    """What prints as the slide shows has no complaint."""
    assert run_blocks(course.put("01_deck", f"## Code\n\n{RIGHT[name]}{NOTE}")) == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_block_is_found_at_its_line(course: Any, name: str) -> None:
    """The complaint names the slide and the line of the fence."""
    block, words = WRONG[name]
    path = course.put("01_deck", f"## Code\n\n{block}{NOTE}")
    complaints = run_blocks(path)
    assert [complaint.slide for complaint in complaints if words in str(complaint)] == [2]
    assert path.read_text("utf-8").splitlines()[complaints[0].line - 1].startswith("```")


@pytest.mark.parametrize("slug", slugs_of(Repository.find(Path(__file__))))
def test_the_blocks_of_every_deck_run(real: Repository, slug: str) -> None:
    """What the decks show is what their code prints."""
    assert [str(complaint) for complaint in run_blocks(real.slides / f"{slug}.md")] == []


@pytest.mark.parametrize("slug", slugs_of(Repository.find(Path(__file__))))
def test_no_fence_is_passed_over(real: Repository, slug: str) -> None:
    """As many Python fences are read as a plain count of lines finds."""
    path = real.slides / f"{slug}.md"
    counted = len(re.findall(r"^[ \t]*```python", path.read_text("utf-8"), re.MULTILINE))
    read = [fence for slide in read_deck(path).slides for fence in slide.fences if fence.language == "python"]
    assert len(read) == counted
