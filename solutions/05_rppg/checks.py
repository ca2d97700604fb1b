"""Hidden checks of 05_rppg: films, traces and their true rates are made from `rng`; no truth is ever sent.

Formulas are written here once more in another way (all windows at once, transfer functions, dense matrices), so that no
answer is compared with itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from scipy.linalg import solveh_banded
from scipy.signal import butter, filtfilt, find_peaks

import coursedata
from autograder.checks import check
from autograder.compare import Mismatch, matches, raises, require, unmodified
from coursedata.pulse import make_rgb_traces

ROUNDING = 1e-7
"""Relative error of a few hundred float64 operations in another order, with room."""
DECIBEL = 0.02
"""dB: what one bin at an edge may matter."""
CLOSE = 3.0
"""BPM."""


def seeds(rng: np.random.Generator, count: int) -> list[int]:
    """Return seeds that no notebook uses."""
    return [int(n) for n in rng.integers(10**6, 2**40, count)]


def clips(rng: np.random.Generator, scenario: str, count: int, **given: Any) -> list[Any]:
    """Return traces of 20 seconds."""
    return [make_rgb_traces(scenario, seconds=20, seed=seed, **given) for seed in seeds(rng, count)]


def matches_so(got: Any, want: Any, reason: str, **tolerance: float) -> None:
    """Require a value as `matches` does; of a wrong value, `reason` says what this case is about."""
    try:
        matches(got, want, **tolerance)
    except Mismatch as error:
        raise (Mismatch("value", reason) if error.rule == "value" else error) from None


def skin(rng: np.random.Generator, count: int) -> np.ndarray:
    """Return colours (T, 3) that wander by some percent around those of a skin."""
    steps = rng.normal(0.0, 0.02, (count, 3)) + 0.05 * np.sin(np.linspace(0, 9, count))[:, None]
    return rng.uniform([150, 90, 60], [230, 160, 130]) * (1.0 + steps)


def cut(trace: np.ndarray, fps: float) -> np.ndarray:
    """Return `cut_band` by its definition."""
    waves, hertz = np.fft.rfft(trace, axis=0), np.fft.rfftfreq(len(trace), 1 / fps)
    waves[(hertz < 0.7) | (hertz > 3.5)] = 0
    return np.fft.irfft(waves, len(trace), axis=0)


def chrom_by_hand(rgb: np.ndarray, fps: float) -> np.ndarray:
    """Return CHROM, piece by piece under shifted Hann windows of the whole length."""
    one = rgb / rgb.mean(0)
    filtered = cut(one @ np.array([[3.0, 1.5], [-2.0, 1.0], [0.0, -1.5]]), fps)
    half = round(0.8 * fps)
    total, starts = np.zeros(len(rgb)), np.arange(0, len(rgb) - 2 * half + 1, half)
    for start in starts:
        piece = filtered[start : start + 2 * half]
        spread = piece.std(0)
        piece = piece - piece.mean(0)
        fade = np.sin(np.pi * np.arange(2 * half) / (2 * half)) ** 2
        total[start : start + 2 * half] += fade * (piece[:, 0] - spread[0] / (spread[1] + 1e-9) * piece[:, 1])
    return total


def pos_by_hand(rgb: np.ndarray, fps: float) -> np.ndarray:
    """Return POS, all windows at once."""
    size = round(1.6 * fps)
    windows = np.lib.stride_tricks.sliding_window_view(rgb, size, axis=0)
    r, g, b = (windows / windows.mean(2, keepdims=True)).transpose(1, 0, 2)
    first, second = g - b, g + b - 2 * r
    parts = first + (first.std(1) / (second.std(1) + 1e-9))[:, None] * second
    parts = parts - parts.mean(1, keepdims=True)
    total = np.zeros(len(rgb))
    for place in range(size):
        total[place : place + len(parts)] -= parts[:, place]
    return total


def power_of(trace: np.ndarray, fps: float) -> tuple[np.ndarray, np.ndarray]:
    """Return `spectrum` by its definition."""
    size = max(len(trace), round(120 * fps))
    faded = (trace - trace.mean()) * np.hanning(len(trace))
    return np.fft.rfftfreq(size, 1 / fps), np.abs(np.fft.rfft(faded, size)) ** 2 + 1e-30


def rate_of(trace: np.ndarray, fps: float) -> float:
    """Return the rate of the highest peak between 0.7 and 3.5 Hz, by the parabola through three logarithms."""
    hertz, power = power_of(trace, fps)
    height = np.where((hertz >= 0.7) & (hertz <= 3.5), power, 0.0)
    top = int(height.argmax())
    one, two, three = np.log(power[top - 1 : top + 2])
    peaked = two > max(one, three)
    vertex = -np.polyfit([-1.0, 0.0, 1.0], [one, two, three], 2)[1] if peaked else 0.0
    bend = np.polyfit([-1.0, 0.0, 1.0], [one, two, three], 2)[0]
    return float(60 * (hertz[top] + (vertex / (2 * bend) if peaked else 0.0) * (hertz[1] - hertz[0])))


def near_truth(read: list[float], truth: list[float]) -> float:
    """Return the share of readings within 3 BPM."""
    return float(np.mean([abs(one - true) <= CLOSE for one, true in zip(read, truth, strict=True)]))


def require_pulses(curves: Any, films: list[Any]) -> None:
    """Require that nine of ten curves have the rate of their film."""
    matches(curves, [np.zeros(len(one.rgb)) for one in films], atol=float("inf"), dtype=False)
    read = [rate_of(cut(curve.astype(float), one.fps), one.fps) for curve, one in zip(curves, films, strict=True)]
    share = near_truth(read, [one.heart_rate for one in films])
    require(share >= 0.9, f"{share:.0%} of the rates in your curves are right; at least 90 % are asked for.")


def require_quiet(student: Any, name: str, rng: np.random.Generator, count: int) -> None:
    """Require zeros for colours that never change, and a pulse for a film that has one."""
    film = clips(rng, "easy", 1, heart_rate=float(rng.uniform(60, 120)))[0]
    require_pulses(student.probe("each", name, [(film.rgb, film.fps)]), [film])
    constant = np.full((count, 3), 2.0 ** int(rng.integers(4, 7)))
    matches(getattr(student, name)(constant, 30.0), np.zeros(count), atol=1e-7)


def require_no_scale(student: Any, name: str, rng: np.random.Generator) -> None:
    """Require a pulse that stays the same where each colour is multiplied by a number of its own."""
    film = clips(rng, "easy", 1)[0]
    colours = [(film.rgb, 30.0), (film.rgb * rng.uniform([0.2, 0.8, 3.0], [0.6, 1.2, 5.0]), 30.0)]
    curves = student.probe("each", name, colours)
    require_pulses(curves, [film, film])  # holds it to two curves, too
    matches(curves[1], curves[0], rtol=1e-5, atol=1e-8)


def require_kept(student: Any, name: str, by_hand: Callable[..., Any], given: np.ndarray, number: float) -> None:
    """Require that what was handed in stays as it was, beside a right answer."""
    seen = student.observe(name, given, number)
    unmodified(seen, given)
    other = "What was handed in stays as it was, but the answer itself is not right yet, and both are asked for."
    matches_so(seen.value, by_hand(given, number), other, rtol=1e-6, atol=1e-8)


def frame_rates(rng: np.random.Generator, share: float, rests: tuple[float, float]) -> list[float]:
    """Return frame rates of 15 to 40 at which `share` of a second is so many frames and a rest: away from any tie."""
    return [(int(rng.integers(round(16 * share), round(39 * share))) + rest) / share for rest in rests]


def wave(hertz: float, fps: float, count: int, phase: float = 0.0) -> np.ndarray:
    """Return a sine."""
    return np.sin(2 * np.pi * (hertz * np.arange(count) / fps + phase))


# ------------------------------------------------------------------------------------------------- region_means


def film_of(frames: np.ndarray, fps: float, codec: str) -> bytes:
    """Return frames (T, H, W, 3), RGB, as the bytes of a film."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "film.avi"
        height, width = frames.shape[1:3]
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*codec), fps, (width, height))
        for frame in frames:
            writer.write(np.ascontiguousarray(frame[..., ::-1]))  # public
        writer.release()
        return path.read_bytes()


