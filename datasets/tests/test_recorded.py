"""Recorded pulses: tiny folders laid out as UBFC-rPPG and PURE are, and Welltory's files where they are at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from coursedata import fetch_mnist, fetch_welltory
from coursedata.errors import CourseDataError, DamagedFileError
from coursedata.pulse import load_pure, load_ubfc, load_welltory

FIRST = 1392643993642815000
"""Nanoseconds of PURE's first picture; they need all bits of 64."""


def ubfc_subject(folder: Path, rates: list[float]) -> None:
    folder.mkdir(parents=True)
    writer = cv2.VideoWriter(str(folder / "vid.avi"), cv2.VideoWriter_fourcc(*"MJPG"), 30.0, (16, 16))
    for level in range(len(rates)):
        writer.write(np.full((16, 16, 3), 40 * level, np.uint8))
    writer.release()
    rows = (np.sin(np.arange(len(rates))), rates, 5.0 + np.arange(len(rates)) / 30.0)
    text = "\n".join("   ".join(f"{value:.7e}" for value in row) for row in rows)
    (folder / "ground_truth.txt").write_text(text + "\n", encoding="utf-8")


def pure_recording(root: Path, name: str, *, inner: bool) -> None:
    pictures = root / name / name if inner else root / name
    pictures.mkdir(parents=True)
    stamps = [FIRST + round(1e9 * k / 30) for k in range(6)]
    for stamp in reversed(stamps):
        cv2.imwrite(str(pictures / f"Image{stamp}.png"), np.zeros((4, 4, 3), np.uint8))
    package = [
        {"Timestamp": FIRST + round(1e9 * k / 60), "Value": {"waveform": k, "pulseRate": 60 + k, "o2saturation": 97}}
        for k in range(12)
    ]
    truth = {"/FullPackage": package, "/Image": [{"Timestamp": stamp, "Value": {}} for stamp in stamps]}
    (root / f"{name}.json" if inner else root / name / f"{name}.json").write_text(json.dumps(truth), encoding="utf-8")


def test_ubfc_subjects_come_with_their_film_and_oximeter(tmp_path: Path) -> None:
    """Three lines of numbers become wave, rate and seconds from 0; the film is one that OpenCV reads."""
    ubfc_subject(tmp_path / "subject3", [70.0, 71.0, 72.0])
    ubfc_subject(tmp_path / "subject1", [80.0, 0.0, 84.0])
    (tmp_path / "notes").mkdir()
    first, third = load_ubfc(tmp_path)
    assert (first.name, third.name) == ("subject1", "subject3")
    assert first.wave == pytest.approx(np.sin(np.arange(3)), abs=1e-6)
    assert first.wave_times == pytest.approx([0.0, 1 / 30, 2 / 30], abs=1e-6)
    assert first.mean_rate(0.0, 1.0) == pytest.approx(82.0)  # 0 is an oximeter that lost the finger
    assert third.mean_rate(0.0, 0.05) == pytest.approx(70.5)
    assert cv2.VideoCapture(str(third.video)).read()[1].shape == (16, 16, 3)


def test_the_first_set_of_ubfc_has_its_own_table(tmp_path: Path) -> None:
    """`gtdump.xmp` holds milliseconds, rate, SpO2 and wave in rows."""
    ubfc_subject(tmp_path / "5-gt", [70.0])
    (tmp_path / "5-gt" / "ground_truth.txt").unlink()
    (tmp_path / "5-gt" / "gtdump.xmp").write_text("0,66,97,40\n16,67,97,44\n", encoding="utf-8")
    (face,) = load_ubfc(tmp_path)
    assert face.wave_times == pytest.approx([0.0, 0.016])
    assert face.heart_rates == pytest.approx([66.0, 67.0])
    assert face.wave == pytest.approx([40.0, 44.0])


def test_pure_recordings_come_with_pictures_in_order_of_time(tmp_path: Path) -> None:
    """Both known layouts: JSON in the folder, or beside it with the pictures one folder deeper."""
    pure_recording(tmp_path, "01-01", inner=False)
    pure_recording(tmp_path, "01-02", inner=True)
    faces = load_pure(tmp_path)
    assert [face.name for face in faces] == ["01-01", "01-02"]
    for face in faces:
        assert face.video is None
        assert face.times == pytest.approx(np.arange(6) / 30, abs=1e-8)
        assert face.pictures[0].name == f"Image{FIRST}.png"
        assert face.wave_times == pytest.approx(np.arange(12) / 60, abs=1e-8)
        assert face.mean_rate(0.0, 1 / 30 - 1e-4) == pytest.approx(60.5)


