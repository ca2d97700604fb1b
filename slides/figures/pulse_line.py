"""The line on the title slide: the pulse in the recording's mean green, nothing else."""

import numpy as np
from matplotlib.figure import Figure
from style import canvas, save

from coursedata import recording


def draw() -> Figure:
    """Return the pulse from edge to edge of a slide."""
    video = recording()
    green = video.frames[..., 1].mean(axis=(1, 2))
    spectrum = np.fft.rfft(green - green.mean())
    rate = np.fft.rfftfreq(len(green), 1 / video.fps)
    spectrum[(rate < 0.8) | (rate > 4.0)] = 0
    pulse = np.fft.irfft(spectrum, len(green))
    figure, axes = canvas(1280, 240)
    x = np.linspace(0, 1280, len(pulse))
    axes.plot(x, 120 - 95 * pulse / np.abs(pulse).max(), color="#5fd4a5", linewidth=3.5, solid_capstyle="round")
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
