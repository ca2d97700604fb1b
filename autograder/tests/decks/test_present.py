"""The lecturer's room: everything comes from this machine, and from nowhere else."""

from __future__ import annotations

import http.client
from pathlib import Path

from autograder.decks.present import serving


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


def _get(address: str, path: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    return connection.getresponse()
