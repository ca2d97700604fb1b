"""The damaged folder: the whole recording can be rescued from it, and each kind of damage is there."""

from __future__ import annotations

import gzip
from pathlib import Path

import cv2
import numpy as np
import pytest

from coursedata import damaged_folder, recording


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A damaged folder below a path with spaces and accents."""
    return damaged_folder(tmp_path_factory.mktemp("données d'été") / "my rescue")


def frames_in(data: bytes) -> np.ndarray:
    """Return the frames in an IDX file of rank 4 that holds bytes."""
    assert data[:4] == bytes([0, 0, 8, 4])
    return np.frombuffer(data, np.uint8, offset=20).reshape(np.frombuffer(data, ">u4", 4, 4))


def test_the_whole_recording_is_in_the_two_copies(folder: Path) -> None:
    """The camera's files and the packed ones, each where it is sound, are the recording."""
    lost = {2, 4, 5, 7}
    camera = {n: folder / "camera" / f"second {n:02d}.idx" for n in set(range(10)) - lost}
    backup = {n: folder / "backup d'été" / f"second {n:02d}.idx.gz" for n in set(range(10)) - {3}}
    seconds = {n: frames_in(gzip.decompress(path.read_bytes())) for n, path in backup.items()}
    assert all(np.array_equal(frames_in(camera[n].read_bytes()), seconds[n]) for n in camera.keys() & seconds.keys())
    seconds[3] = frames_in(camera[3].read_bytes())
    assert np.array_equal(np.concatenate([seconds[n] for n in range(10)]), recording().frames)


def test_each_kind_of_damage_is_there(folder: Path) -> None:
    """One file is cut off, one is a web page, one is empty, one and a folder are missing, one packed file is cut."""
    camera = folder / "camera"
    assert 20 < (camera / "second 02.idx").stat().st_size < 20 + 30 * 72 * 64 * 3
    assert (camera / "second 04.idx").read_bytes().startswith(b"<!DOCTYPE")
    assert (camera / "second 05.idx").stat().st_size == 0
    assert not (camera / "second 07.idx").exists()
    assert not (folder / "old disk").exists()
    with pytest.raises(EOFError):
        gzip.decompress((folder / "backup d'été" / "second 03.idx.gz").read_bytes())


def test_the_notes_are_in_two_encodings(folder: Path) -> None:
    """One is no UTF-8, the other begins with a byte order mark."""
    with pytest.raises(UnicodeDecodeError):
        (folder / "notes" / "protocol.txt").read_bytes().decode("utf-8")
    assert (folder / "notes" / "log.txt").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_pictures_lie_under_their_labels(folder: Path) -> None:
    """6, 15 and 9 pictures of one size, and files beside them that are none."""
    pictures = sorted((folder / "pictures").glob("*/*.png"))
    counts = {label: sum(path.parent.name == label for path in pictures) for label in ("hair", "skin", "wall")}
    assert counts == {"hair": 6, "skin": 15, "wall": 9}
    assert {np.asarray(cv2.imdecode(np.fromfile(path, np.uint8), 1)).shape for path in pictures} == {(8, 10, 3)}
    assert (folder / "pictures" / "skin" / "Thumbs.db").is_file()


def test_a_second_call_mends_what_was_changed_and_keeps_the_rest(tmp_path: Path) -> None:
    """Files are as after the first call; a file of one's own stays."""
    first = damaged_folder(tmp_path)
    before = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    (first / "camera" / "second 00.idx").write_bytes(b"changed")
    (first / "camera" / "second 07.idx").write_bytes(b"not there before")
    (first / "mine.txt").write_bytes(b"mine")
    damaged_folder(tmp_path)
    after = {path: path.read_bytes() for path in first.rglob("*") if path.is_file()}
    assert after == before | {first / "mine.txt": b"mine"}
