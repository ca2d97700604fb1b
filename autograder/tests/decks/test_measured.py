"""Numbers on the slides of week 3 that a training run measured: each is the one that was kept."""

from __future__ import annotations

import json
from typing import Any

import pytest

from autograder.manifest import Repository


@pytest.fixture
def measured(real: Repository) -> dict[str, Any]:
    """What slides/figures/measured/digits.py wrote."""
    kept: dict[str, Any] = json.loads((real.slides / "figures" / "measured" / "digits.json").read_text("utf-8"))
    return kept


def test_the_ladder_on_the_slide_is_the_one_that_was_run(real: Repository, measured: dict[str, Any]) -> None:
    """Accuracy on both sets, size and seconds of each rung."""
    text = (real.slides / "03_mnist.md").read_text("utf-8").replace("**", "")
    rows = {
        name: cells
        for line in text.splitlines()
        if line.startswith("| ") and line.count("|") == 6
        for name, *cells in [[cell.strip() for cell in line.strip("|").split("|")]]
    }
    for ours, mnist in zip(measured["ladder"], measured["mnist"], strict=True):
        seconds = f"{ours['seconds']} s" if ours["seconds"] else "\N{EN DASH}"
        assert rows[ours["name"]] == [f"{ours['right']} %", f"{mnist['right']} %", f"{ours['numbers']:,}", seconds]


def test_the_words_about_moved_digits_are_the_ones_that_were_run(real: Repository, measured: dict[str, Any]) -> None:
    """The figure's alt text says what its lines say, rounded."""
    text = (real.slides / "03_mnist.md").read_text("utf-8")
    falls = {
        row["name"]: "from {} to {}".format(*(round(row["steps"][shift]) for shift in (0, 2)))
        for row in measured["ladder"]
    }
    assert f"The CNN falls {falls['CNN']} at two pixels, the MLP {falls['MLP']}" in text
    assert (
        f"the nearest neighbour {falls['nearest neighbour']}, linear {falls['linear']}, template {falls['template']}"
        in text
    )
