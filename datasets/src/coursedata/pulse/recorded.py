"""Loaders of recorded data: UBFC-rPPG and PURE, which you get from their authors, and Welltory, which `fetch` gets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursedata.download import fetch_welltory
from coursedata.errors import CourseDataError, DamagedFileError

__all__ = ["FilmedFace", "Fingertip", "load_pure", "load_ubfc", "load_welltory"]

Signal = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FilmedFace:
    """A filmed face and what a pulse oximeter on the finger said meanwhile; OpenCV reads the pictures."""

    name: str
    video: Path | None
    """The file of a film (UBFC-rPPG), None where there are single pictures."""
    pictures: tuple[Path, ...] = field(repr=False)
    """One file a frame (PURE), in order of time; empty where there is a film."""
    times: Signal | None = field(repr=False)
    """(T,) seconds of the frames, where the data set tells them apart from the oximeter's."""
    wave: Signal = field(repr=False)
    """(N,) the oximeter's contact PPG."""
    wave_times: Signal = field(repr=False)
    """(N,) seconds of `wave`; they begin at 0 with the first frame."""
    heart_rates: Signal = field(repr=False)
    """(N,) what the oximeter displayed, in beats a minute."""

    def mean_rate(self, start: float, stop: float) -> float:
        """Return the mean displayed rate between two times in seconds, in beats a minute.

        Raises ValueError when the oximeter said nothing then.
        """
        inside = (self.wave_times >= start) & (self.wave_times < stop) & (self.heart_rates > 0)
        if not inside.any():
            raise ValueError(f"{self.name} has no heart rate between {start} and {stop} s")
        return float(self.heart_rates[inside].mean())


@dataclass(frozen=True, eq=False)
class Fingertip:
    """A fingertip on a phone's camera (contact PPG, not remote) and the RR intervals of a chest strap."""

    name: str
    times: Signal = field(repr=False)
    """(T,) seconds, irregular."""
    rgb: Signal = field(repr=False)
    """(T, 3) mean red, green and blue of each frame, 0 to 255; which of them carries the pulse depends on the phone."""
    intervals: Signal = field(repr=False)
    """(B,) seconds between the heart's beats."""

    @property
    def heart_rate(self) -> float:
        """Mean rate of the recording in beats a minute."""
        return 60.0 / float(self.intervals.mean())

    def mean_rate(self, start: float, stop: float) -> float:
        """Return the mean rate of the intervals that end between two times in seconds, in beats a minute.

        The first interval is taken to begin with the first frame; the data set says no more about that.
        Raises ValueError when no interval ends then.
        """
        ends = np.cumsum(self.intervals)
        inside = (ends > start) & (ends <= stop)
        if not inside.any():
            raise ValueError(f"{self.name} has no beat between {start} and {stop} s")
        return 60.0 / float(self.intervals[inside].mean())


def load_ubfc(folder: str | os.PathLike[str]) -> tuple[FilmedFace, ...]:
    """Return every subject of a UBFC-rPPG folder, by name: DATASET_2 (`ground_truth.txt`) and DATASET_1 (`gtdump.xmp`).

    Layout: `subject1/vid.avi` beside `subject1/ground_truth.txt`, whose three lines are PPG, beats a minute and
    seconds; or `5-gt/vid.avi` beside `5-gt/gtdump.xmp`, whose rows are milliseconds, beats a minute, SpO2 and PPG.
    Bobbia et al., Pattern Recognition Letters 124 (2019); for the data ask its authors.

    Raises CourseDataError when there is no subject or a film is missing, DamagedFileError when a file is not as above.
    """
    return _each(folder, "UBFC-rPPG", "vid.avi beside ground_truth.txt or gtdump.xmp", _ubfc_subject)


def load_pure(folder: str | os.PathLike[str]) -> tuple[FilmedFace, ...]:
    """Return every recording of a PURE folder, by name ("01-01": person 1, seated steadily).

    Layout: `01-01.json` in or beside `01-01/`, whose pictures `Image1392643993642815000.png` are named by their
    nanoseconds. In the JSON file `/FullPackage` lists the oximeter's `Timestamp` and `Value` (`waveform`, `pulseRate`),
    `/Image` the frames' `Timestamp`. Stricker, Mueller and Gross, IEEE RO-MAN (2014); for the data ask its authors.

    Raises CourseDataError when there is no recording or its pictures are missing, DamagedFileError when a file is not
    as above.
    """
    return _each(folder, "PURE", "NN-NN.json in or beside a folder NN-NN of pictures", _pure_recording)


