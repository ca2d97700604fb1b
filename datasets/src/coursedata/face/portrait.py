"""The face, drawn once per clip: layers that the camera then moves against one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from coursedata.face.shapes import Canvas, Image, Plane, soft

__all__ = ["MARGIN", "TONES", "Layer", "Portrait", "SkinTone", "Tone", "draw_portrait"]

Colour = tuple[float, float, float]
SkinTone = Literal["I", "II", "III", "IV", "V", "VI"]

MARGIN = 6
"""Pixels that a layer reaches beyond the picture on each side, so that it can be moved."""


@dataclass(frozen=True)
class Tone:
    """One of Fitzpatrick's skin types as this camera sees it."""

    colour: Colour
    lips: Colour
    hair: tuple[Colour, ...]
    """Colours to choose from."""
    pulse: float
    """Pulse relative to type I: melanin swallows light before it meets blood. A model, not a measurement."""


BLACK, DARK, BROWN, GINGER = (38.0, 32.0, 34.0), (52.0, 36.0, 30.0), (94.0, 60.0, 38.0), (124.0, 66.0, 38.0)
TONES: dict[SkinTone, Tone] = {
    "I": Tone((236.0, 182.0, 158.0), (205.0, 116.0, 110.0), (BROWN, GINGER, DARK), 1.0),
    "II": Tone((222.0, 160.0, 132.0), (192.0, 100.0, 94.0), (DARK, BROWN, GINGER), 1.0),
    "III": Tone((203.0, 143.0, 110.0), (170.0, 86.0, 80.0), (DARK, BLACK, BROWN), 0.9),
    "IV": Tone((172.0, 114.0, 82.0), (142.0, 70.0, 64.0), (DARK, BLACK), 0.75),
    "V": Tone((128.0, 82.0, 58.0), (108.0, 54.0, 50.0), (DARK, BLACK), 0.6),
    "VI": Tone((88.0, 57.0, 43.0), (86.0, 44.0, 44.0), (BLACK,), 0.45),
}
IRIS: tuple[Colour, ...] = ((84.0, 54.0, 34.0), (70.0, 104.0, 128.0), (86.0, 104.0, 66.0))
SHIRT: tuple[Colour, ...] = ((62.0, 92.0, 138.0), (48.0, 116.0, 112.0), (150.0, 82.0, 78.0), (112.0, 92.0, 142.0))
WALL: tuple[Colour, ...] = ((176.0, 192.0, 196.0), (188.0, 186.0, 174.0), (172.0, 186.0, 204.0))


@dataclass(frozen=True)
class Layer:
    """A picture to lay over another."""

    colour: Image
    """(H, W, 3), already multiplied by `cover`."""
    cover: Plane
    """(H, W), 0 where one sees through."""
    blood: Plane
    """(H, W), how strongly the pulse shows, about 1 on skin and 0 elsewhere."""


@dataclass(frozen=True)
class Portrait:
    """What stands before the camera, from back to front; the head with open and with shut eyes."""

    wall: Layer
    body: Layer
    head: Layer
    head_asleep: Layer
    skin: Plane
    """(H, W), 1 where the head's own skin is, away from its edge, eyes, brows, hair and mouth."""
    head_talking: Layer
    """The head with its mouth open."""


@dataclass
class _Painter:
    canvas: Canvas
    colour: Image = field(init=False)
    cover: Plane = field(init=False)
    blood: Plane = field(init=False)

    def __post_init__(self) -> None:
        shape = self.canvas.x.shape
        self.colour, self.cover, self.blood = np.zeros((*shape, 3)), np.zeros(shape), np.zeros(shape)

    def paint(self, cover: Plane, colour: Colour, blood: float = 0.0) -> None:
        rest = 1.0 - cover
        self.colour = self.colour * rest[..., None] + cover[..., None] * np.array(colour)
        self.cover = self.cover * rest + cover
        self.blood = self.blood * rest + cover * blood

    def shade(self, cover: Plane, factor: float | Colour) -> None:
        """Multiply what is there by `factor` where `cover` is 1, by less elsewhere."""
        change = np.array(factor) - 1.0
        self.colour = self.colour * (1.0 + cover[..., None] * change)

    def perfuse(self, cover: Plane, factor: float) -> None:
        self.blood = self.blood * (1.0 + cover * (factor - 1.0))

    def layer(self) -> Layer:
        average = self.canvas.average
        return Layer(average(self.colour), average(self.cover), average(self.blood))


@dataclass(frozen=True)
class _Look:
    tone: Tone
    hair: Colour
    iris: Colour
    shirt: Colour
    wall: Colour


