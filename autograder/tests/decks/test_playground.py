"""The network playground in the deck of week 3: its three experiments, by keyboard, without a network."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.chromium
SLIDE = "Live: train a network"
PATIENCE = 60_000
"""Milliseconds that a busy machine may take for 1,000 steps; it stops waiting as soon as they are done."""


@pytest.fixture
def playground(chromium: Browser, built: Path) -> Any:
    """The slide of the playground in a page without network, and the demo in it."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    page = context.new_page()
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(f"{(built / 'students' / '03_mnist.html').as_uri()}#live-train-a-network")
    yield page, page.frame_locator("section:visible iframe >> visible=true")
    context.close()
    assert trouble == []


def choose(frame: FrameLocator, **choices: str) -> None:
    """Press the button of each choice by key."""
    for group, name in choices.items():
        button = frame.get_by_role("group", name=group).get_by_role("button", name=name, exact=True)
        button.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")


def trained(frame: FrameLocator) -> str:
    """Let it train to the end; return what the status says."""
    status = frame.get_by_role("status")
    frame.get_by_role("button", name="train").press("Enter")
    expect(status).to_contain_text("After 1000 steps", timeout=PATIENCE)
    return status.inner_text()


def right(status: str) -> tuple[int, int]:
    """Return how many of the 200 points, and of the 200 new ones, are right."""
    found = re.search(r"(\d+) of 200 points right, (\d+) of 200 new ones", status)
    assert found, status
    return int(found[1]), int(found[2])


@pytest.mark.parametrize(
    ("choices", "least", "most", "words"),
    [
        ({"data": "two clouds", "activation": "linear"}, 190, 200, "A straight line is enough here."),
        ({"data": "ring", "hidden": "8 + 8", "activation": "linear"}, 100, 130, "the border is one straight line"),
        ({"data": "ring", "inputs": "and x₁² x₂²"}, 198, 200, "One neuron can do it, once it is given the squares."),
        ({"data": "ring", "hidden": "4", "activation": "tanh"}, 198, 200, "The bends do it."),
        ({"data": "spiral"}, 100, 140, "the border is one straight line"),
        ({"data": "spiral", "hidden": "8 + 8", "activation": "ReLU"}, 198, 200, "The bends do it."),
    ],
)
def test_an_experiment_comes_out_as_the_lecture_says(
    playground: tuple[Page, FrameLocator], choices: dict[str, str], least: int, most: int, words: str
) -> None:
    """A line parts clouds; no line parts a ring or a spiral, at any depth; squares or bends part them."""
    page, frame = playground
    choose(frame, **choices)
    status = trained(frame)
    assert least <= right(status)[0] <= most
    assert abs(right(status)[0] - right(status)[1]) <= 20
    assert words in status
    assert frame.locator("[role=status].broken").count() == (1 if most < 190 else 0)
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == [SLIDE]


def test_one_step_lowers_the_loss_and_again_begins_anew(playground: tuple[Page, FrameLocator]) -> None:
    """Tab reaches the buttons; a step is one step, and the same choices begin with the same numbers."""
    page, frame = playground
    status = frame.get_by_role("status")
    start = status.inner_text()
    assert start.startswith("Before training: loss 0.")
    frame.get_by_role("button", name="train").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert status.inner_text().startswith("After 1 step: loss 0.")
    loss = [float(text.partition("loss ")[2][:5]) for text in (start, status.inner_text())]
    assert loss[1] < loss[0]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert status.inner_text() == start


def test_training_can_be_paused(playground: tuple[Page, FrameLocator]) -> None:
    """While it trains the button says pause; then the number of steps stands still."""
    _, frame = playground
    frame.get_by_role("button", name="train").press("Enter")
    frame.get_by_role("button", name="pause").press("Enter")
    expect(frame.get_by_role("button", name="train")).to_be_visible()
    text = frame.get_by_role("status").inner_text()
    frame.get_by_role("button", name="step", exact=True).press("Enter")
    steps = [
        int(re.sub(r"Before training.*", "0", words.removeprefix("After ")).split()[0])
        for words in (text, frame.get_by_role("status").inner_text())
    ]
    assert steps[1] == steps[0] + 1
