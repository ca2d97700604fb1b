"""Downloads: verified, mirrors in order, copies at hand, and errors that say what to do. All on this machine."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from coursedata.download import fetch
from coursedata.errors import CourseDataError, DamagedFileError
from coursedata.registry import Dataset, RemoteFile, load_registry, registry

CONTENT = b"\x00\x00\x08\x01" + bytes(range(256)) * 20


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    asked: list[str]

    def do_GET(self) -> None:
        """Note the path, and answer."""
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


class Site:
    """A web server on loopback over a folder, which remembers what it was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.asked: list[str] = []
        handler = type("Remembering", (Handler,), {"asked": self.asked})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, name: str, content: bytes) -> None:
        """Serve `content` under `name`."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    for name in ("T2P_DATA", "T2P_CACHE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    (tmp_path / "site").mkdir()
    site = Site(tmp_path / "site")
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def digits(*sources: str, packed: str = ".gz", name: str = "labels") -> dict[str, Dataset]:
    """Return a registry of one data set with one file that holds CONTENT."""
    file = RemoteFile(name, len(CONTENT), hashlib.sha256(CONTENT).hexdigest())
    return {"digits": Dataset("digits", "Digits", "CC0 1.0", "nobody", sources, packed, {name: file})}


def test_a_packed_file_arrives_unpacked(site: Site, cache: Path) -> None:
    """The path that is returned holds the content, whatever the compression was."""
    site.put("labels.gz", gzip.compress(CONTENT, 1))
    path = fetch("digits/labels", cache=cache, known=digits(site.url))
    assert path == cache / "digits" / "labels"
    assert path.read_bytes() == CONTENT


def test_a_data_set_is_fetched_as_a_folder(site: Site, cache: Path) -> None:
    """A name without a file gives the folder with all its files, folders inside it included."""
    site.put("subject_01/PPG.csv", CONTENT)
    folder = fetch("digits", cache=cache, known=digits(site.url, packed="", name="subject_01/PPG.csv"))
    assert (folder / "subject_01" / "PPG.csv").read_bytes() == CONTENT


def test_what_was_fetched_is_not_fetched_again(site: Site, cache: Path) -> None:
    """The second call reads the cache and asks no server."""
    site.put("labels.gz", gzip.compress(CONTENT))
    known = digits(site.url)
    fetch("digits", cache=cache, known=known)
    fetch("digits", cache=cache, known=known)
    assert site.asked == ["/labels.gz"]


def test_a_damaged_file_in_the_cache_is_replaced(site: Site, cache: Path) -> None:
    """A cut-off file of an earlier day is never handed out."""
    site.put("labels.gz", gzip.compress(CONTENT))
    (cache / "digits").mkdir(parents=True)
    (cache / "digits" / "labels").write_bytes(CONTENT[:100])
    assert fetch("digits/labels", cache=cache, known=digits(site.url)).read_bytes() == CONTENT


def test_mirrors_are_tried_in_their_order(site: Site, cache: Path) -> None:
    """A source without the file, then one with a wrong file, then the right one."""
    site.put("wrong/labels.gz", gzip.compress(CONTENT[:-1] + b"!"))
    site.put("right/labels.gz", gzip.compress(CONTENT))
    sources = [site.url + part for part in ("none/", "wrong/", "right/", "never/")]
    assert fetch("digits/labels", cache=cache, known=digits(*sources)).read_bytes() == CONTENT
    assert site.asked == ["/none/labels.gz", "/wrong/labels.gz", "/right/labels.gz"]


@pytest.mark.parametrize(
    ("served", "cause"),
    [
        (CONTENT[:-1] + b"!", "the file was changed at its source"),
        (CONTENT[:50], "cut off"),
        (CONTENT + b"more", "more than 5,124 bytes"),
        (b"<!DOCTYPE html><title>Log in</title>", "a web page came instead of the file"),
    ],
)
def test_wrong_bytes_are_told_and_not_kept(site: Site, cache: Path, served: bytes, cause: str) -> None:
    """The message says what was expected, what came, what was done and the likely cause."""
    site.put("labels", served)
    with pytest.raises(DamagedFileError) as raised:
        fetch("digits/labels", cache=cache, known=digits(site.url, packed=""))
    message = str(raised.value)
    assert f"expected  sha256 {hashlib.sha256(CONTENT).hexdigest()}, 5,124 bytes" in message
    assert "got       sha256" in message
    assert "nothing was kept" in message
    assert cause in message
    assert "T2P_DATA" in message
    assert [path for path in cache.rglob("*") if path.is_file()] == []


def test_a_login_page_in_the_place_of_a_packed_file(site: Site, cache: Path) -> None:
    """A network that answers everything with its login page is recognised."""
    site.put("labels.gz", b"<html>Welcome to the campus network</html>")
    with pytest.raises(DamagedFileError, match="a login page of the network"):
        fetch("digits/labels", cache=cache, known=digits(site.url))


def test_a_small_file_that_unpacks_to_gigabytes_is_stopped(site: Site, cache: Path) -> None:
    """No more is unpacked than the registry says that there is."""
    site.put("labels.gz", gzip.compress(bytes(50_000_000)))
    with pytest.raises(DamagedFileError, match="more than 5,124 bytes"):
        fetch("digits/labels", cache=cache, known=digits(site.url))


def test_without_a_network_the_message_says_what_to_do(site: Site, cache: Path) -> None:
    """Each source is named with its error; the way by a copied folder is offered."""
    url = site.url
    site.server.shutdown()
    site.server.server_close()
    with pytest.raises(CourseDataError, match="could not be had") as raised:
        fetch("digits/labels", cache=cache, known=digits(url))
    assert not isinstance(raised.value, DamagedFileError)
    assert url in str(raised.value)
    assert "put them into a folder digits/" in str(raised.value)


@pytest.mark.parametrize(("name", "content"), [("labels.gz", gzip.compress(CONTENT)), ("labels", CONTENT)])
def test_a_copy_at_hand_is_used_and_no_server_asked(
    site: Site, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: bytes
) -> None:
    """`T2P_DATA` names a folder with a folder for each data set, packed or not; it is only read."""
    folder = tmp_path / "shared" / "digits"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(content)
    monkeypatch.setenv("T2P_DATA", str(tmp_path / "shared"))
    path = fetch("digits/labels", cache=cache, known=digits(site.url))
    assert path.read_bytes() == CONTENT
    assert site.asked == []


def test_a_damaged_copy_at_hand_is_told_by_its_path(
    site: Site, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong file on the shared folder concerns everyone: it is named, not silently passed over."""
    (tmp_path / "digits").mkdir()
    (tmp_path / "digits" / "labels").write_bytes(b"old version")
    monkeypatch.setenv("T2P_DATA", str(tmp_path))
    with pytest.raises(DamagedFileError, match="labels: these are not the bytes"):
        fetch("digits/labels", cache=cache, known=digits(site.url))


