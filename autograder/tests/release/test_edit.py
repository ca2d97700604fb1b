"""Editing in JupyterLab: what is saved unchanged has the same bytes, what is new is written by our grammar."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jupytext
import pytest

from autograder.release.edit import CELL_METADATA, NOTEBOOK_METADATA, lab_command
from autograder.release.source import read_source

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[3]
TINY = ROOT / "autograder" / "tests" / "courses" / "tiny" / "solutions"
SOURCES = sorted([*ROOT.glob("solutions/*/notebook.py"), *TINY.glob("*/notebook.py")])
TOKEN = "for-this-test"  # noqa: S105


@dataclass(frozen=True)
class Lab:
    """A JupyterLab that serves copies of all sources, one folder each."""

    url: str
    folder: Path

    def call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Call the contents API."""
        request = urllib.request.Request(  # noqa: S310
            f"{self.url}/api/contents/{path}",
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
            method="PUT" if body else "GET",
            data=json.dumps(body).encode() if body else None,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start the real server, as `make edit` does, on a port of its own."""
    folder, scratch = tmp_path_factory.mktemp("sources"), tmp_path_factory.mktemp("scratch")
    for source in SOURCES:
        shutil.copytree(source.parent, folder / source.parent.name)
    shutil.copyfile(TINY / "01_numbers" / "notebook.py", folder / "notebook.py")
    (folder / "jupytext.toml").write_text('notebook_metadata_filter = "all"\nformats = "ipynb,py:light"\n')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={TOKEN}"]
    server = subprocess.Popen(lab_command(folder, scratch, *options), stderr=subprocess.PIPE, text=True)
    found = Lab(f"http://127.0.0.1:{port}", folder)
    try:
        _wait_for(server, port)
        yield found
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(server: subprocess.Popen[str], port: int) -> None:
    """Read what the server says until it runs, and go on reading, so that it never waits for us."""
    assert server.stderr
    said = []
    for line in server.stderr:
        said.append(line)
        if "is running at" in line:
            threading.Thread(target=server.stderr.read, daemon=True).start()
            _wait_for_port(port)
            return
    pytest.fail("JupyterLab did not start:\n" + "".join(said))


def _wait_for_port(port: int) -> None:
    """The server speaks a moment before it listens."""
    deadline = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            threading.Event().wait(0.05)
        else:
            return


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_through_jupytext_and_back(path: Path) -> None:
    """Reading and writing with our settings gives the same bytes."""
    text = path.read_text("utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.metadata["jupytext"] = {
        "cell_metadata_filter": CELL_METADATA,
        "notebook_metadata_filter": NOTEBOOK_METADATA,
    }
    assert jupytext.writes(notebook, fmt="py:percent") == text


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.parent.name)
def test_through_the_contents_api_and_back(lab: Lab, path: Path) -> None:
    """Opening and saving through the server changes no byte, whatever jupytext.toml lies about, and leaves no file."""
    copy = lab.folder / path.parent.name / "notebook.py"
    model = lab.call(f"{path.parent.name}/notebook.py?type=notebook&content=1")
    lab.call(f"{path.parent.name}/notebook.py", {"type": "notebook", "format": "json", "content": model["content"]})
    assert copy.read_bytes() == path.read_bytes()
    left, right = ({p.name for p in folder.parent.iterdir()} - {"__pycache__"} for folder in (copy, path))
    assert left == right


def test_new_cells_are_written_by_our_grammar(lab: Lab) -> None:
    """New text, new metadata and outputs come back as a source that our parser reads, with nothing else in it."""
    model = lab.call("02_words/notebook.py?type=notebook&content=1")
    content = model["content"]
    before = (lab.folder / "02_words" / "notebook.py").read_text("utf-8")
    content["metadata"]["language_info"] = {"name": "python", "version": "3.11"}
    content["cells"] += [
        {"cell_type": "markdown", "id": "a", "metadata": {"editable": True}, "source": "More\n\n$\\alpha$ text"},
        {
            "cell_type": "code",
            "id": "b",
            "metadata": {"trusted": True, "title": "more_seen", "tags": ["raises-exception"], "kind": "example"},
            "source": "%timeit 1 / 0",
            "outputs": [{"output_type": "stream", "name": "stdout", "text": "1\n"}],
            "execution_count": 3,
        },
    ]
    lab.call("02_words/notebook.py", {"type": "notebook", "format": "json", "content": content})
    after = (lab.folder / "02_words" / "notebook.py").read_text("utf-8")
    assert after == before + (
        '\n# %% [markdown]\nr"""\nMore\n\n$\\alpha$ text\n"""\n'
        '\n# %% more_seen kind="example" tags=["raises-exception"]\n# %timeit 1 / 0\n'
    )
    assert read_source(lab.folder / "02_words").cell("more_seen").source == "%timeit 1 / 0"
    (lab.folder / "02_words" / "notebook.py").write_text(before, "utf-8")


@pytest.mark.chromium
def test_in_a_browser(lab: Lab, chromium: Browser) -> None:
    """The page opens the source as a notebook, without a question, and Save gives the same bytes."""
    page = chromium.new_page()
    page.goto(f"{lab.url}/lab?token={TOKEN}")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    page.wait_for_selector(".jp-Notebook h2:has-text('A running total')")
    before, stamp = (lab.folder / "notebook.py").read_bytes(), (lab.folder / "notebook.py").stat().st_mtime_ns
    page.click(".jp-Notebook .jp-Cell >> nth=0")
    with page.expect_response(lambda answer: answer.request.method == "PUT" and "notebook.py" in answer.url):
        page.keyboard.press("Control+s")
    page.close()
    assert (lab.folder / "notebook.py").read_bytes() == before
    assert (lab.folder / "notebook.py").stat().st_mtime_ns != stamp
