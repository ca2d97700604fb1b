"""The face video: a pulse of the rate it says, the same bytes everywhere, a picture one can work with."""

from __future__ import annotations

import dataclasses
import hashlib
import math
import time
from statistics import NormalDist
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import coursedata
from coursedata import FaceVideo, make_face_video, recording
from coursedata.face import exact, waveform
from coursedata.face.portrait import TONES

BPM_ERROR = 1.0
"""How far a reading may be from the truth, in beats a minute."""
RECORDING_SHA256 = "e3d66497030d26d5a1ddce75a54395c6e888457f29ae1ffe51aa6547ee0776ce"


def skin_colours(video: FaceVideo) -> NDArray[np.float64]:
    """Return the mean red, green and blue of the skin in each frame, shape (T, 3)."""
    return np.asarray(video.frames[:, video.skin].mean(axis=1, dtype=np.float64))


def rate(signal: NDArray[np.float64], fps: float) -> float:
    """Return the frequency of the highest peak between 40 and 240 BPM of a signal, slow changes taken out."""
    steps = np.linspace(-1.0, 1.0, len(signal))
    flat = signal - np.polyval(np.polyfit(steps, signal, 3), steps)
    size = 64 * len(signal)
    spectrum = np.abs(np.fft.rfft(flat * np.hanning(len(signal)), size))
    bpm = np.fft.rfftfreq(size, 1.0 / fps) * 60.0
    allowed = (bpm >= 40.0) & (bpm <= 240.0)
    return float(bpm[allowed][np.argmax(spectrum[allowed])])


@pytest.mark.parametrize("heart_rate", [48.0, 59.0, 66.0, 83.5, 120.0, 175.0])
def test_the_skin_shows_the_true_heart_rate(heart_rate: float) -> None:
    """The mean green of the skin peaks within 1 BPM of the truth, whatever the rate."""
    video = make_face_video(heart_rate=heart_rate, seconds=15, seed=5)
    assert rate(skin_colours(video)[:, 1], video.fps) == pytest.approx(heart_rate, abs=BPM_ERROR)


@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("seed", [1, 2])
def test_every_skin_tone_shows_the_heart_rate(tone: Any, seed: int) -> None:
    """Dark skin shows less of the pulse, and still enough to be read."""
    video = make_face_video(tone=tone, seed=seed, heart_rate=72, seconds=12)
    assert rate(skin_colours(video)[:, 1], video.fps) == pytest.approx(72, abs=BPM_ERROR)


@pytest.mark.parametrize(("height", "width", "fps"), [(36, 36, 30), (128, 96, 25), (48, 80, 60)])
def test_other_sizes_and_frame_rates_show_the_heart_rate(height: int, width: int, fps: float) -> None:
    """The pulse does not depend on how large or how often the face is filmed."""
    video = make_face_video(height=height, width=width, fps=fps, heart_rate=90, seconds=12)
    assert video.frames.shape == (12 * fps, height, width, 3)
    assert rate(skin_colours(video)[:, 1], fps) == pytest.approx(90, abs=BPM_ERROR)


def test_the_pulse_is_a_fifth_of_a_percent_and_strongest_in_green() -> None:
    """Half of peak to peak is 0.2 % of green; red and blue have 0.33 and 0.53 where green has 0.77."""
    video = make_face_video(noise=0.0, motion_size=0.0, pulse=0.02, seed=3)
    colours = skin_colours(video)
    strength = np.ptp(colours, axis=0) / 2.0 / colours.mean(axis=0)
    assert strength / strength[1] == pytest.approx([0.33 / 0.77, 1.0, 0.53 / 0.77], abs=0.06)
    # forehead and cheeks carry a fifth more than the rest
    assert strength[1] == pytest.approx(0.02, rel=0.25)


