"""The lecturer's room: everything comes from this machine, and from nowhere else."""

from __future__ import annotations

import http.client
from pathlib import Path
from typing import Any

from autograder.decks import build
from autograder.decks.present import addresses, serving


def test_pages_are_served_on_loopback_and_not_kept(tmp_path: Path) -> None:
    """A page arrives fresh, from an address that only this machine reaches."""
    (tmp_path / "deck.html").write_text("words", "utf-8")
    with serving(tmp_path) as address:
        assert address.startswith("http://127.0.0.1:")
        answer = _get(address, "/deck.html")
        assert answer.read() == b"words"
        assert answer.headers["Cache-Control"] == "no-store"
        assert _get(address, "/favicon.ico").status == 204


def test_nothing_above_the_folder_is_served(tmp_path: Path) -> None:
    """A path that climbs out finds nothing."""
    (tmp_path / "slides").mkdir()
    (tmp_path / "secret").write_text("no", "utf-8")
    with serving(tmp_path / "slides") as address:
        assert _get(address, "/../secret").status == 404
        assert _get(address, "/%2e%2e/secret").status == 404


def test_every_address_that_is_printed_is_served(course: Any) -> None:
    """Deck, dark deck, presenter's view, students' page and each demo answer."""
    course.put("01_deck")
    build(course.repo, ["01_deck"], pdf=False)
    with serving(course.repo.slides) as address:
        rows = addresses(course.repo.slides, "01_deck", address)
        answers = {name: _get(address, url.removeprefix(address)).status for name, url in rows.items()}
    assert {"deck", "dark", "presenter's view", "students see", "demo strides"} <= set(answers)
    assert set(answers.values()) == {200}


def _get(address: str, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    return connection.getresponse()
