"""What tests of more than one part share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from autograder.environment import chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser; for one module only, since Playwright keeps an event loop running that others would trip over."""
    program = chromium_path()
    if program is None:
        pytest.skip("no Chromium here: `autograder doctor` says how to get one")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=["--no-sandbox"])
        yield browser
        browser.close()