def some_boxes(rng: np.random.Generator, count: int, height: int, width: int) -> list[tuple[int, int, int, int]]:
    """Return boxes of odd sizes inside a frame."""
    boxes = []
    for _ in range(count):
        top, left = int(rng.integers(0, height - 3)), int(rng.integers(0, width - 3))
        boxes.append((top, left, int(rng.integers(1, height - top + 1)), int(rng.integers(1, width - left + 1))))
    return boxes


def two(answer: Any) -> tuple[Any, Any]:
    """Return the two values that an answer must be, in a tuple or a list."""
    require(answer is not None, "The answer is None. Is a `return` missing?", rule="defined")
    require(isinstance(answer, (tuple, list)) and len(answer) == 2, "The answer is not two values.", rule="type")
    return answer[0], answer[1]


def mean_colours(frames: np.ndarray, boxes: list[tuple[int, int, int, int]]) -> np.ndarray:
    """Return (T, R, 3), one sum at a time."""
    rows = [frames[:, t : t + h, x : x + w].astype(float).sum(axis=(1, 2)) / (h * w) for t, x, h, w in boxes]
    return np.stack(rows, axis=1)


@check(
    "region_means",
    weight=2,
    hint="A box is (top, left, height, width); three means a box and frame, red first.",
    see="cell:region_means_seen",
)
def test_means_of_a_film(student, folder, rng):
    """Each box of each frame has its mean red, green and blue, and the frame rate comes from the file."""
    for fps, count in ((24.0, 7), (12.5, 11)):
        frames = rng.integers(0, 256, (count, 36, 48, 3), dtype=np.uint8)
        boxes = some_boxes(rng, int(rng.integers(2, 6)), 36, 48)
        path = folder.put("un film.avi", film_of(frames, fps, "FFV1"))
        matches(two(student.region_means(path, boxes)), (mean_colours(frames, boxes), fps), rtol=ROUNDING)


@check("region_means", hint="OpenCV gives blue first.", see="cell:bgr_bug")
def test_colours_are_red_first(student, folder, rng):
    """A film of one colour gives that colour as red, green, blue."""
    colour = rng.permutation([40, 110, 190]) + rng.integers(-20, 20, 3)
    frames = np.broadcast_to(colour.astype(np.uint8), (5, 32, 32, 3))
    got = student.region_means(str(folder.put("film.avi", film_of(frames, 30.0, "MJPG"))), [(2, 3, 20, 10)])
    matches(two(got), (np.broadcast_to(colour.astype(float), (5, 1, 3)), 30.0), atol=4.0)


@check("region_means", hint="One frame, or one box, keeps all three axes.", see="cell:region_means_seen")
def test_means_of_little(student, folder, rng):
    """A film of one frame and a box of one pixel keep their axes, and boxes may overlap."""
    frames = rng.integers(0, 256, (1, 34, 40, 3), dtype=np.uint8)
    boxes = [(5, 7, 1, 1)]
    path = folder.put("one.avi", film_of(frames, 25.0, "FFV1"))
    matches(two(student.region_means(path, boxes)), (mean_colours(frames, boxes), 25.0), rtol=ROUNDING)
    twice = [(3, 4, 20, 20), (10, 10, 20, 20)]
    matches(two(student.region_means(path, twice)), (mean_colours(frames, twice), 25.0), rtol=ROUNDING)


@check(
    "region_means", hint="Mean colours first, then the formulas: is every pixel of the box in it?", see="cell:whole_way"
)
def test_pulse_of_a_hidden_film(student, folder, rng):
    """From your mean colours of a film that you never saw, the heart rate is right within 3 BPM."""
    video = coursedata.make_scenario_video("easy", seconds=10, seed=seeds(rng, 1)[0])
    rows, columns = np.nonzero(video.skin)
    middle, centre = int(np.median(rows)), int(np.median(columns))
    boxes = [(middle + 2, centre - 14, 8, 6), (middle + 2, centre + 8, 8, 6), (middle + 4, centre - 14, 6, 6)]
    path = folder.put("hidden.avi", film_of(video.frames, video.fps, "FFV1"))
    got = two(student.region_means(path, boxes))
    matches(got, (mean_colours(video.frames, boxes), video.fps), rtol=ROUNDING)
    means, fps = got
    rate = rate_of(pos_by_hand(means.mean(1), fps), fps)
    require(abs(rate - video.mean_rate(0.0, 10.0)) <= CLOSE, "The rate in your mean colours is not that of the film.")


def reads_a_grey_film(student: Any, folder: Any, rng: np.random.Generator, name: str) -> None:
    """Require that a sound film is read: a grey one and whole frames, so that colours and boxes are not asked."""
    frames = np.broadcast_to(rng.integers(0, 256, (3, 32, 32, 1), dtype=np.uint8), (3, 32, 32, 3))
    boxes = [(0, 0, 32, 32)]
    path = folder.put(name, film_of(frames, 30.0, "FFV1"))
    matches(two(student.region_means(path, boxes)), (mean_colours(frames, boxes), 30.0), rtol=1e-3)


def require_its_name(student: Any, path: Any) -> None:
    """Require that a file that is no film is refused by its name."""
    error = raises(ValueError, student.region_means, path, [(0, 0, 4, 4)])
    require("1.avi" in error.failure.detail, "The exception does not name the file.")


@check("region_means", weight=0.5, hint="OpenCV says nothing: no frame came, so raise.", see="cell:film_seen")
def test_no_file(student, folder, rng):
    """A file that is missing raises ValueError that names it; a film beside it is read."""
    reads_a_grey_film(student, folder, rng, "été 2.avi")
    require_its_name(student, folder / "été 1.avi")


