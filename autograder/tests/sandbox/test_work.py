"""Looking at files beside student code, and at a decoder's process that dies, hangs or lies."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.errors import SandboxUnavailable
from autograder.sandbox import client, files
from autograder.sandbox.client import Sandbox
from autograder.sandbox.files import KINDS, Work
from autograder.sandbox.frames import Channel
from autograder.sandbox.limits import Limits
from autograder.sandbox.messages import Decode, read, write
from autograder.sandbox.warm import Warm, start_warm

LIMITS = Limits(memory_bytes=300 << 20, files_bytes=8 << 20, processes=32, cpu_seconds=20)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Work:
    """The notebook's folder, which is the current one."""
    home = tmp_path / "work"
    home.mkdir()
    monkeypatch.chdir(home)
    return Work(home)


def test_a_check_has_an_empty_folder_of_its_own(work: Work) -> None:
    """It is the current one until the check is over, empty at each look, and gone afterwards."""
    (work.home / "mine.txt").write_text("of the notebook")
    for _ in range(2):
        root = Path(work.act("enter", "ab12"))
        assert (Path.cwd(), list(root.iterdir()), root.parent) == (root, [], work.home.parent)
        work.act("put", "ab12", "a b/é.csv", b"1")
        assert work.act("entries", "ab12", "") == [["a b", "a b/é.csv"], [1, 0], [0, 1]]
        (root / "left behind").mkdir(mode=0)
    work.act("leave", "ab12")
    assert (Path.cwd(), sorted(path.name for path in work.home.parent.iterdir())) == (work.home, ["work"])
    assert work.act("entries", "", "")[0] == ["mine.txt"]


def test_a_notebook_that_went_elsewhere_goes_on_there(work: Work) -> None:
    """A check returns to where the notebook had gone, or to its folder where that is no more."""
    (work.home / "deeper").mkdir()
    os.chdir("deeper")
    work.act("enter", "ab12")
    work.act("leave", "ab12")
    assert Path.cwd() == work.home / "deeper"
    work.act("enter", "ab12")
    (work.home / "deeper").rmdir()
    work.act("leave", "ab12")
    assert Path.cwd() == work.home
    (work.home / "gone").mkdir()
    os.chdir("gone")
    (work.home / "gone").rmdir()
    work.act("enter", "ab12")
    work.act("leave", "ab12")
    assert Path.cwd() == work.home


def test_nothing_but_regular_files_is_opened(work: Work) -> None:
    """A FIFO does not hang, a link is not followed, on the way neither, and each is told by its kind."""
    os.mkfifo("fifo")
    Path("outside").symlink_to("/etc")
    Path("file-link").symlink_to("/etc/passwd")
    Path("folder.npy").mkdir()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket")
    names = ["fifo", "outside", "outside/passwd", "file-link", "folder.npy", "socket", "nothing", "fifo/x"]
    found = [work.act("read", "", [name], 100)[0] for name in names]
    assert found == ["other", "link", "link", "link", "folder", "other", "missing", "missing"]
    listed, kinds, _ = work.act("entries", "", "")
    assert {name: KINDS[kind] for name, kind in zip(listed, kinds, strict=True)} == {
        "fifo": "other",
        "file-link": "link",
        "folder.npy": "folder",
        "outside": "link",
        "socket": "other",
    }
    assert [work.act("entries", "", name) for name in ("outside", "fifo", "nothing")] == ["link", "file", "missing"]


def test_what_is_read_is_bounded(work: Work) -> None:
    """By the bytes of all files together, whatever a file says of its size: a sparse one holds ten gigabytes."""
    with Path("sparse").open("wb") as file:
        file.truncate(10 << 30)
    Path("five").write_bytes(b"12345")
    assert work.act("read", "", ["five", "five"], 10) == [b"12345", b"12345"]
    assert work.act("read", "", ["five", "five", "five"], 9) == [b"12345", "large"]
    assert work.act("read", "", ["sparse"], 1 << 20) == ["large"]
    assert work.act("entries", "", "")[2] == [5, 10 << 30]


def test_a_listing_is_bounded(work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    """In depth, in number and in the length of its names together."""
    monkeypatch.setattr(files, "ENTRIES", 50)
    monkeypatch.setattr(files, "NAME_CHARACTERS", 5000)
    Path("/".join(["d"] * 16)).mkdir(parents=True)
    assert len(work.act("entries", "", "")[0]) == 16
    Path("/".join(["d"] * 18)).mkdir(parents=True)
    assert work.act("entries", "", "") == "deep"
    Path("long").mkdir()
    for number in range(30):
        Path(f"long/{number:0250d}").touch()
    assert work.act("entries", "", "long") == "many"
    Path("short").mkdir()
    for number in range(51):
        Path(f"short/{number}").touch()
    assert work.act("entries", "", "short") == "many"


def test_names_of_odd_bytes(work: Work) -> None:
    """Bytes that are no text come as escapes, so that the answer can be sent."""
    for name in (b"\xff", "é\n".encode(), b"\xed\xa0\x80"):
        os.close(os.open(name, os.O_CREAT))
    assert sorted(work.act("entries", "", "")[0]) == ["\\xed\\xa0\\x80", "\\xff", "é\n"]


def misbehave(connection: socket.socket) -> None:
    """Be a worker that does what the first file's format says."""
    channel = Channel(connection, takes=1)
    channel.send(b"hello")
    request = read(channel.receive()[1], Decode)
    word = request.files[0][0]
    if word == "die":
        os._exit(3)
    if word == "hang":
        time.sleep(60)
    if word == "flood":
        channel.send(b"v" + bytes(2 << 20))
    channel.send(word.encode())


@pytest.fixture(scope="module")
def misbehaving() -> Iterator[Warm]:
    try:
        made = start_warm(1, misbehave)
    except SandboxUnavailable as error:
        pytest.skip(str(error))
    yield made
    made.close()


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("word", "answer"),
    [("die", b"pcrashed"), ("hang", b"ptimeout"), ("flood", b"prefused"), ("p", b"p"), ("pLEAK", b"pLEAK")],
)
def test_a_decoder_that_misbehaves(
    word: str, answer: bytes, misbehaving: Warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its end is the answer, and the submission goes on: it can be asked again and ended."""
    monkeypatch.setattr(client, "DECODING_SECONDS", 1)
    submission = Sandbox.start(misbehaving.slots[0], LIMITS, frame_bytes=1 << 20)
    assert submission.decode(Decode([(word, b"1"), ("never", b"2")], 1000)) == [answer]
    assert submission.decode(Decode([("p", b"1")], 1000)) == [b"p"]
    assert submission.stop().number == submission.number


@pytest.mark.sandbox
def test_the_end_of_a_submission_is_not_lost_while_its_files_are_decoded(misbehaving: Warm) -> None:
    """Both ends are told over one channel, and each is found by whoever waits for it."""
    submission = Sandbox.start(misbehaving.slots[0], LIMITS, frame_bytes=1 << 20)
    submission.channel.send(write(Decode([("p", b"")], 10)))  # it answers and ends
    assert submission.channel.receive(10)[1] == b"p"
    assert submission.channel.socket.recv(1) == b""
    assert submission.decode(Decode([("p", b"")], 10)) == [b"p"]
    started = time.monotonic()
    assert submission.stop().number == submission.number
    assert time.monotonic() - started < 30
