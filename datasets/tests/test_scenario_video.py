"""Films in named scenarios: the pulse that they say, in pixels, and files that keep it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from coursedata import FaceVideo, make_scenario_video, save_video
from coursedata.pulse import SCENARIOS

BPM_ERROR = 1.5
"""How far a reading of green in an easy clip may be from the truth."""


def green(frames: NDArray[np.uint8], skin: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.asarray(frames[:, skin, 1].mean(axis=1, dtype=np.float64))


def rate(signal: NDArray[np.float64], fps: float) -> float:
    """Return the frequency of the highest peak between 40 and 200 BPM, slow changes taken out."""
    steps = np.linspace(-1.0, 1.0, len(signal))
    flat = signal - np.polyval(np.polyfit(steps, signal, 5), steps)
    size = 32 * len(signal)
    bpm = np.fft.rfftfreq(size, 1.0 / fps) * 60.0
    allowed = (bpm >= 40.0) & (bpm <= 200.0)
    return float(bpm[allowed][np.abs(np.fft.rfft(flat * np.hanning(len(signal)), size))[allowed].argmax()])


@pytest.fixture(scope="module")
def easy() -> FaceVideo:
    return make_scenario_video("easy", seconds=12, heart_rate=75, seed=2)


def test_an_easy_film_shows_the_mean_rate_of_the_clip(easy: FaceVideo) -> None:
    """The mean green of the skin peaks at the truth, which is not the nominal rate."""
    assert easy.frames.shape == (360, 72, 64, 3)
    assert rate(green(easy.frames, easy.skin), easy.fps) == pytest.approx(easy.heart_rate, abs=BPM_ERROR)
    assert easy.mean_rate(0, float(easy.times[-1])) == pytest.approx(easy.heart_rate)
    assert easy.mean_rate(0, 4) != easy.mean_rate(4, 8)
    assert 70 < easy.heart_rate < 80


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_scenario_can_be_filmed(name: str) -> None:
    """Frames, times and blood have one length, and the skin mask is not empty."""
    video = make_scenario_video(name, seconds=2, height=48, width=48, seed=4)
    assert len(video.frames) == len(video.times) == len(video.blood)
    assert video.skin.sum() > 50
    assert np.isnan(video.heart_rate) == (SCENARIOS[name].pulse == 0)


def test_a_photograph_stands_still_and_a_talking_mouth_does_not() -> None:
    """In the photograph only noise changes; in the film of a talker the mouth changes more than the forehead."""
    photo = make_scenario_video("still_photo", seconds=3, tone="II", seed=1)
    assert photo.frames.std(axis=0).max() < 6
    assert "no pulse" in repr(photo)
    talker = make_scenario_video("no_pulse", seconds=4, tone="II", seed=1)
    change = talker.frames.astype(float).std(axis=0).mean(axis=-1)
    assert change[54:60, 28:36].mean() > 3 * change[22:26, 28:36].mean()
    assert not talker.blood.any()


def test_equal_seeds_give_equal_films() -> None:
    """The seed is the only source of chance."""
    first, again, other = (make_scenario_video("flicker", seconds=0.5, seed=seed).frames for seed in (5, 5, 6))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize(("codec", "error"), [("FFV1", 0.0), ("MJPG", 4.0)])
def test_a_saved_film_reads_back_with_its_pulse(easy: FaceVideo, tmp_path: Path, codec: Any, error: float) -> None:
    """FFV1 gives the same pixels (blue first, as OpenCV reads), MJPG nearly; both keep the rate."""
    capture = cv2.VideoCapture(str(save_video(easy, tmp_path / "été 1.avi", codec=codec)))
    assert capture.get(cv2.CAP_PROP_FPS) == pytest.approx(30.0)
    frames = []
    while (read := capture.read())[0]:
        frames.append(read[1][..., ::-1])
    back = np.array(frames)
    assert back.shape == easy.frames.shape
    assert np.abs(back.astype(int) - easy.frames).mean() <= error
    assert rate(green(back, easy.skin), easy.fps) == pytest.approx(easy.heart_rate, abs=BPM_ERROR)


def test_codecs_that_lose_the_pulse_are_refused(easy: FaceVideo, tmp_path: Path) -> None:
    """mp4v and other endings raise ValueError, and nothing is written."""
    with pytest.raises(ValueError, match=r"an \.avi file in FFV1 or MJPG"):
        save_video(easy, tmp_path / "clip.avi", codec="mp4v")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"not clip\.mp4"):
        save_video(easy, tmp_path / "clip.mp4")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scenario": "hard"}, "there is no scenario"),
        ({"heart_rate": 20}, "heart_rate is in beats a minute"),
        ({"height": 3}, "height and width"),
        ({"tone": "VII"}, "tone is one of"),
        ({"seed": -1}, "seed is a whole number"),
    ],
)
def test_an_argument_out_of_range_is_named(wrong: dict[str, Any], words: str) -> None:
    """ValueError says which argument, its range and what came."""
    with pytest.raises(ValueError, match=words):
        make_scenario_video(**wrong)