def test_the_skin_is_darkest_where_the_blood_volume_is_highest() -> None:
    """Blood swallows green light: the signal is the blood volume pulse upside down."""
    video = recording()
    assert np.corrcoef(skin_colours(video)[:, 1], video.blood)[0, 1] < -0.8


def test_without_a_pulse_there_is_none() -> None:
    """`pulse=0`, without motion and noise, gives frames that differ in nothing but blinks."""
    video = make_face_video(pulse=0.0, noise=0.0, motion_size=0.0, seconds=2)
    assert np.ptp(skin_colours(video), axis=0) == pytest.approx([0.0, 0.0, 0.0])


def test_the_blood_volume_has_a_systolic_peak_a_notch_and_a_second_peak() -> None:
    """One beat has two maxima, the first one higher, and runs over a range of 2 with mean 0."""
    beat = waveform.blood_volume(np.arange(200) / 200.0, heart_rate=60.0)
    rising = np.diff(np.concatenate([beat, beat[:2]])) > 0
    peaks = np.flatnonzero(rising[:-1] & ~rising[1:]) + 1
    assert len(peaks) == 2
    assert beat[peaks[0]] > beat[peaks[1]] > beat.mean()
    assert np.ptp(beat) == pytest.approx(2.0, abs=0.01)
    assert beat.mean() == pytest.approx(0.0, abs=0.01)


def test_the_recording_is_the_one_of_the_course() -> None:
    """Every number printed in a notebook or on a slide comes from these bytes: a change here changes them all."""
    video = recording()
    assert video.frames.shape == (300, 72, 64, 3)
    assert video.frames.dtype == np.uint8
    assert (video.fps, video.heart_rate, video.seconds) == (30.0, 66.0, 10.0)
    assert hashlib.sha256(video.frames.tobytes()).hexdigest() == RECORDING_SHA256


def test_the_recording_shows_its_pulse_even_in_the_mean_of_whole_frames() -> None:
    """Mean green of the skin, and of all pixels, peaks within 1 BPM of 66; light skin has a mean green near 150."""
    video = recording()
    colours = skin_colours(video)
    assert rate(colours[:, 1], video.fps) == pytest.approx(66, abs=BPM_ERROR)
    assert rate(video.frames[..., 1].mean(axis=(1, 2)), video.fps) == pytest.approx(66, abs=BPM_ERROR)
    assert colours[:, 1].mean() == pytest.approx(150, abs=2)