def test_a_time_without_a_rate_is_named(tmp_path: Path) -> None:
    """Asking outside of the recording raises ValueError with the recording's name."""
    ubfc_subject(tmp_path / "subject1", [70.0])
    with pytest.raises(ValueError, match="subject1 has no heart rate between 5 and 6 s"):
        load_ubfc(tmp_path)[0].mean_rate(5, 6)


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """No folder, an empty one, no film, no picture: each says what and where."""
    with pytest.raises(CourseDataError, match="there is no folder"):
        load_ubfc(tmp_path / "nowhere")
    with pytest.raises(CourseDataError, match="holds nothing of PURE"):
        load_pure(tmp_path)
    ubfc_subject(tmp_path / "subject1", [70.0])
    (tmp_path / "subject1" / "vid.avi").unlink()
    with pytest.raises(CourseDataError, match=r"subject1 has ground_truth.txt and no vid.avi"):
        load_ubfc(tmp_path)
    pure_recording(tmp_path, "01-01", inner=False)
    for picture in (tmp_path / "01-01").glob("*.png"):
        picture.unlink()
    with pytest.raises(CourseDataError, match="no picture in"):
        load_pure(tmp_path)


@pytest.mark.parametrize("text", ["1 2\n3 4\n", "1 2\n3\n5 6\n", "a b\n1 2\n3 4\n", ""])
def test_a_damaged_table_is_named(tmp_path: Path, text: str) -> None:
    """Too few lines, lines of other lengths and words raise DamagedFileError with the file's name."""
    ubfc_subject(tmp_path / "subject1", [70.0])
    (tmp_path / "subject1" / "ground_truth.txt").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=r"ground_truth\.txt"):
        load_ubfc(tmp_path)


@pytest.mark.parametrize("text", ["{", "[]", '{"/FullPackage": [{"Timestamp": 1}]}', '{"/FullPackage": []}'])
def test_a_damaged_json_file_is_named(tmp_path: Path, text: str) -> None:
    """No JSON, another structure and an empty one raise DamagedFileError with the file's name."""
    pure_recording(tmp_path, "01-01", inner=False)
    (tmp_path / "01-01" / "01-01.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedFileError, match=r"01-01\.json"):
        load_pure(tmp_path)


def data_folder(name: str) -> Path:
    folder = Path(os.environ.get("T2P_DATA", "")) / name
    if not os.environ.get("T2P_DATA") or not folder.is_dir():
        pytest.skip(f"{name} is not here: name the folder above {name}/ in T2P_DATA")
    return folder


def test_welltory_recordings_come_with_their_intervals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """21 fingertips in seconds, each over a minute long, with a mean rate that a resting adult has."""
    folder = data_folder("welltory")
    monkeypatch.setenv("T2P_CACHE", str(tmp_path))
    fingers = load_welltory(folder)
    assert [finger.name for finger in fingers] == [f"subject_{number:02}" for number in range(1, 22)]
    for finger in fingers:
        assert finger.rgb.shape == (len(finger.times), 3)
        assert 60 < finger.times[-1] < 120
        assert 45 < finger.heart_rate < 110
        assert finger.mean_rate(10, 40) == pytest.approx(finger.heart_rate, rel=0.25)
    assert fingers[0].intervals[0] == pytest.approx(1.203)
    with pytest.raises(ValueError, match="subject_01 has no beat"):
        fingers[0].mean_rate(500, 501)


def test_a_folder_of_copies_serves_mnist_packed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Copies named by an argument are verified and unpacked; the official set's file compressed anew will do."""
    folder = data_folder("mnist")
    monkeypatch.setenv("T2P_CACHE", str(tmp_path))
    monkeypatch.delenv("T2P_DATA")
    assert {path.name: path.stat().st_size for path in fetch_mnist(folder).iterdir()} == {
        "train-images-idx3-ubyte": 47040016,
        "train-labels-idx1-ubyte": 60008,
        "t10k-images-idx3-ubyte": 7840016,
        "t10k-labels-idx1-ubyte": 10008,
    }


def test_a_missing_folder_of_copies_and_a_damaged_copy_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is downloaded in place of a folder that somebody named and that is not there, or is damaged."""
    monkeypatch.setenv("T2P_CACHE", str(tmp_path / "cache"))
    with pytest.raises(CourseDataError, match="there is no folder"):
        fetch_welltory(tmp_path / "nowhere")
    (tmp_path / "mnist").mkdir()
    (tmp_path / "mnist" / "train-images-idx3-ubyte").write_bytes(b"cut off")
    with pytest.raises(DamagedFileError, match="these are not the bytes"):
        fetch_mnist(tmp_path / "mnist")
