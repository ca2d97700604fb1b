"""A real Chromium that remembers what a page tried."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest


@dataclass
class Visit:
    """One page, opened, and what it tried to do."""

    page: Any
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture
def visit(chromium: Any, tmp_path: Path) -> Iterator[Any]:
    contexts = []

    def open_page(html: str, **options: Any) -> Visit:
        path = tmp_path / "page.html"
        path.write_text(html, "utf-8", "replace")
        context = chromium.new_context(**options)
        contexts.append(context)
        seen = Visit(context.new_page())
        seen.page.on("request", lambda request: seen.requests.append(request.url))
        seen.page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        seen.page.on("console", lambda message: seen.complaints.append(message.text))
        seen.page.goto(path.as_uri(), wait_until="load")
        return seen

    yield open_page
    for context in contexts:
        context.close()
