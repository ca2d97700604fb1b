"""The line on the title slide of week 3: a pulse that turns into two written digits, its rate."""

import numpy as np
from matplotlib.figure import Figure
from style import canvas, recorded_pulse, save

COLOUR = "#5fd4a5"
WIDTH, HEIGHT, TEXT = 1280, 240, 1010


def six(x: float, y: float) -> np.ndarray:
    """Return a written 6 as points, its lower left at (x, y)."""
    down = np.linspace(0, 1, 20)
    stem = np.stack([62 - 62 * down**0.6, -170 + 118 * down], axis=1)
    angle = np.linspace(np.pi, 3.35 * np.pi, 40)
    bowl = np.stack([42 + 42 * np.cos(angle), -48 - 48 * np.sin(angle)], axis=1)
    return np.concatenate([stem, bowl]) + np.array([x, y])


def draw() -> Figure:
    """Return the pulse up to the digits, and the digits."""
    pulse = recorded_pulse()
    figure, axes = canvas(WIDTH, HEIGHT)
    x = np.linspace(0, TEXT - 40, len(pulse))
    fade = np.clip((TEXT - 40 - x) / 60, 0, 1)
    style = {"color": COLOUR, "linewidth": 3.5, "solid_capstyle": "round", "solid_joinstyle": "round"}
    axes.plot(x, 120 - 95 * fade * pulse / np.abs(pulse).max(), **style)
    for start in (TEXT, TEXT + 120):
        axes.plot(*six(start, 210).T, **{**style, "linewidth": 9})
    return figure


if __name__ == "__main__":
    save(draw(), __file__)