def test_a_data_folder_that_is_not_there_is_told(
    site: Site, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A typing error in `T2P_DATA` does not turn into a download."""
    monkeypatch.setenv("T2P_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(CourseDataError, match="there is no such folder"):
        fetch("digits", cache=cache, known=digits(site.url))


@pytest.mark.parametrize("at_hand", [True, False], ids=["copied", "downloaded"])
def test_a_folder_for_downloads_that_is_none(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_hand: bool
) -> None:
    """One line names the folder and `T2P_CACHE`, at once: no mirror would help, and the network is not to blame."""
    packed = gzip.compress(CONTENT)
    site.put("labels.gz", packed)
    site.put("copies/digits/labels.gz", packed)
    (tmp_path / "cache").write_text("a file")
    monkeypatch.setenv("T2P_CACHE", str(tmp_path / "cache"))
    if at_hand:
        monkeypatch.setenv("T2P_DATA", str(site.folder / "copies"))
    with pytest.raises(CourseDataError) as raised:
        fetch("digits/labels", known=digits(site.url, site.url))
    (line,) = str(raised.value).splitlines()
    assert line.startswith(f"downloads are kept in {tmp_path / 'cache'}, and that cannot be used (")
    assert line.endswith("): name a folder that you may write to in the variable T2P_CACHE")
    assert site.asked == ([] if at_hand else ["/labels.gz"])


def test_a_folder_that_the_caller_named(site: Site, cache: Path) -> None:
    """It is the caller who can name another: the system's own error arrives, as it is."""
    site.put("labels.gz", gzip.compress(CONTENT))
    cache.write_text("a file")
    with pytest.raises(OSError, match="cache"):
        fetch("digits/labels", cache=cache, known=digits(site.url))


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_copy_that_may_not_be_read(site: Site, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named, and its owner."""
    (tmp_path / "digits").mkdir()
    (tmp_path / "digits" / "labels").write_bytes(CONTENT)
    (tmp_path / "digits" / "labels").chmod(0)
    monkeypatch.setenv("T2P_DATA", str(tmp_path))
    with pytest.raises(CourseDataError, match="labels may not be read"):
        fetch("digits", cache=cache, known=digits(site.url))


def test_an_unknown_name_is_answered_with_the_names_there_are(cache: Path) -> None:
    """Data sets and their files alike."""
    with pytest.raises(CourseDataError, match="there are: mnist, welltory"):
        fetch("minst", cache=cache)
    with pytest.raises(CourseDataError, match="there are: train-images-idx3-ubyte"):
        fetch("mnist/train", cache=cache)


def test_the_registry_states_source_licence_and_bytes_of_everything() -> None:
    """Nothing is listed without a licence, a way to cite it, two sources and a SHA-256 of each file."""
    for dataset in registry().values():
        assert dataset.licence
        assert dataset.cite
        assert len(dataset.sources) >= 2
        assert all(source.startswith("https://") and source.endswith("/") for source in dataset.sources)
        for file in dataset.files.values():
            assert len(bytes.fromhex(file.sha256)) == 32
            assert file.bytes > 0


def test_a_registry_with_a_fault_names_the_table(tmp_path: Path) -> None:
    """Whoever adds a data set is told what is missing."""
    path = tmp_path / "registry.toml"
    path.write_text('[digits]\ntitle = "Digits"\n', encoding="utf-8")
    with pytest.raises(CourseDataError, match=r"table \[digits\]: 'licence' is missing"):
        load_registry(path)


@pytest.mark.skipif("T2P_DATA" not in os.environ, reason="T2P_DATA names no folder with the real data")
@pytest.mark.parametrize("name", ["mnist", "welltory"])
def test_the_real_data_have_the_bytes_of_the_registry(name: str, cache: Path) -> None:
    """Copies of the real files pass, one that was packed anew included."""
    folder = fetch(name, cache=cache)
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert kept == set(registry()[name].files)