@pytest.mark.parametrize("direction", [math.inf, -math.inf])
def test_another_mathematics_library_gives_the_same_bytes(direction: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sine, exponential and the normal quantile may differ in their last bit between machines; no pixel does."""

    def nudged(function: Any) -> Any:
        return lambda value: math.nextafter(function(value), direction)

    here = make_face_video(seconds=2, seed=11)
    other = SimpleNamespace(**{name: getattr(math, name) for name in dir(math) if not name.startswith("_")})
    other.sin, other.exp = nudged(math.sin), nudged(math.exp)
    for module in (exact, waveform):
        monkeypatch.setattr(module, "math", other)
    quantile = NormalDist().inv_cdf
    monkeypatch.setattr(exact, "NormalDist", lambda: SimpleNamespace(inv_cdf=nudged(quantile)))
    exact._quantiles.cache_clear()
    waveform._level_and_scale.cache_clear()
    there = make_face_video(seconds=2, seed=11)
    exact._quantiles.cache_clear()
    waveform._level_and_scale.cache_clear()
    assert np.array_equal(here.frames, there.frames)


def test_equal_seeds_give_equal_videos_and_other_seeds_others() -> None:
    """The seed is the only source of chance."""
    first, again, other = (make_face_video(seconds=0.5, seed=seed) for seed in (7, 7, 8))
    assert np.array_equal(first.frames, again.frames)
    assert not np.array_equal(first.frames, other.frames)


def test_a_video_belongs_to_its_caller() -> None:
    """What one caller writes into the recording, the next one does not see; torch takes the array without a warning."""
    recording().frames[:] = 0
    video = recording()
    assert video.frames.any()
    assert video.frames.flags.writeable
    with pytest.raises(dataclasses.FrozenInstanceError):
        video.fps = 25.0  # type: ignore[misc]


def test_eyes_blink_and_the_head_moves() -> None:
    """The picture is no still: an eye's brightness jumps, and edges of the head wander."""
    video = make_face_video(seconds=10, noise=0.0, seed=4)
    changes = video.frames.astype(int).std(axis=0).mean(axis=-1)
    eyes = changes[28:42, 18:46]
    assert eyes.max() > 10
    assert changes[~video.skin].max() > 0.5
    assert changes[video.skin].max() < 5


def test_noise_is_as_strong_as_the_sensor_says() -> None:
    """Without pulse and motion a pixel's variance is read noise squared plus shot noise times its brightness."""
    video = make_face_video(seconds=10, pulse=0.0, motion_size=0.0, seed=2)
    wall = video.frames[:, :4, :4].astype(float)
    expected = 0.8**2 + 0.010 * wall.mean() + 1.0 / 12.0
    assert wall.var(axis=0).mean() == pytest.approx(expected, rel=0.05)


def test_the_skin_mask_lies_on_skin() -> None:
    """Masked pixels are bare skin in all frames: red above green above blue, and no outliers."""
    video = make_face_video(seed=9, noise=0.0)
    pixels = video.frames[:, video.skin].astype(int)
    assert 0.05 < video.skin.mean() < 0.4
    assert (pixels[..., 0] > pixels[..., 1]).all()
    assert (pixels[..., 1] > pixels[..., 2]).all()


def test_times_are_those_of_the_frames() -> None:
    """Frame k was taken at k / fps, for a frame rate that is no whole number too."""
    video = make_face_video(seconds=1, fps=29.97)
    assert video.times == pytest.approx(np.arange(30) / 29.97)


def test_a_clip_is_made_in_less_than_a_second() -> None:
    """The default clip costs well under a second of CPU, so that no notebook needs a file."""
    start = time.process_time()
    make_face_video()
    assert time.process_time() - start < 1.0


def test_the_text_form_says_the_facts_and_not_the_pixels() -> None:
    """A video at the end of a cell prints one line."""
    assert repr(recording()) == (
        "FaceVideo(300 frames of 72x64 pixels, 30 frames a second, 10 s, 66 BPM, skin type II, seed 1)"
    )


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"heart_rate": 20}, "heart_rate is in beats a minute"),
        ({"heart_rate": 1.1}, "heart_rate is in beats a minute"),
        ({"fps": 0}, "fps is frames a second"),
        ({"fps": 2.0}, "take more than 2 a beat"),
        ({"seconds": 0}, "seconds \\* fps"),
        ({"height": 3}, "height and width"),
        ({"width": 10_000}, "height and width"),
        ({"tone": "VII"}, "tone is one of I, II, III, IV, V, VI"),
        ({"pulse": 2}, "pulse is a share"),
        ({"seed": -1}, "seed is a whole number"),
        ({"noise": -1}, "noise is from 0"),
        ({"seconds": math.nan}, "seconds \\* fps"),
    ],
)
def test_an_argument_out_of_range_is_named(wrong: dict[str, Any], words: str) -> None:
    """ValueError says which argument, its range and what came."""
    with pytest.raises(ValueError, match=words):
        make_face_video(**wrong)


def test_lost_frames_make_no_clip_shorter() -> None:
    """A clip lasts up to the end of its last frame, however many of those before it were lost."""
    clip = coursedata.make_scenario_video("jittered", seconds=4, height=32, width=32, seed=1)
    assert len(clip.frames) < 4 * clip.fps
    assert clip.seconds == pytest.approx(4, abs=2 / clip.fps)
    assert " 4 s" in repr(coursedata.make_scenario_video("easy", seconds=4, height=32, width=32, seed=1))
