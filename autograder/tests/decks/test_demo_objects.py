"""The demo of the deck on classes: its boxes say what Python does with the program that it shows."""

from __future__ import annotations

import ast
import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FrameLocator, Page

pytestmark = pytest.mark.chromium
SCENES = ("class or object", "a shared list", "a method")


@pytest.fixture
def page(chromium: Browser, built: Path) -> Iterator[Page]:
    """The students' page at the demo, without network, the size of a projector."""
    context = chromium.new_context(viewport={"width": 1280, "height": 720}, offline=True)
    shown = context.new_page()
    shown.goto(f"{(built / 'students' / '04_classes.html').as_uri()}#live-step-through-the-lookup")
    yield shown
    context.close()


@pytest.fixture
def frame(page: Any) -> FrameLocator:
    """The demo itself."""
    demo: FrameLocator = page.frame_locator("section:visible iframe >> visible=true")
    return demo


def test_the_program_is_stepped_by_keyboard(page: Any, frame: Any) -> None:
    """Tab reaches the mark, arrows step on and back, the status says where a name was found, and the deck stays."""
    status = frame.get_by_role("status")
    frame.get_by_role("button", name="a shared list").press("Enter")
    assert "Nothing has run yet" in status.inner_text()
    frame.get_by_role("button", name="step", exact=True).focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    assert "b has no history" in status.inner_text()
    mark = frame.get_by_role("slider", name="step of the program")
    page.keyboard.press("Tab")
    assert mark.evaluate("mark => mark === document.activeElement")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    assert status.inner_text().startswith("b.history gives [0.7]. history is not in b, found in class Run.")
    page.keyboard.press("ArrowUp")
    assert mark.get_attribute("aria-valuetext") == "step 4 of 9, line 8"
    page.keyboard.press("Home")
    assert mark.get_attribute("aria-valuenow") == "0"
    page.keyboard.press("End")
    assert frame.get_by_role("button", name="step", exact=True).is_disabled()
    assert page.locator(".bespoke-marp-active h2").all_inner_texts() == ["Live: step through the lookup"]


@pytest.mark.parametrize("scene", SCENES)
def test_the_demo_says_what_python_does(frame: Any, scene: str) -> None:
    """The results beside the lines are those that Python gives for the very program on the screen."""
    frame.get_by_role("button", name=scene).press("Enter")
    frame.get_by_role("slider", name="step of the program").press("End")
    shown = {
        int(mark.get_attribute("data-result")): mark.text_content().removeprefix("→ ")
        for mark in frame.locator("[data-result]").all()
    }
    assert shown == _results("\n".join(_program(frame)))


@pytest.mark.parametrize("swapped", [False, True])
def test_super_goes_along_the_line_of_python(frame: Any, swapped: bool) -> None:  # noqa: FBT001  (a parameter of the test)
    """The numbers at the boxes are the method resolution order; what is printed comes in Python's order."""
    frame.get_by_role("button", name="super()").press("Enter")
    if swapped:
        frame.get_by_role("button", name="swap the bases").press("Enter")
    mark = frame.get_by_role("slider", name="step of the program")
    mark.press("End")
    out, names = io.StringIO(), dict[str, Any]()
    with contextlib.redirect_stdout(out):
        exec("\n".join(_program(frame)), names)  # noqa: S102  (the program on the slide)
    assert frame.locator("#printed").text_content() == " ".join(out.getvalue().split())
    for _ in range(20):
        mark.press("ArrowUp")
        if mark.get_attribute("aria-valuenow") == "4":
            break
    line = ", ".join(kind.__name__ for kind in names["Digits"].__mro__)
    assert frame.get_by_role("status").inner_text().startswith(f"Digits.__mro__: {line}. ")


def _program(frame: Any) -> list[str]:
    return [line.text_content() for line in frame.locator("text.program").all()]


def _results(program: str) -> dict[int, str]:
    """Return what each expression of the program gives, by line; None is left out, an error is its name."""
    names: dict[str, Any] = {}
    results: dict[int, str] = {}
    for statement in ast.parse(program).body:
        code = ast.unparse(statement)
        if not isinstance(statement, ast.Expr):
            exec(code, names)  # noqa: S102  (the program on the slide)
            continue
        try:
            value = eval(code, names)  # noqa: S307
        except Exception as error:  # noqa: BLE001  (the program shows errors on purpose)
            value = type(error).__name__
        if value is not None:
            results[statement.lineno] = str(value)
    return results