@check("region_means", weight=0.5, hint="OpenCV says nothing: no frame came, so raise.", see="cell:film_seen")
def test_empty_file(student, folder, rng):
    """An empty file raises ValueError that names it; the film that stood there before is read."""
    reads_a_grey_film(student, folder, rng, "été 1.avi")
    require_its_name(student, folder.put("été 1.avi", b""))


@check("region_means", weight=0.5, hint="OpenCV says nothing: no frame came, so raise.", see="cell:film_seen")
def test_file_that_is_no_film(student, folder, rng):
    """A file that is no film raises ValueError that names it; the film that stood there before is read."""
    reads_a_grey_film(student, folder, rng, "été 1.avi")
    require_its_name(student, folder.put("été 1.avi", rng.bytes(3000)))


# ---------------------------------------------------------------------------------------------------- band_pass


def passed_by_hand(trace: np.ndarray, fps: float, low: float, high: float) -> np.ndarray:
    """Return the band-pass by its transfer function, limits as shares of Nyquist's frequency."""
    above, below = butter(3, [2 * low / fps, 2 * high / fps], "band")
    return filtfilt(above, below, trace, axis=0)


@check("band_pass", weight=1.5, hint="Limits in Hz want `fs=fps`; order 3, both ways.", see="cell:nyquist_bug")
def test_band_of_one_trace(student, rng):
    """A trace at any frame rate keeps what lies between 0.7 and 3.5 Hz."""
    for fps in (30.0, float(rng.uniform(14.0, 60.0))):
        trace = rng.normal(150.0, 1.0, int(rng.integers(150, 400)))
        matches(student.band_pass(trace, fps), passed_by_hand(trace, fps, 0.7, 3.5), rtol=1e-5, atol=1e-7)


@check("band_pass", hint="Time is axis 0, the columns are traces of their own.", see="cell:band_pass_seen")
def test_band_of_several_traces(student, rng):
    """Several traces side by side are filtered along time, each by itself, between other limits too."""
    traces = rng.normal(0.0, 1.0, (int(rng.integers(90, 140)), 4))
    low, high = float(rng.uniform(0.4, 0.9)), float(rng.uniform(2.0, 3.0))
    matches(student.band_pass(traces, 20.0, low, high), passed_by_hand(traces, 20.0, low, high), rtol=1e-5, atol=1e-7)


@check("band_pass", weight=0.5, hint="Forwards and backwards: the delays cancel.", see="cell:band_pass_seen")
def test_band_moves_nothing(student, rng):
    """A beat stays at its place and at its height, whatever constant is added, and a breath goes."""
    hertz, phase = float(rng.uniform(1.0, 2.5)), float(rng.random())
    beat, breath = wave(hertz, 30, 900, phase), wave(0.15, 30, 900)
    kept = student.band_pass(beat + 5 * breath + float(rng.uniform(50, 200)), 30.0)
    fits = isinstance(kept, (np.ndarray, torch.Tensor)) and tuple(kept.shape) == beat.shape
    require(fits, "The answer is no array of as many values as the trace.", rule="shape")
    matches(kept[200:-200], beat[200:-200], atol=0.06)


# -------------------------------------------------------------------------------------------------------- chrom

OTHER_RATE = "At 30 frames a second the answer is right, at another rate it is not: look at how n comes from `fps`."


@check(
    "chrom",
    weight=3,
    hint="X, Y, the filter; in each window alpha, S, the Hann window of the text.",
    see="cell:overlap_seen",
)
def test_chrom_of_any_trace(student, rng):
    """The formula holds on traces of any length and frame rate."""
    for fps in (30.0, 25.0):
        rgb = skin(rng, int(rng.integers(130, 260)))
        matches(student.chrom(rgb, fps), chrom_by_hand(rgb, fps), rtol=1e-6, atol=1e-8)
    for fps in frame_rates(rng, 0.8, (0.35, 0.65)):  # n is neither round(1.6 * fps) nor cut off
        rgb = skin(rng, int(rng.integers(130, 260)))
        matches_so(student.chrom(rgb, fps), chrom_by_hand(rgb, fps), OTHER_RATE, rtol=1e-6, atol=1e-8)
    for more in (-1, 0):  # the last window just does not fit, or just does
        rgb = skin(rng, 48 + 24 * int(rng.integers(3, 6)) + more)
        matches(student.chrom(rgb, 30.0), chrom_by_hand(rgb, 30.0), rtol=1e-6, atol=1e-8)


@check("chrom", hint="Divide each colour by its own mean first.", see="cell:chrom_seen")
def test_chrom_knows_no_scale(student, rng):
    """The scale of each colour does not matter: a warm lamp gives the same pulse."""
    require_no_scale(student, "chrom", rng)


@check("chrom", weight=0.5, hint="The 1e-9 belongs to the divisor.", see="cell:chrom_seen")
def test_chrom_of_nothing(student, rng):
    """Colours that never change give zeros, and no nan; those of a film give its pulse."""
    require_quiet(student, "chrom", rng, 128)


@check("chrom", weight=1.5, hint="White changes must cancel in S.", see="cell:nodding_seen")
def test_chrom_against_nodding(student, rng):
    """On hidden traces with a nod four times the pulse, at least 9 of 10 rates are right within 3 BPM."""
    films = clips(rng, "achromatic", 10)
    require_pulses(student.probe("each", "chrom", [(one.rgb, one.fps) for one in films]), films)


@check("chrom", weight=0.5, claim=True, hint="`-=` on a slice writes into the whole trace.", see="cell:chrom_seen")
def test_chrom_changes_nothing(student, rng):
    """The colours that were handed in stay as they were."""
    require_kept(student, "chrom", chrom_by_hand, skin(rng, 120), 30.0)


# ---------------------------------------------------------------------------------------------------------- pos


@check(
    "pos",
    weight=3,
    hint="A window at every frame, its own means, all pieces added, minus at the end.",
    see="cell:pos_seen",
)
def test_pos_of_any_trace(student, rng):
    """The formula holds on traces of any length and frame rate."""
    rgb = skin(rng, int(rng.integers(90, 200)))
    matches(student.pos(rgb, 30.0), pos_by_hand(rgb, 30.0), rtol=1e-6, atol=1e-8)
    for fps in frame_rates(rng, 1.6, (0.25, 0.75)):
        rgb = skin(rng, int(rng.integers(90, 200)))
        matches_so(student.pos(rgb, fps), pos_by_hand(rgb, fps), OTHER_RATE, rtol=1e-6, atol=1e-8)


@check("pos", hint="T frames hold T - n + 1 windows.", see="cell:pos_seen")
def test_pos_of_one_window(student, rng):
    """A trace of exactly one window, and of one frame more, is covered to its end."""
    for more in (0, 1):
        rgb = skin(rng, 48 + more)
        matches(student.pos(rgb, 30.0), pos_by_hand(rgb, 30.0), rtol=1e-6, atol=1e-9)


