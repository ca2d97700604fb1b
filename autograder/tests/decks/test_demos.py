"""Demos and anchors in a students' page, opened from disk in Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from autograder.environment import chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.chromium
DEMOS = {"strides": "live-drag-the-strides", "broadcasting": "live-drag-the-shapes"}


@pytest.fixture(scope="module")
def browser(needs_chromium: None) -> Iterator[Browser]:
    """A browser for this module alone: Playwright keeps an event loop running that others would trip over."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(chromium_path()), args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without network, the size of a projector."""
    context = browser.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    yield context.new_page()
    context.close()


def _open(page: Any, built: Path, demo: str) -> FrameLocator:
    page.goto(f"{(built / 'students' / '01_tensors.html').as_uri()}#{DEMOS[demo]}")
    frame: FrameLocator = page.frame_locator("section:visible iframe >> visible=true")
    return frame


def test_an_anchor_leads_to_its_slide(page: Any, built: Path) -> None:
    """`01_tensors.html#broadcasting-rules` shows the slide of that heading."""
    page.goto(f"{(built / 'students' / '01_tensors.html').as_uri()}#broadcasting-rules")
    page.locator("h2#broadcasting-rules").wait_for(state="visible")
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == ["Broadcasting rules"]


def test_strides_move_by_keyboard(page: Any, built: Path) -> None:
    """Tab reaches the knobs, arrow keys move them, the status says what came of it, and the deck stays."""
    frame = _open(page, built, "strides")
    status = frame.get_by_role("status")
    assert "contiguous" in status.inner_text()
    knob = frame.get_by_role("slider", name="stride of one row, in cells")
    frame.get_by_role("button", name="windows (unfold)").focus()
    page.keyboard.press("Tab")
    assert knob.evaluate("knob => knob === document.activeElement")
    page.keyboard.press("Home")
    assert knob.get_attribute("aria-valuenow") == "0"
    assert "more than once" in status.inner_text()
    page.keyboard.press("End")
    assert "past the end" in status.inner_text()
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == ["Live: drag the strides"]


def test_a_button_of_the_strides_works_by_key(page: Any, built: Path) -> None:
    """Enter on `x.T` swaps the strides."""
    frame = _open(page, built, "strides")
    frame.get_by_role("button", name="x.T").press("Enter")
    assert "shape (4, 3), strides (1, 4)" in frame.get_by_role("status").inner_text()


def test_strides_can_be_dragged(page: Any, built: Path) -> None:
    """A knob follows the mouse, on a slide that is scaled."""
    page.set_viewport_size({"width": 960, "height": 540})
    frame = _open(page, built, "strides")
    box = frame.locator("[role=slider] circle").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 - 84 * 2 * 0.75, box["y"], steps=4)
    page.mouse.up()
    assert "strides (2, 1)" in frame.get_by_role("status").inner_text()


def test_shapes_move_by_keyboard(page: Any, built: Path) -> None:
    """A column too many breaks the rule, and the status names the two sizes."""
    frame = _open(page, built, "broadcasting")
    status = frame.get_by_role("status")
    assert "(3, 1) + (1, 4) → (3, 4)" in status.inner_text()
    frame.get_by_role("slider", name="columns of a").press("ArrowRight")
    assert "columns 2 and 4 are neither equal" in status.inner_text()
    frame.get_by_role("slider", name="columns of b").press("ArrowLeft")
    frame.get_by_role("slider", name="columns of b").press("ArrowLeft")
    frame.get_by_role("button", name="make b one-dimensional").press("Enter")
    assert "(3, 2) + (2,) → (3, 2)" in status.inner_text()


def test_a_neuron_is_dragged_and_learns(page: Any, built: Path) -> None:
    """Keys turn the weights of the neuron and the loss follows; a step downhill lowers it."""
    page.goto(f"{(built / 'students' / '00_setup.html').as_uri()}#live-drag-the-weights")
    frame = page.frame_locator("section:visible iframe >> visible=true")
    status = frame.get_by_role("status")
    start = status.inner_text()
    assert "of 60 right" in start
    weight = frame.get_by_role("slider", name="weight of x₁, in tenths")
    for _ in range(24):
        weight.press("ArrowRight")
    assert weight.get_attribute("aria-valuenow") == "12"
    assert "56 of 60 right" in status.inner_text()
    bias = frame.get_by_role("slider", name="bias, in tenths")
    for _ in range(10):
        bias.press("ArrowLeft")
    assert "60 of 60 right" in status.inner_text()
    frame.get_by_role("button", name="start again").press("Enter")
    assert status.inner_text() == start
    frame.get_by_role("button", name="one step downhill").press("Enter")
    assert status.inner_text().startswith("After 1 step downhill: loss 0.")
    frame.get_by_role("button", name="a ring").press("Enter")
    assert "No straight line parts a ring" in status.inner_text()


def test_print_shows_stills_and_no_frames(page: Any, built: Path) -> None:
    """In a PDF a still stands for each demo."""
    page.goto((built / "students" / "01_tensors.html").as_uri())
    page.emulate_media(media="print")
    shown = page.evaluate(
        "[...document.querySelectorAll('figure.demo')].map(figure => [...figure.children].map("
        "child => [child.tagName, getComputedStyle(child).display]))"
    )
    assert shown == [[["IFRAME", "none"], ["IMG", "block"]]] * 2