def load_welltory(copies: str | os.PathLike[str] | None = None) -> tuple[Fingertip, ...]:
    """Return the 21 Welltory recordings by name; `copies` is a folder that holds the files already.

    Neshitov et al., Sensors 21 (2021) 6798; CC0. Raises what `fetch_welltory` raises.
    """
    subjects = sorted((fetch_welltory(copies) / "data").glob("subject_*"))
    return tuple(_fingertip(subject) for subject in subjects if (subject / "PPG.csv").is_file())


def _fingertip(subject: Path) -> Fingertip:
    rows = np.loadtxt(subject / "PPG.csv", delimiter=",", skiprows=1, encoding="utf-8")
    intervals = np.array((subject / "RR.txt").read_text(encoding="utf-8").split(), dtype=np.float64)
    return Fingertip(subject.name, rows[:, 0] / 1000.0, rows[:, 1:], intervals / 1000.0)


def _each(
    folder: str | os.PathLike[str], title: str, layout: str, load: Callable[[Path], FilmedFace | None]
) -> tuple[FilmedFace, ...]:
    root = Path(folder)
    if not root.is_dir():
        raise CourseDataError(f"there is no folder {root}: name the one that holds {title}")
    loaded = [load(path) for path in sorted(root.iterdir()) if path.is_dir()]
    found = tuple(face for face in loaded if face is not None)
    if not found:
        raise CourseDataError(f"{root} holds nothing of {title}: each recording is {layout}")
    return found


def _ubfc_subject(subject: Path) -> FilmedFace | None:
    text, table = subject / "ground_truth.txt", subject / "gtdump.xmp"
    truth = text if text.is_file() else table
    if not truth.is_file():
        return None
    video = subject / "vid.avi"
    if not video.is_file():
        raise CourseDataError(f"{subject} has {truth.name} and no vid.avi: copy the film beside it")
    if truth is text:
        wave, rates, seconds = _rows(text)
    else:
        milliseconds, rates, wave = _columns(table)
        seconds = milliseconds / 1000.0
    return FilmedFace(subject.name, video, (), None, wave, seconds - seconds[0], rates)


def _rows(path: Path) -> list[Signal]:
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    try:
        rows = [np.array(line, dtype=np.float64) for line in lines[:3]]
    except ValueError as error:
        raise DamagedFileError(f"{path} is no list of numbers: {error}") from error
    if len(rows) < 3 or not len(rows[0]) == len(rows[1]) == len(rows[2]) > 0:
        sizes = ", ".join(str(len(row)) for row in rows)
        raise DamagedFileError(f"{path} should have three lines of equal length, and has ({sizes}) numbers")
    return rows


def _columns(path: Path) -> tuple[Signal, Signal, Signal]:
    try:
        table = np.loadtxt(path, delimiter=",", ndmin=2, encoding="utf-8")
        return table[:, 0], table[:, 1], table[:, 3]
    except (ValueError, IndexError) as error:
        raise DamagedFileError(f"{path} should have rows of four numbers: {error}") from error


def _pure_recording(folder: Path) -> FilmedFace | None:
    name = folder.name
    truth = next((path for path in (folder / f"{name}.json", folder.with_name(f"{name}.json")) if path.is_file()), None)
    if truth is None:
        return None
    pictures = sorted((*folder.glob("Image*.png"), *(folder / name).glob("Image*.png")), key=_nanoseconds)
    if not pictures:
        raise CourseDataError(f"{truth} is there and no picture in {folder}: unpack the recording's pictures into it")
    try:
        packages: list[dict[str, Any]] = json.loads(truth.read_text(encoding="utf-8"))["/FullPackage"]
        stamps = np.array([int(package["Timestamp"]) for package in packages])
        wave = np.array([float(package["Value"]["waveform"]) for package in packages])
        rates = np.array([float(package["Value"]["pulseRate"]) for package in packages])
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedFileError(f"{truth} is not as PURE's files are: {error!r}") from error
    frames = np.array([_nanoseconds(path) for path in pictures])
    _must_rise(stamps, truth)
    first = int(frames[0])
    return FilmedFace(name, None, tuple(pictures), _seconds(frames, first), wave, _seconds(stamps, first), rates)


def _nanoseconds(picture: Path) -> int:
    digits = picture.stem.removeprefix("Image")
    if not digits.isdecimal():
        raise DamagedFileError(f"{picture} is not named by its nanoseconds, as PURE's pictures are")
    return int(digits)


def _must_rise(stamps: NDArray[np.int64], path: Path) -> None:
    if len(stamps) == 0 or any(later < earlier for earlier, later in pairwise(stamps.tolist())):
        raise DamagedFileError(f"{path}: the oximeter's times must rise, and there must be some")


def _seconds(stamps: NDArray[np.int64], first: int) -> Signal:
    return np.asarray((stamps - first) / 1e9)
