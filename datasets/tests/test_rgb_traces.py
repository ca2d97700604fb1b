"""Skin colours over time: the pulse that they say, with the strength and the colour of the literature, by scenario."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from coursedata import make_rgb_traces
from coursedata.face.exact import generator
from coursedata.face.portrait import TONES
from coursedata.pulse import REGIONS, SCENARIOS, RgbTraces
from coursedata.pulse.disturbance import Disturbance, band_noise
from coursedata.pulse.heart import Heart
from coursedata.pulse.traces import GREEN_PULSE, pulse_direction

BPM_ERROR = 1.0
"""How far a reading of clean traces may be from the truth."""
QUIET = replace(SCENARIOS["easy"], noise=0.0, drift=0.0)
EIGHT_BIT = 0.004
"""Grey levels that rounding to 8 bits may leave in the mean of many pixels, without any other noise."""


def spectrum(signal: NDArray[np.float64], fps: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return beats a minute and magnitude between 40 and 240 BPM, slow changes taken out."""
    steps = np.linspace(-1.0, 1.0, len(signal))
    flat = signal - np.polyval(np.polyfit(steps, signal, 3), steps)
    size = 32 * len(signal)
    bpm = np.fft.rfftfreq(size, 1.0 / fps) * 60.0
    allowed = (bpm >= 40.0) & (bpm <= 240.0)
    return bpm[allowed], np.abs(np.fft.rfft(flat * np.hanning(len(signal)), size))[allowed]


def rate(signal: NDArray[np.float64], fps: float) -> float:
    bpm, height = spectrum(signal, fps)
    return float(bpm[height.argmax()])