@check("pos", hint="Divide each colour by its mean over the window.", see="cell:pos_seen")
def test_pos_knows_no_scale(student, rng):
    """The scale of each colour does not matter: a warm lamp gives the same pulse."""
    require_no_scale(student, "pos", rng)


@check("pos", weight=0.5, hint="The 1e-9 belongs to the divisor.", see="cell:pos_seen")
def test_pos_of_nothing(student, rng):
    """Colours that never change give zeros, and no nan; those of a film give its pulse."""
    require_quiet(student, "pos", rng, 100)


@check("pos", weight=2, hint="The weights of S₁ and of S₂ add up to 0.", see="cell:nodding_seen")
def test_pos_against_nodding(student, rng):
    """On hidden traces with a nod four times the pulse, at least 9 of 10 rates are right within 3 BPM."""
    films = clips(rng, "achromatic", 10)
    require_pulses(student.probe("each", "pos", [(one.rgb, one.fps) for one in films]), films)


@check("pos", weight=0.5, claim=True, hint="`/=` on a slice writes into the whole trace.", see="cell:pos_seen")
def test_pos_changes_nothing(student, rng):
    """The colours that were handed in stay as they were."""
    require_kept(student, "pos", pos_by_hand, skin(rng, 120), 30.0)


# ----------------------------------------------------------------------------------------------------- peak_bpm


@check("peak_bpm", weight=1.5, hint="k counts from 0 Hz, not from the band's start; then δ.", see="cell:peak_bpm_seen")
def test_rate_of_a_wave(student, rng):
    """Waves of any rate in some noise, at several frame rates, are read between the bins."""
    for fps in (30.0, 25.0, float(rng.uniform(15, 60))):
        trace = wave(float(rng.uniform(0.8, 3.3)), fps, int(20 * fps), float(rng.random()))
        trace += rng.normal(0.0, 0.3, len(trace))
        matches(student.peak_bpm(trace, fps), rate_of(trace, fps), rtol=1e-6)
    count = int(rng.integers(2100, 2700))  # minutes: the bins are those of the trace itself
    trace = wave((int(rng.integers(150, 400)) + 0.3) * 15 / count, 15, count) + rng.normal(0.0, 0.1, count)
    finer = "In a trace of more than two minutes the bins are closer than 0.5 BPM: take Δ from `hertz`."
    matches_so(student.peak_bpm(trace, 15.0), rate_of(trace, 15.0), finer, rtol=1e-6)


@check("peak_bpm", hint="What is outside 0.7 to 3.5 Hz may be higher and does not count.", see="cell:frame_rate_bug")
def test_rate_inside_the_band(student, rng):
    """A breath, a hiss and a constant outside the band are passed over, however strong they are."""
    hertz = float(rng.uniform(1.0, 3.0))
    trace = wave(hertz, 30, 600) + 9 * wave(0.25, 30, 600) + 9 * wave(4.6, 30, 600) + float(rng.uniform(50, 200))
    matches(student.peak_bpm(trace, 30.0), rate_of(trace, 30.0), rtol=1e-6)
    matches(student.peak_bpm(1e-3 * trace, 30.0), rate_of(trace, 30.0), rtol=1e-6)


@check("peak_bpm", hint="At the band's end the highest bin may be no peak: then δ = 0.", see="cell:peak_bpm_seen")
def test_rate_at_the_ends_of_the_band(student, rng):
    """Where the power only rises towards an end of the band, the last bin inside is the answer."""
    for hertz in (0.66, 3.54):
        trace = 9 * wave(hertz, 30, 600, float(rng.random())) + rng.normal(0.0, 0.01, 600)
        matches(student.peak_bpm(trace, 30.0), 42.0 if hertz < 1 else 210.0, rtol=1e-6)


@check("peak_bpm", weight=1.5, hint="Name the bins by the clip's own fps.", see="cell:frame_rate_bug")
def test_rate_of_hidden_films(student, rng):
    """On hidden traces of 15 to 60 frames a second and 45 to 180 BPM every rate is right within 3 BPM."""
    films = clips(rng, "frame_rates", 6) + clips(rng, "rates", 6)
    curves = [(-cut(one.rgb[:, 1], one.fps), one.fps) for one in films]
    read = student.probe("each", "peak_bpm", curves)
    matches(read, [60.0] * len(films), atol=float("inf"))
    share = near_truth(read, [one.heart_rate for one in films])
    require(share == 1, f"{share:.0%} of the rates are right within 3 BPM; all are asked for.")


# ------------------------------------------------------------------------------------------------------- errors


