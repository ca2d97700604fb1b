"""The lecturer's room: deck, presenter's view and demos from this machine alone."""

from __future__ import annotations

import contextlib
import functools
import sys
import threading
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from autograder.decks.build import build
from autograder.manifest import Cohort, Repository
from autograder.progress import progress

__all__ = ["addresses", "present", "serving"]

LOOPBACK = "127.0.0.1"


class Pages(SimpleHTTPRequestHandler):
    """Serves built decks, always fresh and without a log line for each request."""

    def do_GET(self) -> None:
        """Answer a browser's wish for an icon with nothing."""
        if self.path == "/favicon.ico":
            self.send_response(HTTPStatus.NO_CONTENT)
            self.end_headers()
            return
        super().do_GET()

    def end_headers(self) -> None:
        """Forbid caches: a deck that was built again must show."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the library's)
        """Say nothing."""


def present(repo: Repository, slug: str, cohort: Cohort | None = None, *, port: int = 0) -> None:
    """Build the deck `slug` for `cohort`, serve it on loopback, print the addresses, and stay until Ctrl-C."""
    with progress() as say:
        build(repo, [slug], cohort=cohort, pdf=False, progress=say)
    with serving(repo.slides, port) as address:
        rows = addresses(repo.slides, slug, address)
        width = max(map(len, rows))
        sys.stdout.write("".join(f"{name:{width}}  {url}\n" for name, url in rows.items()))
        sys.stdout.write("f: full screen, p (in the deck): presenter's view, arrows: turn pages. Ctrl-C ends this.\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


def addresses(slides: Path, slug: str, address: str) -> dict[str, str]:
    """Return name and address of each page that the folder `slides`, served at `address`, has for a lecture."""
    deck = f"{address}/build/instructor/{slug}"
    return {
        "deck": f"{deck}.html",
        "dark": f"{deck}.dark.html",
        "presenter's view": f"{deck}.html?view=presenter",
        "students see": f"{address}/build/students/{slug}.html",
        **{f"demo {path.stem}": f"{address}/demos/{path.name}" for path in sorted((slides / "demos").glob("*.html"))},
    }


@contextlib.contextmanager
def serving(slides: Path, port: int = 0) -> Iterator[str]:
    """Serve the folder `slides` on loopback; yield the address without a trailing slash."""
    with ThreadingHTTPServer((LOOPBACK, port), functools.partial(Pages, directory=str(slides))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://{LOOPBACK}:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
