"""GREEN, ICA, CHROM and POS from their papers' formulas, to calibrate data and thresholds with; never released.

A trace `rgb` is (T, 3) of grey levels at `fps` frames a second, evenly spaced; every method returns (T,), largest where
the blood volume is. Band-pass: Butterworth of order 3, forwards and backwards, 0.7 to 3.5 Hz (42 to 210 BPM).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline
from scipy.signal import butter, sosfiltfilt

__all__ = ["BAND", "BIN", "METHODS", "band_pass", "bpm", "chrom", "even", "green", "ica", "index_of", "pos"]

Signal = NDArray[np.float64]
BAND = (0.7, 3.5)
"""Hz."""
SHORT = 1.6
"""Seconds: the short window of CHROM and POS."""
BIN = 0.5
"""BPM: the spectrum's spacing after padding with zeros, before the parabola."""


def even(times: Signal, rgb: Signal, fps: float) -> Signal:
    """Return the trace at k / fps from the first time on, by a cubic spline through irregular frame times."""
    steps = np.diff(times)
    if np.abs(steps - 1.0 / fps).max() < 1e-6:
        return rgb
    grid = np.arange(times[0], times[-1], 1.0 / fps)
    return np.asarray(CubicSpline(times, rgb, axis=0)(grid))


def band_pass(signal: Signal, fps: float) -> Signal:
    """Return what lies in BAND, shape as `signal`, along the first axis."""
    sections = butter(3, BAND, "bandpass", fs=fps, output="sos")
    return np.asarray(sosfiltfilt(sections, signal, axis=0))


def green(rgb: Signal, fps: float) -> Signal:
    """Return minus the green channel (Verkruysse, Svaasand and Nelson, Opt. Express 16, 2008)."""
    return -band_pass(rgb[:, 1] / rgb[:, 1].mean() - 1.0, fps)


def chrom(rgb: Signal, fps: float) -> Signal:
    """Return X - alpha Y with X = 3R - 2G, Y = 1.5R + G - 1.5B (de Haan and Jeanne, IEEE TBME 60, 2013).

    Colours are divided by their mean over 1.6 s, X and Y band-passed, alpha = std(X) / std(Y); windows overlap by half
    and are added under a Hann window.
    """
    size = 2 * round(SHORT * fps / 2)
    whole = np.zeros(len(rgb))
    hann = 0.5 - 0.5 * np.cos(2.0 * math.pi * np.arange(size) / size)
    filtered = band_pass(rgb / _running_mean(rgb, size), fps)
    for start in range(0, len(rgb) - size + 1, size // 2):
        r, g, b = filtered[start : start + size].T
        x, y = 3.0 * r - 2.0 * g, 1.5 * r + g - 1.5 * b
        part = x - x.std() / max(float(y.std()), 1e-12) * y
        whole[start : start + size] += hann * (part - part.mean())
    return band_pass(whole, fps)


def pos(rgb: Signal, fps: float) -> Signal:
    """Return S1 + alpha S2 with S1 = G - B, S2 = G + B - 2R (Wang et al., IEEE TBME 64, 2017).

    alpha = std(S1) / std(S2). Every window of 1.6 s is divided by its mean; the parts, each less its mean, are added.
    """
    size = round(SHORT * fps)
    windows = np.lib.stride_tricks.sliding_window_view(rgb, size, axis=0)  # (T - size + 1, 3, size)
    r, g, b = (windows / windows.mean(axis=2, keepdims=True)).transpose(1, 0, 2)
    s1, s2 = g - b, g + b - 2.0 * r
    alpha = s1.std(axis=1) / np.maximum(s2.std(axis=1), 1e-12)
    parts = s1 + alpha[:, None] * s2
    parts = parts - parts.mean(axis=1, keepdims=True)
    whole = np.zeros(len(rgb))
    for offset in range(size):
        whole[offset : offset + len(parts)] += parts[:, offset]
    return -band_pass(whole, fps)


def ica(rgb: Signal, fps: float) -> Signal:
    """Return the independent component with the clearest peak (Poh, McDuff and Picard, Opt. Express 18, 2010).

    FastICA (Hyvarinen, IEEE Trans. Neural Netw. 10, 1999), tanh, all three components at once, from a fixed start.
    """
    normal = band_pass(rgb / rgb.mean(axis=0) - 1.0, fps)
    values, vectors = np.linalg.eigh(np.cov(normal.T))
    white = (normal - normal.mean(axis=0)) @ vectors / np.sqrt(np.maximum(values, 1e-18))
    turn = _orthogonal(np.random.default_rng(0).normal(size=(3, 3)))
    for _ in range(200):
        bent = np.tanh(white @ turn.T)
        new = _orthogonal(bent.T @ white / len(white) - (1.0 - bent**2).mean(axis=0)[:, None] * turn)
        if np.abs(np.abs((new * turn).sum(axis=1)) - 1.0).max() < 1e-8:
            break
        turn = new
    found = (white @ turn.T).T
    return np.asarray(max(found, key=lambda one: index_of(one, fps)))


def index_of(signal: Signal, fps: float) -> float:
    """Return the share of the power from 0.7 to 4 Hz within 0.1 Hz of the highest peak in BAND or of its double."""
    size = max(len(signal), round(120 * fps))
    power = np.abs(np.fft.rfft((signal - signal.mean()) * np.hanning(len(signal)), size)) ** 2
    hertz = np.fft.rfftfreq(size, 1.0 / fps)
    inside = (hertz >= BAND[0]) & (hertz <= 4.0)
    allowed = np.flatnonzero((hertz >= BAND[0]) & (hertz <= BAND[1]))
    rate = hertz[allowed[np.argmax(power[allowed])]]
    near = (np.abs(hertz - rate) <= 0.1) | (np.abs(hertz - 2.0 * rate) <= 0.1)
    return float(power[inside & near].sum() / max(float(power[inside].sum()), 1e-300))


def _orthogonal(matrix: Signal) -> Signal:
    """Return the nearest orthogonal matrix."""
    left, _, right = np.linalg.svd(matrix)
    return np.asarray(left @ right)


def bpm(signal: Signal, fps: float, band: tuple[float, float] = BAND) -> float:
    """Return the frequency of the highest peak in beats a minute: Hann window, FFT, parabola through the log power."""
    size = math.ceil(60.0 * fps / BIN)
    power = np.abs(np.fft.rfft(signal * np.hanning(len(signal)), max(size, len(signal)))) ** 2
    hertz = np.fft.rfftfreq(max(size, len(signal)), 1.0 / fps)
    allowed = np.flatnonzero((hertz >= band[0]) & (hertz <= band[1]))
    peak = int(allowed[np.argmax(power[allowed])])
    left, middle, right = np.log(power[peak - 1 : peak + 2] + 1e-300)
    bend = left - 2.0 * middle + right
    offset = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return float((hertz[peak] + np.clip(offset, -0.5, 0.5) * hertz[1]) * 60.0)


def _running_mean(rgb: Signal, size: int) -> Signal:
    """Return the mean over `size` frames around each frame, fewer at the ends."""
    total = np.concatenate([np.zeros((1, rgb.shape[1])), np.cumsum(rgb, axis=0)])
    index = np.arange(len(rgb))
    low, high = np.maximum(index - size // 2, 0), np.minimum(index + size // 2, len(rgb))
    return np.asarray((total[high] - total[low]) / (high - low)[:, None])


METHODS: dict[str, Callable[[Signal, float], Signal]] = {"GREEN": green, "ICA": ica, "CHROM": chrom, "POS": pos}
