"""Demos and anchors in a students' page, opened from disk in Chromium."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from PIL import Image

from autograder.environment import chromium_path, venv_bin_first
from autograder.manifest import Repository

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.chromium
DEMOS = {
    "strides": "01_tensors.html#live-drag-the-strides",
    "broadcasting": "01_tensors.html#live-drag-the-shapes",
    "idx": "02_file_io.html#live-change-a-byte",
}

CHANGED = 40
"""Grey levels of 255 by which a patch of 9 x 9 pixels may differ: fonts are drawn a little otherwise elsewhere."""


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page without network, the size of a projector."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    yield context.new_page()
    context.close()


def _open(page: Any, built: Path, demo: str) -> FrameLocator:
    page.goto(f"{(built / 'students').as_uri()}/{DEMOS[demo]}")
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


def test_a_byte_of_the_idx_file_changes_by_keyboard(page: Any, built: Path) -> None:
    """Tab reaches the bytes, arrows walk and change them, two digits set one; the reader answers and the deck stays."""
    frame = _open(page, built, "idx")
    status = frame.get_by_role("status")
    assert "uint8, shape (2, 5, 5)" in status.inner_text()
    frame.get_by_role("button", name="cut one off").focus()
    page.keyboard.press("Tab")
    assert frame.locator("[data-at='3']").evaluate("byte => byte === document.activeElement")
    page.keyboard.press("ArrowDown")
    assert "Reads: uint8, shape (2, 5)." in status.inner_text()
    assert "10 bytes after the header of 12. 44 bytes left over" in status.inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("0")
    page.keyboard.press("b")
    assert frame.get_by_role("spinbutton", name="byte 2, type").get_attribute("aria-valuenow") == "11"
    assert "Truncated: the header promises (2, 5, 5) of int16: 100 bytes" in status.inner_text()
    page.keyboard.press("7")
    page.keyboard.press("7")
    assert "no type has the code 77" in status.inner_text()
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == ["Live: change a byte"]


def test_a_byte_is_cut_off_and_a_size_makes_another_picture(page: Any, built: Path) -> None:
    """Delete shortens the file; sizes with the same product read, as other pictures."""
    frame = _open(page, built, "idx")
    status = frame.get_by_role("status")
    frame.locator("[data-at='7']").click()
    page.keyboard.press("ArrowDown")
    frame.locator("[data-at='11']").click()
    page.keyboard.press("0")
    page.keyboard.press("a")
    assert "Reads: uint8, shape (1, 10, 5)" in status.inner_text()
    page.keyboard.press("Delete")
    assert "Truncated: the header promises (1, 10, 5) of uint8: 50 bytes of data, 49 are there." in status.inner_text()


@pytest.mark.parametrize(
    ("button", "answer"),
    [
        ("cut off", "Truncated: the header promises (2, 5, 5) of uint8: 50 bytes of data, 32 are there."),
        ("wrong magic (gzip)", "WrongMagic: it begins with 1f 8b"),
        ("little end first", "Truncated: the header promises (33554432, 83886080, 83886080)"),
        ("empty", "EmptyFile: the file has 0 bytes."),
        ("whole", "Reads: uint8, shape (2, 5, 5)"),
    ],
)
def test_each_kind_of_damage_has_its_answer(page: Any, built: Path, button: str, answer: str) -> None:
    """A button puts a damaged file there, and the status says what a reader would raise."""
    frame = _open(page, built, "idx")
    frame.get_by_role("button", name=button, exact=True).press("Enter")
    assert frame.get_by_role("status").inner_text().startswith(answer)
    assert frame.locator("[role=status].broken").count() == (0 if answer.startswith("Reads") else 1)


@pytest.mark.usefixtures("needs_chromium")
def test_the_stills_show_what_the_demos_show(course: Any, real: Repository) -> None:
    """Taken again, each still is the one that stands in the PDF; where not, run `node demos/stills.mjs` in slides/."""
    venv_bin_first()
    node = shutil.which("node")
    assert node
    environment = {**os.environ, "T2P_CHROMIUM": str(chromium_path())}
    subprocess.run([node, "demos/stills.mjs"], cwd=course.repo.slides, env=environment, check=True, timeout=300)
    kept = {path.stem: _patches(path) for path in (real.slides / "demos").glob("*.png")}
    taken = {path.stem: _patches(path) for path in (course.repo.slides / "demos").glob("*.png")}
    assert sorted(kept) == sorted(taken) == sorted(path.stem for path in (real.slides / "demos").glob("*.html"))
    assert [name for name in sorted(kept) if np.abs(kept[name] - taken[name]).max() > CHANGED] == []


def _patches(still: Path) -> np.ndarray:
    """Return the mean grey of each patch of 9 x 9 pixels."""
    with Image.open(still) as picture:
        small = picture.convert("L").resize((picture.width // 9, picture.height // 9), Image.Resampling.BOX)
        return np.asarray(small, dtype=float)