def errors_by_hand(read: list[float | None], truth: np.ndarray) -> dict[str, float]:
    """Return the measures, from sums."""
    pairs = [(one, float(true)) for one, true in zip(read, truth, strict=True) if one is not None]
    count = len(pairs)
    gaps = [one - true for one, true in pairs]
    mean_read, mean_true = sum(one for one, _ in pairs) / count, sum(true for _, true in pairs) / count
    over = sum((one - mean_read) * (true - mean_true) for one, true in pairs)
    under = sum((one - mean_read) ** 2 for one, _ in pairs) * sum((true - mean_true) ** 2 for _, true in pairs)
    return {
        "answered": 100.0 * count / len(read),
        "MAE": sum(map(abs, gaps)) / count,
        "median": sum(sorted(map(abs, gaps))[(count - 1) // 2 : count // 2 + 1]) / (2 - count % 2),
        "RMSE": (sum(gap * gap for gap in gaps) / count) ** 0.5,
        "MAPE": 100.0 * sum(abs(gap) / true for gap, (_, true) in zip(gaps, pairs, strict=True)) / count,
        "Pearson": over / under**0.5,
        "within 3": 100.0 * sum(abs(gap) <= CLOSE for gap in gaps) / count,
    }


def readings(rng: np.random.Generator, count: int) -> tuple[list[float | None], np.ndarray]:
    """Return readings of both heaps, and the truth."""
    truth = rng.uniform(50, 120, count)
    gaps = np.where(rng.random(count) < 0.6, rng.normal(0, 1.5, count), rng.normal(0, 30, count))
    return [float(one) for one in truth + gaps], truth


def require_errors(said: Any, want: dict[str, float], names: tuple[str, ...] = ()) -> None:
    """Require these measures, and say by name which of them is wrong."""
    matches(said, want, atol=float("inf"), dtype=False)
    for name in names or want:
        try:
            matches(said[name], want[name], rtol=1e-4, atol=1e-4, dtype=False)  # float32 will do
        except Mismatch:
            raise Mismatch("value", f"The measure {name!r} has another value.") from None


@check("errors", weight=2, hint="Each line of the table; e is reading minus truth.", see="cell:errors_seen")
def test_errors_of_answers(student, rng):
    """Where every window was answered, all seven measures are right."""
    for count in (5, 40):
        read, truth = readings(rng, count)
        require_errors(student.errors(read, truth), errors_by_hand(read, truth))


@check(
    "errors",
    weight=2,
    hint="Keep the pairs whose reading `is not None` (0.0 is a number), and count them.",
    see="cell:errors_seen",
)
def test_errors_with_refusals(student, rng):
    """Refused windows lower the share that was answered, and touch nothing else; a reading of 0 is none of them."""
    read, truth = readings(rng, 31)
    zero, *refused = rng.choice(31, 14, replace=False)
    read[zero] = 0.0
    for place in refused:
        read[place] = None
    require_errors(student.errors(read, truth.tolist()), errors_by_hand(read, truth))


@check("errors", hint="Within 3 includes exactly 3.", see="cell:errors_seen")
def test_errors_at_the_border(student, rng):
    """An error of exactly 3 BPM is within 3, too high or too low."""
    for within in rng.choice(np.arange(3, 9), 2, replace=False):
        near, far = rng.choice([0.0, 1.0, -2.0, 3.0, -3.0], 7), rng.choice([4.0, -4.0, 5.0, -5.0], 9)
        gaps = np.array([*near, 3.0, -3.0, *far])
        truth = rng.permutation(np.arange(60.0, 70.0))
        read = [float(one) for one in truth + gaps[9 - within : 19 - within]]
        require_errors(student.errors(read, truth), errors_by_hand(read, truth), ("within 3",))


# ---------------------------------------------------------------------------------------------------------- snr


def snr_by_hand(trace: np.ndarray, fps: float, bpm: float) -> float:
    """Return the SNR, bin by bin."""
    pulse = rest = 0.0
    for hertz, power in zip(*power_of(trace, fps), strict=True):
        if 0.7 <= hertz <= 4.0:
            if min(abs(hertz - bpm / 60), abs(hertz - bpm / 30)) <= 0.1:
                pulse += power
            else:
                rest += power
    return float(10 * np.log10(pulse / rest))


@check(
    "snr",
    weight=1.5,
    hint="10 · log₁₀ of two sums: within 0.1 Hz of the rate or of its double, over all the rest.",
    see="cell:snr_drawn",
)
def test_snr_of_noisy_waves(student, rng):
    """The ratio is right for waves with a bump and noise, at several frame rates."""
    for fps in (30.0, 25.0, float(rng.uniform(15, 50))):
        hertz, count = float(rng.uniform(0.9, 1.7)), int(20 * fps)
        trace = wave(hertz, fps, count) + 0.5 * wave(2 * hertz, fps, count, 0.2) + rng.normal(0, 0.6, count)
        matches(student.snr(trace, fps, 60 * hertz), snr_by_hand(trace, fps, 60 * hertz), atol=DECIBEL)


@check("snr", hint="10 · log₁₀ of two sums, around the rate asked for, not the highest peak.", see="cell:snr_seen")
def test_snr_of_another_rate(student, rng):
    """Asked for a rate at which there is little, it is far below 0 dB, and right."""
    trace = wave(1.2, 30, 600, float(rng.random())) + rng.normal(0, 0.5, 600)
    for bpm in (float(rng.uniform(90, 110)), float(rng.uniform(140, 200))):
        matches(student.snr(trace, 30.0, bpm), snr_by_hand(trace, 30.0, bpm), atol=DECIBEL)


@check("snr", hint="10 · log₁₀ of two sums, both over 0.7 to 4 Hz alone.", see="cell:snr_drawn")
def test_snr_inside_the_band(student, rng):
    """Breath and hiss outside 0.7 to 4 Hz count nowhere, nor do scale and offset."""
    trace = wave(1.9, 30, 600, float(rng.random())) + rng.normal(0, 0.4, 600)
    trace = 150 + 7 * (trace + 4 * wave(0.2, 30, 600) + 4 * wave(5.0, 30, 600) + 0.5 * wave(3.75, 30, 600))
    for bpm in (1.903 * 60, 2.053 * 60):  # no bin lies just 0.1 Hz away, where rounding would decide
        matches(student.snr(trace, 30.0, bpm), snr_by_hand(trace, 30.0, bpm), atol=DECIBEL)


# ------------------------------------------------------------------------------------------------------ reading


def asked(student: Any, rng: np.random.Generator, traces: list[tuple[np.ndarray, float]]) -> list[float | None]:
    """Return what the answer reads in each trace; raises Mismatch where that is neither number nor None.

    They are asked in an order of chance, so that no place in the list tells what a trace holds.
    """
    order = rng.permutation(len(traces))
    shuffled = student.probe("each", "reading", [traces[place] for place in order])
    require(len(shuffled) == len(traces), "Not every trace got an answer.", rule="shape")
    said = [shuffled[place] for place in np.argsort(order)]
    for one in said:
        number = isinstance(one, (int, float, np.floating)) and not isinstance(one, bool)
        require(one is None or number, "The answer is neither a number nor None.", rule="type")
        require(one is None or not abs(one) > 1e6, "The answer is no rate of a heart.")
        require(one is None or not 0.6 < one < 4.1, "The answer is a rate in hertz; it is asked for in BPM.")
    return said


def read_by_pos(films: list[Any]) -> list[tuple[np.ndarray, float]]:
    """Return the pulse signals of films, and their frame rates."""
    return [(pos_by_hand(one.rgb, one.fps), one.fps) for one in films]


def clear_waves(rng: np.random.Generator, count: int) -> tuple[list[tuple[np.ndarray, float]], list[float]]:
    """Return traces that no reader refuses, and their rates."""
    hertz = [float(one) for one in rng.uniform(1.0, 1.6, count)]
    return [(wave(one, 30, 600) + 0.1 * rng.normal(0, 1, 600), 30.0) for one in hertz], [60 * one for one in hertz]


def require_rates(said: list[float | None], truth: list[float]) -> None:
    """Require an answer, and the right one, for each clear wave."""
    right = [one is not None and abs(one - true) <= CLOSE for one, true in zip(said, truth, strict=True)]
    require(all(right), "A clear wave was refused, or read wrongly.")


GOOD = ("easy", "achromatic", "rates", "flicker")
PULSELESS = ("no_pulse", "still_photo")
"""Scenarios whose films have a pulse that can be read, and whose films have none: where one kind is judged, some of the
other are asked as well, so that neither the list's length nor a place in it says what to answer."""


@check("reading", weight=2, hint="Too many refused? Your bound is too high: print both heaps.", see="cell:reading_seen")
def test_pulses_are_read(student, rng):
    """Of hidden films with a good pulse at most 5 % are refused, and of those answered 95 % are right within 3 BPM."""
    films = [one for name in GOOD for one in clips(rng, name, 10)]
    beside = [one for name in PULSELESS for one in clips(rng, name, 6)]
    said = asked(student, rng, read_by_pos(films + beside))[: len(films)]
    answered = [(one, film.heart_rate) for one, film in zip(said, films, strict=True) if one is not None]
    refused = 1 - len(answered) / len(films)
    require(refused <= 0.05, f"{refused:.0%} of the films with a good pulse were refused; at most 5 % may be.")
    share = near_truth([one for one, _ in answered], [true for _, true in answered])
    require(share >= 0.95, f"{share:.0%} of the answered rates are right; at least 95 % are asked for.")


@check("reading", weight=2, hint="Too few refused? Your bound is too low: print both heaps.", see="cell:reading_seen")
def test_no_pulse_is_refused(student, rng):
    """Of hidden films without a pulse, photographs among them, at least 95 % are refused, and no clear wave is."""
    films = [one for name in PULSELESS for one in clips(rng, name, 20)]
    beside = [one for name in GOOD for one in clips(rng, name, 2)]
    waves, truth = clear_waves(rng, 4)
    said = asked(student, rng, [*read_by_pos(films + beside), *waves])
    require_rates(said[-len(waves) :], truth)
    refused = sum(one is None for one in said[: len(films)]) / len(films)
    require(refused >= 0.95, f"{refused:.0%} of the films without a pulse were refused; at least 95 % are asked for.")


@check(
    "reading", weight=0.5, hint="Ask first: is every value a number, and does anything change?", see="cell:reading_seen"
)
def test_what_cannot_be_read(student, rng):
    """A flat line and a trace with a hole are refused, a clear wave is not, and nothing raises."""
    hole = wave(1.3, 30, 600)
    hole[int(rng.integers(0, 600))] = np.nan
    flat = np.full(600, float(rng.integers(0, 9)))
    waves, truth = clear_waves(rng, 1)
    said = asked(student, rng, [(flat, 30.0), (hole, 30.0), *waves])
    require_rates(said[2:], truth)
    require(said[0] is said[1] is None, "A rate came where nothing can be read.")


@check("reading", hint="Peak and share look at the band alone.", see="cell:two_kinds_seen")
def test_reading_inside_the_band(student, rng):
    """A breath and a hiss outside the band change nothing; a strong wave at 3.8 Hz makes the reader refuse."""
    hertz = float(rng.uniform(1.0, 1.6))
    clear = wave(hertz, 30, 600) + 0.1 * rng.normal(0, 1, 600)
    outside = clear + 4 * wave(0.3, 30, 600) + 4 * wave(4.4, 30, 600)
    quick = wave(3.1, 30, 600) + 0.1 * rng.normal(0, 1, 600)
    beside = clear + 2.6 * wave(3.8, 30, 600)
    said = asked(student, rng, [(clear, 30.0), (outside, 30.0), (quick, 30.0), (beside, 30.0)])
    require_rates(said[:3], [60 * hertz, 60 * hertz, 186.0])
    require(said[3] is None, "A rate came although most of the power lies elsewhere in the band.")


@check("reading", weight=0.5, hint="The double of the rate counts as pulse too.", see="cell:snr_drawn")
def test_reading_counts_the_double(student, rng):
    """A beat with a strong second bump, whose rate wanders a little, is answered, at several frame rates."""
    spread = rng.permutation([0.9, 1.1, 1.3]) + rng.uniform(0.0, 0.15, 3)  # so that no one number fits all
    rates = [float(one) for one in spread]
    traces = []
    for fps, hertz in zip((15.0, 30.0, 50.0), rates, strict=True):
        count = int(20 * fps)
        bump = wave(2 * hertz - 0.06, fps, count, 0.1) + wave(2 * hertz + 0.06, fps, count, float(rng.random()))
        traces.append((wave(hertz, fps, count) + 0.9 * bump + rng.normal(0, 0.05, count), fps))
    for one, hertz in zip(asked(student, rng, traces), rates, strict=True):
        require(one is not None and abs(one - 60 * hertz) <= CLOSE, "A beat with two bumps was refused or misread.")


# ------------------------------------------------------------------------------------------------ pulse_trainer


def curves(torch_rng: torch.Generator, count: int, length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Return rows of very different heights and levels, and the truth."""
    rows = torch.randn(count, length, generator=torch_rng)
    scale = 10 ** (2 * torch.rand(count, 1, generator=torch_rng) - 1)
    blood = torch.randn(count, length, generator=torch_rng) + 0.6 * rows
    return rows * scale + 3 * torch.randn(count, 1, generator=torch_rng), 0.5 * blood + 1


def loss_by_hand(rows: torch.Tensor, blood: torch.Tensor) -> float:
    """Return the mean of 1 - Pearson over the rows, by NumPy's own correlation."""
    pairs = zip(rows.double().numpy(), blood.double().numpy(), strict=True)
    return float(np.mean([1 - np.corrcoef(one, true)[0, 1] for one, true in pairs]))


def one_loss(student: Any, rows: torch.Tensor, blood: torch.Tensor) -> tuple[Any, Any]:
    """Return the loss of a model that answers `rows`, and the gradient that reaches them; it must be one number."""
    loss, gradient, early = student.probe("loss_of", rows, blood)
    own = "Your `loss` calls `backward` itself: the Trainer does that, with what `loss` returns."
    require(not early, own, rule="side effect")
    many = isinstance(loss, torch.Tensor) and loss.ndim > 0
    require(not many, "The loss is not one number: return the mean over all windows.", rule="shape")
    unreal = isinstance(loss, torch.Tensor) and loss.is_complex()
    require(not unreal, "The loss is a complex number.", rule="type")
    return loss, gradient


@check(
    "pulse_trainer", weight=3, hint="Own means and own sums for each window: `dim=1`.", see="cell:pulse_trainer_seen"
)
def test_loss_of_windows(student, torch_rng):
    """The loss is the mean over the windows of 1 minus Pearson, for any number and length of windows."""
    for count, length in ((5, 40), (1, 300), (16, 33)):
        rows, blood = curves(torch_rng, count, length)
        loss, _ = one_loss(student, rows, blood)
        matches(loss, torch.tensor(loss_by_hand(rows, blood), dtype=torch.float32), atol=2e-5, dtype=False)


@check("pulse_trainer", hint="The prediction is what `self.model` makes of the inputs.", see="cell:pulse_trainer_seen")
def test_loss_asks_the_model(student, torch_rng):
    """The loss is that of the model's answer to the inputs of the batch, and the truth is not shown to it."""
    inputs = torch.randn(1, 12, 50, generator=torch_rng)  # one window: how several are joined is asked above
    blood = torch.randn(1, 50, generator=torch_rng)
    want = loss_by_hand(inputs.sum(1), blood)
    matches(
        student.probe("loss_of_echo", inputs, blood), torch.tensor(want, dtype=torch.float32), atol=2e-5, dtype=False
    )


@check("pulse_trainer", hint="Leave the tensors tensors: no `.item()`, no NumPy, no `detach`.", see="cell:trainer")
def test_gradient_of_the_loss(student, torch_rng):
    """The gradient that reaches the prediction agrees with finite differences."""
    rows, blood = curves(torch_rng, 1, 60)
    rows = rows / rows.std(1, keepdim=True)
    _, gradient = one_loss(student, rows, blood)
    step, want = 1e-4, torch.zeros_like(rows, dtype=torch.float64)
    for place in range(60):
        moved = rows.double().clone()
        moved[0, place] += step
        up = loss_by_hand(moved, blood)
        moved[0, place] -= 2 * step
        want[0, place] = (up - loss_by_hand(moved, blood)) / (2 * step)
    matches(gradient, want.float(), rtol=1e-2, atol=1e-4)


def require_a_loss(student: Any, blood: torch.Tensor) -> None:
    """Require no loss for the truth itself, and much for its opposite; nothing between them is asked."""
    none, _ = one_loss(student, blood, blood)
    matches(none, torch.tensor(0.0), atol=1e-3, dtype=False)
    much, _ = one_loss(student, -blood, blood)
    matches(much, torch.tensor(2.0), atol=float("inf"), dtype=False)
    require(float(much) > 1.0, "The opposite of the truth has hardly any loss.")


@check(
    "pulse_trainer",
    hint="Add 1e-8 to the product of the roots; `norm` knows its gradient at 0, `sqrt` does not.",
    see="cell:pulse_trainer_seen",
)
def test_loss_of_flat_lines(student, torch_rng):
    """A flat prediction has the loss 1, the truth has none, and no nan reaches the weights."""
    _, blood = curves(torch_rng, 3, 32)
    require_a_loss(student, blood)
    loss, gradient = one_loss(student, torch.full((3, 32), 2.0), blood)
    matches(loss, torch.tensor(1.0), atol=1e-6, dtype=False)
    finite = not isinstance(gradient, torch.Tensor) or bool(torch.isfinite(gradient).all())
    require(finite, "The loss of a flat line is right, but its gradient holds nan or infinity.", rule="finite")
    matches(gradient, torch.zeros(3, 32), atol=float("inf"))


@check("pulse_trainer", weight=0.5, hint="Small curves count as much as large ones.", see="cell:pulse_trainer_seen")
def test_loss_of_small_curves(student, torch_rng):
    """Curves a hundred times smaller have the same loss."""
    rows, blood = curves(torch_rng, 4, 64)
    rows = rows / rows.std(1, keepdim=True) / 100
    loss, _ = one_loss(student, rows - rows.mean(1, keepdim=True), blood / 100)
    matches(loss, torch.tensor(loss_by_hand(rows, blood), dtype=torch.float32), atol=2e-4, dtype=False)


@check("pulse_trainer", hint="The sign: a better curve must have a smaller loss.", see="cell:training_seen")
def test_trainer_learns_a_batch(student, torch_rng):
    """What your trainer teaches a small network holds for curves that it never saw: a correlation of more than 0.9."""
    inputs = torch.randn(48, 12, 60, generator=torch_rng)
    first, second = torch.randperm(12, generator=torch_rng)[:2].tolist()
    blood = inputs[:, first] - 0.5 * inputs[:, second]
    one_loss(student, *curves(torch_rng, 2, 60))
    # the answer sees the truth of its batch, so only inputs whose truth it does not see show that a network learned
    said = student.probe("learned", inputs[:32], blood[:32], inputs[32:], 60)
    matches(said, blood[32:], atol=float("inf"))
    reached = 1 - loss_by_hand(said, blood[32:])
    require(reached > 0.9, f"The correlation on new curves is {reached:.2f}; more than 0.9 is asked for.")


@check("pulse_trainer", weight=0.5, claim=True, hint="Only `loss` is yours; all else is inherited.", see="cell:trainer")
def test_trainer_inherits(student, torch_rng):
    """PulseTrainer is a Trainer and writes `loss` alone, which is none for the truth and much for its opposite."""
    _, blood = curves(torch_rng, 2, 32)
    require_a_loss(student, blood)
    matches(student.probe("family"), [True, ["loss"]])


def tells_apart(student: Any, rng: np.random.Generator) -> None:
    """Require a loss that is smaller for the truth than for its opposite: only then is a trained network its work."""
    blood = torch.from_numpy(rng.normal(0.0, 1.0, (2, 32))).float()
    same, opposite = (one_loss(student, one, blood)[0] for one in (blood, -blood))
    matches([same, opposite], [torch.tensor(0.0)] * 2, atol=float("inf"), dtype=False)
    require(float(same) < float(opposite), "Your loss does not tell the truth from its opposite.")


def network_share(student: Any, reference: Any, films: list[Any]) -> float:
    """Return the share of hidden films whose rate the trained network draws within 3 BPM."""
    inputs = torch.from_numpy(np.stack([reference.features(one.regions, one.fps) for one in films]))
    said = student.probe("trained_says", inputs)
    none = "No PulseNet is trained: the cell of section 10 that trains one raised, or `network` is something else now."
    require(said is not None, none, rule="defined")
    matches(said, torch.zeros(len(films), inputs.shape[2]), atol=float("inf"))
    read = [rate_of(row.double().numpy(), 15.0) for row in said]
    return near_truth(read, [one.heart_rate for one in films])


@check("pulse_trainer", weight=2, hint="If the loss is right, run the notebook from its top.", see="cell:training_seen")
def test_network_in_coloured_light(student, reference, rng, threshold):
    """The trained network reads hidden films in coloured light, where the formulas fail."""
    tells_apart(student, rng)
    threshold("coloured_light", network_share(student, reference, clips(rng, "coloured_light", 40)))


# ------------------------------------------------------------------------------------------------------ detrend


def detrend_by_hand(trace: np.ndarray, strength: float) -> np.ndarray:
    """Return what `detrend` leaves of a short trace, by its formula."""
    second = np.diff(np.eye(len(trace)), 2, axis=0)
    return trace - np.linalg.inv(np.eye(len(trace)) + strength**2 * second.T @ second) @ trace


@check("detrend", weight=2, hint="I plus λ² D₂ᵀ D₂, solved for z, and subtracted from z.", see="cell:detrend_seen")
def test_detrend_by_a_dense_matrix(student, rng):
    """Traces of some lengths and strengths agree with the formula in full matrices."""
    for count in (3, 4, int(rng.integers(50, 120))):
        trace, strength = rng.normal(150, 2, count), float(rng.uniform(1, 40))
        matches(student.detrend(trace, strength), detrend_by_hand(trace, strength), rtol=1e-6, atol=1e-6)


@check("detrend", hint="`scipy.sparse` keeps the five diagonals that are not 0.", see="cell:detrend_seen")
def test_detrend_of_minutes(student, rng):
    """Eleven minutes of film fit into memory."""
    count, strength = 20_000, 1.0  # so that memory alone is asked here: 1 is its own square
    trace = 150 + np.cumsum(rng.normal(0, 0.05, count))
    bands = np.zeros((3, count))
    bands[2] = 6.0
    bands[2, [0, -1]], bands[2, [1, -2]] = 1.0, 5.0
    bands[1, 1:] = -4.0
    bands[1, [1, -1]] = -2.0
    bands[0, 2:] = 1.0
    bands *= strength**2
    bands[2] += 1.0
    matches(student.detrend(trace, strength), trace - solveh_banded(bands, trace), rtol=1e-4, atol=1e-4)


@check("detrend", hint="Row t of D₂ holds 1, -2, 1 at t, t + 1, t + 2: T - 2 rows.", see="cell:detrend_seen")
def test_detrend_of_lines(student, rng):
    """A straight line leaves nothing, and what swings from value to value on top of it stays."""
    count = int(rng.integers(60, 200))
    line = rng.uniform(50, 200) + rng.uniform(-1, 1) * np.arange(count)
    height = float(rng.uniform(1.0, 2.0))
    swing = height * (-1.0) ** np.arange(count)
    matches(student.detrend(line + swing, 20.0), swing, atol=0.4 * height)
    matches(student.detrend(line, 20.0), np.zeros(count), atol=1e-5)


@check("detrend", weight=0.5, claim=True, hint="`-=` writes into the trace itself.", see="cell:detrend_seen")
def test_detrend_changes_nothing(student, rng):
    """The trace that was handed in stays as it was."""
    require_kept(student, "detrend", detrend_by_hand, rng.normal(0, 2, 60), 5.0)


# ---------------------------------------------------------------------------------------------------- beat_rate


def beats_by_hand(trace: np.ndarray, fps: float) -> float:
    """Return 60 over the median interval."""
    places = find_peaks(trace, height=0, distance=max(1, round(0.3 * fps)))[0]
    gaps = sorted(float(b - a) / fps for a, b in pairwise(places))
    middle = len(gaps) // 2
    return 60 / (gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2)


def spikes(gaps: Any, heights: Any) -> np.ndarray:
    """Return a trace of peaks so many frames apart, and below 0 elsewhere."""
    trace = np.full(int(sum(gaps)) + 20, -1.0)
    trace[9 + np.cumsum([0, *gaps])] = heights
    return trace


@check(
    "beat_rate",
    weight=2,
    hint="60 over the median of the intervals in seconds; the median of rates is another number.",
    see="cell:beat_rate_seen",
)
def test_beats_of_noisy_waves(student, rng):
    """Peaks of noisy waves are counted at several frame rates, dips and double peaks left out."""
    even = spikes(rng.permutation([14, 18, 27, 40]) + rng.integers(0, 3, 4), 1.0)
    matches(student.beat_rate(even, 30.0), beats_by_hand(even, 30.0), rtol=ROUNDING)
    nearest = "Peaks 0.3 seconds apart, to the nearest whole number of frames, both count; a frame nearer they do not."
    for fps in frame_rates(rng, 0.3, (0.25, 0.75)):
        for gap in (round(0.3 * fps), round(0.3 * fps) - 1):
            close = spikes([gap] * 11, np.tile([2.0, 1.0], 6) + 0.1 * rng.random(12))  # each second one is in the way
            matches_so(student.beat_rate(close, fps), beats_by_hand(close, fps), nearest, rtol=ROUNDING)
    for fps in (30.0, 20.0, float(rng.uniform(20, 60))):
        hertz = float(rng.uniform(0.8, 2.5))
        trace = wave(hertz, fps, int(12 * fps)) + rng.normal(0, 0.35, int(12 * fps))
        matches(student.beat_rate(trace, fps), beats_by_hand(trace, fps), rtol=ROUNDING)
        below = trace - 1.2
        matches(student.beat_rate(below + 0.6, fps), beats_by_hand(below + 0.6, fps), rtol=ROUNDING)


@check("beat_rate", hint="Two peaks have one interval: that is no rhythm.", see="cell:beat_rate_seen")
def test_beats_that_are_too_few(student, rng):
    """Fewer than three peaks give None, three give a rate; the distance is at least one frame."""
    trace = np.full(90, -1.0)
    places = 10 + int(rng.integers(20, 35)) * np.arange(3)  # equally far apart: which middle is taken is asked above
    for count in (0, 2, 3):
        some = trace.copy()
        some[places[:count]] = 1.0
        want = beats_by_hand(some, 30.0) if count == 3 else None
        matches(student.beat_rate(some, 30.0), want, rtol=ROUNDING)
    slow = wave(0.1, 1.0, 60, float(rng.random()))
    matches(student.beat_rate(slow, 1.0), beats_by_hand(slow, 1.0), rtol=ROUNDING)


# ---------------------------------------------------------------------------------------------------- skin_mask


def mask_by_hand(image: np.ndarray, box: tuple[int, int, int, int]) -> np.ndarray:
    """Return the mask, pixel by pixel."""
    top, left, height, width = box
    shares = {}
    for row in range(image.shape[0]):
        for column in range(image.shape[1]):
            r, g, b = (float(one) for one in image[row, column])
            shares[row, column] = (r / (r + g + b), g / (r + g + b)) if r + g + b else None
    inside = [shares[r, c] for r in range(top, top + height) for c in range(left, left + width)]
    red, second = (float(np.median([one[k] for one in inside])) for k in (0, 1))
    near = [one is not None and abs(one[0] - red) <= 0.03 and abs(one[1] - second) <= 0.03 for one in shares.values()]
    return np.array(near).reshape(image.shape[:2])


@check(
    "skin_mask",
    weight=1.5,
    hint="Red and green over the sum, which no byte can hold; both near the median.",
    see="cell:skin_mask_seen",
)
def test_mask_of_any_colour(student, rng):
    """Pixels near the colour of the box are found whatever that colour is, and however bright they are."""
    for _ in range(2):
        image = np.zeros((14, 17, 3))
        colour = rng.uniform(40, 120, 3)
        image[:] = colour * rng.uniform(0.3, 2.0, (14, 17, 1)) + rng.normal(0, 6, (14, 17, 3))
        image[:, :, 0] += 4.0 * np.arange(17)  # the medians depend on where exactly the box lies
        image[:, :, 1] += 6.0 * np.arange(14)[:, None]
        image[rng.random((14, 17)) < 0.3] = rng.uniform(0, 255, 3)
        image = np.clip(np.rint(image), 1, 255).astype(np.uint8)
        box = (2, 3, int(rng.integers(5, 7)), int(rng.integers(8, 11)))
        matches(student.skin_mask(image, box), mask_by_hand(image, box))


@check("skin_mask", hint="Black has no colour: never skin, and no division by 0.", see="cell:skin_mask_seen")
def test_mask_of_black_and_of_dark_skin(student, rng):
    """Black pixels are never skin; a dark face is found as a light one is."""
    image = np.zeros((9, 12, 3), dtype=np.uint8)
    image[3:7, 2:9] = rng.integers(0, 2, (4, 7, 3)) + np.array([30, 19, 14])
    matches(student.skin_mask(image, (4, 3, 2, 4)), mask_by_hand(image, (4, 3, 2, 4)))
    green = np.zeros((6, 6, 3), dtype=np.uint8)
    green[1:5, 1:5] = (0, 0, int(rng.integers(100, 250)))  # chromaticity 0, 0 as black would seem to have
    matches(student.skin_mask(green, (2, 2, 2, 2)), mask_by_hand(green, (2, 2, 2, 2)))
