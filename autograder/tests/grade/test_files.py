"""Folders as checks see them, where the worker or the decoder says what it likes."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
import torch

from autograder.compare import Mismatch, matches, same_files
from autograder.grade.files import Folder
from autograder.grade.formats import format_of
from autograder.sandbox.frames import ProtocolError
from autograder.sandbox.messages import Decode, Step
from autograder.sandbox.values import decode, encode


class Liar:
    """A submission whose worker gives these answers, and whose decoder that one."""

    frame_bytes = 1 << 20

    def __init__(self, decoded: bytes = b"", **answers: Any) -> None:
        self.answers = {"enter": "/home/student/work"} | answers
        self.decoded = decoded

    def ask(self, step: Step) -> Any:
        """Answer as the worker would."""
        return self.answers[step.name]

    def ask_clean(self, request: Decode) -> list[bytes]:
        """Answer as the decoder would."""
        return [self.decoded] * len(request.files)


def folder(decoded: bytes = b"", **answers: Any) -> Folder:
    return Folder(Liar(decoded, **answers))  # type: ignore[arg-type]


@pytest.mark.parametrize("root", [None, 7, "work", b"/work", ["/"]])
def test_a_folder_that_is_none(root: Any) -> None:
    """Where no path comes for a folder, the answer is refused."""
    with pytest.raises(ProtocolError):
        folder(enter=root)


@pytest.mark.parametrize(
    "listing",
    [
        [["../x"], [0], [1]],
        [["a/../../x"], [0], [1]],
        [["/etc/passwd"], [0], [1]],
        [["a\0b"], [0], [1]],
        [["a"], [99], [1]],
        [["a"], ["file"], [1]],
        [["a"], [0], [-1]],
        [["a"], [0], [0.5]],
        [["a", "b"], [0], [1]],
        [[1], [0], [1]],
        [[["a"]], [0], [0]],
        [["a"], [0]],
        {"a": 1},
        None,
        7,
        b"abc",
        np.ones((3, 2)),
    ],
)
def test_a_listing_of_another_form(listing: Any) -> None:
    """A forged listing is refused: it neither leads out of the folder nor fails the check itself."""
    with pytest.raises(ProtocolError):
        folder(entries=listing).entries()


@pytest.mark.parametrize("answer", [None, 7, "x", [b"x"] * 2, [], {"a": b"x"}, b"x"])
def test_bytes_of_another_form(answer: Any) -> None:
    """Where other answers come than one a file, they are refused."""
    with pytest.raises(ProtocolError):
        folder(read=answer).read_bytes("a.csv")


@pytest.mark.parametrize("word", ["LEAK", "{0.__class__}", "%s", 7, None, ["missing"], np.ones(2)])
def test_a_word_that_is_none(word: Any) -> None:
    """What stands for a problem is looked up and never shown."""
    with pytest.raises(Mismatch) as raised:
        folder(read=[word]).read_bytes("a.csv")
    assert raised.value.reason == "`a.csv` decodes to something that is no plain value."


@pytest.mark.parametrize(
    "decoded",
    [b"", b"v", b"pLEAK", b"p" + b"x" * 10_000, b"p\xff\xfe", b"pmissing LEAK", b"x", b"v" + b"\xff" * 50, b"vLEAK"],
)
def test_a_decoder_that_was_taken_over(decoded: bytes) -> None:
    """Its answer is a mismatch in our own words, as any file's that is wrong."""
    with pytest.raises(Mismatch) as raised:
        folder(decoded, read=[b"x"]).load("a.npy")
    assert raised.value.reason.startswith("`a.npy` ")
    assert "LEAK" not in raised.value.reason


@pytest.mark.parametrize("value", [None, {"frames": 1, "fps": 2.0}, {"frames": np.zeros((1, 2, 3)), "fps": 25.0}, [1]])
def test_a_clip_that_is_none(value: Any) -> None:
    """Frames that are no frames never reach a check."""
    with pytest.raises(Mismatch, match="no plain value"):
        folder(b"v" + encode(value), read=[b"x"]).load("a.avi")