def evenly(traces: RgbTraces, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values at k / fps, read between irregular frames along straight lines."""
    return np.interp(np.arange(0.0, traces.seconds, 1.0 / traces.fps), traces.times, values)


@pytest.mark.parametrize("heart_rate", [45.0, 60.0, 88.0, 133.0, 180.0])
@pytest.mark.parametrize("fps", [15.0, 30.0, 60.0])
def test_easy_traces_show_the_mean_rate_of_the_clip(heart_rate: float, fps: float) -> None:
    """The mean green peaks within 1 BPM of the truth at every rate and frame rate."""
    traces = make_rgb_traces("easy", heart_rate=heart_rate, fps=fps, seconds=20, seed=3)
    assert traces.rgb.shape == (20 * fps, 3)
    assert traces.regions.shape == (20 * fps, len(REGIONS), 3)
    assert rate(traces.rgb[:, 1], fps) == pytest.approx(traces.heart_rate, abs=BPM_ERROR)


@pytest.mark.parametrize("name", [name for name, what in SCENARIOS.items() if what.pulse])
def test_every_scenario_with_a_pulse_has_its_truth(name: str) -> None:
    """The blood volume peaks at the mean rate, which lies in the scenario's range and follows from the beats."""
    traces = make_rgb_traces(name, seconds=40, seed=8)
    low, high = SCENARIOS[name].heart_rate
    assert traces.heart_rate is not None
    assert low * 0.95 < traces.heart_rate < high * 1.05
    assert rate(evenly(traces, traces.blood), traces.fps) == pytest.approx(traces.heart_rate, abs=BPM_ERROR)
    by_beats = 60.0 * (len(traces.beats) - 1) / (traces.beats[-1] - traces.beats[0])
    assert by_beats == pytest.approx(traces.heart_rate, abs=2.0)


def test_the_truth_of_a_window_is_the_mean_rate_of_that_window() -> None:
    """Windows tell their own rate: beats in them over their length, which is not the nominal rate."""
    traces = make_rgb_traces("easy", seconds=60, heart_rate=72, seed=1)
    windows = list(traces.windows(20, 10))
    assert [(window.start, window.stop) for window in windows] == [(10.0 * k, 10.0 * k + 20.0) for k in range(5)]
    for window in windows:
        assert traces.times[window.frames][0] == pytest.approx(window.start)
        assert window.frames.stop - window.frames.start == 600
        inside = traces.beats[(traces.beats >= window.start) & (traces.beats < window.stop)]
        assert window.heart_rate == pytest.approx(60 * (len(inside) - 1) / np.ptp(inside), abs=2.0)
    assert np.ptp([window.heart_rate for window in windows]) > 0.1


def test_a_window_whose_last_frame_was_dropped_is_left_out() -> None:
    """A missing frame elsewhere costs no window; without the last one nothing says that the clip went on."""
    lengths = set()
    for seed in range(40):
        traces = make_rgb_traces("jittered", seconds=30, fps=30, seed=seed)
        last_is_there = traces.seconds > 30 - 1.5 / 30
        lengths.add((last_is_there, len(list(traces.windows(20, 10)))))
    assert lengths == {(True, 2), (False, 1)}


def test_breathing_changes_the_intervals_between_beats() -> None:
    """The rate follows the breath by a few per cent; without arrhythmia every interval is the same."""
    steady, breathing = (Heart.drawn(generator(4, 0), 60.0, size) for size in (0.0, 1.0))
    assert np.diff(steady.beats(60.0)) == pytest.approx(np.ones(59), abs=1e-4)
    intervals = np.diff(breathing.beats(60.0))
    assert 0.005 < intervals.std() < 0.05
    hertz = breathing.sines[0][1]
    middle = breathing.beats(60.0)[:-1] + intervals / 2
    angle = 2 * np.pi * hertz * middle
    swing = np.hypot(intervals @ np.cos(angle), intervals @ np.sin(angle)) * 2 / len(intervals)
    assert swing > 0.006


def test_a_beat_has_a_notch_and_a_second_peak() -> None:
    """Two maxima a beat, the first one higher, over a range of about 2."""
    heart = Heart(60.0, ((0.0, 0.2, 0.0),), 0.0)
    beat = heart.blood(np.arange(200) / 200.0)
    rising = np.diff(np.concatenate([beat, beat[:2]])) > 0
    peaks = np.flatnonzero(rising[:-1] & ~rising[1:]) + 1
    assert len(peaks) == 2
    assert beat[peaks[0]] > beat[peaks[1]] > 0
    assert np.ptp(beat) == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("tone", TONES)
def test_green_carries_the_share_that_its_skin_type_has(tone: Any) -> None:
    """Amplitude of green: 0.2 to 0.3 % of light skin, 0.07 % of type VI; haze takes a few per cent of it."""
    traces = make_rgb_traces(QUIET, tone=tone, seconds=20, seed=2)
    relative = traces.rgb[:, 1] / traces.rgb[:, 1].mean() - 1.0
    bpm, height = spectrum(traces.blood, traces.fps)
    share = spectrum(relative, traces.fps)[1].max() / height.max()
    assert share == pytest.approx(GREEN_PULSE[tone], rel=0.2)
    assert np.corrcoef(relative, traces.blood)[0, 1] < -0.95
    assert len(bpm) == len(height)


def test_red_green_and_blue_beat_as_in_the_literature_or_on_real_clips() -> None:
    """The pulse lies between (0.33, 0.77, 0.53) and (0.22, 0.88, 0.42), each with green = 1."""
    assert pulse_direction(0.0) == pytest.approx([0.33 / 0.77, 1.0, 0.53 / 0.77])
    assert pulse_direction(1.0) == pytest.approx([0.22 / 0.88, 1.0, 0.42 / 0.88])
    clear = replace(QUIET, haze=(0.0, 0.0, 0.0), pulse=20.0)
    for seed in range(5):
        traces = make_rgb_traces(clear, seconds=10, seed=seed)
        strength = (traces.rgb / traces.rgb.mean(axis=0)).std(axis=0)
        red, _, blue = strength / strength[1]
        assert 0.24 < red < 0.44
        assert 0.46 < blue < 0.70


@pytest.mark.parametrize("name", ["no_pulse", "still_photo"])
def test_without_a_pulse_there_is_no_truth(name: str) -> None:
    """Heart rate is None, blood is 0, there are no beats, and windows say None."""
    traces = make_rgb_traces(name, seconds=30, seed=5)
    assert traces.heart_rate is None
    assert traces.mean_rate(0, 10) is None
    assert not traces.blood.any()
    assert len(traces.beats) == 0
    assert [window.heart_rate for window in traces.windows()] == [None, None]


def test_a_photograph_shows_noise_alone() -> None:
    """Frames differ by what the sensor leaves in a mean of thousands of pixels, and do not remember each other."""
    rgb = make_rgb_traces("still_photo", seconds=30, seed=6).rgb
    assert rgb.std(axis=0).max() < 0.05
    green = rgb[:, 1] - rgb[:, 1].mean()
    assert abs(np.corrcoef(green[1:], green[:-1])[0, 1]) < 0.15


def test_the_achromatic_disturbance_is_four_times_the_pulse_and_white() -> None:
    """It beats green by its own frequency, 0.8 to 2.2 Hz, equal in all three channels, away from the pulse."""
    for seed in range(6):
        traces = make_rgb_traces("achromatic", seconds=30, seed=seed)
        seen = rate(traces.rgb[:, 1], traces.fps)
        assert 0.8 * 60 - 2 < seen < 2.2 * 60 + 12
        assert traces.heart_rate is not None
        assert abs(seen - traces.heart_rate) > 3.0
        bpm, _ = spectrum(traces.blood, traces.fps)
        heights = [
            spectrum(colour / colour.mean(), traces.fps)[1][np.abs(bpm - seen).argmin()] for colour in traces.rgb.T
        ]
        # haze and the skin's mirror change a channel's share by a tenth
        assert heights == pytest.approx([heights[1]] * 3, rel=0.2)
        amplitude = 2.0 * heights[1] / np.hanning(len(traces.times)).sum()
        assert amplitude / GREEN_PULSE[traces.tone] == pytest.approx(4.0, rel=0.25)


def test_white_motion_is_one_course_for_all_regions() -> None:
    """Each region moves by the same course over time, 0.8 to 1.2 times as strong."""
    times = np.arange(600) / 30.0
    light = Disturbance(replace(SCENARIOS["white_motion"], drift=0.0), 1.2, 0.0028, generator(5, 23))
    moved, _ = light.white(times, len(REGIONS))
    weights = moved[100] / moved[100, 0]
    assert moved == pytest.approx(moved[:, :1] * weights)
    assert 1.01 < weights.max() / weights.min() <= 1.2 / 0.8


def test_the_coloured_light_is_one_per_cent_along_its_direction() -> None:
    """Without motion and pulse, normalised colours move along (0.9, -0.2, 0.3) with a standard deviation of 1 %."""
    what = replace(
        SCENARIOS["coloured_light"], pulse=0.0, noise=0.0, drift=0.0, motion=(0.0, 0.0), haze=(0.0, 0.0, 0.0)
    )
    rgb = make_rgb_traces(what, seconds=120, seed=3).rgb
    change = rgb / rgb.mean(axis=0) - 1.0
    assert change.std(axis=0) == pytest.approx([0.009, 0.002, 0.003], rel=0.25)
    assert np.corrcoef(change.T)[0] == pytest.approx([1.0, -1.0, 1.0], abs=0.02)


def test_a_disturbance_stays_in_its_band() -> None:
    """All power between the two frequencies, a standard deviation near 1, no line above the rest."""
    times = np.arange(6000) / 30.0
    noise = np.mean([band_noise(times, (0.5, 3.5), generator(seed, 0)) ** 2 for seed in range(20)])
    assert noise == pytest.approx(1.0, rel=0.15)
    power = np.abs(np.fft.rfft(band_noise(times, (0.5, 3.5), generator(1, 0)) * np.hanning(6000))) ** 2
    hertz = np.fft.rfftfreq(6000, 1 / 30.0)
    assert power[(hertz > 0.45) & (hertz < 3.55)].sum() > 0.999 * power.sum()
    assert power.max() < 0.2 * power.sum()


def test_frame_times_jitter_and_frames_are_missing_where_the_scenario_says_so() -> None:
    """Times rise, intervals differ, about 3 % of the frames are gone; elsewhere frame k is taken at k / fps."""
    traces = make_rgb_traces("jittered", seconds=60, seed=9)
    intervals = np.diff(traces.times)
    assert (intervals > 0).all()
    assert 0.15 / 30 < np.median(np.abs(intervals - 1 / 30)) * 1.5 < 0.5 / 30
    assert 0.95 * 1800 < len(traces.times) < 0.99 * 1800
    even = make_rgb_traces("easy", seconds=10, seed=9)
    assert even.times == pytest.approx(np.arange(300) / 30)


def test_noise_is_what_a_mean_over_pixels_leaves() -> None:
    """Without any noise of the sensor only the rounding to 8 bits is left."""
    rgb = make_rgb_traces(replace(SCENARIOS["still_photo"], noise=0.0), seconds=30).rgb
    spread = float(np.sqrt(1.0 / 12.0 / 2500.0))
    assert rgb.std(axis=0) == pytest.approx([spread] * 3, abs=EIGHT_BIT)


def test_equal_seeds_give_equal_traces_and_other_seeds_others() -> None:
    """The seed is the only source of chance, as large as a secret asks for."""
    first, again, other = (make_rgb_traces("white_motion", seconds=5, seed=seed) for seed in (2**130, 2**130, 7))
    assert np.array_equal(first.regions, again.regions)
    assert not np.array_equal(first.regions, other.regions)
    assert first.heart_rate == again.heart_rate != other.heart_rate


def test_hundreds_of_windows_are_made_in_seconds() -> None:
    """A training set costs little: 200 clips of 10 s in less than 4 s of CPU."""
    start = time.process_time()
    for seed in range(200):
        make_rgb_traces("coloured_light", seconds=10, seed=seed)
    assert time.process_time() - start < 4.0


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scenario": "hard"}, "there is no scenario 'hard'; there are: easy, achromatic"),
        ({"seconds": 1}, "seconds is from 2"),
        ({"fps": 2}, "fps is frames a second"),
        ({"heart_rate": 1.2}, "heart_rate is in BPM"),
        ({"tone": "VII"}, "tone is one of I, II"),
        ({"seed": -1}, "seed is a whole number"),
    ],
)
def test_an_argument_out_of_range_is_named(wrong: dict[str, Any], words: str) -> None:
    """ValueError says which argument, its range and what came."""
    with pytest.raises(ValueError, match=words):
        make_rgb_traces(**wrong)


def test_windows_ask_for_a_length() -> None:
    """A window of no length is refused."""
    with pytest.raises(ValueError, match="seconds and step"):
        list(make_rgb_traces(seconds=5).windows(0))