def draw_portrait(rng: np.random.Generator, height: int, width: int, tone: SkinTone) -> Portrait:
    """Return a friendly face, `height` x `width` pixels and the margin; `rng` chooses hair, eyes, shirt and wall."""
    palettes = (TONES[tone].hair, IRIS, SHIRT, WALL)
    hair, iris, shirt, wall = (colours[int(rng.random() * len(colours))] for colours in palettes)
    look = _Look(TONES[tone], hair, iris, shirt, wall)
    canvas = Canvas.of(height, width, MARGIN)
    head = _draw_head(canvas, look, asleep=False)
    return Portrait(
        wall=_draw_wall(canvas, look),
        body=_draw_body(canvas, look),
        head=head,
        head_asleep=_draw_head(canvas, look, asleep=True),
        skin=canvas.average(_skin(canvas)),
        head_talking=_draw_head(canvas, look, asleep=False, talking=True),
    )


def _draw_wall(canvas: Canvas, look: _Look) -> Layer:
    brush = _Painter(canvas)
    brush.paint(np.ones(canvas.x.shape), look.wall)
    brush.shade(canvas.ellipse(-0.75, -0.85, 1.3, 1.2, edge=0.9), 1.12)
    brush.shade(canvas.below(0.2, edge=1.2), 0.80)
    brush.shade(canvas.ellipse(0.28, 0.12, 0.80, 1.0, edge=0.35), 0.86)
    return brush.layer()


def _draw_body(canvas: Canvas, look: _Look) -> Layer:
    brush, x, y = _Painter(canvas), canvas.x, canvas.y
    brush.paint(canvas.ellipse(0.0, 1.42, 1.02, 0.62), look.shirt)
    brush.shade(canvas.ellipse(0.55, 1.5, 0.7, 0.6, edge=0.3), 0.78)
    brush.shade(canvas.ellipse(-0.42, 1.02, 0.3, 0.16, edge=0.15), 1.12)
    neck = soft(np.abs(x) - 0.215 - 0.25 * np.clip(y - 0.72, 0.0, 1.0), canvas.pixel / 2.0)
    brush.paint(neck * canvas.below(0.2) * (1.0 - canvas.below(0.98 - 0.9 * x * x)), look.tone.colour, blood=0.8)
    brush.shade(canvas.ellipse(0.03, 0.66, 0.5, 0.2, edge=0.1), 0.70)
    collar = soft(np.abs(y - (0.98 - 0.9 * x * x)) - 0.028, canvas.pixel) * soft(np.abs(x) - 0.29, canvas.pixel)
    brush.shade(collar, 0.72)
    return brush.layer()


def _face(canvas: Canvas, inset: float = 0.0, edge: float | None = None) -> Plane:
    """Return the coverage of the face: an ellipse that narrows towards the chin."""
    y = (canvas.y - 0.06) / (0.665 - inset)
    x = canvas.x / ((0.515 - inset) * (1.0 - 0.09 * y - 0.03 * y * y))
    return soft((np.sqrt(x * x + y * y) - 1.0) * 0.5, canvas.pixel / 2.0 if edge is None else edge)


def _hairline(canvas: Canvas) -> Plane:
    """Return the height at which the hair ends on the forehead, for every x: a parting on the right."""
    x = canvas.x - 0.16
    return -0.475 + np.where(x > 0.0, 1.5, 0.62) * x * x


def _draw_head(canvas: Canvas, look: _Look, *, asleep: bool, talking: bool = False) -> Layer:
    brush = _Painter(canvas)
    brush.paint(canvas.ellipse(0.0, -0.15, 0.59, 0.63), look.hair)
    brush.shade(canvas.ellipse(0.0, 0.1, 0.58, 0.45, edge=0.2), 0.7)
    for side in (-1.0, 1.0):
        brush.paint(canvas.ellipse(side * 0.515, 0.07, 0.075, 0.125), look.tone.colour, blood=0.9)
        brush.shade(canvas.ellipse(side * 0.515, 0.08, 0.045, 0.085, edge=0.04), 0.82)
    brush.paint(_face(canvas), look.tone.colour, blood=1.0)
    _model_face(brush, canvas)
    for side in (-1.0, 1.0):
        if asleep:
            _draw_shut_eye(brush, canvas, side * 0.205)
        else:
            _draw_open_eye(brush, canvas, look.iris, side * 0.205)
        _draw_brow(brush, canvas, look, side)
    _draw_mouth(brush, canvas, look)
    if talking:
        brush.paint(canvas.ellipse(0.0, 0.47, 0.11, 0.055), (58.0, 22.0, 26.0))
    _draw_fringe(brush, canvas, look)
    return brush.layer()