def test_names_that_the_student_chose_are_not_shown() -> None:
    """A hidden input could stand in the name of a file or of a folder above it, or in one made from it."""
    chosen = folder(entries=[["out", "out/LEAK.npy"], [1, 0], [0, 9]], read=["unreadable"])
    (name,) = chosen.files()
    for shown in (name, "LEAK.json", "labels/LEAK.txt"):
        with pytest.raises(Mismatch) as raised:
            chosen.read_bytes(shown)
        assert raised.value.reason == "One of the files cannot be opened for reading."
    with pytest.raises(Mismatch) as raised:
        chosen.read_bytes("summary.csv")
    assert raised.value.reason == "`summary.csv` cannot be opened for reading."


def test_a_name_without_a_format() -> None:
    """It is the student's fault where the student chose it, and the check's where the check did."""
    chosen = folder(entries=[["LEAK.doc"], [0], [9]], read=[b"x"])
    with pytest.raises(ValueError, match="tells no format"):
        chosen.load("mine.doc")
    with pytest.raises(Mismatch, match=r"One of the files has a name that tells no format\."):
        chosen.load_all(chosen.files())


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "a\0b"])
def test_a_check_stays_in_its_folder(name: str) -> None:
    """A name that leads out is a fault of the check."""
    with pytest.raises(ValueError, match="leads out of the folder"):
        folder(put=None).put(name, b"")
    with pytest.raises(ValueError, match="leads out of the folder"):
        folder() / name


def test_paths() -> None:
    """A path is absolute, keeps spaces and accents, and opens nothing out here."""
    path = folder(put=None).put("données d'été/a b.csv", "é")
    assert path == PurePosixPath("/home/student/work/données d'été/a b.csv")
    assert not hasattr(path, "open")


def test_a_file_larger_than_a_message_cannot_be_put() -> None:
    """The author is told, and no student pays for it."""
    with pytest.raises(ValueError, match="more than"):
        folder(put=None).put("x", bytes((32 << 20) + 1))


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.npy", "npy"),
        ("a.b.CSV.gz", "csv.gz"),
        ("train-images-idx3-ubyte", "idx"),
        ("t10k-labels.idx1-ubyte.gz", "idx.gz"),
        ("a.jpeg", "jpg"),
        ("a", ""),
        ("a.gz", ""),
    ],
)
def test_format_of(name: str, kind: str) -> None:
    """The name tells the format, MNIST's too."""
    assert format_of(name) == kind


def test_same_files() -> None:
    """Files are counted, not named."""
    want = {"a": b"1", "b": b"2"}
    same_files(dict(want), want)
    with pytest.raises(Mismatch, match=r"`out` holds other files than it should: 1 missing, 2 too many\."):
        same_files({"a": b"1", "LEAK": b"", "c": b""}, want, "`out`")
    with pytest.raises(Mismatch, match=r"The folder holds the right files, but 1 of 2 with other contents\."):
        same_files({"a": b"1", "b": b"LEAK"}, want)


def test_paths_cross_as_paths() -> None:
    """A student's list of paths compares with the reference's, and nothing out here can open what came."""
    came = decode(encode([(Path("/a/é b.png"), 1), (Path("c"), 0)]))
    assert came == [(PurePosixPath("/a/é b.png"), 1), (PurePosixPath("c"), 0)]
    assert type(came[0][0]) is PurePosixPath
    matches(came, [(Path("/a/é b.png"), 1), (Path("c"), 0)])
    with pytest.raises(Mismatch, match="is a string: expected a path"):
        matches("c", Path("c"))
    with pytest.raises(Mismatch, match="is a path, as expected, but not the right one"):
        matches(PurePosixPath("d"), Path("c"))


def test_a_single_number_that_requires_a_gradient() -> None:
    """It is compared as a number where the text leaves the kind open: `loss` without `.item()`."""
    loss = torch.tensor(2.5, dtype=torch.float64, requires_grad=True)
    matches(loss, 2.5, kind=False)
    with pytest.raises(Mismatch, match="has another value"):
        matches(loss, 3.5, kind=False)