def _model_face(brush: _Painter, canvas: Canvas) -> None:
    face = _face(canvas)
    brush.shade(face * (1.0 - _face(canvas, inset=0.10, edge=0.10)), 0.84)
    brush.shade(face * canvas.ellipse(0.42, 0.25, 0.26, 0.55, edge=0.16), 0.93)
    brush.shade(canvas.ellipse(-0.10, -0.25, 0.24, 0.12, edge=0.10), 1.05)
    brush.shade(canvas.ellipse(-0.02, 0.60, 0.13, 0.06, edge=0.06), 1.04)
    for side in (-1.0, 1.0):
        brush.shade(canvas.ellipse(side * 0.285, 0.235, 0.145, 0.10, edge=0.09), (1.03, 0.93, 0.93))
        brush.perfuse(canvas.ellipse(side * 0.27, 0.23, 0.17, 0.13, edge=0.08), 1.2)
        brush.shade(canvas.ellipse(side * 0.205, -0.03, 0.15, 0.085, edge=0.06), 0.93)
    brush.perfuse(canvas.ellipse(0.0, -0.27, 0.34, 0.13, edge=0.08), 1.15)
    brush.shade(canvas.ellipse(0.065, 0.13, 0.045, 0.15, edge=0.045), 0.90)
    brush.shade(canvas.ellipse(-0.015, 0.10, 0.035, 0.17, edge=0.04), 1.06)
    brush.shade(canvas.ellipse(0.0, 0.285, 0.085, 0.022, edge=0.03), 0.80)
    for side in (-1.0, 1.0):
        brush.shade(canvas.ellipse(side * 0.042, 0.272, 0.022, 0.013), 0.55)


def _draw_open_eye(brush: _Painter, canvas: Canvas, iris: Colour, x: float) -> None:
    eye = canvas.ellipse(x, -0.025, 0.108, 0.062)
    brush.paint(eye, (232.0, 228.0, 224.0))
    brush.shade(eye * (1.0 - canvas.below(-0.045, edge=0.03)), 0.80)
    brush.paint(eye * canvas.ellipse(x, -0.03, 0.060, 0.062), iris)
    brush.paint(eye * canvas.ellipse(x, -0.03, 0.028, 0.030), (18.0, 14.0, 14.0))
    brush.paint(canvas.ellipse(x - 0.02, -0.052, 0.014, 0.014), (250.0, 250.0, 250.0))
    lid = -0.090 + 4.2 * (canvas.x - x) ** 2
    brush.paint(canvas.stroke(lid, x, 0.128, 0.017), (44.0, 30.0, 28.0))


def _draw_shut_eye(brush: _Painter, canvas: Canvas, x: float) -> None:
    brush.shade(canvas.ellipse(x, -0.03, 0.10, 0.05, edge=0.03), 0.95)
    lid = 0.030 - 3.6 * (canvas.x - x) ** 2
    brush.paint(canvas.stroke(lid, x, 0.125, 0.020), (52.0, 36.0, 32.0))


def _draw_brow(brush: _Painter, canvas: Canvas, look: _Look, side: float) -> None:
    line = -0.168 + 1.5 * (canvas.x - side * 0.235) ** 2
    brush.paint(0.85 * canvas.stroke(line, side * 0.215, 0.145, 0.024), look.hair)


def _draw_mouth(brush: _Painter, canvas: Canvas, look: _Look) -> None:
    x, y = canvas.x, canvas.y
    edge = canvas.pixel / 2.0
    corners = np.clip(1.0 - (x / 0.205) ** 2, 0.0, 1.0)
    middle = 0.455 - 1.1 * x * x
    upper = soft(np.abs(y - middle + 0.020 * corners) - 0.026 * corners, edge) * (corners > 0.0)
    lower = soft(np.abs(y - middle - 0.030 * corners) - 0.036 * corners, edge) * (corners > 0.0)
    brush.shade(canvas.ellipse(0.0, 0.545, 0.11, 0.025, edge=0.03), 0.88)
    brush.paint(lower, look.tone.lips, blood=0.9)
    brush.paint(upper, look.tone.lips, blood=0.9)
    brush.shade(upper, 0.86)
    brush.shade(canvas.ellipse(-0.03, 0.478, 0.06, 0.014, edge=0.014), 1.16)
    brush.paint(0.8 * canvas.stroke(middle + 0.004, 0.0, 0.215, 0.010), (88.0, 36.0, 36.0))
    for side in (-1.0, 1.0):
        brush.shade(canvas.ellipse(side * 0.225, 0.405, 0.02, 0.03, edge=0.02), 0.84)


def _draw_fringe(brush: _Painter, canvas: Canvas, look: _Look) -> None:
    hair = canvas.ellipse(0.0, -0.15, 0.59, 0.63) * (1.0 - canvas.below(_hairline(canvas)))
    brush.shade(_face(canvas) * (1.0 - canvas.below(_hairline(canvas) + 0.05, edge=0.045)), 0.82)
    brush.paint(hair * (1.0 - canvas.below(0.06)), look.hair)
    shine = np.abs(np.sqrt((canvas.x / 0.92) ** 2 + (canvas.y + 0.05) ** 2) - 0.60)
    brush.shade(hair * soft(shine - 0.015, 0.05) * soft(canvas.x - 0.05, 0.25), 1.55)


def _skin(canvas: Canvas) -> Plane:
    """Return 1 on bare skin well inside the face: forehead, nose, cheeks and chin."""
    bare = _face(canvas, inset=0.03) * canvas.below(_hairline(canvas) + 0.04)
    for side in (-1.0, 1.0):
        bare = bare * (1.0 - canvas.ellipse(side * 0.21, -0.085, 0.165, 0.145))
    return bare * (1.0 - canvas.ellipse(0.0, 0.455, 0.24, 0.10))
